"""Charts of the document, as vectors: one dark colour, and every value in words, so that grey print is enough."""

from collections.abc import Sequence

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import STATE_DEFAULTS, Circle, Drawing, Line, Rect, String
from reportlab.platypus import Flowable

from app.pdf.characters import printable
from app.pdf.marks import Element
from app.pdf.paper import INK, LINE, MM, PRIMARY, REGULAR, SEMI_BOLD, SOFT, TINT, text_width
from app.pdf.typography import PT_SMALL

STATE_DEFAULTS['fontName'] = REGULAR  # else every page with a chart names Helvetica and embeds nothing of it
_ROW = 7.2 * MM
_BAR = 3.9 * MM
MOST_DOTS = 30


class Chart(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A drawing that is a figure of the document, with its words for those who do not see it."""

    def __init__(self, drawing: Drawing, element: Element | None, *, indent: float = 0, after: float = 2 * MM) -> None:
        super().__init__()
        self.drawing, self.element, self.indent = drawing, element, indent
        self.width, self.height = drawing.width + indent, drawing.height
        self.spaceAfter = after

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Called by ReportLab: as large as it is."""
        return self.width, self.height

    def draw(self) -> None:
        """Called by ReportLab on the canvas of the page."""
        if self.element is not None:
            left, base = self.canv.absolutePosition(self.indent, 0)
            box = [round(each, 1) for each in (left, base, left + self.drawing.width, base + self.height)]
            self.element.owner, self.element.attributes = 'Layout', {'/BBox': box, '/Placement': '/Block'}
        with self.canv.marking(self.element):
            renderPDF.draw(self.drawing, self.canv, self.indent, 0)


def bars(rows: Sequence[tuple[str, int, str]], whole: int, width: float, element: Element) -> Chart:
    """A bar for each (name, value, value in words), one under the other; the tint behind each is the whole."""
    drawing = Drawing(width, _ROW * len(rows))
    widest = max((text_width(printable(name), REGULAR, PT_SMALL) for name, *_rest in rows), default=0)
    names = min(0.34 * width, widest + 4 * MM)
    values = max((text_width(words, SEMI_BOLD, PT_SMALL) for *_rest, words in rows), default=0) + 3 * MM
    room, most = width - names - values, max(whole, *(value for _name, value, _words in rows), 1)
    for n, (name, value, words) in enumerate(rows):
        base = drawing.height - (n + 1) * _ROW + (_ROW - _BAR) / 2
        text = base + _BAR / 2 - PT_SMALL * 0.34
        drawing.add(_string(0, text, _fitted(name, names - 3 * MM), REGULAR, INK))
        drawing.add(Rect(names, base, room, _BAR, fillColor=TINT, strokeColor=None))
        drawing.add(Rect(names, base, room * value / most, _BAR, fillColor=PRIMARY, strokeColor=None))
        drawing.add(_string(names + room + 2 * MM, text, words, SEMI_BOLD, INK))
    drawing.add(Line(names, 0, names, drawing.height, strokeColor=SOFT, strokeWidth=0.6))
    return Chart(drawing, element)


def dots(filled: int, every: int) -> Drawing | None:
    """A dot for each visit, filled where it was seen; none where there are too many to take in."""
    if not 0 < every <= MOST_DOTS:
        return None
    radius, step = 1.25 * MM, 3.6 * MM
    drawing = Drawing(step * every, 2 * radius + 1)
    for n in range(every):
        is_filled = n < filled
        middle = radius + 0.5
        drawing.add(
            Circle(
                middle + n * step,
                middle,
                radius,
                fillColor=PRIMARY if is_filled else None,
                strokeColor=PRIMARY if is_filled else LINE,
                strokeWidth=0.8,
            )
        )
    return drawing


def _string(x: float, y: float, text: str, font: str, colour: object) -> String:
    return String(x, y, text, fontName=font, fontSize=PT_SMALL, fillColor=colour)


def _fitted(text: str, width: float) -> str:
    text = printable(text, 200)
    if text_width(text, REGULAR, PT_SMALL) <= width:
        return text
    while text and text_width(f'{text}…', REGULAR, PT_SMALL) > width:
        text = text[:-1]
    return f'{text.rstrip()}…'
