"""How an outcome is read from the store."""

from dataclasses import dataclass, replace

from app.debrief.model import Card, Pattern, Prediction
from app.documents.outcome import Outcome, outcome_of
from app.observation.model import Note, Observer
from app.rounds.model import Classroom, Group, Round
from app.rounds.plan import the_round
from app.rounds.stages import Stage
from app.store import RoundWork
from app.theory.model import NextStep, Theory


@dataclass(frozen=True, kw_only=True)
class Material:
    """What an outcome is made from, as it stood in one work. `released` is what was kept of a purged round."""

    round: Round
    classrooms: tuple[Classroom, ...] = ()
    groups: tuple[Group, ...] = ()
    observers: tuple[Observer, ...] = ()
    notes: tuple[Note, ...] = ()
    cards: tuple[Card, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    predictions: tuple[Prediction, ...] = ()
    theories: tuple[Theory, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    released: Outcome | None = None
    logo: str = ''

    def outcome(self) -> Outcome:
        """The outcome; after the purge the one that was released, since what it counted is gone."""
        if self.released is not None:
            return replace(self.released, purged=True, logo=self.logo or self.released.logo, paper=self.round.paper)
        return outcome_of(
            self.round,
            classrooms=self.classrooms,
            groups=self.groups,
            observers=self.observers,
            notes=self.notes,
            cards=self.cards,
            patterns=self.patterns,
            predictions=self.predictions,
            theories=self.theories,
            next_steps=self.next_steps,
            logo=self.logo,
        )


async def read_material(work: RoundWork, logo: str = '') -> Material:
    """Everything of a round that goes into its outcome, with its school's `logo` (that is not kept in rounds).

    Raises `NotFound` where there is no round.
    """
    round_ = await the_round(work)
    released = await work.released.get(round_.id) if round_.stage is Stage.PURGED else None
    return Material(
        round=round_,
        classrooms=tuple(await work.classrooms.all()),
        groups=tuple(await work.groups.all()),
        observers=tuple(await work.observers.all()),
        notes=tuple(await work.notes.all()),
        cards=tuple(await work.cards.all()),
        patterns=tuple(await work.patterns.all()),
        predictions=tuple(await work.predictions.all()),
        theories=tuple(await work.theories.all()),
        next_steps=tuple(await work.next_steps.all()),
        released=released.outcome if released else None,
        logo=logo,
    )


async def outcome_in(work: RoundWork) -> Outcome:
    """The outcome as it stands inside a work that goes on to change it, as the purge does."""
    return (await read_material(work)).outcome()
