"""Classrooms, bells, groups, schools and the rota of one plan, each changed by two facilitators at once."""

import asyncio
import datetime as dt

import pytest

from app.errors import BadInput, Changed, NotFound, Taken, WrongStage
from app.observation.model import Observer
from app.rounds.groups import even_sizes
from app.rounds.rota import NoRota
from app.rounds.rota_by_hand import Clash
from app.rounds.stages import Stage
from tests.app.rounds.planned import a_planned_day

pytestmark = pytest.mark.anyio


@pytest.fixture
async def planned(services, facilitator, round_id):
    await a_planned_day(services, facilitator, round_id)
    return await services.rounds.plan(facilitator, round_id)


async def an_observer(services, round_id, **more):
    async with services.store.round(round_id) as work:
        await work.observers.put(Observer(**{'id': 'o1', 'display_name': 'Ruth', 'school': 's', **more}))


async def test_classrooms_are_numbered_on_and_each_has_a_code(services, facilitator, round_id):
    first = await services.rounds.classrooms.add(facilitator, round_id, [{'room': 'M4'}, {'room': 'S2'}])
    [third] = await services.rounds.classrooms.add(facilitator, round_id, [{'room': 'E6', 'no_devices': True}])
    assert [room.number for room in (*first, third)] == [1, 2, 3]
    assert len({room.code for room in (*first, third)}) == 3
    assert third.no_devices
    async with services.store.index() as index:
        assert (await index.codes.get(third.code)).classroom == third.id


async def test_two_who_add_classrooms_at_once_get_numbers_of_their_own(services, facilitator, round_id):
    await asyncio.gather(
        *(services.rounds.classrooms.add(facilitator, round_id, [{'room': f'M{n}'}] * 2) for n in range(5))
    )
    plan = await services.rounds.plan(facilitator, round_id)
    assert [room.number for room in plan.classrooms] == list(range(1, 11))
    assert len({room.code for room in plan.classrooms}) == 10


async def test_one_bad_row_adds_nothing_and_is_named(services, facilitator, round_id):
    with pytest.raises(BadInput, match='Row 2: The room is empty'):
        await services.rounds.classrooms.add(facilitator, round_id, [{'room': 'M4'}, {'room': ' '}])
    assert (await services.rounds.plan(facilitator, round_id)).classrooms == ()


async def test_more_classrooms_than_doors_can_be_numbered_are_refused_whole(services, facilitator, round_id):
    with pytest.raises(BadInput, match='at most 99'):
        await services.rounds.classrooms.add(facilitator, round_id, [{'room': 'M'}] * 100)
    assert (await services.rounds.plan(facilitator, round_id)).classrooms == ()


async def test_a_classroom_is_changed_field_by_field_and_compared(services, facilitator, round_id, planned):
    room = planned.classrooms[0]
    change = services.rounds.classrooms.change
    await change(facilitator, round_id, room.id, 'room', 'N1', seen='M1')
    with pytest.raises(Changed) as found:
        await change(facilitator, round_id, room.id, 'room', 'N2', seen='M1')
    assert found.value.more['theirs'] == 'N1'
    await change(facilitator, round_id, room.id, 'no_devices', True, seen=False)
    kept = (await services.rounds.plan(facilitator, round_id)).classrooms[0]
    assert (kept.room, kept.no_devices) == ('N1', True)


async def test_a_number_in_use_is_refused_with_the_room_it_belongs_to(services, facilitator, round_id, planned):
    room = planned.classrooms[0]
    with pytest.raises(Taken, match='Number 2 belongs to room M2'):
        await services.rounds.classrooms.change(facilitator, round_id, room.id, 'number', '2', seen=1)
    await services.rounds.classrooms.change(facilitator, round_id, room.id, 'number', '12', seen=1)
    assert (await services.rounds.plan(facilitator, round_id)).classrooms[-1].room == 'M1'


async def test_a_removed_classroom_takes_its_visits_along_and_its_code_answers_kindly(
    services, facilitator, round_id, planned
):
    room = planned.classrooms[3]
    assert any(visit.classroom == room.id for visit in planned.visits)
    await services.rounds.classrooms.remove(facilitator, round_id, room.id)
    await services.rounds.classrooms.remove(facilitator, round_id, room.id)
    plan = await services.rounds.plan(facilitator, round_id)
    assert [kept.number for kept in plan.classrooms] == [1, 2, 3]
    assert not any(visit.classroom == room.id for visit in plan.visits)
    async with services.store.index() as index:
        assert (await index.codes.get(room.code)).replaced
    with pytest.raises(NotFound):
        await services.rounds.classrooms.change(facilitator, round_id, room.id, 'room', 'X', seen='M4')


