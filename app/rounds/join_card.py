"""How visitors get in without an account: QR codes for screens and terminals, cards for the doors and the hall."""

import io
from collections.abc import Sequence
from urllib.parse import urlsplit

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError
from reportlab.pdfgen.canvas import Canvas

from app.errors import BadInput
from app.pdf.characters import printable
from app.pdf.paper import (
    BOLD,
    INK,
    LINE,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PRIMARY,
    REGULAR,
    SEMI_BOLD,
    SOFT,
    load_fonts,
    text_width,
)
from app.texts import _, language

from .model import Classroom, Period, Round

QUIET = 4  #: light modules around a code, as the standard asks
SMALLEST_VERSION = 3  #: smaller ones would need more quiet zone than a page has at 15 cm
LARGEST_VERSION = 5  #: 37 modules: read from across a corridor at 15 cm
LONGEST_ADDRESS = 60
CODE_SIZE = 150 * MM  #: of the dark part: a code is read from about 400 times its module's size

_MIDDLE = PAGE_WIDTH / 2
_MARGIN = 18 * MM
_CODE_TOP = PAGE_HEIGHT - 61 * MM  # NOTE: what is above and below leaves 20.7 mm, the quiet zone of the smallest code


def door_address(address: str, classroom: Classroom) -> str:
    """What a door's code says. The short code is in the fragment, which no server's log holds."""
    return f'{address}/c/{classroom.number}#{classroom.code}'


def join_address(address: str, round: Round) -> str:
    """What the hall's code says."""
    return f'{address}/c/#{round.join_code}'


def grouped(code: str) -> str:
    """A short code as it is read aloud: ABC 234."""
    return f'{code[:3]} {code[3:]}'.strip()


def qr_modules(text: str) -> list[list[bool]]:
    """The code of `text`, level M, True for dark, its quiet zone of four light modules included.

    Raises `BadInput` where the text is too long for a code that a phone reads from a distance.
    """
    code = qrcode.QRCode(version=SMALLEST_VERSION, error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as error:
        raise BadInput(_too_long()) from error
    if code.version > LARGEST_VERSION:
        raise BadInput(_too_long())
    return [[bool(module) for module in row] for row in code.get_matrix()]


def qr_svg(text: str) -> str:
    """The code as an SVG that fills the box it is put into, black on white in every theme."""
    modules = qr_modules(text)
    path = ''.join(f'M{start} {row}h{length}v1h-{length}z' for row, start, length in runs(modules))
    size = len(modules)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges" '
        f'width="100%" height="100%"><path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
        f'<path fill="#000" d="{path}"/></svg>'
    )


def qr_terminal(text: str, *, colours: bool = True) -> str:
    """The code in half blocks. With `colours` it is black on white in every terminal; without, for dark ones."""
    modules = qr_modules(text)
    if len(modules) % 2:
        modules.append([False] * len(modules))
    blocks = {(False, False): '█', (False, True): '▀', (True, False): '▄', (True, True): ' '}
    lines = (''.join(blocks[pair] for pair in zip(*modules[row : row + 2], strict=True)) for row in _even(modules))
    if not colours:
        return '\n'.join(lines)
    return '\n'.join(f'\x1b[38;5;231;48;5;16m{line}\x1b[0m' for line in lines)


def door_cards(round: Round, classrooms: Sequence[Classroom], periods: Sequence[Period], address: str) -> bytes:
    """A PDF with one A4 page for each classroom that is visited, by number.

    Raises `BadInput` where the address is missing or too long, or there is no classroom to print.
    """
    _require(address)
    visited = sorted((room for room in classrooms if not room.left_out), key=lambda room: room.number)
    if not visited:
        raise BadInput(_('There is no classroom to print a card for yet. Add the classrooms first.'))
    names = {period.id: period.name for period in periods}
    canvas, file = _canvas(_('Door cards'), round)
    for classroom in visited:
        _require_code(classroom.code)
        _door_heading(canvas, classroom, names.get(classroom.period, ''))
        _draw_code(canvas, door_address(address, classroom), top=_CODE_TOP)
        _typed_code(canvas, classroom.code, address, base=61 * MM)
        _what_to_do(canvas, classroom)
        _foot(canvas, round)
        canvas.bookmarkPage(f'door-{classroom.number}')
        canvas.addOutlineEntry(_door_name(classroom), f'door-{classroom.number}')
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def join_card(round: Round, address: str) -> bytes:
    """A PDF of one A4 page for the hall where visitors arrive; raises `BadInput` like `door_cards`."""
    _require(address)
    _require_code(round.join_code)
    canvas, file = _canvas(_('Join card'), round)
    canvas.setFillColor(PRIMARY)
    _fitted(canvas, _('Welcome, visitors'), _MIDDLE, PAGE_HEIGHT - 27 * MM, BOLD, 38, PAGE_WIDTH - 2 * _MARGIN)
    canvas.setFillColor(INK)
    step = _('Point your phone’s camera at the code, then give your name and school.')
    _fitted(canvas, step, _MIDDLE, PAGE_HEIGHT - 37.5 * MM, REGULAR, 14, PAGE_WIDTH - 2 * _MARGIN)
    _draw_code(canvas, join_address(address, round), top=_CODE_TOP)
    _typed_code(canvas, round.join_code, address, base=61 * MM)
    _what_to_do(canvas, None)
    _foot(canvas, round)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _require(address: str) -> None:
    if not address.startswith(('http://', 'https://')) or not urlsplit(address).hostname:
        raise BadInput(
            _('Set the public address of this server first (ROUNDS_ADDRESS): the codes on the cards lead to it.')
        )
    if len(f'{address}/c/99#ABCDEF') > LONGEST_ADDRESS:
        raise BadInput(_too_long())


