"""The look of a document: its styles, its page with running head and number, headings with bookmarks."""

import io
from typing import Any

from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from app.pdf.paper import (
    BOLD,
    INK,
    ITALIC,
    LINE,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PRIMARY,
    REGULAR,
    SEMI_BOLD,
    SOFT,
    text_width,
)
from app.pdf.paragraph import paragraph, printable
from app.texts import _

MARGIN = 22 * MM
BODY_WIDTH = PAGE_WIDTH - 2 * MARGIN
_TOP, _FOOT = 25 * MM, 24 * MM
BODY_HEIGHT = PAGE_HEIGHT - _TOP - _FOOT


def _style(name: str, size: float, **more: Any) -> ParagraphStyle:
    font = more.pop('font', REGULAR)
    given: dict[str, Any] = {
        'fontName': font,
        'bulletFontName': font,
        'fontSize': size,
        'bulletFontSize': size,
        'leading': round(size * 1.38, 1),
        'textColor': INK,
        'alignment': TA_LEFT,
        'allowWidows': 0,
        'allowOrphans': 0,
        'splitLongWords': 1,
        'spaceAfter': 1.6 * MM,
    }
    return ParagraphStyle(name, **{**given, **more})


class Style:
    """Every kind of paragraph there is in a document."""

    KICKER = _style('kicker', 10, font=SEMI_BOLD, textColor=PRIMARY, spaceAfter=2 * MM)
    TITLE = _style('title', 25, font=BOLD, leading=30, spaceAfter=1.5 * MM)
    SCHOOL = _style('school', 16, font=SEMI_BOLD, leading=21, spaceAfter=2 * MM)
    SMALL = _style('small', 9.5, textColor=SOFT, spaceAfter=0.8 * MM)
    BODY = _style('body', 10.5)
    QUIET = _style('quiet', 10, textColor=SOFT)
    LABEL = _style('label', 9.5, font=SEMI_BOLD, textColor=PRIMARY, spaceAfter=0)
    FOCUS = _style('focus', 14, font=SEMI_BOLD, leading=19, spaceAfter=0)
    FOCUS_POINT = _style('focus point', 12, leading=16.5, leftIndent=5 * MM, spaceAfter=0)
    H1 = _style('h1', 16, font=BOLD, leading=20, textColor=PRIMARY, spaceBefore=7 * MM, spaceAfter=2.5 * MM)
    H2 = _style('h2', 12, font=SEMI_BOLD, leading=16, spaceBefore=1.5 * MM, spaceAfter=0.6 * MM)
    H2_NUMBERED = H2.clone('h2 numbered', leftIndent=9 * MM, bulletColor=PRIMARY)
    FIGURE = _style('figure', 22, font=BOLD, leading=26, spaceAfter=0)
    FIGURE_LABEL = _style('figure label', 9.5, textColor=SOFT, spaceAfter=0)
    INDENTED = _style('indented', 10.5, leftIndent=9 * MM)
    INDENTED_QUIET = _style('indented quiet', 10, leftIndent=9 * MM, textColor=SOFT)
    COUNTS = _style('counts', 9.5, leftIndent=9 * MM, textColor=SOFT, spaceAfter=1.2 * MM)
    QUOTE = _style('quote', 10.5, spaceAfter=0)
    EXCEPTION = _style('exception', 10.5, leftIndent=9 * MM, spaceBefore=2 * MM)
    QUESTION = _style('question', 11.5, font=ITALIC, leading=16, spaceAfter=3 * MM)
    POINT = _style('point', 10.5, leftIndent=5 * MM, spaceAfter=0.4 * MM)
    CITED = _style('cited', 9, leftIndent=5 * MM, textColor=SOFT, spaceAfter=2.4 * MM)
    PART = _style('part', 10.5, font=BOLD, textColor=PRIMARY, spaceAfter=0)
    PART_TEXT = _style('part text', 10.5, spaceAfter=0)
    FACT = _style('fact', 9.5, spaceAfter=0.7 * MM)
    OWNER = _style('owner', 10.5, font=SEMI_BOLD, textColor=PRIMARY, spaceAfter=0)
    STEP = _style('step', 10.5, spaceAfter=0.4 * MM)
    STEP_CITED = _style('step cited', 9, textColor=SOFT, spaceAfter=0.8 * MM)
    TAKEN_UP = _style('taken up', 8, font=SEMI_BOLD, leading=10, spaceAfter=0)


def heading(text: str, level: int = 1, number: str = '') -> Paragraph:
    """A heading of level 1 or 2 with a bookmark. What has to stay with it goes through `layout.together`."""
    style = Style.H1 if level == 1 else Style.H2_NUMBERED if number else Style.H2
    made = paragraph(text, style, bullet=number, most=400)
    made.bookmark = (level - 1, printable(f'{number} {text}', 120))
    return made


class Report(BaseDocTemplate):  # type: ignore[misc]  # ReportLab has no types
    """One document: A4, the running head from the second page on, “page of pages” at the foot of each."""

    def __init__(
        self, file: io.BytesIO, *, title: str, author: str, subject: str, running_head: str, language: str
    ) -> None:
        super().__init__(
            file,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            title=printable(title, 300),
            author=printable(author, 200),
            subject=printable(subject, 300),
            creator='Rounds',
            lang=language,
            invariant=1,
            pageCompression=1,
        )
        no_padding = dict.fromkeys(('leftPadding', 'rightPadding', 'topPadding', 'bottomPadding'), 0)
        frame = Frame(MARGIN, _FOOT, BODY_WIDTH, BODY_HEIGHT, **no_padding)
        self.addPageTemplates([PageTemplate('page', [frame], onPage=self._draw_head)])
        self._running_head = _cut(printable(running_head, 200), 8.5)
        self._bookmarks = 0

    def build(self, story: list[Flowable]) -> None:
        """Lay the story out and write the file."""
        super().build(story, canvasmaker=_CountedCanvas)

    def afterFlowable(self, flowable: Flowable) -> None:
        """Called by ReportLab when something has been drawn: here headings become bookmarks."""
        level, text = getattr(flowable, 'bookmark', (0, ''))
        if text:
            self._bookmarks += 1
            key = f'heading-{self._bookmarks}'
            self.canv.bookmarkHorizontal(key, 0, min(PAGE_HEIGHT, self.frame._y + flowable.height + 8 * MM))
            self.canv.addOutlineEntry(text, key, level)

    def _draw_head(self, canvas: Canvas, _template: object) -> None:
        if canvas.getPageNumber() == 1:
            return
        canvas.setFont(REGULAR, 8.5)
        canvas.setFillColor(SOFT)
        canvas.drawString(MARGIN, PAGE_HEIGHT - 15 * MM, self._running_head)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.6)
        canvas.line(MARGIN, PAGE_HEIGHT - 17.5 * MM, PAGE_WIDTH - MARGIN, PAGE_HEIGHT - 17.5 * MM)


class _CountedCanvas(Canvas):  # type: ignore[misc]
    """Holds the pages back until their number is known."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self._pages, 1):
            self.__dict__.update(page)
            self.setFont(REGULAR, 8.5)
            self.setFillColor(SOFT)
            text = _('Page {n} of {all}').format(n=number, all=len(self._pages))
            self.drawRightString(PAGE_WIDTH - MARGIN, 13 * MM, text)
            super().showPage()
        super().save()


def _cut(text: str, size: float) -> str:
    if text_width(text, REGULAR, size) <= BODY_WIDTH:
        return text
    while text_width(f'{text}…', REGULAR, size) > BODY_WIDTH:
        text = text[:-1]
    return f'{text.rstrip()}…'
