"""Silent sorting: each group puts cards together on its own phones, before the sortings are laid together.

Nothing of it moves a card of the wall. A group's acts are a chain of their own: it undoes its own moves, nobody else's.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from app.errors import BadInput, NotFound
from app.store import RoundWork
from app.texts import _, ngettext
from app.wording import worded

from .model import Card, Pile, Share, Sorting
from .patterns import LONGEST_TITLE, changed_meanwhile, on_the_wall
from .wall import Wall

MOST_PILES = 60


def cards_of(wall: Wall, group: str) -> list[Card]:
    """The cards of the wall that this group sorts, in the wall's random order.

    Where they are shared out, every card is sorted by two groups (else there would be nothing to compare), which two is
    decided by its random place. A group that came later sorts all.
    """
    sorting = wall.sorting
    if sorting is None or sorting.share is Share.ALL or group not in sorting.groups or len(sorting.groups) < 3:
        return list(wall.accepted)
    pairs = list(combinations(sorting.groups, 2))
    return [card for card in wall.accepted if group in pairs[card.place % len(pairs)]]


async def sort(work: RoundWork, group: str, card_ids: Sequence[str], pile_id: str) -> str:
    """Put cards into a pile of this group; '' takes them out again. Returns what that is called.

    None of them moves when the pile is gone (`NotFound`) or a card is not on the wall any more (`BadInput`).
    """
    await _the_open_sorting(work)
    if pile_id:
        await _the_pile(work, group, pile_id)
    moved = [card.id for card in await on_the_wall(work, card_ids)]
    await _put(work, group, moved, pile_id)
    if not pile_id:
        return ngettext('Take a card out of its pile', 'Take {n} cards out of their piles', len(moved)).format(
            n=len(moved)
        )
    return ngettext('Put a card on a pile', 'Put {n} cards on a pile', len(moved)).format(n=len(moved))


async def make(work: RoundWork, group: str, pile_id: str, name: str, card_ids: Sequence[str]) -> str:
    """A new pile of these cards, under the id that the phone gave it; a name can wait, sorting is silent."""
    await _the_open_sorting(work)
    if not re.fullmatch(r'[A-Za-z0-9_-]{22,36}', pile_id):
        raise BadInput(_('This pile has no proper id. Please reload the page.'))
    there = await work.piles.get(pile_id)
    if there is not None and there.group != group:
        raise BadInput(_('This pile belongs to another group.'))
    piles = await work.piles.all(group=group)
    if len(piles) >= MOST_PILES:
        raise BadInput(_('{n} piles are more than anybody can lay together. Join some first.').format(n=MOST_PILES))
    moved = [card.id for card in await on_the_wall(work, card_ids)]
    if there is None:
        place = 1 + max((pile.place for pile in piles), default=0)
        await work.piles.put(Pile(id=pile_id, group=group, name=_named(name), place=place))
    await _put(work, group, moved, pile_id)
    return _('Make a pile')


async def name(work: RoundWork, group: str, pile_id: str, text: str, seen: str | None) -> str:
    """What holds a pile together, in some words. Raises `Changed` when it is not called `seen` any more."""
    await _the_open_sorting(work)
    pile = await _the_pile(work, group, pile_id)
    text = _named(text)
    if text != pile.name and seen is not None and seen != pile.name:
        raise changed_meanwhile(pile.name, text)
    await work.piles.put(replace(pile, name=text))
    return _('Name a pile')


async def join(work: RoundWork, group: str, into_id: str, pile_id: str) -> str:
    """All cards of a pile go on another one, which takes its name where it has none."""
    await _the_open_sorting(work)
    into, pile = await _the_pile(work, group, into_id), await _the_pile(work, group, pile_id)
    if into.id == pile.id:
        raise BadInput(_('Choose two piles to join.'))
    cards = tuple(dict.fromkeys((*into.cards, *pile.cards)))
    await work.piles.put(replace(into, cards=cards, name=into.name or pile.name))
    await work.piles.remove(pile.id)
    return _('Join two piles')


async def take_away(work: RoundWork, group: str, pile_id: str) -> str:
    """A pile goes; its cards are not sorted any more."""
    await _the_open_sorting(work)
    await work.piles.remove((await _the_pile(work, group, pile_id)).id)
    return _('Take a pile apart')


async def say_ready(work: RoundWork, group: str, ready: bool) -> None:
    """A group has finished, or goes on after all; it only tells the facilitator."""
    sorting = await _the_open_sorting(work)
    others = tuple(key for key in sorting.ready if key != group)
    await work.sortings.put(replace(sorting, ready=(*others, group) if ready else others))


async def the_sorting(work: RoundWork) -> Sorting | None:
    """How groups sort in this round; None before the facilitator has let them begin."""
    return await work.sortings.get(work.round_id)


async def _the_open_sorting(work: RoundWork) -> Sorting:
    sorting = await the_sorting(work)
    if sorting is None or not sorting.open:
        raise BadInput(_('Groups are not sorting just now: look up, the wall is being sorted together.'))
    return sorting


async def _the_pile(work: RoundWork, group: str, pile_id: str) -> Pile:
    pile = await work.piles.get(pile_id)
    if pile is None or pile.group != group:
        raise NotFound(_('This pile is gone: somebody in your group joined it to another. No card was moved.'))
    return pile


async def _put(work: RoundWork, group: str, moved: Sequence[str], pile_id: str) -> None:
    """Each of these cards is in this pile (or none) and in no other of the group."""
    gone = set(moved)
    for pile in await work.piles.all(group=group):
        there = set(pile.cards)
        if pile.id == pile_id:
            cards = (*pile.cards, *(card for card in moved if card not in there))
        else:
            cards = tuple(card for card in pile.cards if card not in gone)
        if cards != pile.cards:
            await work.piles.put(replace(pile, cards=cards))


def _named(text: str) -> str:
    return worded(text, LONGEST_TITLE, _('The name of a pile'), empty=True, lines=False)
