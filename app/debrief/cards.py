"""Cards: made of chosen notes, screened, marked with red dots."""

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from app.errors import BadInput, Changed, NotFound
from app.ids import new_id
from app.observation.model import Note
from app.rounds.plan import the_round
from app.rounds.stages import Stage
from app.store import RoundWork
from app.texts import _
from app.wording import worded

from .asked_out import AskedOut, asked_out
from .model import Card, CardState

LONGEST_CARD = 2_000
LONGEST_REASON = 200


@dataclass(frozen=True)
class Seen:
    """A card as somebody read it before deciding on it."""

    text: str
    state: str


async def follow(work: RoundWork, note: Note, before: Note | None) -> None:
    """Keep the card of a note in step with it; called in the work in which the note is stored.

    A chosen note has one card. Its text follows the note until the card is on the wall; a card that came back or was
    dropped is asked about again when its author has found other words. A note that is no longer chosen takes its
    card away, unless the card is on the wall and description has been closed.
    """
    card = next(iter(await work.cards.all(note=note.id)), None)
    if note.chosen and not note.deleted:
        if card is None:
            await work.cards.put(_new_card(note))
        elif card.state is not CardState.ACCEPTED:
            await work.cards.put(_following(card, note, before))
    elif card is not None and not (card.state is CardState.ACCEPTED and await _description_closed(work)):
        await work.cards.remove(card.id)


def _new_card(note: Note) -> Card:
    """Id and place are drawn by lot: nobody can tell from a card on the wall who sent it, or when."""
    return Card(
        id=new_id(),
        note=note.id,
        group=note.group,
        visit=note.visit,
        text=note.text,
        lens=note.lens,
        place=secrets.randbelow(2**53),
        late=note.late,
    )


def _following(card: Card, note: Note, before: Note | None) -> Card:
    card = replace(card, lens=note.lens)
    if before is not None and before.text == note.text:
        return card  # other words of the screening stay
    return replace(card, text=note.text, state=CardState.CHOSEN, reason='', dotted=False)


async def _description_closed(work: RoundWork) -> bool:
    return (await the_round(work)).stage.place > Stage.RED_DOTS.place


async def accept(
    work: RoundWork, card_id: str, *, group: str | None = None, confirmed: bool = False, seen: Seen | None = None
) -> str:
    """The card is specific and free of judgement: it goes on the wall. `group` is None for the facilitator.

    Raises `NotFound`, `BadInput` for another group's card or one that came back and was not reworded,
    `AskedOutWords` while it says a time, a room or a name, unless `confirmed`, and `Changed` when it is not as it was
    `seen` any more: nobody decides on words that they have not read.
    """
    card = await the_card(work, card_id, group)
    _require_seen(card, seen, CardState.ACCEPTED)
    if card.state is CardState.RETURNED and group is not None:
        raise BadInput(_('This card came back with a reason. Find other words for it first, or drop it.'))
    if card.state is not CardState.ACCEPTED:
        if not confirmed:
            (await Asked.of(work)).refuse(card.text)
        await work.cards.put(replace(card, state=CardState.ACCEPTED, reason='', dotted=False))
    return _('Put a card on the wall')


async def reword(
    work: RoundWork,
    card_id: str,
    text: str,
    *,
    group: str | None = None,
    confirmed: bool = False,
    seen: str | None = None,
) -> str:
    """Other words for a card; what was noted stays in the note. One that came back or was dropped is asked about again.

    Raises as `accept` does, `BadInput` for a text that is empty or too long, and `Changed` when somebody else has
    reworded it since it read `seen`.
    """
    card = await the_card(work, card_id, group)
    text = worded(text, LONGEST_CARD, _('The card'))
    if text == card.text and card.state in (CardState.CHOSEN, CardState.ACCEPTED):
        return _('Reword a card')
    if seen is not None and seen != card.text:
        sentence = _('Somebody else has reworded this card meanwhile. Yours has not been lost: choose which one stays.')
        raise Changed(sentence, theirs=card.text, yours=text)
    if card.state is CardState.ACCEPTED:
        if not confirmed:
            (await Asked.of(work)).refuse(text)
        await work.cards.put(replace(card, text=text))
    else:
        await work.cards.put(replace(card, text=text, state=CardState.CHOSEN, reason='', dotted=False))
    return _('Reword a card')


async def drop(
    work: RoundWork, card_id: str, reason: str = '', *, group: str | None = None, seen: Seen | None = None
) -> str:
    """The card does not go on the wall, or leaves it; it can be taken up again. Raises as `accept` does."""
    card = await the_card(work, card_id, group)
    _require_seen(card, seen, CardState.DROPPED)
    reason = worded(reason, LONGEST_REASON, _('The reason'), empty=True, lines=False)
    if card.state is not CardState.DROPPED:
        await work.cards.put(replace(card, state=CardState.DROPPED, reason=reason, dotted=False, pattern=''))
    return _('Drop a card')


