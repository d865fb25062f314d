"""Dot votes: one ballot a person, hidden until revealed, in everything that is sent."""

import asyncio
import json

import pytest

from app.errors import BadInput, NotFound, WrongStage
from app.ids import new_id
from app.rounds.stages import Stage
from tests.app.debrief.hall import OBSERVERS, ROUND

pytestmark = pytest.mark.anyio


@pytest.fixture
async def patterns(hall):
    cards = await hall.accepted('One', 'Two', 'Three', 'Four', 'Five')
    await hall.at(Stage.ANALYSIS)
    return [await hall.debrief.add_pattern(hall.who, ROUND, f'P{n}', [card]) for n, card in enumerate(cards)]


async def vote(hall, name, vote_id, *options, **more):
    act = {'id': new_id(), 'kind': 'vote', 'vote': vote_id, 'options': list(options), **more}
    return await hall.debrief.do(hall.asker(name), act)


async def test_everybody_has_about_the_root_of_the_options_and_no_more(hall, patterns):
    key = await hall.votes.open_vote(hall.who, ROUND, 'patterns')
    assert (await hall.group('Ruth'))['vote']['dots'] == 2
    with pytest.raises(BadInput, match='2 dots'):
        await vote(hall, 'Ruth', key, *patterns[:3])
    with pytest.raises(NotFound):
        await vote(hall, 'Ruth', key, 'made up')
    with pytest.raises(BadInput, match='open'):
        await hall.votes.open_vote(hall.who, ROUND, 'patterns')


async def test_a_person_has_one_ballot_however_often_and_from_however_many_phones(hall, patterns):
    key = await hall.votes.open_vote(hall.who, ROUND, 'patterns')
    await asyncio.gather(*(vote(hall, 'Ruth', key, patterns[n % 5]) for n in range(40)))
    await vote(hall, 'Ruth', key, patterns[1], patterns[1], patterns[2])
    assert (await hall.control())['vote']['voted'] == 1
    await vote(hall, 'Tom', key, abstain=True)
    await hall.votes.count_hands(hall.who, ROUND, key, patterns[1], 3)
    await hall.votes.count_hands(hall.who, ROUND, key, '', 2)
    await hall.votes.close_vote(hall.who, ROUND, key)
    await hall.votes.reveal(hall.who, ROUND, key)
    drawn = (await hall.projection())['vote']
    assert drawn['counts'] == dict(zip(patterns, (0, 4, 1, 0, 0), strict=True))
    assert (drawn['abstained'], drawn['voted'], drawn['people']) == (3, 2, 4)


async def test_no_count_is_sent_to_anybody_before_it_is_revealed(hall, patterns):
    key = await hall.votes.open_vote(hall.who, ROUND, 'patterns')
    await vote(hall, 'Ruth', key, patterns[0])
    for closed in (False, True):
        await hall.votes.close_vote(hall.who, ROUND, key, closed=closed)
        for view in (await hall.projection(), await hall.control(), await hall.group('Nia')):
            assert 'counts' not in view['vote']
            assert 'o-Ruth' not in json.dumps(view)
    assert (await hall.group('Ruth'))['vote']['chosen'] == [patterns[0]]
    assert (await hall.group('Nia'))['vote']['chosen'] == []
    await hall.votes.reveal(hall.who, ROUND, key)
    assert (await hall.group('Nia'))['vote']['counts'][patterns[0]] == 1
    await hall.votes.close_vote(hall.who, ROUND, key, closed=False)
    assert 'counts' not in (await hall.control())['vote']


async def test_counts_are_not_revealed_while_people_choose(hall, patterns):
    key = await hall.votes.open_vote(hall.who, ROUND, 'patterns')
    with pytest.raises(BadInput, match='Close the vote first'):
        await hall.votes.reveal(hall.who, ROUND, key)


async def test_a_vote_after_closing_is_refused_with_a_sentence_and_nothing_is_lost(hall, patterns):
    key = await hall.votes.open_vote(hall.who, ROUND, 'patterns')
    await vote(hall, 'Ruth', key, patterns[0])
    await hall.votes.close_vote(hall.who, ROUND, key)
    with pytest.raises(WrongStage, match='This vote is closed'):
        await vote(hall, 'Ruth', key, patterns[1])
    with pytest.raises(WrongStage):
        await hall.votes.count_hands(hall.who, ROUND, key, patterns[0], 1)
    assert (await hall.group('Ruth'))['vote']['chosen'] == [patterns[0]]


async def test_a_vote_that_was_begun_anew_can_be_brought_back(hall, patterns):
    first = await hall.votes.open_vote(hall.who, ROUND, 'patterns')
    await vote(hall, 'Ruth', first, patterns[0])
    second = await hall.votes.begin_anew(hall.who, ROUND, first)
    assert (await hall.control())['vote']['voted'] == 0
    with pytest.raises(NotFound, match='begun it anew'):
        await vote(hall, 'Ruth', first, patterns[1])
    await hall.votes.bring_back_vote(hall.who, ROUND)
    view = (await hall.control())['vote']
    assert (view['id'], view['voted'], view['closed']) == (first, 1, True)
    await hall.votes.put_away(hall.who, ROUND, first)
    assert (await hall.control())['vote'] is None
    await hall.votes.bring_back_vote(hall.who, ROUND)
    assert (await hall.control())['vote']['id'] == second


async def test_a_pattern_that_was_joined_to_another_takes_its_line_out_of_the_vote(hall, patterns):
    key = await hall.votes.open_vote(hall.who, ROUND, 'patterns')
    await hall.debrief.merge_patterns(hall.who, ROUND, patterns[0], [patterns[1]])
    assert [option['id'] for option in (await hall.group('Ruth'))['vote']['options']] == [patterns[0], *patterns[2:]]
    await vote(hall, 'Ruth', key, patterns[0])
    await hall.votes.close_vote(hall.who, ROUND, key)
    await hall.votes.reveal(hall.who, ROUND, key)
    assert (await hall.projection())['vote']['counts'][patterns[0]] == 1


async def test_there_has_to_be_something_to_choose_between(hall, patterns):
    for on in ('theories', 'next_steps', 'people'):
        with pytest.raises(BadInput):
            await hall.votes.open_vote(hall.who, ROUND, on)
    await hall.at(Stage.SCREENING)
    with pytest.raises(WrongStage):
        await hall.votes.open_vote(hall.who, ROUND, 'patterns')


async def test_a_ballot_tells_the_screens_a_number_and_no_phone_to_read_anew(hall, patterns):
    key = await hall.votes.open_vote(hall.who, ROUND, 'patterns')
    with hall.announcer.listening(ROUND) as heard:
        for name in OBSERVERS:
            await vote(hall, name, key, patterns[0])
        assert {heard.get_nowait().kind for _ in range(heard.qsize())} == {'ballot'}
    assert 'A vote is still open.' in (await hall.control())['next_stage']['unfinished']
    before = hall.announcer.latest(ROUND)
    act = {'id': new_id(), 'kind': 'vote', 'vote': key, 'options': [patterns[2]]}
    assert [await hall.debrief.do(hall.asker('Ruth'), act) for _ in range(2)] == ['done', 'same']
    assert hall.announcer.latest(ROUND) == before + 1
