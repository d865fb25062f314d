"""What the print pack draws beside paragraphs: codes to scan, lines to write on, boxes to tick."""

from reportlab.platypus import Flowable

from app.pdf.marks import Element
from app.pdf.paper import INK, LINE, MM
from app.rounds.join_codes import QUIET, qr_modules, runs

#: Below so many lines a sheet begins them on its back.
_FEWEST = 6


class CodeToScan(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A QR code with its quiet zone, `size` points wide in all; read aloud as `alt`."""

    def __init__(self, text: str, size: float, under: Element, alt: str) -> None:
        super().__init__()
        self.width = self.height = size
        self.modules = qr_modules(text)
        self.element = under.add('Figure', alt=alt)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Called by ReportLab."""
        return self.width, self.height

    def draw(self) -> None:
        """Called by ReportLab on the canvas of the page."""
        canvas, module = self.canv, self.width / len(self.modules)
        with canvas.marking(self.element):
            path = canvas.beginPath()
            for row, start, length in runs(self.modules):
                path.rect(start * module, self.height - (row + 1) * module, length * module, module)
            canvas.setFillColorRGB(0, 0, 0)
            canvas.drawPath(path, stroke=0, fill=1)

    @property
    def quiet(self) -> float:
        """How wide the quiet zone at each side is."""
        return QUIET * self.width / len(self.modules)


class LinesToWriteOn(Flowable):  # type: ignore[misc]
    """Ruled lines to the foot of the page, one note each, with the letters of the lenses to circle at its end."""

    def __init__(self, width: float, every: float, letters: str = '') -> None:
        super().__init__()
        self.width, self.every, self.letters, self.n = width, every, letters, _FEWEST

    def wrap(self, _width: float, height: float) -> tuple[float, float]:
        """Called by ReportLab with the height that is left."""
        self.n = max(_FEWEST, int(height / self.every))
        self.height = self.n * self.every
        return self.width, self.height

    def draw(self) -> None:
        """Called by ReportLab on the canvas of the page."""
        canvas = self.canv
        for line in range(self.n):
            base = self.height - (line + 1) * self.every
            canvas.setStrokeColor(LINE)
            canvas.setLineWidth(0.6)
            canvas.line(0, base, self.width, base)
            canvas.setFillColor(INK)
            canvas.setFont('FiraSans-Regular', 9)
            for place, letter in enumerate(reversed(self.letters)):
                x = self.width - (place + 1) * 7 * MM
                canvas.circle(x + 2.4 * MM, base + 3.4 * MM, 2.6 * MM, stroke=1, fill=0)
                canvas.drawCentredString(x + 2.4 * MM, base + 2.3 * MM, letter)
