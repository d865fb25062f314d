"""What a school keeps of a round: everything that its outcome document prints, and nothing else.

There is no field here for a room, an author, a clock time or a code, so that no layout can print one.
"""

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from app.debrief.asked_out import asked_out, may_be_asked_out
from app.debrief.model import Card, CardState, Pattern, Prediction
from app.observation.model import Note, Observer
from app.pdf.sizes import Paper
from app.rounds.model import Classroom, Group, Round
from app.rounds.stages import Stage
from app.texts import ngettext
from app.theory.model import Horizon, Level, NextStep, Theory

#: Sample cards of one pattern.
FEWEST_SAMPLES, MOST_SAMPLES = 2, 4


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """The round in numbers."""

    visits: int = 0
    classrooms: int = 0
    observers: int = 0
    groups: int = 0
    schools: int = 0
    notes: int = 0
    cards: int = 0  #: on the wall
    patterns: int = 0
    outside: int = 0  #: cards on the wall that stand in no pattern

    def in_words(self) -> list[tuple[int, str]]:
        """Eight numbers, each with its name, as paper and screen show them."""
        return [
            (self.visits, ngettext('visit', 'visits', self.visits)),
            (self.classrooms, ngettext('classroom visited', 'classrooms visited', self.classrooms)),
            (self.observers, ngettext('observer', 'observers', self.observers)),
            (self.groups, ngettext('group', 'groups', self.groups)),
            (self.schools, ngettext('school taking part', 'schools taking part', self.schools)),
            (self.notes, ngettext('note', 'notes', self.notes)),
            (self.cards, ngettext('card on the wall', 'cards on the wall', self.cards)),
            (self.patterns, ngettext('pattern', 'patterns', self.patterns)),
        ]


@dataclass(frozen=True, kw_only=True)
class LensCount:
    """How many cards of the wall have this lens; empty: none was chosen."""

    lens: str
    cards: int


@dataclass(frozen=True, kw_only=True)
class Quotation:
    """A card, to the character (composed, white space folded)."""

    text: str
    lens: str = ''


@dataclass(frozen=True, kw_only=True)
class PrintedPattern:
    """A pattern that rests on enough visits; `number` is how predictions and theories cite it."""

    number: int
    title: str
    summary: str
    exception: str
    cards: int
    visits: int
    samples: tuple[Quotation, ...]


@dataclass(frozen=True, kw_only=True)
class PrintedPrediction:
    """`unprinted` counts the patterns it cites that are left out."""

    text: str
    patterns: tuple[int, ...]
    unprinted: int = 0


@dataclass(frozen=True, kw_only=True)
class PrintedTheory:
    """A theory of action in the three-part form; `cards` and `visits` are those behind all the patterns it cites."""

    number: int
    when: str
    so: str
    then: str
    level: Level
    wrong_if: str
    look_again: dt.date | None
    relates_to: str
    patterns: tuple[int, ...]
    unprinted: int = 0
    cards: int = 0
    visits: int = 0


@dataclass(frozen=True, kw_only=True)
class PrintedStep:
    """One thing of the next level of work; `theories` are numbers."""

    horizon: Horizon
    owner: Level
    text: str
    theories: tuple[int, ...]
    taken_up: bool


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The outcome document of one round, before any layout. `id` is the round's."""

    id: str
    title: str
    school: str
    network: str
    date: dt.date
    visitors: tuple[str, ...] = ()  #: the visiting schools
    problem_of_practice: str = ''
    focus_statements: tuple[str, ...] = ()
    numbers: Numbers = Numbers()
    lenses: tuple[LensCount, ...] = ()
    patterns: tuple[PrintedPattern, ...] = ()
    left_out: int = 0  #: patterns that rest on fewer than `printed_from_visits`
    printed_from_visits: int = 2
    predictions: tuple[PrintedPrediction, ...] = ()
    theories: tuple[PrintedTheory, ...] = ()
    next_steps: tuple[PrintedStep, ...] = ()
    days_kept: int = 30
    closed_on: dt.date | None = None
    purged: bool = False
    sample: bool = False
    paper: Paper = Paper.A4
    version: int = 0  #: of a released document; 0: a draft
    released_on: dt.date | None = None
    changes: tuple[str, ...] = ()  #: what is different from the version before, a sentence each
    logo: str = ''  #: of the host school, a PNG as base64; so that a released document keeps the one of its day

    @property
    def deleted_on(self) -> dt.date | None:
        """The day on which the raw notes go; None while the round is not closed."""
        return self.closed_on + dt.timedelta(days=self.days_kept) if self.closed_on else None


