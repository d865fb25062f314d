"""Whose words these are: quoted and reported speech, and what stands on boards and sheets, is not the observer's."""

from .rules import RuleBook
from .tokens import SIGN, WORD, Token

#: Whose words a token is: the observer's, somebody's in the room, or written ones.
OWN, SPOKEN, WRITTEN = 0, 1, 2
_CLOSES = {'“': '”„“', '„': '“”', '«': '»', '»': '«', '‘': "’'‘", '”': '”', '"': '"”“', "'": "'’", '’': "’'"}
_SINGLE = ("'", '’', '‘')
_SENTENCE = ('.', '!', '?', '\n', '…')
_CLAUSE = (*_SENTENCE, ',', ';', '-', '–', '—')


def zones_of(tokens: list[Token], book: RuleBook) -> list[int]:
    """For each token, whose words it is part of."""
    return _Zones(tokens, book).mark()


class _Zones:
    def __init__(self, tokens: list[Token], book: RuleBook) -> None:
        self.tokens, self.classes = tokens, book.classes
        self.zones = [OWN] * len(tokens)
        self.quotes: list[tuple[int, int]] = []

    def mark(self) -> list[int]:
        self._quotes()
        for at, token in enumerate(self.tokens):
            if self.zones[at] == OWN:
                if token.word in (':', '='):
                    self._colon(at)
                elif token.word in _CLAUSE:
                    self._dash(at)
                elif token.kind == WORD and self._has(at, 'say'):
                    self._say(at)
        return self.zones

    # Quotation marks

    def _quotes(self) -> None:
        at = 0
        while at < len(self.tokens):
            sign = self.tokens[at].word
            end = self._closing(at) if self.tokens[at].kind == SIGN and sign in _CLOSES and self._opens(at) else -1
            if end < 0:
                at += 1
                continue
            zone = WRITTEN if self._source_before(at, 6) or self._read_before(at) else SPOKEN
            self._fill(at, end + 1, zone)
            self.quotes.append((at, end))
            at = end + 1

    def _read_before(self, at: int) -> bool:
        return any(self._has(before, 'reads') for before in range(max(0, at - 2), at))

    def _opens(self, at: int) -> bool:
        token = self.tokens[at]
        if token.word not in _SINGLE and token.word != '"':
            return True
        glued_before = token.joined and self.tokens[at - 1].kind != SIGN
        glued_after = at + 1 < len(self.tokens) and self.tokens[at + 1].joined
        if token.word == '"':
            return not (token.joined and self.tokens[at - 1].kind == 'n') and at + 1 < len(self.tokens)
        return not glued_before and glued_after

    def _closing(self, at: int) -> int:
        """The token that closes the quotation opened at `at`; -1 where a single mark is only an apostrophe."""
        wanted = _CLOSES[self.tokens[at].word]
        single = self.tokens[at].word in _SINGLE
        for end in range(at + 1, len(self.tokens)):
            token = self.tokens[end]
            if token.kind == SIGN and token.word in wanted:
                if not single:
                    return end
                free = (
                    end + 1 == len(self.tokens) or not self.tokens[end + 1].joined or self.tokens[end + 1].kind == SIGN
                )
                if token.joined and free:
                    return end
            if token.word == '\n' and single:
                break
        return -1 if single else len(self.tokens) - 1

    # “T: …”, “LO on board: …”

    def _colon(self, at: int) -> None:
        if at + 1 >= len(self.tokens):
            return
        first = self._clause_start(at, _SENTENCE)
        if self.tokens[at].word == '=':
            end = self._sentence_end(at)
            if self._any(first, end, 'source'):
                self._fill(first, end, WRITTEN)
            return
        if (at - first <= 14 and self._any(first, at, 'source')) or (at > 0 and self._has(at - 1, 'reads')):
            self._fill(at + 1, self._speech_end(at + 1), WRITTEN)
            return
        near = self._clause_start(at, _CLAUSE)
        spoken = at - near <= 6 and self._any(near, at, 'speaker') and not self._any(near, at, 'aimed')
        if spoken and not self._quoted_from(at + 1):
            self._fill(at + 1, self._speech_end(at + 1), SPOKEN)

    def _dash(self, at: int) -> None:
        if self.tokens[at].word in ('-', '–', '—') and not self.tokens[at].joined:
            first = self._clause_start(at, _SENTENCE)
            if at - first <= 7 and self._any(first, at, 'listed'):
                self._fill(at + 1, self._sentence_end(at + 1), WRITTEN)

    # “says lovely to see you all working so hard”

    def _say(self, at: int) -> None:
        first = self._clause_start(at, _SENTENCE)
        if self._has(at, 'reads') or self._any(max(first, at - 4), at, 'source'):
            if self._any(max(first, at - 4), at, 'source') and not self._has(at, 'ask'):
                self._fill(at + 1, self._sentence_end(at + 1), WRITTEN)
            return
        if self._postposed(at) or (self._has(at, 'sayweak') and not self._near(at, 'saidthat')):
            return
        end = at + 1
        while end < len(self.tokens) and self.zones[end] == OWN:
            token = self.tokens[end]
            if token.word in _SENTENCE or token.word in (';', '–', '—') or (token.word == '-' and not token.joined):
                break
            if token.word == ',' and (self._has(at, 'ask') or not self._speechlike(end + 1)):
                break
            if token.word in ('and', 'then', 'but') and self._acts(end + 1):
                break
            end += 1
        quoted = end < len(self.tokens) and any(start == end for start, _end in self.quotes)
        if not quoted:
            self._fill(at + 1, end, SPOKEN)

    def _near(self, at: int, name: str) -> bool:
        """Whether a word of the class stands among the next three."""
        return any(self._has(after, name) for after in range(at + 1, min(at + 4, len(self.tokens))))

    def _postposed(self, at: int) -> bool:
        """“…, S2 says.”: the words stand before."""
        ends = at + 1 == len(self.tokens) or self.tokens[at + 1].word in _CLAUSE or self.tokens[at + 1].word in (
            'to', 'quietly', 'loudly', 'aloud',
        )  # fmt: skip
        near = self._clause_start(at, _CLAUSE)
        first = self._clause_start(max(near - 1, 0), _SENTENCE)
        if (
            ends
            and 0 < at - near <= 4
            and near > first
            and self.tokens[near - 1].word == ','
            and self._any(near, at, 'speaker')
        ):
            self._fill(first, near, SPOKEN)
            return True
        return False

    def _speechlike(self, at: int) -> bool:
        """After a comma, still speech: somebody is addressed before anybody acts."""
        for end in range(at, len(self.tokens)):
            token = self.tokens[end]
            if token.word in _CLAUSE:
                return False
            if self._has(end, 'address'):
                return True
            if self._has(end, 'act') or self._has(end, 'speaker') or token.kind == 'n':
                return False
        return False

    def _acts(self, at: int) -> bool:
        return at < len(self.tokens) and (self._has(at, 'act') or self._has(at, 'speaker'))

    # Ground

    def _quoted_from(self, at: int) -> bool:
        return any(start == at for start, _end in self.quotes)

    def _speech_end(self, at: int) -> int:
        end = self._sentence_end(at)
        while end < len(self.tokens) and self._speechlike(end) and self.zones[end] == OWN:
            end = self._sentence_end(end)
        return end

    def _sentence_end(self, at: int) -> int:
        """After the sign that ends the sentence; a quotation that is whole is passed over."""
        while at < len(self.tokens):
            if self.zones[at] == OWN and self.tokens[at].word in _SENTENCE:
                return at + 1
            at += 1
        return at

    def _clause_start(self, at: int, signs: tuple[str, ...]) -> int:
        while at > 0:
            before = self.tokens[at - 1]
            if before.word in signs and (before.kind == SIGN) and not (before.word == '-' and before.joined):
                break
            at -= 1
        return at

    def _source_before(self, at: int, most: int) -> bool:
        first = max(self._clause_start(at, _SENTENCE), at - most)
        return self._any(first, at, 'source')

    def _fill(self, start: int, end: int, zone: int) -> None:
        for at in range(start, min(end, len(self.tokens))):
            if self.zones[at] == OWN:
                self.zones[at] = zone

    def _has(self, at: int, name: str) -> bool:
        return name in self.classes.get(self.tokens[at].word, ())

    def _any(self, start: int, end: int, name: str) -> bool:
        return any(self._has(at, name) and self.zones[at] == OWN for at in range(start, end))
