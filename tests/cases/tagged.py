"""What somebody hears of a tagged PDF: the text of every element of its structure, in its order."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

_PAIR = re.compile(r'<([0-9A-F]+)>\s*<([0-9A-F]+)>')


@dataclass
class Part:
    """An element with its role, its alternative text and the text of its own and of all that is in it."""

    role: str
    alt: str = ''
    text: str = ''
    parts: list['Part'] = field(default_factory=list)

    def all(self, *roles: str) -> Iterator['Part']:
        """Every element of these roles, in the order of reading."""
        for part in self.parts:
            if part.role in roles:
                yield part
            yield from part.all(*roles)


def read_aloud(pdf: bytes) -> Part:
    """The tree of the whole document."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        marks = {page.obj.objgen: _marked(page) for page in file.pages}
        return _part(file.Root.StructTreeRoot.K, marks, None)


def everything(pdf: bytes) -> str:
    """All text of all pages, what is not read aloud included, and of bookmarks, alternatives and metadata."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        pages = [text for page in file.pages for text in _marked(page).values()]
        with file.open_outline() as outline:
            titles = [item.title for root in outline.root for item in (root, *root.children)]
        contents = [str(note.get('/Contents', '')) for page in file.pages for note in page.get('/Annots', [])]
        whole = [*pages, *titles, *contents, *map(str, file.docinfo.values())]
    return folded(' '.join([*whole, *(part.alt for part in read_aloud(pdf).all('Figure'))]))


def folded(text: str) -> str:
    return ' '.join(text.split())


def _part(node, marks, page) -> Part:
    part = Part(str(node.S)[1:], alt=str(node.get('/Alt', '')))
    page = node.get('/Pg', page)
    kids = node.get('/K')
    for kid in kids if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]:
        if isinstance(kid, int):
            part.text += ' ' + marks[page.objgen][kid]
        elif kid.get('/Type') == pikepdf.Name.MCR:
            part.text += ' ' + marks[kid.Pg.objgen][int(kid.MCID)]
        elif kid.get('/Type') != pikepdf.Name.OBJR:
            inner = _part(kid, marks, page)
            part.parts.append(inner)
            part.text += ' ' + inner.text
    part.text = folded(part.text)
    return part


def _marked(page) -> dict[int | None, str]:
    """The text of every numbered stretch of a page; what has no number is under None."""
    fonts = {name: _characters(font) for name, font in page.Resources.get('/Font', {}).items()}
    found: dict[int | None, str] = {None: ''}
    stack: list[tuple[int | None, str | None]] = []
    font: dict[int, str] = {}
    for given, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case 'BDC' | 'BMC':
                about = given[1] if len(given) > 1 and isinstance(given[1], pikepdf.Dictionary) else {}
                number, actual = about.get('/MCID'), about.get('/ActualText')
                stack.append((None if number is None else int(number), None if actual is None else str(actual)))
                if actual is not None:
                    found[_number(stack)] += str(actual)
            case 'EMC':
                stack.pop()
            case 'Tf':
                font = fonts[str(given[0])]
            case 'Td' | 'TD' | 'Tm' | 'T*':
                found[_number(stack)] = found.get(_number(stack), '') + '\n'
            case 'Tj' | 'TJ':
                strings = given[0] if isinstance(given[0], pikepdf.Array) else [given[0]]
                said = ''.join(font[code] for one in strings if isinstance(one, pikepdf.String) for code in bytes(one))
                if not any(actual is not None for _n, actual in stack):
                    found[_number(stack)] = found.get(_number(stack), '') + said
                else:
                    assert said
        found.setdefault(_number(stack), '')
    return found


def _number(stack) -> int | None:
    return next((number for number, _actual in reversed(stack) if number is not None), None)


def _characters(font) -> dict[int, str]:
    table = bytes(font.ToUnicode.read_bytes()).decode('ascii') if '/ToUnicode' in font else ''
    table = table.partition('beginbfchar')[2]
    return {int(code, 16): bytes.fromhex(text).decode('utf-16-be') for code, text in _PAIR.findall(table)}