async def red_dot(work: RoundWork, card_id: str, reason: str, *, group: str | None = None) -> str:
    """Send a card of another group back to its own with a reason: a key of `reasons` or some words.

    Raises `BadInput` without a reason, for the own group's card, and for one that is not on the wall.
    """
    card = await the_card(work, card_id)
    if group is not None and await group_of(work, card) == group:
        raise BadInput(_('A red dot is set by another group. You can reword or drop this card yourselves.'))
    reason = worded(reason, LONGEST_REASON, _('The reason'), lines=False)
    if not card.dotted:
        if card.state is not CardState.ACCEPTED:
            raise BadInput(_('This card is not on the wall, so it needs no red dot.'))
        await work.cards.put(replace(card, state=CardState.RETURNED, reason=reason, dotted=True, pattern=''))
    return _('Mark a card with a red dot')


async def take_dot_back(work: RoundWork, card_id: str, *, group: str) -> str:
    """A red dot that was set by mistake: the card is on the wall again. Its own group finds other words instead.

    Raises `BadInput` for the own group's card, and `Changed` when that group has done something with it already.
    """
    card = await the_card(work, card_id)
    if await group_of(work, card) == group:
        raise BadInput(_('The group that set a red dot takes it back. Find other words for your card, or drop it.'))
    if card.state is CardState.ACCEPTED:
        return _('Take a red dot back')
    if card.state is not CardState.RETURNED or not card.dotted:
        raise Changed(_('The card’s own group has done something with it already, so the red dot is gone.'))
    await work.cards.put(replace(card, state=CardState.ACCEPTED, reason='', dotted=False))
    return _('Take a red dot back')


def _require_seen(card: Card, seen: Seen | None, wanted: CardState) -> None:
    if seen is None or (card.text == seen.text and card.state in (seen.state, wanted)):
        return
    if card.text != seen.text:
        sentence = _('Somebody has found other words for this card meanwhile. Please read it once more.')
    else:
        sentence = {
            CardState.ACCEPTED: _('Somebody in your group has put this card on the wall meanwhile. It stays there.'),
            CardState.DROPPED: _('Somebody in your group has dropped this card meanwhile. You can take it up again.'),
            CardState.RETURNED: _('This card was sent back meanwhile. Please read it once more.'),
            CardState.CHOSEN: _('Somebody has taken this card up again meanwhile. Please read it once more.'),
        }[card.state]
    raise Changed(sentence, theirs=card.text, yours=seen.text)


async def the_card(work: RoundWork, card_id: str, group: str | None = None) -> Card:
    """The card; raises `NotFound` when its author took it back, `BadInput` when it is not this group's to screen."""
    card = await work.cards.get(card_id)
    if card is None:
        raise NotFound(_('This card is not there any more: its author took it back.'))
    if group is not None and await group_of(work, card) != group:
        raise BadInput(_('This card is screened by another group.'))
    return card


async def group_of(work: RoundWork, card: Card) -> str:
    """The group that screens a card: where its author is now; groups may have been joined on the day."""
    note = await work.notes.get(card.note)
    author = None if note is None else await work.observers.get(note.observer)
    return author.group if author is not None and author.group else card.group


def reasons() -> dict[str, str]:
    """Why a card goes back, in the words of the two questions of screening."""
    return {
        'judgement': _('It judges instead of describing'),
        'not_specific': _('It is not specific enough'),
        'name_place_time': _('It says a name, a place or a time'),
    }


class AskedOutWords(BadInput):
    """The words of a card say a time, a room or a name; `more['asked_out']` says where."""

    kind = 'asked_out'


@dataclass(frozen=True)
class Asked:
    """What a round's cards are asked to leave out: its rooms and the names of those who visit."""

    rooms: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    async def of(cls, work: RoundWork) -> 'Asked':
        """The labels of this round's rooms and the display names of its observers."""
        rooms = {classroom.room for classroom in await work.classrooms.all()}
        names = {observer.display_name for observer in await work.observers.all()}
        return cls(tuple(sorted(rooms)), tuple(sorted(names)))

    def found(self, text: str) -> list[AskedOut]:
        """Where `text` says one of them, or a clock time."""
        folded = text.casefold()
        squeezed = _squeezed(folded)  # a board has hundreds of cards: only what occurs at all is looked for closely
        rooms = [room for room in self.rooms if _squeezed(room.casefold()) in squeezed]
        names = [name for name in self.names if any(part in folded for part in _parts(name))]
        return asked_out(text, rooms, names)

    def refuse(self, text: str) -> None:
        """Raise `AskedOutWords`, with what to write instead, when `text` says one of them."""
        found = self.found(text)
        if found:
            words = _instead()
            kinds = dict.fromkeys(one.kind for one in found)
            sentence = ' '.join(words[kind].format(words=_quoted(text, found, kind)) for kind in kinds)
            sentence = _('{sentence} If the words are a quotation, confirm it.').format(sentence=sentence)
            raise AskedOutWords(sentence, asked_out=[one._asdict() for one in found])


@lru_cache(maxsize=1_000)
def _squeezed(text: str) -> str:
    return ''.join(text.replace('-', ' ').split())


@lru_cache(maxsize=1_000)
def _parts(name: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r'[\s,.]+', name.casefold()) if part)


def _instead() -> Mapping[str, str]:
    return {
        'time': _('This card says a clock time ({words}): write how long instead, such as “for six minutes”.'),
        'room': _('This card says a room ({words}): leave it out.'),
        'name': _('This card says a name ({words}): write “a student” or “the teacher”.'),
    }


def _quoted(text: str, found: Iterable[AskedOut], kind: str) -> str:
    return ', '.join(f'“{text[one.start : one.end]}”' for one in found if one.kind == kind)
