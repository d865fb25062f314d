"""Thousands of acts at once, by two facilitators and the phones of two groups: every card stays in one place."""

import asyncio
import os
import random
from collections import Counter

import pytest

import storage
from app.errors import RoundsError
from app.ids import new_id
from app.rounds.stages import Stage
from components.debrief_board import changed_parts
from storage.memory_store import MemoryStore
from tests.app.debrief.hall import OBSERVERS, ROUND, Hall

pytestmark = pytest.mark.anyio

SOAK = bool(os.environ.get('ROUNDS_SOAK'))
WAVES, AT_ONCE, CARDS = (400, 50, 120) if SOAK else (30, 50, 40)


@pytest.mark.parametrize(('where', 'seed'), [('memory', 1), ('memory', 2), ('disk', 3)])
async def test_thousands_of_acts_at_once_leave_every_card_in_one_place_and_all_views_alike(where, seed, tmp_path):
    hall = Hall(MemoryStore() if where == 'memory' else await storage.open_store(tmp_path / 'data'))
    await hall.open()
    await hall.accepted(*(f'Card {n}' for n in range(CARDS)))
    await hall.at(Stage.ANALYSIS)
    await hall.sorting.begin_sorting(hall.who, ROUND, 'all')
    start, since = await everything(hall), await latest(hall)
    crowd = Crowd(hall, await hall.facilitator('ben', 'harbour'), random.Random(seed))
    boards = [Board(await hall.control()), Board(await hall.projection())]
    for _wave in range(WAVES):
        crowd.knows(await everything(hall))
        await asyncio.gather(*(crowd.act() for _ in range(AT_ONCE)))
        await look_everywhere(hall, start['cards'].keys(), boards)
    assert sum(crowd.done.values()) > WAVES * AT_ONCE / 2
    assert set(crowd.done) == {'wall', 'undo', 'group'}
    assert await rewound(hall, since) == start
    await hall.store.close()


class Crowd:
    """Two facilitators and four phones who do whatever comes into their heads, also with what is gone."""

    def __init__(self, hall, other, lots):
        self.hall, self.lots = hall, lots
        self.facilitators = (hall.who, other)
        self.done = Counter()

    def knows(self, everything):
        """What stood on the screens before they all act at once."""
        self.patterns = ['', 'gone', *everything['patterns']]
        self.piles = {'g1': ['', 'gone'], 'g2': ['', 'gone']}
        for pile in everything['piles'].values():
            self.piles[pile.group].append(pile.id)

    async def act(self):
        """One act of somebody; what is refused is said in a sentence."""
        kind, deed = self.lots.choice(
            (self.at_the_wall, self.at_the_wall, self.in_a_group, self.in_a_group, self.turned)
        )()
        try:
            await deed
            self.done[kind] += 1
        except RoundsError as error:
            assert error.sentence.endswith('.')  # noqa: PT017

    def some(self):
        return self.lots.sample(self.cards, self.lots.choice((1, 1, 2, 5)))

    @property
    def cards(self):
        return self.hall.cards

    def at_the_wall(self):
        debrief, who = self.hall.debrief, self.lots.choice(self.facilitators)
        one, other = self.lots.choice(self.patterns), self.lots.choice(self.patterns)
        return 'wall', self.lots.choice(
            (
                lambda: debrief.move_cards(who, ROUND, self.some(), one),
                lambda: debrief.move_cards(who, ROUND, self.some(), other),
                lambda: debrief.add_pattern(who, ROUND, 'They talk', self.some()),
                lambda: debrief.add_pattern(who, ROUND, '', self.some()),
                lambda: debrief.split_pattern(who, ROUND, one, self.some()),
                lambda: debrief.merge_patterns(who, ROUND, one, [other]),
                lambda: debrief.remove_pattern(who, ROUND, one),
                lambda: debrief.note_exception(who, ROUND, one, 'Not in one room'),
            )
        )()

    def turned(self):
        debrief, who = self.hall.debrief, self.lots.choice(self.facilitators)
        return 'undo', self.lots.choice((debrief.undo, debrief.undo, debrief.redo))(who, ROUND)

    def in_a_group(self):
        name, group = self.lots.choice(list(OBSERVERS.items()))
        own = self.piles[group]
        one, other, made = self.lots.choice(own), self.lots.choice(own), new_id()
        fields = self.lots.choice(
            (
                {'kind': 'sort', 'cards': self.some(), 'pile': one},
                {'kind': 'sort', 'cards': self.some(), 'pile': other},
                {'kind': 'pile', 'cards': self.some(), 'pile': made},
                {'kind': 'join_piles', 'into': one, 'pile': other},
                {'kind': 'take_pile', 'pile': one},
                {'kind': 'undo_sorting'},
                {'kind': 'redo_sorting'},
            )
        )
        act = {'id': new_id(), **fields}
        sent = self.lots.choice((1, 1, 1, 2))  # now and then a lost answer: the same again
        return 'group', self.sent(self.hall.asker(name), act, sent)

    async def sent(self, asker, act, times):
        states = [await self.hall.debrief.do(asker, act) for _ in range(times)]
        assert states == ['done', 'same'][:times]


class Board:
    """A screen that is told changes only, as those in browsers are."""

    def __init__(self, view):
        self.drawn = self.known = view

    def hears(self, view):
        message = changed_parts(self.known, view)
        self.known = view
        changed, order = message.pop('cards_changed', []), message.pop('cards_order', None)
        cards = {card['id']: card for card in (*self.drawn['cards'], *changed)}
        order = order or [card['id'] for card in self.drawn['cards']]
        self.drawn = {**self.drawn, **message, 'cards': [cards[key] for key in order]}


async def look_everywhere(hall, cards, boards):
    views = [await hall.control(), await hall.projection(), await hall.debrief.projection_view_by_link('hall')]
    for board, view in zip(boards, views, strict=False):
        board.hears(view)
        assert board.drawn == view
    state = await hall.state()
    assert state['cards'].keys() == cards
    where = {key: card.pattern for key, card in state['cards'].items()}
    for view in views:
        assert {card['id']: card['pattern'] for card in view['cards']} == where
        under = Counter(where.values())
        assert {one['id']: one['cards'] for one in view['patterns']} == {key: under[key] for key in state['patterns']}
        assert view['numbers']['unsorted'] == under['']
    for one, other in (('Ruth', 'Tom'), ('Nia', 'Owen')):
        piles = (await hall.group(one))['sorting']['piles']
        assert piles == (await hall.group(other))['sorting']['piles']
        placed = [card for pile in piles for card in pile['cards']]
        assert len(placed) == len(set(placed))
        assert cards >= set(placed)


async def everything(hall):
    async with hall.store.round(ROUND) as work:
        hall.cards = [card.id for card in await work.cards.all()]
        named = {'cards': work.cards, 'patterns': work.patterns, 'piles': work.piles}
        return {name: {one.id: one for one in await kept.all()} for name, kept in named.items()}


async def latest(hall):
    async with hall.store.round(ROUND) as work:
        return max((act.seq for act in await work.acts.all()), default=0)


async def rewound(hall, since):
    """The wall as it was, by the acts from the last to the first: nothing was changed that no act says."""
    async with hall.store.round(ROUND) as work:
        for act in sorted(await work.acts.all(), key=lambda act: -act.seq):
            if act.seq <= since:
                break
            for change in act.changes:
                assert work.ledger.document(change.collection, change.key) == change.after
                work.ledger.set(change.collection, change.key, change.before)
    return await everything(hall)
