"""A document of pages: running head, “page of pages”, bookmarks, contents with page numbers, and its structure."""

import io
from collections.abc import Callable
from typing import Any

from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from app.texts import _

from .characters import printable
from .marks import Element, MarkedCanvas
from .paper import LINE, MM, REGULAR, SOFT, load_fonts, text_width
from .paragraph import Bookmark, MarkedParagraph
from .sizes import Sheet
from .structure import with_structure
from .typography import PT_BODY, PT_SMALL

_NO_PADDING = dict.fromkeys(('leftPadding', 'rightPadding', 'topPadding', 'bottomPadding'), 0)


def document(
    story: list[Flowable],
    root: Element,
    *,
    sheet: Sheet,
    title: str,
    author: str,
    subject: str,
    running_head: str,
    language: str,
    cover: bool = False,
) -> bytes:
    """The finished file: `story` laid out on sheets, and the tree of `root` that it was told with.

    With `cover` the first page has neither running head nor number.
    """
    load_fonts()
    file = io.BytesIO()
    template = BaseDocTemplate(
        file,
        pagesize=(sheet.width, sheet.height),
        title=printable(title, 300),
        author=printable(author, 200),
        subject=printable(subject, 300),
        creator='Rounds',
        lang=language,
        invariant=1,
        pageCompression=1,
    )
    head = _cut(printable(running_head, 200), sheet.body_width)

    def draw_head(canvas: MarkedCanvas, _template: object) -> None:
        if canvas.getPageNumber() > 1 or not cover:
            canvas.setFont(REGULAR, PT_SMALL)
            canvas.setFillColor(SOFT)
            canvas.drawString(sheet.side, sheet.height - 15 * MM, head)
            canvas.setStrokeColor(LINE)
            canvas.setLineWidth(0.6)
            canvas.line(sheet.side, sheet.height - 17.5 * MM, sheet.width - sheet.side, sheet.height - 17.5 * MM)

    frame = Frame(sheet.side, sheet.foot, sheet.body_width, sheet.body_height, **_NO_PADDING)
    template.addPageTemplates([PageTemplate('page', [frame], onPage=draw_head)])

    def canvas_of(*args: Any, **named: Any) -> 'HeldCanvas':
        return HeldCanvas(*args, sheet=sheet, cover=cover, **named)

    template.build(story, canvasmaker=canvas_of)
    return with_structure(file.getvalue(), root, language=language)


class HeldCanvas(MarkedCanvas):
    """Holds the pages back until their number is known, and what has to be known of all of them."""

    def __init__(self, *args: Any, sheet: Sheet, cover: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        self._sheet, self._cover = sheet, cover
        self._pages: list[dict[str, Any]] = []
        self._later: dict[int, list[Callable[[], None]]] = {}
        self.page_of: dict[str, int] = {}  #: where each bookmark stands

    def bookmark(self, bookmark: Bookmark, height: float) -> None:
        """Let the outline lead here, a little above the heading that is being drawn."""
        _x, top = self.absolutePosition(0, height + 8 * MM)
        self.page_of[bookmark.key] = self.getPageNumber()

        def enter() -> None:
            self.bookmarkHorizontalAbsolute(bookmark.key, min(top, self._sheet.height))
            self.addOutlineEntry(printable(bookmark.words, 120), bookmark.key, bookmark.level)

        self.later(enter)

    def keep_place(self) -> Callable[[Callable[[], None]], None]:
        """A place in the page's order for something that is drawn later, so that it is painted as it is read."""
        code, place = self._code, len(self._code)
        code.append('')

        def fill(draw: Callable[[], None]) -> None:
            kept, self._code = self._code, []
            draw()
            code[place] = '\n'.join(['q', *self._code, 'Q'])
            self._code = kept

        return fill

    def later(self, draw: Callable[[], None]) -> None:
        """Do something on this page when all pages are known."""
        self._later.setdefault(self.getPageNumber(), []).append(draw)

    def showPage(self) -> None:
        """Called by ReportLab at the end of each page."""
        self._pages.append(dict(self.__dict__))
        self._startPage()
        self._begin_page()

    def save(self) -> None:
        """Called by ReportLab at the end of the document."""
        pages, later, page_of = self._pages, self._later, self.page_of
        for number, page in enumerate(pages, 1):
            self.__dict__.update(page)
            self.page_of = page_of
            for draw in later.get(number, ()):
                draw()
            if number > 1 or not self._cover:
                self._draw_number(number, len(pages))
            super().showPage()
        super().save()

    def _draw_number(self, number: int, pages: int) -> None:
        self.setFont(REGULAR, PT_SMALL)
        self.setFillColor(SOFT)
        text = _('Page {n} of {all}').format(n=number, all=pages)
        self.drawRightString(self._sheet.width - self._sheet.side, 13 * MM, text)


class ContentsLine(MarkedParagraph):
    """A line of the contents: what it leads to, dots, and the page, known when all pages are."""

    def draw(self) -> None:
        """Called by ReportLab on the canvas of the page."""
        super().draw()
        canvas, goal = self.canv, self.goal
        assert goal is not None
        right, base = self.width, self.height - PT_BODY
        with canvas.marking(self.element):
            fill = canvas.keep_place()

        def draw_page() -> None:
            canvas.setFont(REGULAR, PT_BODY)
            canvas.setFillColor(SOFT)
            canvas.drawRightString(right, base, str(canvas.page_of.get(goal.key, '')))

        canvas.later(lambda: fill(draw_page))


def _cut(text: str, width: float) -> str:
    if text_width(text, REGULAR, PT_SMALL) <= width:
        return text
    while text_width(f'{text}…', REGULAR, PT_SMALL) > width:
        text = text[:-1]
    return f'{text.rstrip()}…'