def outcome_of(
    round: Round,
    *,
    classrooms: Sequence[Classroom],
    groups: Sequence[Group],
    observers: Sequence[Observer],
    notes: Sequence[Note],
    cards: Sequence[Card],
    patterns: Sequence[Pattern],
    predictions: Sequence[Prediction],
    theories: Sequence[Theory],
    next_steps: Sequence[NextStep],
    logo: str = '',
) -> Outcome:
    """The outcome of a round as it stands.

    A pattern is printed when it rests on at least `sizes.printed_from_visits` visits; the others are counted. The
    same round gives the same outcome, whatever the ids in its store are.
    """
    wall = [card for card in cards if card.state is CardState.ACCEPTED]
    known = {pattern.id for pattern in patterns}
    printed: dict[str, PrintedPattern] = {}
    for pattern in sorted(patterns, key=lambda pattern: pattern.place):
        theirs = [card for card in wall if card.pattern == pattern.id]
        visits = len({card.visit for card in theirs})
        if theirs and visits >= round.sizes.printed_from_visits:
            samples = sample_cards(theirs, classrooms, observers)
            printed[pattern.id] = _printed_pattern(len(printed) + 1, pattern, len(theirs), visits, samples)
    theory_numbers = {theory.id: number for number, theory in enumerate(_in_place(theories), 1)}
    numbers = replace(
        _seen(notes, observers, groups, round),
        cards=len(wall),
        patterns=len(patterns),
        outside=sum(card.pattern not in known for card in wall),
    )
    return Outcome(
        id=round.id,
        title=folded(round.title),
        school=folded(round.host_school),
        network=folded(round.network),
        date=round.date,
        visitors=tuple(folded(school.name) for school in round.schools if not school.host),
        problem_of_practice=folded(round.problem_of_practice),
        focus_statements=tuple(folded(statement) for statement in round.focus_statements if statement.strip()),
        numbers=numbers,
        lenses=_lenses(wall, round.lenses),
        patterns=tuple(printed.values()),
        left_out=len(patterns) - len(printed),
        printed_from_visits=round.sizes.printed_from_visits,
        predictions=tuple(_printed_prediction(prediction, printed) for prediction in _in_place(predictions)),
        theories=tuple(_printed_theory(theory, theory_numbers, printed, wall) for theory in _in_place(theories)),
        next_steps=tuple(_printed_step(step, theory_numbers) for step in _in_place(next_steps)),
        days_kept=round.sizes.days_kept,
        closed_on=_closed_on(round),
        purged=round.stage is Stage.PURGED,
        sample=round.sample,
        paper=round.paper,
        logo=logo,
    )


def sample_cards(cards: Sequence[Card], classrooms: Sequence[Classroom], observers: Sequence[Observer]) -> list[Card]:
    """Two to four of a pattern's cards to be printed, from as many visits and lenses as there are, always the same.

    None whose words say a clock time, a room of the round or an observer's name; those that only may be taken for
    one are used when there are no others. (Fewer than two remain where too few cards can be printed.)
    """
    rooms = [classroom.room for classroom in classrooms]
    names = [observer.display_name for observer in observers]
    usable = [card for card in cards if card.text.strip() and not asked_out(card.text, rooms, names)]
    sure = [card for card in usable if not may_be_asked_out(card.text, rooms)]
    doubtful = [card for card in usable if card not in sure]
    most = FEWEST_SAMPLES if len(cards) < 4 else 3 if len(cards) < 9 else MOST_SAMPLES
    chosen = _varied(sure, most, [])
    return _varied(doubtful, FEWEST_SAMPLES, chosen)


def folded(text: str) -> str:
    """How texts are compared and quoted: NFC, with white space folded."""
    return ' '.join(unicodedata.normalize('NFC', text).split())


