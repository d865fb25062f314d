"""Every earlier minute: found, looked at, brought back, and the bringing back undone."""

import random
from contextlib import suppress
from dataclasses import replace

import pytest

from app.debrief.model import CardState
from app.errors import BadInput, RoundsError, WrongStage
from app.rounds.stages import Stage
from tests.app.debrief.hall import ROUND

pytestmark = pytest.mark.anyio


async def latest(hall):
    async with hall.store.round(ROUND) as work:
        return max((act.seq for act in await work.acts.all()), default=0)


async def test_the_wall_of_an_earlier_moment_stands_there_again_and_goes_with_one_undo(any_hall):
    hall = any_hall
    cards = await hall.accepted('One', 'Two', 'Three')
    await hall.at(Stage.ANALYSIS)
    talk = await hall.debrief.add_pattern(hall.who, ROUND, 'Talk', cards[:2])
    then, seq = await hall.state(), await latest(hall)
    await hall.debrief.add_pattern(hall.who, ROUND, 'Silence', cards[2:])
    await hall.debrief.undo(hall.who, ROUND)
    await hall.debrief.remove_pattern(hall.who, ROUND, talk)
    now = await hall.state()
    seen = await hall.moments.look_at(hall.who, ROUND, seq)
    assert seen['patterns'] == [{'title': 'Talk', 'cards': 2}]
    assert (seen['on_wall'], seen['unsorted']) == (3, 1)
    assert await hall.state() == now, 'looking changes nothing'
    await hall.moments.bring_back(hall.who, ROUND, seq)
    assert await hall.state() == then
    assert (await hall.control())['undo'].startswith('Bring back the wall of')
    await hall.debrief.undo(hall.who, ROUND)
    assert await hall.state() == now
    with pytest.raises(BadInput, match='as it was then'):
        await hall.moments.bring_back(hall.who, ROUND, await latest(hall))


async def test_every_moment_of_a_random_afternoon_can_be_brought_back(hall):
    lots = random.Random(4)
    cards = await hall.accepted(*(f'Card {n}' for n in range(12)))
    await hall.at(Stage.ANALYSIS)
    there = {await latest(hall): await hall.state()}
    for _ in range(60):
        patterns = list((await hall.state())['patterns'])
        with suppress(RoundsError, IndexError):
            await _something(hall, lots, cards, patterns, [*there])
            there[await latest(hall)] = await hall.state()
    assert len(there) > 30
    for seq in lots.sample([*there], 20):
        with suppress(BadInput):  # the wall is like that
            await hall.moments.bring_back(hall.who, ROUND, seq)
        assert await hall.state() == there[seq]


async def _something(hall, lots, cards, patterns, moments):
    """Any act of an afternoon."""
    debrief, who = hall.debrief, hall.who
    await lots.choice(
        [
            lambda: debrief.add_pattern(who, ROUND, 'P', lots.sample(cards, 2)),
            lambda: debrief.move_cards(who, ROUND, lots.sample(cards, 3), lots.choice([*patterns, ''])),
            lambda: debrief.merge_patterns(who, ROUND, patterns[0], patterns[1:2]),
            lambda: debrief.undo(who, ROUND),
            lambda: debrief.redo(who, ROUND),
            lambda: hall.moments.bring_back(who, ROUND, lots.choice(moments)),
        ]
    )()


async def test_what_its_author_took_back_or_changed_since_is_not_brought_back(hall):
    note = await hall.note('Tom', 'He is bored')
    other = await hall.note('Tom', 'Three of five')
    async with hall.store.round(ROUND) as work:
        for card in await work.cards.all():
            await work.cards.put(replace(card, state=CardState.CHOSEN))
    await hall.at(Stage.SCREENING)
    first = (await hall.card(other)).id
    await hall.debrief.accept(hall.who, ROUND, first)
    seq = await latest(hall)
    await hall.note('Tom', 'He is bored', key=note, rev=2, chosen=False)
    late = await hall.note('Nia', 'Nobody speaks')
    await hall.debrief.drop(hall.who, ROUND, first)
    await hall.moments.bring_back(hall.who, ROUND, seq)
    assert await hall.card(note) is None
    assert (await hall.card(late)).text == 'Nobody speaks'
    assert (await hall.card(other)).state is CardState.ACCEPTED


async def test_minutes_are_listed_with_what_was_done_last_and_never_with_words_of_a_card(hall):
    cards = await hall.accepted('Secret words', 'Other words')
    await hall.at(Stage.ANALYSIS)
    await hall.debrief.add_pattern(hall.who, ROUND, 'Talk', cards)
    [minute, *_] = await hall.moments.moments(hall.who, ROUND)
    assert minute['seq'] == await latest(hall)
    assert 'Talk' in minute['sentence']
    assert 'words' not in str(await hall.moments.moments(hall.who, ROUND))


async def test_nothing_is_brought_back_in_a_closed_round(hall):
    await hall.accepted('One')
    await hall.at(Stage.CLOSED)
    with pytest.raises(WrongStage):
        await hall.moments.bring_back(hall.who, ROUND, await latest(hall))
