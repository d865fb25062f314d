"""The one way from a text that somebody typed to a paragraph on paper.

Unescaped, `<img src=/path>` would open a file of the server and an unclosed tag would end the report. So no other
module builds a `Paragraph`.
"""

import unicodedata
from functools import cache
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Paragraph

from .paper import FACES, SIGN, load_fonts

#: Code points of one text; a note has 2,000 at most, so nothing honest is ever cut.
LONGEST = 4_000

_PLAIN_HYPHEN, _PLAIN_SPACE, _NO_WIDTH = '-', ' ', '\u200b'
_INVISIBLE = {'Mn', 'Me', 'Cf'}
_NEVER_PRINTED = {'Cc', 'Cs'}
_DIRECTION = frozenset('\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c')


def paragraph(text: str, style: ParagraphStyle, *, label: str = '', bullet: str = '', most: int = LONGEST) -> Paragraph:
    """A paragraph of `text`, whatever is in it. `label` stands before it in bold, `bullet` hangs in the margin."""
    markup = escape(printable(text, most))
    if label:
        markup = f'<b>{escape(printable(label))}</b> {markup}'
    return Paragraph(markup, style, bulletText=printable(bullet) or None)


def printable(text: str, most: int = LONGEST) -> str:
    """What can be printed of `text`: composed (NFC), on one line, without control characters, at most `most` long.

    A character that Fira Sans lacks is printed as a sign; in the file's text layer it stays what it was, so that it
    can still be copied and found (beyond the first plane, as with emoji, the sign stands there too).
    """
    load_fonts()
    kept = ''.join(filter(_is_kept, unicodedata.normalize('NFC', text)))
    folded = ' '.join(kept.split())
    if len(folded) > most:
        folded = folded[: most - 1].rstrip() + '…'
    return ''.join(map(_drawn, folded))


def lacks(text: str) -> bool:
    """Whether a sign has to stand for any character of `text`."""
    load_fonts()
    return any(_stand_in(character) == SIGN for character in unicodedata.normalize('NFC', text) if _is_kept(character))


def _is_kept(character: str) -> bool:
    """White space is folded later; direction marks would turn round what is only ever drawn from left to right."""
    if character.isspace():
        return True
    is_no_character = ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    return not (is_no_character or character in _DIRECTION or unicodedata.category(character) in _NEVER_PRINTED)


def _drawn(character: str) -> str:
    stand_in = _stand_in(character)
    if not stand_in:
        return character
    if ord(character) > 0xFFFF:  # ReportLab writes a broken entry for these into the text layer
        return '' if stand_in == _NO_WIDTH else stand_in
    _lend(character, stand_in)
    return character


@cache
def _stand_in(character: str) -> str:
    """The character whose shape is drawn instead; empty when Fira Sans has the character itself."""
    if ord(character) in _own_characters():
        return ''
    category = unicodedata.category(character)
    if category == 'Pd':
        return _PLAIN_HYPHEN
    if category == 'Zs':
        return _PLAIN_SPACE
    return _NO_WIDTH if category in _INVISIBLE else SIGN


@cache
def _own_characters() -> frozenset[int]:
    """What Fira Sans has, read once before anything is lent; all its faces have the same."""
    return frozenset(pdfmetrics.getFont(FACES[0]).face.charToGlyph)


@cache
def _lend(character: str, stand_in: str) -> None:
    """Let `character` be drawn in every face with the shape of `stand_in`."""
    for name in FACES:
        face = pdfmetrics.getFont(name).face
        face.charToGlyph[ord(character)] = face.charToGlyph[ord(stand_in)]
        face.charWidths[ord(character)] = face.charWidths[ord(stand_in)] if stand_in != _NO_WIDTH else 0
