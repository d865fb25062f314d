"""Theories of action and next steps: written, changed, undone; advised on and never scored."""

import datetime as dt

import pytest

from app.errors import BadInput, Changed, NotFound, WrongStage
from app.rounds.stages import Stage
from tests.app.debrief.hall import ROUND

pytestmark = pytest.mark.anyio


@pytest.fixture
async def drafting(hall):
    """The hall at the stage of theories."""
    await hall.at(Stage.THEORIES)
    return hall


async def test_a_theory_is_kept_in_all_its_parts(any_hall):
    hall = any_hall
    cards = await hall.accepted('One', 'Two')
    await hall.at(Stage.THEORIES)
    pattern = await hall.debrief.add_pattern(hall.who, ROUND, 'Talk', cards)
    theory = await hall.theory.write_theory(
        hall.who,
        ROUND,
        when='we wait after each question',
        so='students add evidence',
        then='they can argue',
        level='leaders',
        wrong_if='answers stay short',
        look_again='2027-03-01',
        patterns=[pattern],
    )
    [drawn] = (await hall.projection())['theories']
    assert drawn == {
        'id': theory,
        'when': 'we wait after each question',
        'so': 'students add evidence',
        'then': 'they can argue',
        'level': 'leaders',
        'wrong_if': 'answers stay short',
        'look_again': '2027-03-01',
        'patterns': [pattern],
        'relates_to': '',
    }


async def test_a_draft_needs_its_when_alone(drafting):
    with pytest.raises(BadInput, match='“when” is empty'):
        await drafting.theory.write_theory(drafting.who, ROUND, when='  ')
    await drafting.theory.write_theory(drafting.who, ROUND, when='we wait')
    assert len((await drafting.projection())['theories']) == 1


@pytest.mark.parametrize(
    ('field', 'value', 'seen', 'shown'),
    [
        ('when', 'we pause', 'we wait', 'we pause'),
        ('so', 'they think', '', 'they think'),
        ('then', 'they argue', '', 'they argue'),
        ('wrong_if', 'they do not', '', 'they do not'),
        ('level', 'network', 'teachers', 'network'),
        ('look_again', '2027-03-01', '', '2027-03-01'),
        ('look_again', dt.date(2027, 3, 1), None, '2027-03-01'),
        ('patterns', ['talk'], [], ['talk']),
        ('relates_to', 'Framing higher-order questions', '', 'framing higher order questions'),
    ],
)
async def test_a_part_is_changed_by_who_has_seen_it(drafting, field, value, seen, shown):
    hall = drafting
    pattern = await hall.debrief.add_pattern(hall.who, ROUND, 'Talk')
    value, shown = ([pattern], [pattern]) if value == ['talk'] else (value, shown)
    theory = await hall.theory.write_theory(hall.who, ROUND, when='we wait')
    await hall.theory.change_theory(hall.who, ROUND, theory, field, value, seen=seen)
    assert (await hall.projection())['theories'][0][field] == shown


async def test_two_facilitators_who_change_the_same_part_lose_no_words(drafting):
    hall = drafting
    theory = await hall.theory.write_theory(hall.who, ROUND, when='we wait')
    await hall.theory.change_theory(hall.who, ROUND, theory, 'so', 'they think', seen='')
    with pytest.raises(Changed) as refused:
        await hall.theory.change_theory(hall.who, ROUND, theory, 'so', 'they talk', seen='')
    assert refused.value.more == {'theirs': 'they think', 'yours': 'they talk'}
    await hall.theory.change_theory(hall.who, ROUND, theory, 'then', 'they argue', seen='')


@pytest.mark.parametrize(
    ('field', 'value', 'sentence'),
    [
        ('when', '', 'empty'),
        ('then', 'x' * 2_001, '2,000'),
        ('level', 'parents', 'whose work'),
        ('look_again', 'soon', 'no date'),
        ('look_again', 7, 'no date'),
        ('patterns', 'talk', 'from the list'),
        ('relates_to', 'magic', 'no such theory'),
        ('score', '5', 'no such part'),
        ('so', None, 'in words'),
    ],
)
async def test_what_cannot_be_kept_is_said_in_a_sentence(drafting, field, value, sentence):
    theory = await drafting.theory.write_theory(drafting.who, ROUND, when='we wait')
    with pytest.raises(BadInput, match=sentence):
        await drafting.theory.change_theory(drafting.who, ROUND, theory, field, value)