def _varied(cards: Sequence[Card], most: int, chosen: Sequence[Card]) -> list[Card]:
    """`chosen` and, up to `most` in all, always the card that adds most to those before it; no text twice."""
    picked, left = list(chosen), list(cards)
    while len(picked) < most:
        said = {folded(card.text).casefold() for card in picked}
        left = [card for card in left if folded(card.text).casefold() not in said]
        if not left:
            break
        picked.append(min(left, key=partial(_repeats, picked)))
    return picked


def _repeats(picked: Sequence[Card], card: Card) -> tuple[int, int, int, int, str]:
    """What speaks against a card, the heaviest first: a visit heard already, an unhandy length, a lens seen already."""
    visits, lenses = [other.visit for other in picked], [other.lens for other in picked]
    text = folded(card.text)
    is_unhandy = not 30 <= len(text) <= 240
    return visits.count(card.visit), is_unhandy, lenses.count(card.lens), card.place, text


T = TypeVar('T', Prediction, Theory, NextStep)


def _in_place(models: Iterable[T]) -> list[T]:
    return sorted(models, key=lambda model: model.place)


def _seen(notes: Sequence[Note], observers: Sequence[Observer], groups: Sequence[Group], round: Round) -> Numbers:
    kept = [note for note in notes if not note.deleted]
    here = {observer.group for observer in observers}
    return Numbers(
        visits=len({note.visit for note in kept}),
        classrooms=len({note.classroom for note in kept}),
        observers=len(observers),
        groups=sum(group.id in here for group in groups),
        schools=len(round.schools),
        notes=len(kept),
    )


def _printed_pattern(number: int, pattern: Pattern, cards: int, visits: int, samples: list[Card]) -> PrintedPattern:
    return PrintedPattern(
        number=number,
        title=folded(pattern.title),
        summary=folded(pattern.summary),
        exception=folded(pattern.exception),
        cards=cards,
        visits=visits,
        samples=tuple(Quotation(text=folded(card.text), lens=card.lens or '') for card in samples),
    )


def _printed_prediction(prediction: Prediction, printed: dict[str, PrintedPattern]) -> PrintedPrediction:
    cited, unprinted = _cited(prediction.patterns, printed)
    return PrintedPrediction(text=folded(prediction.text), patterns=cited, unprinted=unprinted)


def _printed_theory(
    theory: Theory, numbers: dict[str, int], printed: dict[str, PrintedPattern], wall: Sequence[Card]
) -> PrintedTheory:
    cited, unprinted = _cited(theory.patterns, printed)
    behind = [card for card in wall if card.pattern in theory.patterns and card.pattern in printed]
    return PrintedTheory(
        number=numbers[theory.id],
        when=folded(theory.when),
        so=folded(theory.so),
        then=folded(theory.then),
        level=theory.level,
        wrong_if=folded(theory.wrong_if),
        look_again=theory.look_again,
        relates_to=folded(theory.relates_to),
        patterns=cited,
        unprinted=unprinted,
        cards=len(behind),
        visits=len({card.visit for card in behind}),
    )


def _printed_step(step: NextStep, numbers: dict[str, int]) -> PrintedStep:
    return PrintedStep(
        horizon=step.horizon,
        owner=step.owner,
        text=folded(step.text),
        theories=tuple(sorted({numbers[key] for key in step.theories if key in numbers})),
        taken_up=step.taken_up,
    )


def _lenses(wall: Sequence[Card], preset: Sequence[str]) -> tuple[LensCount, ...]:
    """The lenses of the round in their order, others that cards came with, and at last those without one."""
    counts = Counter(card.lens or '' for card in wall)
    others = sorted(lens for lens in counts if lens and lens not in preset)
    counted = (*preset, *others, *([''] if counts[''] else ()))
    return tuple(LensCount(lens=lens, cards=counts[lens]) for lens in counted) if wall else ()


def _cited(keys: Iterable[str], printed: dict[str, PrintedPattern]) -> tuple[tuple[int, ...], int]:
    """The printed numbers of these patterns, and how many of them are not printed."""
    cited = set(keys)
    return tuple(sorted(printed[key].number for key in cited if key in printed)), len(cited - printed.keys())


def _closed_on(round: Round) -> dt.date | None:
    """The day of the close where the school is."""
    return round.closed_at.astimezone(ZoneInfo(round.timezone)).date() if round.closed_at else None
