"""The sortings of all groups laid together, for the facilitator to settle with the room."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.accounts.model import Facilitator
from app.errors import BadInput
from app.rounds.plan import the_round
from app.rounds.stages import Act, require
from app.texts import _

from .acting import Acting
from .agreement import agreed
from .model import CardState, Share, Sorting
from .sorting import cards_of, the_sorting
from .wall import Wall, the_wall

#: From here on a group sorts its share, where the facilitator does not say otherwise.
MANY_CARDS = 60


@dataclass(frozen=True)
class SortingService(Acting):
    """Lets the groups sort in silence on their phones, and lays together what they have made."""

    async def begin_sorting(self, who: Facilitator, round_id: str, share: str = '') -> None:
        """Groups sort from now on: `all` cards, or their `share`; '' takes what suits the number of cards.

        What they have sorted before stays. Raises `BadInput` when no card is on the wall or nobody has joined.
        """
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            require(Act.SORT, (await the_round(work)).stage)
            groups = [group.id for group in await work.groups.all() if await work.observers.all(group=group.id)]
            cards = await work.cards.all(state=CardState.ACCEPTED)
            if not cards:
                raise BadInput(_('There is no card on the wall yet, so there is nothing to sort.'))
            if not groups:
                raise BadInput(_('No group has a phone in this round: sort the cards here, with the room.'))
            before = await the_sorting(work)
            kind = _share(share, len(cards))
            ready = before.ready if before and before.share is kind else ()
            await work.sortings.put(Sorting(id=round_id, share=kind, groups=tuple(sorted(groups)), ready=ready))
        self.announcer.announce(round_id, 'card')

    async def end_sorting(self, who: Facilitator, round_id: str) -> None:
        """The phones stop; what was sorted stays, to be laid together."""
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            sorting = await the_sorting(work)
            if sorting is not None:
                await work.sortings.put(replace(sorting, open=False))
        self.announcer.announce(round_id, 'card')

    async def sortings(self, who: Facilitator, round_id: str) -> dict[str, Any]:
        """Where the groups agree and where they differ, for the cards that are in no pattern yet, as plain data.

        `offers`: sets of cards that most groups have put together, with how each group has them; `differences`: cards
        on which most groups do not agree, with where each has put them.
        """
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            wall = await the_wall(work)
        return await asyncio.to_thread(laid_together, wall)


def laid_together(wall: Wall) -> dict[str, Any]:
    """See `SortingService.sortings`. Takes a tenth of a second for 400 cards: not for the event loop."""
    names = {group.id: group.name for group in wall.groups}
    cards = [card.id for card in wall.accepted]
    there = set(cards)
    piles: dict[str, list[tuple[str, tuple[str, ...]]]] = {group.id: [] for group in wall.groups}
    for pile in wall.piles:
        kept = tuple(card for card in pile.cards if card in there)
        if kept:
            piles.setdefault(pile.group, []).append((pile.name, kept))
    unsorted = {card.id for card in wall.unsorted}
    sets = agreed({group: [kept for _name, kept in own] for group, own in piles.items()}, cards)
    offers = [[card for card in one if card in unsorted] for one in sets]
    offered = {card for one in sets for card in one}
    into = {card.id: wall.sorted_into(card) for card in wall.accepted}
    alone = [card for card in cards if card in unsorted and card not in offered and _sorted_by(card, piles)]
    return {
        'groups': sum(bool(own) for own in piles.values()),
        'offers': [
            {
                'cards': left,
                'pattern': _most([into[card] for card in one]),
                **_seen_by(one, piles, names),
            }
            for one, left in zip(sets, offers, strict=True)
            if left
        ],
        'differences': [{'card': card, 'groups': _seen_by([card], piles, names)['groups']} for card in alone],
        'untouched': [card for card in cards if card in unsorted and not _sorted_by(card, piles)],
    }


def _share(share: str, cards: int) -> Share:
    if not share:
        return Share.SHARE if cards > MANY_CARDS else Share.ALL
    try:
        return Share(share)
    except ValueError as error:
        raise BadInput(_('Groups sort all cards, or their share of them.')) from error


def _sorted_by(card: str, piles: Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]) -> bool:
    return any(card in kept for own in piles.values() for _name, kept in own)


def _most(keys: list[str]) -> str:
    """The pattern that some of a set are in already: the one with the most of them."""
    there = [key for key in keys if key]
    return max(there, key=there.count) if there else ''


def _seen_by(
    cards: Sequence[str], piles: Mapping[str, Sequence[tuple[str, tuple[str, ...]]]], names: Mapping[str, str]
) -> dict[str, Any]:
    """How each group has these cards: in which piles, and how many others lie there; names that the piles have."""
    wanted, groups, said = set(cards), [], []
    for group, own in piles.items():
        parts = [
            {'pile': name, 'cards': here, 'others': [card for card in kept if card not in wanted]}
            for name, kept in own
            if (here := [card for card in kept if card in wanted])
        ]
        if parts:
            parts.sort(key=lambda part: -len(part['cards']))
            groups.append({'group': names.get(group, ''), 'parts': parts})
            said += [part['pile'] for part in parts[:1] if part['pile']]
    together = sum(len(one['parts']) == 1 for one in groups)
    return {'groups': groups, 'together': together, 'of': len(groups), 'names': list(dict.fromkeys(said))}


def progress(wall: Wall) -> dict[str, Any] | None:
    """How far the groups are, as numbers; None before sorting has begun."""
    sorting = wall.sorting
    if sorting is None:
        return None
    groups = []
    for group in wall.groups:
        if group.id not in sorting.groups and not any(pile.group == group.id for pile in wall.piles):
            continue
        cards = {card.id for card in cards_of(wall, group.id)}
        done = {card for pile in wall.piles if pile.group == group.id for card in pile.cards}
        groups.append(
            {
                'name': group.name,
                'cards': len(cards),
                'sorted': len(cards & done),
                'ready': group.id in sorting.ready,
            }
        )
    return {'open': sorting.open, 'share': sorting.share.value, 'groups': groups}
