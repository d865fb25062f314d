"""One facilitator holds the room: asked for on one side, confirmed on the other."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from app.errors import BadInput, NotYours
from app.rounds.holding import PATIENCE
from app.rounds.stages import Stage

pytestmark = pytest.mark.anyio


@pytest.fixture
async def second(services, facilitator):
    """A second facilitator of the same school."""
    secret = await services.schools.invite(facilitator, new_school=False)
    token = await services.schools.accept(
        secret, name='Joan Ellis', email='joan@harbour.example', passphrase='slow tides turn twice',
        school='', timezone='', address='127.0.0.1',
    )  # fmt: skip
    return await services.accounts.who(token)


@pytest.fixture
async def debrief(services, facilitator, round_id):
    for stage in (Stage.OPEN, Stage.SELECTION):
        await services.rounds.go_to(facilitator, round_id, stage)
    return round_id


async def test_who_opens_the_debrief_holds_the_room_and_nobody_else_opens_a_stage(
    services, debrief, facilitator, second
):
    holding = services.rounds.holding
    assert (await holding.look(facilitator, debrief)).mine
    assert (await holding.look(second, debrief)).holder == 'Ama Boateng'
    with pytest.raises(NotYours, match='Ama Boateng holds the room'):
        await services.rounds.go_to(second, debrief, Stage.SCREENING)
    with pytest.raises(NotYours):
        await holding.hand_over(second, debrief)


async def test_the_room_is_asked_for_and_handed_over(services, debrief, facilitator, second):
    holding = services.rounds.holding
    await holding.ask(second, debrief)
    assert (await holding.look(facilitator, debrief)).asked == 'Joan Ellis'
    with pytest.raises(NotYours):
        await services.rounds.go_to(second, debrief, Stage.SCREENING)
    await holding.hand_over(facilitator, debrief)
    assert (await holding.look(second, debrief)).mine
    assert await services.rounds.go_to(second, debrief, Stage.SCREENING) is Stage.SCREENING
    with pytest.raises(NotYours, match='Joan Ellis'):
        await services.rounds.go_to(facilitator, debrief, Stage.RED_DOTS)


async def test_no_is_an_answer_and_a_question_can_be_taken_back(services, debrief, facilitator, second):
    holding = services.rounds.holding
    for asked_of in (facilitator, second):
        await holding.ask(second, debrief)
        await holding.decline(asked_of, debrief)
        assert not (await holding.look(facilitator, debrief)).asked
    with pytest.raises(BadInput):
        await holding.hand_over(facilitator, debrief)


async def test_the_room_is_taken_only_after_its_holder_had_time_to_answer(
    services, store, debrief, facilitator, second
):
    holding = services.rounds.holding
    await holding.ask(second, debrief)
    with pytest.raises(BadInput, match='two minutes'):
        await holding.take(second, debrief)
    async with store.round(debrief) as work:
        now = await work.holdings.get(debrief)
        await work.holdings.put(replace(now, asked_at=dt.datetime.now(dt.UTC) - PATIENCE))
    await holding.ask(second, debrief)
    assert (await holding.look(second, debrief)).may_take
    await holding.take(second, debrief)
    assert (await holding.look(second, debrief)).mine


async def test_a_room_that_was_let_go_is_whose_presses_first(services, debrief, facilitator, second):
    await services.rounds.holding.let_go(facilitator, debrief)
    both = [services.rounds.go_to(who, debrief, Stage.SCREENING, seen=Stage.SELECTION) for who in (facilitator, second)]
    await asyncio.gather(*both, return_exceptions=True)
    plan = await services.rounds.plan(facilitator, debrief)
    assert plan.round.stage is Stage.SCREENING
    assert [(await services.rounds.holding.look(who, debrief)).mine for who in (facilitator, second)].count(True) == 1