def _too_long() -> str:
    sentence = _('The public address is too long for a code that can be read from a distance: {n} characters at most.')
    return sentence.format(n=LONGEST_ADDRESS - len('/c/99#ABCDEF'))


def _require_code(code: str) -> None:
    if not code:
        raise BadInput(_('The codes of this round have not been made yet. Open the plan and make them, then print.'))


def _canvas(title: str, round: Round) -> tuple[Canvas, io.BytesIO]:
    load_fonts()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, lang=language.get(), pageCompression=1)
    canvas.setTitle(printable(f'{title} – {round.host_school}', 300))
    canvas.setAuthor(printable(round.host_school, 200))
    canvas.setCreator('Rounds')
    canvas.setSubject(printable(round.title, 300))
    return canvas, file


def _door_name(classroom: Classroom) -> str:
    return printable(_('{number} · {room}').format(number=classroom.number, room=classroom.room), 80)


def _door_heading(canvas: Canvas, classroom: Classroom, period: str) -> None:
    """The number on a dark field at the left; room, and small beneath it subject, year and period."""
    size = 29 * MM
    top = PAGE_HEIGHT - 11 * MM
    canvas.setFillColor(PRIMARY)
    canvas.roundRect(_MARGIN, top - size, size, size, 3 * MM, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    middle = _MARGIN + size / 2
    _fitted(canvas, str(classroom.number), middle, top - 21 * MM, BOLD, 56, size - 5 * MM)
    left, width = _MARGIN + size + 7 * MM, PAGE_WIDTH - 2 * _MARGIN - size - 7 * MM
    canvas.setFillColor(INK)
    _fitted(canvas, printable(classroom.room, 80), left, top - 16 * MM, SEMI_BOLD, 40, width, centred=False)
    canvas.setFillColor(SOFT)
    small = ' · '.join(part for part in (classroom.subject, classroom.year_group, period) if part.strip())
    _fitted(canvas, printable(small, 160), left, top - 24.5 * MM, REGULAR, 15, width, centred=False)


def _draw_code(canvas: Canvas, text: str, *, top: float) -> None:
    """The code as vectors, its dark part 15 cm wide with its upper edge at `top`; the quiet zone stays empty."""
    modules = qr_modules(text)
    module = CODE_SIZE / (len(modules) - 2 * QUIET)
    left, upper = _MIDDLE - CODE_SIZE / 2 - QUIET * module, top + QUIET * module
    path = canvas.beginPath()
    for row, start, length in runs(modules):
        path.rect(left + start * module, upper - (row + 1) * module, length * module, module)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawPath(path, stroke=0, fill=1)


def _typed_code(canvas: Canvas, code: str, address: str, *, base: float) -> None:
    where = f'{address.removeprefix("https://")}/c/'
    canvas.setFillColor(SOFT)
    sentence = printable(_('No camera? Open {where} and type').format(where=where))
    _fitted(canvas, sentence, _MIDDLE, base, REGULAR, 14, PAGE_WIDTH - 2 * _MARGIN)
    canvas.setFillColor(INK)
    _fitted(canvas, printable(grouped(code), 20), _MIDDLE, base - 20 * MM, BOLD, 54, PAGE_WIDTH - 2 * _MARGIN, spread=3)


def _what_to_do(canvas: Canvas, classroom: Classroom | None) -> None:
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.8)
    canvas.line(_MARGIN, 35 * MM, PAGE_WIDTH - _MARGIN, 35 * MM)
    canvas.setFillColor(INK)
    sentence = _('Visitors write down what they see and hear. No names, no pictures, no judgement.')
    base = 26.5 * MM
    if classroom is not None and classroom.no_devices:
        paper = _('No phones in this classroom: please use the paper sheet.')
        _fitted(canvas, paper, _MIDDLE, 28 * MM, SEMI_BOLD, 14, PAGE_WIDTH - 2 * _MARGIN)
        base = 21 * MM
    _fitted(canvas, sentence, _MIDDLE, base, REGULAR, 13, PAGE_WIDTH - 2 * _MARGIN)


def _foot(canvas: Canvas, round: Round) -> None:
    canvas.setFillColor(SOFT)
    text = printable(f'{round.host_school} · {round.title}', 200)
    _fitted(canvas, text, _MIDDLE, 12 * MM, REGULAR, 9, PAGE_WIDTH - 2 * _MARGIN)


def _fitted(
    canvas: Canvas,
    text: str,
    x: float,
    y: float,
    font: str,
    size: float,
    width: float,
    *,
    centred: bool = True,
    spread: float = 0,
) -> None:
    """One line that always fits: set smaller down to six tenths of its size, then cut."""

    def extent(text: str, size: float) -> float:
        return text_width(text, font, size) + spread * max(len(text) - 1, 0)

    fits = size if extent(text, size) <= width else max(size * 0.6, size * width / extent(text, size))
    if extent(text, fits) > width:
        while text and extent(f'{text}…', fits) > width:
            text = text[:-1]
        text = f'{text.rstrip()}…'
    canvas.setFont(font, fits)
    canvas.drawString(x - extent(text, fits) / 2 if centred else x, y, text, charSpace=spread)


def runs(modules: list[list[bool]]) -> list[tuple[int, int, int]]:
    """Row, first column and length of every run of dark modules."""
    runs = []
    for number, row in enumerate(modules):
        start = None
        for column, dark in enumerate([*row, False]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append((number, start, column - start))
                start = None
    return runs


def _even(modules: list[list[bool]]) -> range:
    return range(0, len(modules), 2)
