"""Rules: patterns over the words of a note, compiled from the data and found from left to right."""

from dataclasses import dataclass, replace

from .spelling import Spelling
from .tokens import NUMBER, SIGN, WORD, Token

#: What an element of a pattern does. All but ONE take no token, or a few.
ONE, GAP, OPEN, CLOSE, BEGINS, ENDS, BEFORE_NOT, NEXT_NOT, STARTS, STOPS = range(10)
_MARKS = {'[': OPEN, ']': CLOSE, '^': BEGINS, '$': ENDS, '^^': STARTS, '$$': STOPS}
#: Signs between clauses of one sentence.
_WITHIN = (',', '&', '/', '(', ')', "'", '’', '‘', '"', '“', '”', '+')


@dataclass(frozen=True, slots=True)
class Element:
    """One step of a pattern: `words` and `classes` are alternatives; `number`: any number fits."""

    does: int
    words: frozenset[str] = frozenset()
    classes: tuple[str, ...] = ()
    number: bool = False
    optional: bool = False
    most: int = 0


Elements = tuple[Element, ...]
#: First and one past the last reported token (-1: not marked in the pattern), and one past the last of the match.
Fit = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Rule:
    kind: str
    elements: Elements


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens `start` to before `end` carry a `kind`."""

    kind: str
    start: int
    end: int


def compiled(kind: str, pattern: str) -> Rule:
    """A rule from its pattern.

    `a|b` one of these words, `<class>` a word of a class, `#` a number, `?` after it: may be missing; `*3` up to three
    words; `[ ]` the words to report; `^` `$` begin and end of a clause, `^^` `$$` of a sentence; `-a` not after a, `!a`
    not before a.
    """
    return Rule(kind, tuple(_element(part) for part in pattern.split(' ')))


def _element(part: str) -> Element:
    if part in _MARKS:
        return Element(_MARKS[part])
    if len(part) > 1 and part[0] == '*':
        return Element(GAP, most=int(part[1:]))
    does, optional = ONE, False
    if len(part) > 1 and part[0] in '-!':
        does, part = (BEFORE_NOT if part[0] == '-' else NEXT_NOT), part[1:]
    elif len(part) > 1 and part[-1] == '?':
        optional, part = True, part[:-1]
    choices = part.split('|')
    classes = tuple(choice[1:-1] for choice in choices if len(choice) > 2 and choice[0] == '<')
    words = frozenset(choice for choice in choices if not (len(choice) > 2 and choice[0] == '<'))
    return Element(does, words, classes, '#' in words, optional)


class RuleBook:
    """All rules of a language, filed under the words and classes that they can begin with."""

    def __init__(self, rules: list[Rule], words: dict[str, str], classes: dict[str, tuple[str, ...]]) -> None:
        self.classes = classes
        literal = (word for rule in rules for element in rule.elements for word in element.words)
        self.spelling = Spelling(words, (*classes, *literal))
        #: Words whose apostrophe makes another word of them.
        self.kept = frozenset(word for word, names in classes.items() if 'kept' in names)
        #: How words end that are no names.
        self.endings = words['ending'].split(' ')
        self.by_word: dict[str, list[int]] = {}
        self.by_class: dict[str, list[int]] = {}
        self.anywhere: list[int] = []
        #: What was looked up once.
        self.found: dict[str, list[int]] = {}
        self.rules = rules
        for number, rule in enumerate(rules):
            self._file(number, rule)

    def _file(self, number: int, rule: Rule) -> None:
        for element in rule.elements:
            if element.does == GAP or (element.does == ONE and element.number):
                self.anywhere.append(number)
                return
            if element.does != ONE:
                continue
            for word in element.words:
                self.by_word.setdefault(word, []).append(number)
            for name in element.classes:
                self.by_class.setdefault(name, []).append(number)
            if not element.optional:
                return

    def spelt(self, tokens: list[Token]) -> list[Token]:
        """The tokens with slips of the finger put right; a capital within a clause may be a name and stays."""
        read = []
        for at, token in enumerate(tokens):
            begins = at == 0 or tokens[at - 1].kind == SIGN
            meant = (
                self.spelling.meant(token.word) if token.kind == WORD and (begins or not token.capital) else token.word
            )
            read.append(token if meant == token.word else replace(token, word=meant))
        return read

    def has(self, token: Token, name: str) -> bool:
        """Whether a token is a word of a class."""
        return name in self.classes.get(token.word, ())

    def matches(self, tokens: list[Token]) -> list[Match]:
        """Every place where a rule fits, by place and then in the order of the rules."""
        found = []
        for at, token in enumerate(tokens):
            for number in self._rules_for(token):
                rule = self.rules[number]
                span = self._fits(rule.elements, 0, tokens, at, (-1, -1))
                if span is not None:
                    start, end, after = span
                    found.append(Match(rule.kind, at if start < 0 else start, after if end < 0 else end))
        return found

    def _rules_for(self, token: Token) -> list[int]:
        if token.word not in self.by_word and token.word not in self.classes:
            return self.anywhere
        if token.word not in self.found:
            numbers = {*self.anywhere, *self.by_word.get(token.word, ())}
            for name in self.classes.get(token.word, ()):
                numbers.update(self.by_class.get(name, ()))
            self.found[token.word] = sorted(numbers)
        return self.found[token.word]

    def _fits(self, elements: Elements, step: int, tokens: list[Token], at: int, span: tuple[int, int]) -> Fit | None:
        """Where the reported words begin and end and where the match ends, from element `step` at token `at` on."""
        if step == len(elements):
            return (*span, at)
        element = elements[step]
        if element.does == GAP:
            return self._over(elements, step, tokens, at, span)
        if element.does == ONE:
            fit = None
            if at < len(tokens) and self._is(element, tokens[at]):
                fit = self._fits(elements, step + 1, tokens, at + 1, span)
            return self._fits(elements, step + 1, tokens, at, span) if fit is None and element.optional else fit
        if element.does in (OPEN, CLOSE):
            span = (at, span[1]) if element.does == OPEN else (span[0], at)
        elif not self._stands(element, tokens, at):
            return None
        return self._fits(elements, step + 1, tokens, at, span)

    def _over(self, elements: Elements, step: int, tokens: list[Token], at: int, span: tuple[int, int]) -> Fit | None:
        """The rest after as few skipped words as possible; a sign is never skipped."""
        for skipped in range(elements[step].most + 1):
            fit = self._fits(elements, step + 1, tokens, at + skipped, span)
            if fit is not None:
                return fit
            if at + skipped >= len(tokens) or tokens[at + skipped].kind == SIGN:
                break
        return None

    def _stands(self, element: Element, tokens: list[Token], at: int) -> bool:
        if element.does == BEGINS:
            return at == 0 or tokens[at - 1].kind == SIGN
        if element.does == ENDS:
            return at == len(tokens) or tokens[at].kind == SIGN
        if element.does == STARTS:
            return at == 0 or (tokens[at - 1].kind == SIGN and tokens[at - 1].word not in _WITHIN)
        if element.does == STOPS:
            return at == len(tokens) or (tokens[at].kind == SIGN and tokens[at].word not in _WITHIN)
        if element.does == BEFORE_NOT:
            return at == 0 or not self._is(element, tokens[at - 1])
        return at == len(tokens) or not self._is(element, tokens[at])

    def _is(self, element: Element, token: Token) -> bool:
        if token.word in element.words or (element.number and token.kind == NUMBER):
            return True
        return any(name in element.classes for name in self.classes.get(token.word, ()))
