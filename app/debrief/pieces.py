"""Cards as the likeness sees them, and what it suggests."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A card's words, its lens and its room, which only tells how far a word is spread: it is never shown."""

    id: str
    text: str
    lens: str = ''
    room: str = ''


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Cards that might belong to a pattern, or together where `pattern` is empty; `moves` and `words` say why."""

    cards: tuple[str, ...]
    pattern: str = ''
    moves: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