async def test_a_theory_that_was_removed_is_said_to_be_gone_and_steps_stay(drafting):
    hall = drafting
    theory = await hall.theory.write_theory(hall.who, ROUND, when='we wait')
    await hall.theory.add_next_step(
        hall.who, ROUND, horizon='next week', owner='teachers', text='Wait', theories=[theory]
    )
    await hall.theory.remove_theory(hall.who, ROUND, theory)
    assert (await hall.projection())['next_steps'][0]['theories'] == []
    with pytest.raises(NotFound, match='gone'):
        await hall.theory.change_theory(hall.who, ROUND, theory, 'so', 'x')
    await hall.debrief.undo(hall.who, ROUND)
    assert (await hall.projection())['next_steps'][0]['theories'] == [theory]


async def test_theories_and_steps_stand_in_the_order_that_the_room_wants(drafting):
    hall = drafting
    theories = [await hall.theory.write_theory(hall.who, ROUND, when=f'we wait {n}') for n in range(3)]
    steps = [
        await hall.theory.add_next_step(hall.who, ROUND, horizon='next week', owner='teachers', text=f'Wait {n}')
        for n in range(3)
    ]
    await hall.theory.order_theories(hall.who, ROUND, theories[2:])
    await hall.theory.order_next_steps(hall.who, ROUND, steps[::-1])
    drawn = await hall.projection()
    assert [theory['id'] for theory in drawn['theories']] == [theories[2], *theories[:2]]
    assert [step['id'] for step in drawn['next_steps']] == steps[::-1]


async def test_a_step_is_changed_and_removed(drafting):
    hall = drafting
    step = await hall.theory.add_next_step(hall.who, ROUND, horizon='next week', owner='teachers', text='Wait')
    await hall.theory.change_next_step(hall.who, ROUND, step, 'horizon', 'by the end of the year', seen='next week')
    await hall.theory.change_next_step(hall.who, ROUND, step, 'owner', 'network')
    with pytest.raises(Changed):
        await hall.theory.change_next_step(hall.who, ROUND, step, 'text', 'Pause', seen='Stop')
    for field, value in (('horizon', 'never'), ('owner', 'parents'), ('text', ''), ('place', 1)):
        with pytest.raises(BadInput):
            await hall.theory.change_next_step(hall.who, ROUND, step, field, value)
    with pytest.raises(NotFound, match='not lost'):
        await hall.theory.change_next_step(hall.who, ROUND, step, 'theories', ['gone'])
    assert (await hall.projection())['next_steps'] == [
        {
            'id': step,
            'horizon': 'by the end of the year',
            'owner': 'network',
            'text': 'Wait',
            'theories': [],
            'taken_up': False,
        }
    ]
    await hall.theory.remove_next_step(hall.who, ROUND, step)
    with pytest.raises(NotFound):
        await hall.theory.remove_next_step(hall.who, ROUND, step)


async def test_the_school_takes_up_a_step_also_when_the_round_is_closed(drafting):
    hall = drafting
    step = await hall.theory.add_next_step(hall.who, ROUND, horizon='next week', owner='teachers', text='Wait')
    with pytest.raises(WrongStage):
        await hall.theory.take_up(hall.who, ROUND, step)
    await hall.at(Stage.CLOSED)
    await hall.theory.take_up(hall.who, ROUND, step)
    assert (await hall.projection())['next_steps'][0]['taken_up']
    assert (await hall.control())['undo'] == 'Take up a next step'
    await hall.debrief.undo(hall.who, ROUND)
    assert not (await hall.projection())['next_steps'][0]['taken_up']


