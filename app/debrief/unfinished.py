"""What is not finished at a stage: said before the next one is opened, never in the way of it."""

from collections import Counter
from collections.abc import Awaitable, Callable

from app.rounds.stages import Stage
from app.store import RoundWork
from app.texts import _, ngettext

from .model import CardState
from .votes import current
from .wall import Wall


async def unfinished(work: RoundWork, wall: Wall) -> list[str]:
    """A sentence for each thing that this stage leaves open; empty when all is done."""
    look = _LOOKS.get(wall.planned.stage)
    if look is None:
        return []
    vote = await current(work)
    voting = [_('A vote is still open.')] if vote is not None and not vote.closed else []
    return [*await look(work, wall), *_late(wall), *voting]


def _late(wall: Wall) -> list[str]:
    """Notes that came after description was closed: only the facilitator can screen them then."""
    late = sum(card.late and card.state is CardState.CHOSEN for card in wall.cards)
    if not late or wall.planned.stage.place <= Stage.RED_DOTS.place:
        return []
    sentence = ngettext(
        '{n} late card waits to be screened, under “Description”.',
        '{n} late cards wait to be screened, under “Description”.',
        late,
    )
    return [sentence.format(n=late)]


async def _visits(_work: RoundWork, wall: Wall) -> list[str]:
    if not wall.observers:
        return [_('Nobody has joined yet.')]
    unsent = sum(observer.unsent for observer in wall.observers)
    sentence = ngettext(
        '{n} note is still on a phone and has not been received.',
        '{n} notes are still on phones and have not been received.',
        unsent,
    )
    said = [sentence.format(n=unsent)] if unsent else []
    return said if wall.notes else [*said, _('No note has been received yet.')]


async def _selection(_work: RoundWork, wall: Wall) -> list[str]:
    if not wall.cards:
        return [_('No note has been chosen yet.')]
    least = wall.planned.sizes.choose_least
    authors = {note.id: note.observer for note in wall.notes}
    chosen = Counter(authors.get(card.note, '') for card in wall.cards)
    wrote = Counter(authors.values())
    few = sum(chosen[observer.id] < min(least, wrote[observer.id]) for observer in wall.observers)
    if not few:
        return []
    sentence = ngettext(
        '{n} observer has chosen fewer than {least} notes.', '{n} observers have chosen fewer than {least} notes.', few
    )
    return [sentence.format(n=few, least=least)]


async def _screening(_work: RoundWork, wall: Wall) -> list[str]:
    said = []
    waiting = sum(card.state is CardState.CHOSEN for card in wall.cards)
    if waiting:
        sentence = ngettext('{n} card is still to be screened.', '{n} cards are still to be screened.', waiting)
        said.append(sentence.format(n=waiting))
    returned = sum(card.state is CardState.RETURNED for card in wall.cards)
    if returned:
        sentence = ngettext(
            '{n} card was sent back and waits for other words.',
            '{n} cards were sent back and wait for other words.',
            returned,
        )
        said.append(sentence.format(n=returned))
    return said if wall.accepted else [*said, _('No card is on the wall yet.')]


async def _analysis(_work: RoundWork, wall: Wall) -> list[str]:
    said = []
    if wall.sorting is not None and wall.sorting.open:
        n = len(set(wall.sorting.groups) - set(wall.sorting.ready))
        sentence = ngettext('{n} group is still sorting.', '{n} groups are still sorting.', n)
        said += [sentence.format(n=n)] if n else []
    if wall.unsorted:
        n = len(wall.unsorted)
        said.append(ngettext('{n} card is in no pattern yet.', '{n} cards are in no pattern yet.', n).format(n=n))
    if not wall.patterns:
        return [*said, _('There is no pattern yet.')]
    nameless = sum(not pattern.title for pattern in wall.patterns)
    if nameless:
        said.append(
            ngettext('{n} pattern has no name yet.', '{n} patterns have no name yet.', nameless).format(n=nameless)
        )
    least = wall.planned.sizes.printed_from_visits
    weak = sum(wall.visits(pattern.id) < least for pattern in wall.patterns)
    if weak:
        sentence = ngettext(
            '{n} pattern rests on fewer than {least} visits and will not be printed.',
            '{n} patterns rest on fewer than {least} visits and will not be printed.',
            weak,
        )
        said.append(sentence.format(n=weak, least=least))
    return said


async def _prediction(_work: RoundWork, wall: Wall) -> list[str]:
    if not wall.predictions:
        return [_('There is no prediction yet.')]
    loose = sum(not prediction.patterns for prediction in wall.predictions)
    sentence = ngettext('{n} prediction cites no pattern.', '{n} predictions cite no pattern.', loose)
    return [sentence.format(n=loose)] if loose else []


async def _theories(work: RoundWork, _wall: Wall) -> list[str]:
    theories = await work.theories.all()
    if not theories:
        return [_('There is no theory of action yet.')]
    open_ended = sum(not theory.wrong_if or theory.look_again is None for theory in theories)
    sentence = ngettext(
        '{n} theory does not say yet how and when you would know that you were wrong.',
        '{n} theories do not say yet how and when you would know that you were wrong.',
        open_ended,
    )
    return [sentence.format(n=open_ended)] if open_ended else []


async def _next_level(work: RoundWork, _wall: Wall) -> list[str]:
    return [] if await work.next_steps.all() else [_('There is no next step yet.')]


_LOOKS: dict[Stage, Callable[[RoundWork, Wall], Awaitable[list[str]]]] = {
    Stage.OPEN: _visits,
    Stage.SELECTION: _selection,
    Stage.SCREENING: _screening,
    Stage.RED_DOTS: _screening,
    Stage.ANALYSIS: _analysis,
    Stage.PREDICTION: _prediction,
    Stage.THEORIES: _theories,
    Stage.NEXT_LEVEL: _next_level,
}
