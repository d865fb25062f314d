"""Text that people type, as it may be kept: whole, bounded, without characters that nobody can see."""

import unicodedata

from app.errors import BadInput
from app.texts import _, ngettext

#: Joiners, marks of direction and white space: a text of nothing else shows nothing.
_BLANK = frozenset(('Cf', 'Zs', 'Zl', 'Zp'))


def worded(text: str, most: int, what: str, *, empty: bool = False, lines: bool = True, field: str = '') -> str:
    """`text` in NFC, without control characters (a line break stays where `lines`) and white space at its ends.

    `what` names the text in a sentence ('The title'). Raises `BadInput` when nothing is left, unless `empty`, or when
    it has more than `most` code points: it is never cut. `field` is the name that a form knows it by.
    """
    kept = _visible(unicodedata.normalize('NFC', text.replace('\r\n', '\n').replace('\r', '\n')))
    kept = kept.strip() if lines else ' '.join(kept.split())
    if all(unicodedata.category(character) in _BLANK for character in kept):
        kept = ''
    if not kept and not empty:
        raise BadInput(_('{what} is empty. Please write something.').format(what=what), field=field)
    if len(kept) > most:
        n = len(kept)
        sentence = ngettext('{what} has {n} character', '{what} has {n} characters', n).format(what=what, n=f'{n:,}')
        sentence = _('{sentence}, and {most} fit. Please shorten it.').format(sentence=sentence, most=f'{most:,}')
        raise BadInput(sentence, field=field)
    return kept


def _visible(text: str) -> str:
    """Without control characters and lone surrogates; joiners and marks of direction belong to a script and stay."""
    return ''.join(
        ' ' if character == '\t' else character
        for character in text
        if character in '\n\t' or unicodedata.category(character) not in ('Cc', 'Cs')
    )
