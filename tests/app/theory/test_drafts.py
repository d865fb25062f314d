"""Theories of action that groups draft on their phones."""

import pytest

from app.errors import BadInput, Changed, NotFound, WrongStage
from app.ids import new_id
from app.rounds.stages import Stage
from tests.app.debrief.hall import ROUND

pytestmark = pytest.mark.anyio


async def do(hall, name, kind, **fields):
    return await hall.debrief.do(hall.asker(name), {'id': new_id(), 'kind': kind, **fields})


async def drafted(hall, when='we ask for a reason'):
    await hall.at(Stage.THEORIES)
    key = new_id()
    await do(hall, 'Ruth', 'draft', theory=key, text=when)
    return key


async def test_a_group_drafts_on_its_phones_with_advice_beside_it(any_hall):
    hall = any_hall
    key = await drafted(hall, 'reasons are asked for')
    await do(hall, 'Tom', 'change_draft', theory=key, field='so', text='students look for one', seen='')
    [draft] = (await hall.group('Ruth'))['drafts']
    assert (draft['id'], draft['when'], draft['so']) == (key, 'reasons are asked for', 'students look for one')
    assert 'actor' in [one['key'] for one in draft['advice']]
    assert 'so' not in [one['key'] for one in draft['advice']]
    assert [one['id'] for one in (await hall.projection())['theories']] == [key]
    assert (await hall.group('Nia'))['drafts'] == []


async def test_theories_of_the_field_come_after_a_draft_of_one_s_own(hall):
    await hall.at(Stage.THEORIES)
    assert (await hall.group('Ruth'))['comparisons'] == []
    key = await drafted(hall)
    assert len((await hall.group('Ruth'))['comparisons']) == 10
    assert (await hall.group('Nia'))['comparisons'] == []
    choice = 'framing higher order questions'
    await do(hall, 'Ruth', 'change_draft', theory=key, field='relates_to', value=choice)
    assert (await hall.group('Tom'))['drafts'][0]['relates_to'] == choice


async def test_a_draft_cites_patterns_whose_cards_can_be_read_beside_it(hall):
    cards = await hall.accepted('Three explain', 'Nobody explains')
    await hall.at(Stage.ANALYSIS)
    pattern = await hall.debrief.add_pattern(hall.who, ROUND, 'They explain', cards)
    await hall.debrief.note_exception(hall.who, ROUND, pattern, 'Not in one room')
    with pytest.raises(NotFound):
        await hall.debrief.evidence(hall.asker('Ruth'), pattern)
    key = await drafted(hall)
    await do(hall, 'Ruth', 'change_draft', theory=key, field='patterns', value=[pattern], seen=[])
    assert (await hall.group('Tom'))['drafts'][0]['patterns'] == [pattern]
    shown = await hall.debrief.evidence(hall.asker('Tom'), pattern)
    assert (shown['exception'], shown['cards'], shown['visits']) == ('Not in one room', 2, 2)
    assert {card['text'] for card in shown['evidence']} == {'Three explain', 'Nobody explains'}
    with pytest.raises(NotFound, match='not lost'):
        await do(hall, 'Ruth', 'change_draft', theory=key, field='patterns', value=['gone'])
    with pytest.raises(NotFound):
        await hall.debrief.evidence(hall.asker('Tom'), 'gone')


async def test_two_phones_that_write_the_same_part_lose_no_words(hall):
    key = await drafted(hall)
    await do(hall, 'Ruth', 'change_draft', theory=key, field='then', text='they can explain', seen='')
    with pytest.raises(Changed) as refused:
        await do(hall, 'Tom', 'change_draft', theory=key, field='then', text='they can argue', seen='')
    assert refused.value.more == {'theirs': 'they can explain', 'yours': 'they can argue'}


async def test_another_group_s_draft_is_left_to_it_and_the_facilitator_may_change_all(hall):
    key = await drafted(hall)
    with pytest.raises(BadInput, match='another group'):
        await do(hall, 'Nia', 'change_draft', theory=key, field='so', text='x')
    with pytest.raises(BadInput, match='another group'):
        await do(hall, 'Nia', 'remove_draft', theory=key)
    await hall.theory.change_theory(hall.who, ROUND, key, 'so', 'students look for one')
    assert (await hall.group('Tom'))['drafts'][0]['so'] == 'students look for one'
    await do(hall, 'Tom', 'remove_draft', theory=key)
    assert (await hall.group('Tom'))['drafts'] == []
    await hall.debrief.undo(hall.who, ROUND)
    assert [one['id'] for one in (await hall.group('Tom'))['drafts']] == [key]


@pytest.mark.parametrize(
    'broken',
    [
        {'kind': 'draft', 'theory': 'short', 'text': 'x'},
        {'kind': 'draft', 'theory': 't' * 22, 'text': ' '},
        {'kind': 'draft', 'theory': 't' * 22},
        {'kind': 'change_draft', 'theory': 'gone', 'field': 'so', 'text': 'x'},
        {'kind': 'change_draft', 'theory': '', 'field': 'so', 'text': 'x'},
        {'kind': 'remove_draft', 'theory': 'gone'},
    ],
)
async def test_what_is_no_draft_is_refused_in_a_sentence(hall, broken):
    key = await drafted(hall)
    with pytest.raises((BadInput, NotFound)) as refused:
        await do(hall, 'Ruth', broken.pop('kind'), **broken)
    assert refused.value.sentence.endswith('.')
    for field, value in (('level', 'nobody'), ('look_again', 'soon'), ('colour', 'red'), ('when', ''), ('so', 7)):
        with pytest.raises(BadInput):
            await do(hall, 'Ruth', 'change_draft', theory=key, field=field, value=value)
    assert len((await hall.group('Ruth'))['drafts']) == 1


async def test_a_phone_of_another_stage_is_told_the_stage(hall):
    await hall.at(Stage.PREDICTION)
    with pytest.raises(WrongStage, match='Prediction'):
        await do(hall, 'Ruth', 'draft', theory=new_id(), text='we ask')