async def test_theories_of_the_field_are_offered_after_a_draft_only(drafting):
    hall = drafting
    assert (await hall.control())['comparisons'] == []
    await hall.theory.write_theory(hall.who, ROUND, when='we wait')
    offered = (await hall.control())['comparisons']
    assert len(offered) == 10
    assert sum(one['whole_school'] for one in offered) == 4
    assert 'comparisons' not in await hall.projection()


async def test_advice_stands_beside_each_draft_and_not_on_the_wall(drafting):
    hall = drafting
    await hall.theory.write_theory(hall.who, ROUND, when='we wait after each question')
    [drawn] = (await hall.control())['theories']
    assert [one['key'] for one in drawn['advice']] == ['so', 'then', 'evidence', 'wrong_if', 'look_again']
    assert 'advice' not in (await hall.projection())['theories'][0]


async def test_a_long_list_of_steps_is_gently_questioned(drafting):
    hall = drafting
    for n in range(3):
        assert (await hall.control())['next_steps_advice'] == []
        await hall.theory.add_next_step(hall.who, ROUND, horizon='next week', owner='teachers', text=f'Step {n}')
    [advice] = (await hall.control())['next_steps_advice']
    assert (advice['horizon'], advice['owner']) == ('next week', 'teachers')
    assert advice['sentence'].startswith('3 steps stand here.')


async def test_nothing_is_written_before_its_stage(hall):
    await hall.at(Stage.PREDICTION)
    with pytest.raises(WrongStage, match='Theories of action'):
        await hall.theory.write_theory(hall.who, ROUND, when='we wait')
    with pytest.raises(WrongStage):
        await hall.theory.add_next_step(hall.who, ROUND, horizon='next week', owner='teachers', text='x')


async def test_two_drafts_are_joined_with_all_their_words_and_undo_takes_them_apart(hall):
    await hall.at(Stage.THEORIES)
    one = await hall.theory.write_theory(hall.who, ROUND, when='we wait', so='they think')
    two = await hall.theory.write_theory(hall.who, ROUND, when='we ask twice', so='they think', then='they explain')
    step = await hall.theory.add_next_step(
        hall.who, ROUND, horizon='next week', owner='teachers', text='Wait', theories=[two]
    )
    before = await hall.state()
    await hall.theory.join_theories(hall.who, ROUND, one, two)
    state = await hall.state()
    joined = state['theories'][one]
    assert (joined.when, joined.so, joined.then) == ('we wait\nwe ask twice', 'they think', 'they explain')
    assert state['next_steps'][step].theories == (one,)
    await hall.debrief.undo(hall.who, ROUND)
    assert await hall.state() == before
    for same in (one, 'gone'):
        with pytest.raises((BadInput, NotFound)):
            await hall.theory.join_theories(hall.who, ROUND, one, same)


async def test_a_draft_of_two_actions_is_taken_apart_and_stands_beside_itself(hall):
    await hall.at(Stage.THEORIES)
    one = await hall.theory.write_theory(hall.who, ROUND, when='we wait and ask', so='they think')
    last = await hall.theory.write_theory(hall.who, ROUND, when='leaders visit')
    second = await hall.theory.take_apart(hall.who, ROUND, one, 'we ask')
    theories = [theory['id'] for theory in (await hall.control())['theories']]
    assert theories == [one, second, last]
    assert (await hall.state())['theories'][second].so == 'they think'
    with pytest.raises(BadInput):
        await hall.theory.take_apart(hall.who, ROUND, one, 'we wait and ask')


async def test_what_stood_in_a_draft_before_can_be_read_again(hall):
    await hall.at(Stage.THEORIES)
    one = await hall.theory.write_theory(hall.who, ROUND, when='we improve questions')
    await hall.theory.change_theory(hall.who, ROUND, one, 'when', 'we ask twice')
    await hall.theory.change_theory(hall.who, ROUND, one, 'so', 'they think')
    await hall.theory.change_theory(hall.who, ROUND, one, 'when', 'we ask a second question')
    assert await hall.theory.wordings(hall.who, ROUND, one) == [
        {'field': 'when', 'text': 'we ask twice'},
        {'field': 'when', 'text': 'we improve questions'},
    ]
