"""Advice on a draft: what it may still lack, each with its reason. Never a score, never in the way.

A sound theory of action is causal, can be shown to be wrong, can be seen next month, is about students in its *then*
and rests on evidence from several visits (City et al., 2009; Hopkins).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.debrief.model import Card
from app.texts import _, ngettext

from .model import Horizon, Level, NextStep, Theory

LEAST_CARDS = 3
LEAST_VISITS = 2
#: One or two things, done as well as possible.
MOST_STEPS = 2


@dataclass(frozen=True, kw_only=True)
class Advice:
    """One thing to think about; `key` says which, the sentence why."""

    key: str
    sentence: str


def advice(
    theory: Theory, cards: Iterable[Card], *, least_cards: int = LEAST_CARDS, least_visits: int = LEAST_VISITS
) -> list[Advice]:
    """What this draft may still lack. `cards` are those on the wall; the ones of its patterns are its evidence."""
    given = [
        *_on_action(theory.when),
        *_on_reason(theory.so),
        *_on_outcome(theory.then),
        *_on_evidence(theory, cards, least_cards, least_visits),
    ]
    if not theory.wrong_if:
        given.append(('wrong_if', _('Say what you would see if you were wrong: else it cannot be learned from.')))
    if theory.look_again is None:
        given.append(('look_again', _('Set a date to look again: else nobody will find out.')))
    return [Advice(key=key, sentence=sentence) for key, sentence in given]


@dataclass(frozen=True, kw_only=True)
class StepAdvice:
    """The field of the next level of work (horizon and owner) that holds more than can be done well."""

    horizon: Horizon
    owner: Level
    sentence: str


def advice_on_steps(steps: Sequence[NextStep], most: int = MOST_STEPS) -> list[StepAdvice]:
    """Where there is more than one or two: few things, done as well as possible, outlast a long list."""
    given = []
    for horizon in Horizon:
        for owner in Level:
            n = sum(step.horizon is horizon and step.owner is owner for step in steps)
            if n > most:
                sentence = ngettext(
                    '{n} step stands here. One or two, done as well as possible, outlast a long list: which are they?',
                    '{n} steps stand here. One or two, done as well as possible, outlast a long list: which are they?',
                    n,
                )
                given.append(StepAdvice(horizon=horizon, owner=owner, sentence=sentence.format(n=n)))
    return given


def _on_action(when: str) -> list[tuple[str, str]]:
    given = []
    if not _ACTORS.search(when):
        given.append(('actor', _('Say who does it (“we”, “teachers of Year 7”): else nobody will.')))
    actions = re.split(r'\band\b|;|\n|\bas well as\b', when.casefold())
    if sum(bool(_DOING.search(part)) for part in actions) > 1:
        given.append(('one_action', _('Two actions in one theory cannot be told apart: which of them does the work?')))
    if _VAGUE.search(when) or len(when.split()) < 4:
        given.append(('seen', _('Could a visitor see it in a classroom next month? Say what they would see.')))
    return given


def _on_reason(so: str) -> list[tuple[str, str]]:
    if so:
        return []
    return [
        ('so', _('What does it do for students as learners? Without a “so” there is no reason why it should work.'))
    ]


def _on_outcome(then: str) -> list[tuple[str, str]]:
    if not then:
        return [('then', _('What will students achieve? The “then” is still empty.'))]
    if not _STUDENTS.search(then):
        return [('students', _('Is the “then” about students? What they know and can do is what counts.'))]
    return []


def _on_evidence(theory: Theory, cards: Iterable[Card], least_cards: int, least_visits: int) -> list[tuple[str, str]]:
    if not theory.patterns:
        return [('evidence', _('Choose the patterns that it rests on, so that it stands on what was seen.'))]
    evidence = [card for card in cards if card.pattern in theory.patterns]
    visits = len({card.visit for card in evidence})
    if len(evidence) >= least_cards and visits >= least_visits:
        return []
    on = ngettext('It rests on {n} card', 'It rests on {n} cards', len(evidence)).format(n=len(evidence))
    of = ngettext('from {n} visit', 'from {n} visits', visits).format(n=visits)
    sentence = _('{on} {of}: is that enough to build on? {cards} cards from {visits} visits carry more.')
    return [('evidence', sentence.format(on=on, of=of, cards=least_cards, visits=least_visits))]


_ACTORS = re.compile(
    r'\b(we|us|our|i|staff|teams?|departments?|everyone|every\w* (?:teacher|adult|leader)|network|schools?|'
    r'\w*teachers?|\w*leaders?|head\w*|principals?|coach\w*|tutors?|assistants?|governors?|faculty|faculties|colleagues?)\b',
    re.IGNORECASE,
)
_STUDENTS = re.compile(
    r'\b(students?|pupils?|learners?|child(?:ren)?|young people|class(?:es)?|they|theirs?|them|everyone)\b',
    re.IGNORECASE,
)
#: Words of intention that nobody can watch.
_VAGUE = re.compile(
    r'\b(improv\w+|support\w*|promot\w+|encourag\w+|develop\w*|enhanc\w+|ensur\w+|rais\w+ (?:standards|expectations)|'
    r'focus\w*|embed\w*|foster\w*|strengthen\w*|better|more effective\w*|a culture of|engag\w+|quality)\b',
    re.IGNORECASE,
)
#: A part of a sentence that begins with a doing, as “we model”, “ask”, “come back to”.
_DOING = re.compile(
    r'(?:\bwe\b|\bteachers\b|\bleaders\b|^)\s*(?:\w+ly\s+)?'
    r'(?:all|also|always|each|then|regularly)?\s*(?:give|ask|set|use|model|wait|plan|teach|share|come|check|visit|meet|'
    r'agree|follow|write|think|show|mark|train|observe|build|make|let|start|begin|introduce|provide|review|change|have|'
    r'read|work|talk|listen|look|design|choose|discuss|practise|group|take|put|adopt|create|coach|film|record|stop)\b'
)