async def test_once_somebody_has_joined_numbers_stay_and_rooms_are_only_left_out(
    services, facilitator, round_id, planned
):
    await an_observer(services, round_id)
    room = planned.classrooms[0]
    with pytest.raises(BadInput, match='Mark it as left out'):
        await services.rounds.classrooms.remove(facilitator, round_id, room.id)
    with pytest.raises(BadInput, match='numbers stay'):
        await services.rounds.classrooms.change(facilitator, round_id, room.id, 'number', 9, seen=1)
    await services.rounds.classrooms.change(facilitator, round_id, room.id, 'left_out', True, seen=False)
    plan = await services.rounds.plan(facilitator, round_id)
    assert any('is left out' in sentence for sentence in plan.clashes())


async def test_a_leaked_door_code_is_replaced(services, facilitator, round_id, planned):
    room = planned.classrooms[1]
    new = await services.rounds.classrooms.new_code(facilitator, round_id, room.id)
    assert (await services.rounds.plan(facilitator, round_id)).classroom(room.id).code == new != room.code
    async with services.store.index() as index:
        assert (await index.codes.get(room.code)).replaced
        assert (await index.codes.get(new)).classroom == room.id


async def test_a_code_can_leak_when_the_plan_stands_already(services, facilitator, round_id, planned):
    for stage in (Stage.OPEN, Stage.SELECTION, Stage.SCREENING):
        await services.rounds.go_to(facilitator, round_id, stage)
    new = await services.rounds.classrooms.new_code(facilitator, round_id, planned.classrooms[0].id)
    assert (await services.rounds.plan(facilitator, round_id)).classrooms[0].code == new
    with pytest.raises(WrongStage):
        await services.rounds.classrooms.add(facilitator, round_id, [{'room': 'M9'}])


@pytest.mark.parametrize(
    ('start', 'end', 'sentence'),
    [
        ('9:00', '8:00', 'would end at 08:00, before it begins at 09:00'),
        ('9:40', '10:00', r'would run into “One” \(08:50–09:50\)'),
        ('9', '10:00', '“9” is no time'),
        ('25:00', '26:00', '“25:00” is no time'),
    ],
)
async def test_bells_that_cannot_ring_are_refused(services, facilitator, round_id, planned, start, end, sentence):
    with pytest.raises(BadInput, match=sentence):
        await services.rounds.bells.add(facilitator, round_id, [{'name': 'Odd', 'start': start, 'end': end}])
    assert (await services.rounds.plan(facilitator, round_id)).periods == planned.periods


async def test_a_bell_that_is_moved_makes_the_rota_say_what_clashes(services, facilitator, round_id, planned):
    period = planned.periods[0]
    await services.rounds.bells.change(facilitator, round_id, period.id, 'end', '9:20', seen=dt.time(9, 50))
    plan = await services.rounds.plan(facilitator, round_id)
    assert any('crosses a bell' in sentence for sentence in plan.clashes())


async def test_a_removed_period_sets_its_classrooms_free(services, facilitator, round_id, planned):
    await services.rounds.bells.remove(facilitator, round_id, planned.periods[0].id)
    plan = await services.rounds.plan(facilitator, round_id)
    assert [period.name for period in plan.periods] == ['Two']
    assert plan.classrooms[0].period == ''


@pytest.mark.parametrize(
    ('people', 'size', 'groups'), [(24, 4, [4] * 6), (10, 4, [4, 3, 3]), (1, 4, [1]), (9, 2, [2, 2, 2, 2, 1])]
)
def test_people_are_divided_into_groups_that_differ_by_one_at_most(people, size, groups):
    assert even_sizes(people, size) == groups


async def test_dividing_anew_keeps_names_and_drops_the_visits_of_groups_that_are_gone(
    services, facilitator, round_id, planned
):
    await services.rounds.groups.change(facilitator, round_id, planned.groups[0].id, 'name', 'Owls', seen='Group A')
    await services.rounds.groups.divide(facilitator, round_id, '4')
    plan = await services.rounds.plan(facilitator, round_id)
    assert [(group.name, group.size) for group in plan.groups] == [('Owls', 4)]
    assert {visit.group for visit in plan.visits} == {plan.groups[0].id}


