"""Which characters are printed, and what is drawn for those that the typeface does not have."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from reportlab.pdfbase import pdfmetrics

from .paper import FACES, SIGN, load_fonts

#: Code points of one text; a note has 2,000 at most, so nothing honest is ever cut.
LONGEST = 4_000

_PLAIN_HYPHEN, _PLAIN_SPACE, _NO_WIDTH = '-', ' ', '\u200b'
_INVISIBLE = {'Mn', 'Me', 'Cf'}
_NEVER_PRINTED = {'Cc', 'Cs'}
_DIRECTION = frozenset('\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c')


def printable(text: str, most: int = LONGEST) -> str:
    """What can be printed of `text`: composed (NFC), on one line, without control characters, at most `most` long.

    Characters that Fira Sans lacks stay in it: they take the width of what is drawn for them, see `runs`.
    """
    load_fonts()
    folded = ' '.join(unicodedata.normalize('NFC', text).translate(_KEPT).split())
    if len(folded) > most:
        folded = folded[: most - 1].rstrip() + '…'
    for character in set(folded):
        _stand_in(character)
    return folded


def lacks(text: str) -> bool:
    """Whether a sign has to stand for any character of `text`."""
    load_fonts()
    return any(_stand_in(character) == SIGN for character in unicodedata.normalize('NFC', text) if _is_kept(character))


def runs(text: str) -> Iterator[tuple[str, str]]:
    """(what is drawn, what was written) for each part of a printable text; the latter is empty where both are the same.

    The file carries what was written as *actual text* of the signs, so that it can be read aloud, copied and found.
    """
    if _lent.isdisjoint(text):
        yield text, ''
        return
    for is_lent, characters in groupby(text, lambda character: bool(_stand_in(character))):
        part = ''.join(characters)
        yield (''.join(map(_stand_in, part)), part) if is_lent else (part, '')


def _is_kept(character: str) -> bool:
    """White space is folded later; direction marks would turn round what is only ever drawn from left to right."""
    if character.isspace():
        return True
    is_no_character = ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    return not (is_no_character or character in _DIRECTION or unicodedata.category(character) in _NEVER_PRINTED)


class _Kept(dict[int, int | None]):
    """A table for `str.translate` that is filled with what it is asked for: a document has few characters."""

    def __missing__(self, code: int) -> int | None:
        kept = self[code] = code if _is_kept(chr(code)) else None
        return kept


_KEPT = _Kept()
_lent: set[str] = set()  #: characters for which something else is drawn, as far as they were met


@cache
def _stand_in(character: str) -> str:
    """The character that is drawn instead; empty when Fira Sans has the character itself.

    NOTE: it lends its width, since ReportLab breaks lines by the text as it was written.
    """
    if ord(character) in _own_characters():
        return ''
    category = unicodedata.category(character)
    if category == 'Pd':
        drawn = _PLAIN_HYPHEN
    elif category == 'Zs':
        drawn = _PLAIN_SPACE
    else:
        drawn = _NO_WIDTH if category in _INVISIBLE else SIGN
    _lent.add(character)
    for name in FACES:
        face = pdfmetrics.getFont(name).face
        face.charWidths[ord(character)] = 0 if drawn == _NO_WIDTH else face.charWidths[ord(drawn)]
    return drawn


@cache
def _own_characters() -> frozenset[int]:
    """What Fira Sans has; all its faces have the same."""
    return frozenset(pdfmetrics.getFont(FACES[0]).face.charToGlyph)
