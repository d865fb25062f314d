"""What lies beside the boards on the facilitator's laptop does what its buttons say."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from nicegui import ui
from nicegui.testing import user_simulation

from app.rounds.holding import Held
from components.control.earlier_box import EarlierBox
from components.control.room_box import RoomBox
from components.control.script_box import ScriptBox
from components.control.vote_box import VoteBox

pytestmark = pytest.mark.anyio
OPTIONS = [{'id': 'a', 'text': 'They explain'}, {'id': 'b', 'text': 'They copy'}]
VOTE = {
    'id': 'v', 'on': 'patterns', 'dots': 1, 'closed': False, 'revealed': False, 'voted': 3, 'people': 14,
    'options': OPTIONS, 'hands': {'a': 0, 'b': 0}, 'hands_abstained': 0,
}  # fmt: skip
VIEW = {'stage': 'analysis', 'vote': None, 'patterns': OPTIONS, 'theories': [], 'next_steps': [], 'earlier_votes': 0}


class Asked:
    """What a box has asked for, in order."""

    def __init__(self):
        self.acts = asyncio.Queue()

    async def __call__(self, kind, **fields):
        self.acts.put_nowait((kind, fields))

    async def of(self, kind, **fields):
        """Wait until it was asked for."""
        async with asyncio.timeout(60):
            while await self.acts.get() != (kind, fields):
                pass


@asynccontextmanager
async def looking_at(draw):
    """A user of a page with what `draw()` draws, and that."""
    drawn = []
    async with user_simulation() as user:
        ui.page('/')(lambda: drawn.append(draw()))  # a page of its own: what leads nowhere is answered by the app
        await user.open('/')
        yield user, drawn[0]


async def test_a_vote_is_opened_closed_and_shown_in_order_of_its_counts():
    asked = Asked()
    async with looking_at(lambda: VoteBox(VIEW, asked)) as (user, box):
        user.find('Vote on patterns').click()
        await asked.of('open', on='patterns')
        with box.inside:
            box.show({**VIEW, 'vote': VOTE})
        await user.should_see('3 of 14 have voted')
        user.find('Count raised hands').click()
        await user.should_see('Nobody: they abstain')
        user.find('Close the vote').click()
        await asked.of('close')
        with box.inside:
            box.show({**VIEW, 'vote': {**VOTE, 'closed': True, 'revealed': True, 'counts': {'a': 1, 'b': 9}}})
        await user.should_see('9 · They copy')
        await user.should_not_see('Close the vote')


async def test_the_room_is_asked_for_on_one_side_and_handed_over_on_the_other():
    asked = Asked()
    async with looking_at(lambda: RoomBox(Held(holder='Ama'), asked)) as (user, box):
        user.find('Ask for the room').click()
        await asked.of('ask')
        with box.inside:
            box.show(Held(holder='Ama', asked='Joan', i_asked=True, may_take=True))
        user.find('No answer for two minutes: take the room').click()
        await asked.of('take')
        with box.inside:
            box.show(Held(holder='Ama', mine=True, asked='Joan'))
        user.find('Hand over to Joan').click()
        await asked.of('hand_over')


async def test_an_earlier_minute_is_looked_at_before_it_is_brought_back():
    asked = Asked()

    async def moments():
        return [{'seq': 7, 'at': '10:42', 'sentence': 'Move a card', 'more': 'and 3 more'}]

    async def look(seq):
        await asked('look', seq=seq)
        patterns = [{'title': 'They explain', 'cards': 4}]
        return {'on_wall': 9, 'unsorted': 5, 'patterns': patterns, 'theories': ['we wait'], 'next_steps': 0}

    async with looking_at(lambda: EarlierBox(moments, look, lambda seq: asked('bring', seq=seq))) as (user, _box):
        user.find('Earlier minutes').click()
        await user.should_see('Move a card and 3 more')
        user.find(marker='minute').click()
        await asked.of('look', seq=7)
        await user.should_see('They explain · 4 cards', retries=100)
        user.find('Bring this back').click()
        await asked.of('bring', seq=7)


async def test_every_stage_of_the_day_has_words_to_say():
    async with looking_at(lambda: ScriptBox({'stage': 'open'})) as (user, box):
        for stage in ('selection', 'screening', 'red_dots', 'analysis', 'prediction', 'theories', 'next_level'):
            box.show({'stage': stage})
            assert box.place.visible
            await user.should_see('Watch for')
        box.show({'stage': 'closed'})
        assert not box.place.visible