async def test_two_groups_do_not_share_a_name(services, facilitator, round_id, planned):
    with pytest.raises(BadInput, match='Another group is called “group b”'):
        await services.rounds.groups.change(
            facilitator, round_id, planned.groups[0].id, 'name', 'group b', seen='Group A'
        )
    added = await services.rounds.groups.add(facilitator, round_id)
    assert (added.name, added.number, added.size) == ('Group C', 3, 4)


async def test_a_group_with_people_in_it_stays(services, facilitator, round_id, planned):
    await an_observer(services, round_id, group=planned.groups[0].id)
    with pytest.raises(BadInput, match='1 visitor is in Group A'):
        await services.rounds.groups.remove(facilitator, round_id, planned.groups[0].id)
    with pytest.raises(BadInput, match='one by one'):
        await services.rounds.groups.divide(facilitator, round_id, 12)
    await services.rounds.groups.remove(facilitator, round_id, planned.groups[1].id)
    assert len((await services.rounds.plan(facilitator, round_id)).groups) == 1


async def test_schools_are_added_once_renamed_and_removed(services, facilitator, stranger, round_id):
    schools = services.rounds.schools
    [near] = await schools.in_network(facilitator, round_id)
    added = await schools.add(facilitator, round_id, ['tidewell high school', 'Saltmarsh', 'Saltmarsh '])
    assert [school.name for school in added] == ['tidewell high school', 'Saltmarsh']
    assert added[0].id == near.id
    assert await schools.add(facilitator, round_id, ['SALTMARSH']) == []
    with pytest.raises(BadInput, match='“Saltmarsh” takes part already'):
        await schools.add_one(facilitator, round_id, ' Saltmarsh ')
    assert (await schools.add_one(facilitator, round_id, 'Quayside')).name == 'Quayside'
    await schools.change(facilitator, round_id, added[1].id, 'Saltmarsh Community School', seen='Saltmarsh')
    with pytest.raises(BadInput, match='takes part already'):
        await schools.change(
            facilitator, round_id, added[1].id, 'Harbour View Academy', seen='Saltmarsh Community School'
        )
    await an_observer(services, round_id, school=added[0].id)
    with pytest.raises(BadInput, match='have joined already'):
        await schools.remove(facilitator, round_id, added[0].id)
    await schools.remove(facilitator, round_id, added[1].id)
    plan = await services.rounds.plan(facilitator, round_id)
    assert [school.name for school in plan.round.schools] == [
        'Harbour View Academy',
        'tidewell high school',
        'Quayside',
    ]
    with pytest.raises(BadInput, match='The host school always'):
        await schools.remove(facilitator, round_id, plan.round.schools[0].id)


async def test_renaming_the_host_renames_it_wherever_it_is_printed(services, facilitator, round_id):
    host = (await services.rounds.plan(facilitator, round_id)).round.schools[0]
    await services.rounds.schools.change(facilitator, round_id, host.id, 'Harbour', seen='Harbour View Academy')
    assert (await services.rounds.plan(facilitator, round_id)).round.host_school == 'Harbour'


async def test_a_rota_that_cannot_be_made_says_why_and_leaves_the_old_one(services, facilitator, round_id, planned):
    await services.rounds.change(facilitator, round_id, 'sizes.minutes', 100, seen=20)
    with pytest.raises(NoRota):
        await services.rounds.rota.make(facilitator, round_id)
    assert (await services.rounds.plan(facilitator, round_id)).visits == planned.visits


