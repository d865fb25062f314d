"""Names of people in the room; authors, characters and people on a worksheet are none of these."""

from .rules import RuleBook
from .tokens import NUMBER, SIGN, WORD, Token
from .zones import OWN, WRITTEN

#: Signs after which no capital is due.
_WITHIN = (',', '&', '/', '+', '(')


def names_in(tokens: list[Token], zones: list[int], left: list[bool], book: RuleBook) -> list[tuple[int, int]]:
    """Tokens (start, end) of every name; none in what is written on a board, none in what is to be left alone."""
    reader = _Names(tokens, zones, left, book)
    found, at = [], 0
    while at < len(tokens):
        end = reader.name_at(at)
        if end > at:
            found.append((at, end))
        at = max(end, at + 1)
    return found


class _Names:
    def __init__(self, tokens: list[Token], zones: list[int], left: list[bool], book: RuleBook) -> None:
        self.tokens, self.zones, self.left, self.classes = tokens, zones, left, book.classes
        self.endings = book.endings
        #: Somebody out of a book is spoken of: then a first name alone may be another.
        self.bookish = any(self._figure(at) for at in range(len(tokens))) or any(
            book.has(token, 'bookish') for token in tokens
        )

    def _figure(self, at: int) -> bool:
        return self.tokens[at].capital and self._has(at, 'figure') and not (at > 0 and self._has(at - 1, 'title'))

    def name_at(self, at: int) -> int:
        """Where the name that begins here ends; `at` itself when none does."""
        if self.zones[at] == WRITTEN or self.left[at] or self.tokens[at].kind != WORD:
            return at
        if self._has(at, 'title'):
            return self._titled(at)
        if self._is_first(at) and self._meant(at) and not self._acted(at) and not self._written_by(at):
            return self._with_surname(at + 1)
        return self._with_surname(at + 1) if self._unlisted(at) else at

    def _unlisted(self, at: int) -> bool:
        """A name in no list: a capital where none is due, no word of ours, and whoever has it acts or is asked."""
        if self.bookish or self.zones[at] != OWN or self._acted(at) or not self._strange(at):
            return False
        before = self.tokens[at - 1] if at > 0 else None
        if before is None or (before.kind == SIGN and before.word not in _WITHIN):
            return self._does(at + 1, 'human') or self._together(at)
        return self._does(at + 1, 'act') or self._has(at - 1, 'asked') or self._together(at) or self._beside(at)

    def _strange(self, at: int) -> bool:
        """A capital and small letters, in none of our lists, and not ending like a role, a thing or a people."""
        token = self.tokens[at]
        if not token.capital or token.shout or token.kind != WORD or len(token.word) < 3 or token.word in self.classes:
            return False
        return not any(token.word.endswith(ending) for ending in self.endings)

    def _does(self, at: int, verbs: str) -> bool:
        return at < len(self.tokens) and self._has(at, verbs)

    def _together(self, at: int) -> bool:
        """“… and Rafe build”: two names, and what the two do."""
        after = at + 1
        if after + 1 >= len(self.tokens) or self.tokens[after].word not in ('and', '&'):
            return False
        other = self._has(after + 1, 'first') or self._strange(after + 1)
        return self.tokens[after + 1].capital and other and self._both(after + 2)

    def _beside(self, at: int) -> bool:
        """The second of two names."""
        if at < 2 or self.tokens[at - 1].word not in ('and', '&') or not self.tokens[at - 2].capital:
            return False
        return (self._has(at - 2, 'first') or self._strange(at - 2)) and self._both(at + 1)

    def _both(self, at: int) -> bool:
        return at < len(self.tokens) and 'act' in self.classes.get(self.tokens[at].word + 's', ())

    def _meant(self, at: int) -> bool:
        """In speech a name is somebody's here when they are called by it; who is talked about may be out of a book."""
        if self.zones[at] == OWN or at == 0 or at + 1 == len(self.tokens):
            return True
        called = SIGN in (self.tokens[at - 1].kind, self.tokens[at + 1].kind)
        return called or self._has(at - 1, 'toname') or self._has(at - 1, 'say') or self._addressed(at)

    def _titled(self, at: int) -> int:
        name = at + 1
        if name < len(self.tokens) and self.tokens[name].word == '.':
            name += 1
        while name + 1 < len(self.tokens) and self._has(name, 'particle') and self.tokens[name + 1].kind == WORD:
            name += 1
        if name >= len(self.tokens) or self.left[name] or self._acted(at) or not self._surname(at, name):
            return at
        return self._with_surname(name + 1) if self.tokens[name].capital else name + 1

    def _surname(self, at: int, name: int) -> bool:
        """Whether the word after a title is a name: a first name, a capital, or at least no word of the language."""
        token = self.tokens[name]
        if token.kind != WORD or len(token.word) < 2 or self._has(name, 'fiction') or self._has(name, 'title'):
            return False
        if self._has(name, 'first') and not self._has(name, 'wordname'):
            return True
        known = any(self._has(name, group) for group in ('common', 'function', 'act', 'say'))
        return not self._has(name, 'function') if token.capital else not known and not self._has(at, 'wordtitle')

    def _is_first(self, at: int) -> bool:
        token = self.tokens[at]
        if not (self._has(at, 'first') or self._has(at, 'wordname')) or self._has(at, 'figure'):
            return False
        if at > 0 and self.tokens[at - 1].kind == NUMBER:
            return False
        if not self._has(at, 'wordname') and not self.bookish:
            return token.capital or self._has(at, 'lower')
        if not token.capital and not (self.bookish and self._has(at, 'lower')):
            return False
        return self._acting(at) or (self._addressed(at) and not self.bookish)

    def _acting(self, at: int) -> bool:
        """A name that is a word as well counts when somebody of that name does something, or owns something."""
        if at + 1 >= len(self.tokens):
            return False
        after = self.tokens[at + 1]
        if at > 0 and self.tokens[at - 1].word in (
            'the',
            'a',
            'in',
            'this',
            'each',
            'every',
            'my',
            'our',
            'next',
            'last',
        ):
            return False
        joined = after.word in ('and', '&') and at + 2 < len(self.tokens) and self._has(at + 2, 'first')
        return self._has(at + 1, 'act') or self._has(at + 1, 'say') or after.word == "'s" or joined

    def _addressed(self, at: int) -> bool:
        if at == 0:
            return False
        before = self.tokens[at - 1]
        return self._has(at - 1, 'toname') or (before.word in ('and', '&') and at > 1 and self._has(at - 2, 'first'))

    def _acted(self, at: int) -> bool:
        """A part in a play, not a person: “reads Mr Birling”."""
        owner = at + 1 < len(self.tokens) and self.tokens[at + 1].word == "'s"
        return at > 0 and self._has(at - 1, 'part') and not owner

    def _written_by(self, at: int) -> bool:
        """“a poem by Maya Angelou”: by, and two names."""
        return at > 0 and self.tokens[at - 1].word == 'by' and self._with_surname(at + 1) > at + 1

    def _with_surname(self, end: int) -> int:
        """One more capital after the first name belongs to it, unless it is a word of the language."""
        if end < len(self.tokens) and self.tokens[end].kind == WORD and self.tokens[end].capital and not self.left[end]:
            if self.tokens[end].joined and self.tokens[end - 1].kind == WORD:
                return end + 1
            known = self._has(end, 'first') or any(
                self._has(end, name) for name in ('common', 'function', 'act', 'say')
            )
            if not known and len(self.tokens[end].word) > 2:
                return end + 1
        return end

    def _has(self, at: int, name: str) -> bool:
        return name in self.classes.get(self.tokens[at].word, ())
