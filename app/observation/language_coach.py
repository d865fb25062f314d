"""The language coach: a quiet question where a note judges, is vague or names somebody. The phone has the same."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from app.texts import _

from .language.names import names_in
from .language.rules import Match, RuleBook
from .language.tokens import Token, tokens_of
from .language.vague import is_vague
from .language.words import rule_book
from .language.zones import OWN, zones_of

#: Which kind wins where two claim the same words and are of the same length.
_FIRST = ('prescription', 'inference', 'evaluation')
#: Lists whose words can begin a name.
_NAMING = frozenset(('title', 'first', 'wordname'))


def coach(text: str, *, flag: Iterable[str] = (), leave: Iterable[str] = ()) -> dict[str, Any]:
    """What to ask about a note, as `evidence/GUIDE.md` defines judgement; positions count code points.

    `flag` and `leave` are a network's own words and phrases: the first are asked about as an evaluation, the second
    are never asked about. The answer is `{"flags": [{kind, start, end, text, ask}], "vague": bool, "names":
    [{start, end, text}]}`; nothing is refused, whatever the text.
    """
    book = rule_book()
    tokens = book.spelt(tokens_of(text, book.kept))
    zones = zones_of(tokens, book)
    left = _phrases(tokens, leave, book)
    matches = book.matches(tokens)
    terms = [match for match in matches if match.kind == 'leave']
    own = [zone == OWN and not here for zone, here in zip(zones, left, strict=True)]
    found = [match for match in matches if match.kind in _FIRST and _counts(match, own, terms)]
    wanted = _phrases(tokens, flag, book)
    found += [Match('evaluation', at, at + 1) for at, here in enumerate(wanted) if here and not left[at]]
    flags = _apart(found, tokens, own, book)
    figures = [match for match in matches if match.kind == 'figure']
    names = names_in(tokens, zones, _with(left, figures), book)
    judged = {at for one in flags for at in range(one.start, one.end)}
    return {
        'flags': [_flag(one, text, tokens) for one in flags],
        'vague': is_vague(tokens, zones, names, judged, book),
        'names': [_span(text, tokens, start, end) for start, end in names],
    }


@lru_cache(maxsize=2_000)
def named(text: str) -> tuple[tuple[int, int], ...]:
    """Where `text` names somebody, as `coach` says; most notes hold no word that could, and are not read further."""
    classes = rule_book().classes
    for word in re.findall(r'[^\W\d_]+', text):
        known = classes.get(word.casefold(), ())
        if not _NAMING.isdisjoint(known) or (not known and not word.islower()):
            return tuple((one['start'], one['end']) for one in coach(text)['names'])
    return ()


def asked(kind: str) -> str:
    """The question for a kind of judgement, from the table of the practice; also for `vague` and `name`."""
    return {
        'evaluation': _('What did you see or hear that made you write this?'),
        'inference': _('What did they do or say?'),
        'prescription': _('Keep ideas for the afternoon. What happened?'),
        'vague': _('How many of how many? What would a camera have recorded?'),
        'name': _('Take out the name: “a student”, “the teacher”.'),
    }[kind]


def _counts(match: Match, own: list[bool], terms: list[Match]) -> bool:
    """In the observer's own words, and no part of a term of a subject; a longer phrase around a term counts."""
    if not all(own[match.start : match.end]):
        return False
    apart = (
        match.end <= term.start
        or match.start >= term.end
        or (match.start <= term.start and match.end >= term.end and match.end - match.start > term.end - term.start)
        for term in terms
    )
    return all(apart)


def _apart(found: list[Match], tokens: list[Token], own: list[bool], book: RuleBook) -> list[Match]:
    """Judgements that do not overlap: a prescription stays, else the longer; neighbours of one kind are one."""
    kept: list[Match] = []
    for match in sorted(found, key=_weight):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    kept.sort(key=lambda one: one.start)
    joined: list[Match] = []
    for match in kept:
        start = match.start
        while start > 0 and own[start - 1] and book.has(tokens[start - 1], 'stress') and _free(start, joined):
            start -= 1
        if joined and joined[-1].kind == match.kind and _next_to(joined[-1].end, start, tokens):
            joined[-1] = Match(match.kind, joined[-1].start, match.end)
        else:
            joined.append(Match(match.kind, start, match.end))
    return joined


def _with(left: list[bool], figures: list[Match]) -> list[bool]:
    return [here or any(one.start <= at < one.end for one in figures) for at, here in enumerate(left)]


def _free(start: int, joined: list[Match]) -> bool:
    return not joined or joined[-1].end < start


def _weight(match: Match) -> tuple[bool, int, int, int]:
    return match.kind != _FIRST[0], match.start - match.end, _FIRST.index(match.kind), match.start


def _next_to(end: int, start: int, tokens: list[Token]) -> bool:
    return end == start or (end + 1 == start and tokens[end].word in ('and', '&'))


def _phrases(tokens: list[Token], phrases: Iterable[str], book: RuleBook) -> list[bool]:
    """Which tokens belong to one of a network's phrases, whatever their capitals."""
    marked = [False] * len(tokens)
    for phrase in phrases:
        words = [token.word for token in book.spelt(tokens_of(phrase, book.kept))]
        for at in range(len(tokens) - len(words) + 1 if words else 0):
            if [token.word for token in tokens[at : at + len(words)]] == words:
                marked[at : at + len(words)] = [True] * len(words)
    return marked


def _flag(match: Match, text: str, tokens: list[Token]) -> dict[str, Any]:
    return {'kind': match.kind} | _span(text, tokens, match.start, match.end) | {'ask': asked(match.kind)}


def _span(text: str, tokens: list[Token], start: int, end: int) -> dict[str, Any]:
    first, last = tokens[start].start, tokens[end - 1].end
    return {'start': first, 'end': last, 'text': text[first:last]}
