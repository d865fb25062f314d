"""The debrief as it stands at one moment, read once for all who look at it."""

from dataclasses import dataclass
from functools import cached_property

from app.observation.model import Note, Observer
from app.rounds.model import Group, Round
from app.rounds.plan import the_round
from app.store import RoundWork

from .model import Card, CardState, Pattern, Pile, Prediction, Sorting


@dataclass(frozen=True)
class Wall:
    """Cards by their random place, patterns and predictions in their order, and who is there."""

    planned: Round
    cards: tuple[Card, ...]
    patterns: tuple[Pattern, ...]
    predictions: tuple[Prediction, ...]
    groups: tuple[Group, ...]
    observers: tuple[Observer, ...]
    notes: tuple[Note, ...]
    sorting: Sorting | None = None
    piles: tuple[Pile, ...] = ()

    @cached_property
    def accepted(self) -> tuple[Card, ...]:
        """The cards on the wall."""
        return tuple(card for card in self.cards if card.state is CardState.ACCEPTED)

    @cached_property
    def unsorted(self) -> tuple[Card, ...]:
        """The cards on the wall that are in no pattern yet."""
        return tuple(card for card in self.accepted if not self.sorted_into(card))

    @cached_property
    def _under(self) -> dict[str, list[Card]]:
        under: dict[str, list[Card]] = {pattern.id: [] for pattern in self.patterns}
        for card in self.accepted:
            if card.pattern in under:
                under[card.pattern].append(card)
        return under

    def under(self, pattern_id: str) -> list[Card]:
        """The cards of a pattern."""
        return self._under.get(pattern_id, [])

    def sorted_into(self, card: Card) -> str:
        """The pattern that a card of the wall is in; '' when it is unsorted or not on the wall."""
        return card.pattern if card.state is CardState.ACCEPTED and card.pattern in self._under else ''

    def visits(self, pattern_id: str) -> int:
        """On how many visits (group and classroom) a pattern rests."""
        return len({card.visit for card in self.under(pattern_id) if card.visit})

    @cached_property
    def group_of(self) -> dict[str, str]:
        """The group of each card's author now, by the card's id; groups may have been joined on the day."""
        now = {observer.id: observer.group for observer in self.observers}
        authors = {note.id: note.observer for note in self.notes}
        return {card.id: now.get(authors.get(card.note, ''), '') or card.group for card in self.cards}


async def the_wall(work: RoundWork) -> Wall:
    """The debrief of a work's round as it stands."""
    return Wall(
        planned=await the_round(work),
        cards=tuple(sorted(await work.cards.all(), key=lambda card: (card.place, card.id))),
        patterns=tuple(sorted(await work.patterns.all(), key=lambda pattern: (pattern.place, pattern.id))),
        predictions=tuple(
            sorted(await work.predictions.all(), key=lambda prediction: (prediction.place, prediction.id))
        ),
        groups=tuple(sorted(await work.groups.all(), key=lambda group: group.number)),
        observers=tuple(await work.observers.all()),
        notes=tuple(note for note in await work.notes.all() if not note.deleted),
        sorting=await work.sortings.get(work.round_id),
        piles=tuple(sorted(await work.piles.all(), key=lambda pile: (pile.place, pile.id))),
    )
