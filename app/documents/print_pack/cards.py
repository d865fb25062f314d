"""The cards for the doors and the poster for the hall: a code that is read from across a corridor."""

import io
from collections.abc import Sequence

from app.errors import BadInput
from app.pdf.characters import printable
from app.pdf.marks import Element, MarkedCanvas
from app.pdf.paper import BOLD, INK, LINE, MM, PRIMARY, REGULAR, SEMI_BOLD, SOFT, load_fonts, text_width
from app.pdf.sizes import SHEETS, Sheet
from app.pdf.structure import with_structure
from app.rounds.join_codes import QUIET, door_address, grouped, join_address, qr_modules, require_address, runs
from app.rounds.model import Classroom, Period, Round
from app.texts import _, language

#: Above and below the code; on A4 it leaves 15 cm for the dark part, on US Letter 13: read from 400 times a module.
_BESIDE_CODE = 147 * MM
_CODE_FROM_TOP = 61 * MM  # NOTE: what is above and below leaves 20.7 mm, the quiet zone of the smallest code on A4
_MARGIN = 18 * MM


def door_cards(round: Round, classrooms: Sequence[Classroom], periods: Sequence[Period], address: str) -> bytes:
    """A PDF with one page for each classroom that is visited, by number.

    Raises `BadInput` where the address is missing or too long, or there is no classroom to print.
    """
    require_address(address)
    visited = sorted((room for room in classrooms if not room.left_out), key=lambda room: room.number)
    if not visited:
        raise BadInput(_('There is no classroom to print a card for yet. Add the classrooms first.'))
    names = {period.id: period.name for period in periods}
    cards = _Cards(round, _('Door cards'), address)
    for classroom in visited:
        cards.door(classroom, names.get(classroom.period, ''))
    return cards.file()


def join_card(round: Round, address: str) -> bytes:
    """A PDF of one page for the hall where visitors arrive; raises `BadInput` like `door_cards`."""
    require_address(address)
    cards = _Cards(round, _('Join poster for the hall'), address)
    cards.hall()
    return cards.file()


