"""Is a note so coarse that two people would picture different rooms?"""

from .rules import RuleBook
from .tokens import NUMBER, WORD, Token
from .zones import OWN

#: So many words at most; one of them may say something of its own in a note as short as that.
LONGEST, SHORT = 14, 6


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
    return len(specific) <= (1 if len(words) <= SHORT else 0)


def _coarse(token: Token, book: RuleBook) -> bool:
    return any(name in ('coarse', 'function') for name in book.classes.get(token.word, ()))
