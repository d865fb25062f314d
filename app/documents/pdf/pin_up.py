"""One page a theory, to pin up in a staff room: its words in large letters, and four phases for the school to write."""

from reportlab.platypus import Flowable, PageBreak, Spacer

from app.documents import words
from app.documents.outcome import Outcome, PrintedTheory
from app.pdf.flow import Story
from app.pdf.marks import Element
from app.pdf.paper import LINE, MM, PRIMARY, TINT
from app.pdf.paragraph import Bookmark, heading, paragraph
from app.pdf.sizes import Sheet
from app.pdf.typography import Style
from app.texts import _

from .theories import form

_LEAST_PHASE = 26 * MM  #: of height that is left to write in
_FOR_THE_PIN = 11 * MM
_LINE_EVERY = 8.5 * MM


def pin_up(outcome: Outcome, sheet: Sheet, root: Element) -> Story:
    """A page for each theory."""
    for theory in outcome.theories:
        yield PageBreak()
        yield from _page(theory, outcome, sheet, root.add('Sect'))


def _page(theory: PrintedTheory, outcome: Outcome, sheet: Sheet, part: Element) -> Story:
    title = _('To pin up: theory of action {n}').format(n=theory.number)
    is_long = len(theory.when) + len(theory.so) + len(theory.then) > 420
    said = Style.PART_TEXT if is_long else Style.SHEET_TEXT
    named = Style.PART if is_long else Style.SHEET_PART
    head: list[Flowable] = [
        Spacer(1, _FOR_THE_PIN),
        heading(title, Style.H1, part.add('H2'), Bookmark(f'pin-{theory.number}', title, 0)),
        form(theory, [24 * MM, sheet.body_width - 24 * MM], part, named, said),
        Spacer(1, 2.5 * MM),
        *(paragraph(text, Style.BODY, part.add('P'), label=label) for label, text in list(words.facts(theory))[:2]),
        Spacer(1, 2 * MM),
        paragraph(words.on_phases(), Style.SMALL, part.add('P')),
        Spacer(1, 2 * MM),
    ]
    yield from head
    taken = sum(
        one.wrap(sheet.body_width, sheet.body_height)[1] + one.getSpaceBefore() + one.getSpaceAfter() for one in head
    )
    left = sheet.body_height - taken - 2 * MM
    if left < 4 * _LEAST_PHASE:
        yield PageBreak()
        left = sheet.body_height - 2 * MM
    for phase in words.phases():
        yield _Phase(phase, sheet, min(left / 4, 62 * MM), part.add('H3'))


class _Phase(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """The name of a phase and lines to write on."""

    def __init__(self, name: str, sheet: Sheet, height: float, element: Element) -> None:
        super().__init__()
        self.width, self.height = sheet.body_width, height
        self.name = paragraph(name, Style.PHASE, element)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Called by ReportLab."""
        return self.width, self.height

    def draw(self) -> None:
        """Called by ReportLab on the canvas of the page."""
        canvas, gap = self.canv, 3 * MM
        canvas.setFillColor(TINT)
        canvas.rect(0, gap, 36 * MM, self.height - gap, stroke=0, fill=1)
        canvas.setStrokeColor(PRIMARY)
        canvas.setLineWidth(0.8)
        canvas.rect(0, gap, self.width, self.height - gap, stroke=1, fill=0)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        base = self.height - 10 * MM
        while base > gap + 3 * MM:
            canvas.line(40 * MM, base, self.width - 4 * MM, base)
            base -= _LINE_EVERY
        _width, height = self.name.wrap(32 * MM, self.height)
        self.name.drawOn(canvas, 3 * MM, self.height - height - 3 * MM)
