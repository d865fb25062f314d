"""How visitors get in without an account: what the codes say, and QR codes for screens, terminals and paper."""

from urllib.parse import urlsplit

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError

from app.errors import BadInput
from app.texts import _

from .model import Classroom, Round

QUIET = 4  #: light modules around a code, as the standard asks
SMALLEST_VERSION = 3  #: smaller ones would need more quiet zone than a page has at 15 cm
LARGEST_VERSION = 5  #: 37 modules: read from across a corridor at 15 cm
LONGEST_ADDRESS = 60


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
    size = len(modules)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges" '
        f'width="100%" height="100%"><path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
        f'<path fill="#000" d="{qr_path(modules)}"/></svg>'
    )


def qr_path(modules: list[list[bool]]) -> str:
    """A code's dark modules as the path of an SVG whose unit is one module."""
    return ''.join(f'M{start} {row}h{length}v1h-{length}z' for row, start, length in runs(modules))


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


def require_address(address: str) -> None:
    """Raise `BadInput` where the public address is missing or too long to be printed."""
    if not address.startswith(('http://', 'https://')) or not urlsplit(address).hostname:
        raise BadInput(
            _('Set the public address of this server first (ROUNDS_ADDRESS): the codes on the cards lead to it.')
        )
    if len(f'{address}/c/99#ABCDEF') > LONGEST_ADDRESS:
        raise BadInput(_too_long())


def _too_long() -> str:
    sentence = _('The public address is too long for a code that can be read from a distance: {n} characters at most.')
    return sentence.format(n=LONGEST_ADDRESS - len('/c/99#ABCDEF'))


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
