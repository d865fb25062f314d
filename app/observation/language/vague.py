"""Is a note so coarse that two people would picture different rooms?"""

from .rules import RuleBook
from .tokens import NUMBER, WORD, Token
from .zones import OWN

#: At most this many words that say something of their own, and this many words in all.
SPECIFIC, LONGEST = 0, 14


def is_vague(
    tokens: list[Token], zones: list[int], names: list[tuple[int, int]], judged: set[int], book: RuleBook
) -> bool:
    """True when, judgement and names left out, hardly a word is left that belongs to this room only."""
    words = [at for at, token in enumerate(tokens) if token.kind == WORD]
    if not words or len(words) > LONGEST:
        return False
    if any(token.kind == NUMBER for token in tokens) or any(zone != OWN for zone in zones):
        return False
    named = {at for start, end in names for at in range(start, end)}
    specific = [at for at in words if at not in named and at not in judged and not _coarse(tokens[at], book)]
    return len(specific) <= SPECIFIC


def _coarse(token: Token, book: RuleBook) -> bool:
    return any(name in ('coarse', 'function') for name in book.classes.get(token.word, ()))