async def test_a_change_by_hand_that_clashes_says_why_and_offers_the_swap(services, facilitator, round_id):
    rounds = services.rounds
    await rounds.groups.divide(facilitator, round_id, 8)
    await rounds.change(facilitator, round_id, 'sizes.visits_per_group', 1, seen=4)
    await rounds.bells.add(facilitator, round_id, [{'name': 'One', 'start': '8:50', 'end': '9:20'}])
    await rounds.classrooms.add(facilitator, round_id, [{'room': 'M1'}, {'room': 'M2'}])
    await rounds.rota.make(facilitator, round_id)
    before = await rounds.plan(facilitator, round_id)
    mine, theirs = the_first_visits(before)
    with pytest.raises(Clash, match='at once') as found:
        await rounds.rota.move(facilitator, round_id, mine, theirs.classroom, mine.start, mine.end)
    assert found.value.more['swap'] == theirs
    assert (await rounds.plan(facilitator, round_id)).visits == before.visits
    await rounds.rota.swap(facilitator, round_id, mine, theirs)
    after = await rounds.plan(facilitator, round_id)
    sits = {visit.group: visit.classroom for visit in after.visits}
    assert sits == {mine.group: theirs.classroom, theirs.group: mine.classroom}
    assert after.clashes() == ()


async def test_a_visit_that_another_screen_changed_is_not_overwritten(services, facilitator, round_id, planned):
    mine, _theirs = the_first_visits(planned)
    await services.rounds.rota.remove(facilitator, round_id, mine)
    for act in (
        services.rounds.rota.remove(facilitator, round_id, mine),
        services.rounds.rota.move(facilitator, round_id, mine, mine.classroom, '10:00', '10:20'),
    ):
        with pytest.raises(Changed):
            await act
    put = await services.rounds.rota.put(facilitator, round_id, mine.group, mine.classroom, mine.start, mine.end)
    assert put == mine
    with pytest.raises(Clash, match='visits classroom'):
        await services.rounds.rota.put(facilitator, round_id, mine.group, mine.classroom, '10:30', '10:50')


async def test_a_plan_changed_while_the_rota_is_made_is_not_overrun(services, facilitator, round_id, planned):
    made, _changed = await asyncio.gather(
        services.rounds.rota.make(facilitator, round_id),
        services.rounds.change(facilitator, round_id, 'sizes.minutes', 25, seen=20),
        return_exceptions=True,
    )
    plan = await services.rounds.plan(facilitator, round_id)
    lengths = {
        (visit.end.hour * 60 + visit.end.minute) - (visit.start.hour * 60 + visit.start.minute) for visit in plan.visits
    }
    assert isinstance(made, Changed)
    assert lengths == {20}
    assert plan.round.sizes.minutes == 25


async def test_a_facilitator_of_another_school_changes_no_part_of_the_plan(
    services, facilitator, stranger, round_id, planned
):
    rounds, room, group, period = services.rounds, planned.classrooms[0], planned.groups[0], planned.periods[0]
    visit, school = planned.visits[0], planned.round.schools[1]
    for act in (
        rounds.classrooms.add(stranger, round_id, [{'room': 'X'}]),
        rounds.classrooms.change(stranger, round_id, room.id, 'room', 'X', seen='M1'),
        rounds.classrooms.remove(stranger, round_id, room.id),
        rounds.classrooms.new_code(stranger, round_id, room.id),
        rounds.bells.add(stranger, round_id, [{'start': '14:00', 'end': '15:00'}]),
        rounds.bells.change(stranger, round_id, period.id, 'name', 'X', seen='One'),
        rounds.bells.remove(stranger, round_id, period.id),
        rounds.groups.divide(stranger, round_id, 4),
        rounds.groups.add(stranger, round_id),
        rounds.groups.change(stranger, round_id, group.id, 'name', 'X', seen='Group A'),
        rounds.groups.remove(stranger, round_id, group.id),
        rounds.schools.in_network(stranger, round_id),
        rounds.schools.add(stranger, round_id, ['X']),
        rounds.schools.change(stranger, round_id, school.id, 'X', seen=school.name),
        rounds.schools.remove(stranger, round_id, school.id),
        rounds.rota.make(stranger, round_id),
        rounds.rota.clear(stranger, round_id),
        rounds.rota.put(stranger, round_id, group.id, room.id, '9:00', '9:20'),
        rounds.rota.move(stranger, round_id, visit, room.id, '9:00', '9:20'),
        rounds.rota.swap(stranger, round_id, visit, planned.visits[1]),
        rounds.rota.remove(stranger, round_id, visit),
    ):
        with pytest.raises(NotFound, match='There is no such round'):
            await act
    assert await services.rounds.plan(facilitator, round_id) == planned


def the_first_visits(plan):
    """The visits of two groups at one time."""
    one = plan.visits[0]
    other = next(visit for visit in plan.visits if visit.group != one.group and visit.start == one.start)
    return one, other