class _Cards:
    """A file with a card a page, and its structure."""

    def __init__(self, round: Round, title: str, address: str) -> None:
        load_fonts()
        self.round, self.address = round, address
        self.sheet: Sheet = SHEETS[round.paper]
        self.root = Element('Document')
        self.written = io.BytesIO()
        size = (self.sheet.width, self.sheet.height)
        self.canvas = MarkedCanvas(self.written, pagesize=size, invariant=1, lang=language.get(), pageCompression=1)
        self.canvas.setTitle(printable(f'{title} – {round.host_school}', 300))
        self.canvas.setAuthor(printable(round.host_school, 200))
        self.canvas.setCreator('Rounds')
        self.canvas.setSubject(printable(round.title, 300))

    def file(self) -> bytes:
        """The finished file."""
        self.canvas.save()
        return with_structure(self.written.getvalue(), self.root, language=language.get())

    def door(self, classroom: Classroom, period: str) -> None:
        """The card of one classroom."""
        _require_code(classroom.code)
        part = self.root.add('Sect')
        self._door_heading(part, classroom, period)
        alt = _('A code to scan: it opens classroom {n} on a phone').format(n=classroom.number)
        self._code(part.add('Figure', alt=alt), door_address(self.address, classroom))
        self._typed_code(part, classroom.code)
        self._what_to_do(part, no_devices=classroom.no_devices)
        key = f'door-{classroom.number}'
        self.canvas.bookmarkPage(key)
        name = _('{number} · {room}').format(number=classroom.number, room=classroom.room)
        self.canvas.addOutlineEntry(printable(name, 80), key)
        self.canvas.showPage()

    def hall(self) -> None:
        """The poster."""
        _require_code(self.round.join_code)
        part = self.root.add('Sect')
        self.canvas.setFillColor(PRIMARY)
        self._line(part.add('H1'), _('Welcome, visitors'), self._top(27), BOLD, 38)
        self.canvas.setFillColor(INK)
        step = _('Point your phone’s camera at the code, then give your name and school.')
        self._line(part.add('P'), step, self._top(37.5), REGULAR, 14)
        self._code(
            part.add('Figure', alt=_('A code to scan: it opens the round')), join_address(self.address, self.round)
        )
        self._typed_code(part, self.round.join_code)
        self._what_to_do(part, no_devices=False)
        self.canvas.showPage()

    def _top(self, millimetres: float) -> float:
        return self.sheet.height - millimetres * MM

    def _door_heading(self, part: Element, classroom: Classroom, period: str) -> None:
        """The number on a dark field at the left; room, and small beneath it subject, year and period."""
        size, canvas, heading = 29 * MM, self.canvas, part.add('H1')
        canvas.setFillColor(PRIMARY)
        canvas.roundRect(_MARGIN, self._top(11) - size, size, size, 3 * MM, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        middle = _MARGIN + size / 2
        self._line(heading, str(classroom.number), self._top(32), BOLD, 56, x=middle, width=size - 5 * MM)
        left = _MARGIN + size + 7 * MM
        beside = {'x': left, 'width': self.sheet.width - _MARGIN - left}
        canvas.setFillColor(INK)
        self._line(heading, printable(classroom.room, 80), self._top(27), SEMI_BOLD, 40, centred=False, **beside)
        small = ' · '.join(part for part in (classroom.subject, classroom.year_group, period) if part.strip())
        canvas.setFillColor(SOFT)
        if small:
            about = printable(small, 160)
            self._line(part.add('P'), about, self._top(35.5), REGULAR, 15, centred=False, **beside)

    def _code(self, figure: Element, text: str) -> None:
        """The code as vectors; the quiet zone around its dark part stays empty."""
        modules, size = qr_modules(text), self.sheet.height - _BESIDE_CODE
        module = size / (len(modules) - 2 * QUIET)
        left = self.sheet.width / 2 - size / 2 - QUIET * module
        upper = self.sheet.height - _CODE_FROM_TOP + QUIET * module
        path = self.canvas.beginPath()
        for row, start, length in runs(modules):
            path.rect(left + start * module, upper - (row + 1) * module, length * module, module)
        with self.canvas.marking(figure):
            self.canvas.setFillColorRGB(0, 0, 0)
            self.canvas.drawPath(path, stroke=0, fill=1)

    def _typed_code(self, part: Element, code: str) -> None:
        where = f'{self.address.removeprefix("https://")}/c/'
        self.canvas.setFillColor(SOFT)
        sentence = _('No camera? Open {where} and type').format(where=where)
        self._line(part.add('P'), printable(sentence), 61 * MM, REGULAR, 14)
        self.canvas.setFillColor(INK)
        self._line(part.add('P'), printable(grouped(code), 20), 41 * MM, BOLD, 54, spread=3)

    def _what_to_do(self, part: Element, *, no_devices: bool) -> None:
        canvas = self.canvas
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.8)
        canvas.line(_MARGIN, 35 * MM, self.sheet.width - _MARGIN, 35 * MM)
        canvas.setFillColor(INK)
        base = 26.5 * MM
        if no_devices:
            paper = _('No phones in this classroom: please use the paper sheet.')
            self._line(part.add('P'), paper, 28 * MM, SEMI_BOLD, 14)
            base = 21 * MM
        sentence = _('Visitors write down what they see and hear. No names, no pictures, no judgement.')
        self._line(part.add('P'), sentence, base, REGULAR, 13)
        canvas.setFillColor(SOFT)
        self._line(None, printable(f'{self.round.host_school} · {self.round.title}', 200), 12 * MM, REGULAR, 9)

    def _line(
        self,
        element: Element | None,
        text: str,
        y: float,
        font: str,
        size: float,
        *,
        x: float | None = None,
        width: float | None = None,
        centred: bool = True,
        spread: float = 0,
    ) -> None:
        """One line that always fits: set smaller down to six tenths of its size, then cut."""
        width = width or self.sheet.width - 2 * _MARGIN
        x = self.sheet.width / 2 if x is None else x

        def extent(text: str, size: float) -> float:
            return text_width(text, font, size) + spread * max(len(text) - 1, 0)

        fits = size if extent(text, size) <= width else max(size * 0.6, size * width / extent(text, size))
        if extent(text, fits) > width:
            while text and extent(f'{text}…', fits) > width:
                text = text[:-1]
            text = f'{text.rstrip()}…'
        with self.canvas.marking(element):
            self.canvas.setFont(font, fits)
            self.canvas.drawString(x - extent(text, fits) / 2 if centred else x, y, text, charSpace=spread)


def _require_code(code: str) -> None:
    if not code:
        raise BadInput(_('The codes of this round have not been made yet. Open the plan and make them, then print.'))
