"""The rota: sound, even, the best that there is, or a sentence that says why there is none."""

import datetime as dt
import time
from collections import Counter
from dataclasses import replace
from itertools import permutations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.rounds.model import Classroom, Group, Period, Sizes, Visit
from app.rounds.rota import NoRota, clashes, make_rota, shortfall, visit_times, why_not

fixed = settings(
    derandomize=True, deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow], database=None
)


def at(text):
    return dt.time.fromisoformat(text)


def period(key, start, end):
    return Period(id=key, name=key, start=at(start), end=at(end))


def classrooms(n, **more):
    return [Classroom(id=f'c{k}', number=k, room=f'R{k}', **more) for k in range(1, n + 1)]


def groups(n, size=4):
    return [Group(id=f'g{k}', number=k, name=f'Group {k}', size=size) for k in range(1, n + 1)]


MORNING = [period('P1', '08:50', '09:50'), period('P2', '09:55', '10:55'), period('P3', '11:15', '12:15')]


def spread(visits, rooms):
    counts = Counter(visit.classroom for visit in visits)
    return max(counts[room.id] for room in rooms) - min(counts[room.id] for room in rooms)


def test_every_group_gets_its_visits_and_classrooms_are_visited_evenly():
    rooms, people = classrooms(10), groups(4)
    visits = make_rota(MORNING, rooms, people, Sizes())
    assert Counter(visit.group for visit in visits) == {group.id: 4 for group in people}
    assert spread(visits, rooms) <= 1
    assert clashes(visits, MORNING, rooms, people, Sizes()) == []
    assert shortfall(visits, people, Sizes(), rooms) == ''


def test_two_visits_of_twenty_minutes_fit_into_a_period_of_sixty():
    spans = [(time.start, time.end) for time in visit_times(MORNING[:1], Sizes())]
    assert spans == [(535, 555), (560, 580)]


def test_a_period_waits_for_those_who_walk_over_from_the_period_before():
    sizes = Sizes(settle_minutes=0, walk_minutes=5)
    times = visit_times([period('P1', '08:00', '08:45'), period('P2', '08:45', '09:35')], sizes)
    assert [time.start for time in times] == [480, 505, 530, 555]


def test_a_large_round_is_made_within_two_seconds():
    periods = [
        period(f'P{k}', f'{start}', end)
        for k, (start, end) in enumerate(
            [('08:30', '09:30'), ('09:30', '10:30'), ('10:50', '11:50'), ('11:50', '12:50'), ('13:40', '14:40')]
        )
    ]
    rooms = [replace(room, period=f'P{room.number % 5}' if room.number % 3 else '') for room in classrooms(36)]
    people, sizes = groups(10), Sizes(visits_per_group=7)
    began = time.process_time()
    visits = make_rota(periods, rooms, people, sizes)
    assert time.process_time() - began < 2
    assert len(visits) == 70
    assert spread(visits, rooms) <= 1
    assert clashes(visits, periods, rooms, people, sizes) == []


def test_a_large_round_with_two_bell_systems_is_made_within_two_seconds():
    lower = [period('L1', '08:30', '09:30'), period('L2', '09:30', '10:30'), period('L3', '10:50', '11:50')]
    upper = [period('U1', '08:40', '09:40'), period('U2', '09:40', '10:40'), period('U3', '11:00', '12:00')]
    keys = ['L1', 'L2', 'L3', 'U1', 'U2', 'U3']
    rooms = [replace(room, period=keys[room.number % 6]) for room in classrooms(36)]
    people = groups(10)
    began = time.process_time()
    visits = make_rota(lower + upper, rooms, people, Sizes())
    assert time.process_time() - began < 2
    assert clashes(visits, lower + upper, rooms, people, Sizes()) == []
    assert set(Counter(visit.group for visit in visits)) == {group.id for group in people}


def test_the_same_plan_gives_the_same_rota_whatever_the_order_of_its_parts():
    rooms, people = classrooms(7), groups(3)
    first = make_rota(MORNING, rooms, people, Sizes())
    assert make_rota(MORNING[::-1], rooms[::-1], people[::-1], Sizes()) == first


def test_a_lesson_is_visited_only_in_its_period_and_one_that_is_left_out_never():
    rooms = classrooms(4)
    rooms[0] = replace(rooms[0], period='P2')
    rooms[1] = replace(rooms[1], left_out=True)
    rooms[2] = replace(rooms[2], no_devices=True)
    visits = make_rota(MORNING, rooms, groups(2), Sizes())
    of_first = [visit for visit in visits if visit.classroom == 'c1']
    assert of_first
    assert all(at('09:55') <= visit.start < at('10:55') for visit in of_first)
    assert {visit.classroom for visit in visits} == {'c1', 'c3', 'c4'}


def test_two_lessons_in_one_room_are_never_visited_at_once():
    rooms = [replace(room, room=label) for room, label in zip(classrooms(2), ('M4', ' m 4'), strict=True)]
    visits = make_rota(MORNING, rooms, groups(2), Sizes())
    assert Counter(visit.start for visit in visits).most_common(1)[0][1] == 1
    assert len(visits) == 4


def test_a_group_in_which_nobody_is_left_does_not_visit():
    people = [*groups(2), Group(id='g9', number=9, name='Group 9', size=0)]
    visits = make_rota(MORNING, classrooms(4), people, Sizes())
    assert {visit.group for visit in visits} == {'g1', 'g2'}
    assert shortfall(visits, people, Sizes()) == ''


def test_where_not_all_visits_fit_groups_get_equally_many_and_the_shortfall_is_said():
    people = groups(3)
    visits = make_rota(MORNING[:1], classrooms(3), people, Sizes())
    assert Counter(visit.group for visit in visits) == {group.id: 2 for group in people}
    assert shortfall(visits, people, Sizes()) == 'Group 1, Group 2, Group 3: 2 visits instead of 4.'


def test_classrooms_that_nobody_visits_are_named():
    rooms, people = classrooms(3), groups(1)
    visits = make_rota(MORNING[:1], rooms, people, Sizes(visits_per_group=2))
    assert shortfall(visits, people, Sizes(visits_per_group=2), rooms) == 'No visit to classroom 3 (R3).'


@pytest.mark.parametrize(
    ('plan', 'words'),
    [
        (([], classrooms(2), groups(1), Sizes()), 'no periods yet'),
        ((MORNING, [], groups(1), Sizes()), 'no classroom to visit'),
        ((MORNING, classrooms(2, left_out=True), groups(1), Sizes()), 'no classroom to visit'),
        ((MORNING, classrooms(2), [], Sizes()), 'no groups yet'),
        ((MORNING, classrooms(2), groups(1, size=5), Sizes()), 'Group 1 has 5 observers, and 4 at most'),
        ((MORNING, classrooms(2), groups(1), Sizes(minutes=56)), 'the longest has 60'),
        ((MORNING[:1], classrooms(1), groups(3), Sizes()), 'more groups (3) than visits that fit'),
        ((MORNING, classrooms(2, period='P9'), groups(1), Sizes()), 'No classroom can be visited'),
        (([period('P1', '10:00', '09:00')], classrooms(2), groups(1), Sizes()), 'ends (09:00) before it begins'),
        ((MORNING, classrooms(2), groups(1), Sizes(visits_per_group=0)), 'at least one visit'),
    ],
)
def test_no_rota_is_explained_in_a_sentence(plan, words):
    with pytest.raises(NoRota) as caught:
        make_rota(*plan)
    assert words in caught.value.sentence
    assert caught.value.sentence.endswith('.')


@st.composite
def plans(draw):
    """Small plans with all that makes a rota hard: tight bells, overlaps, shared rooms, lessons of one period."""
    n_groups = draw(st.integers(1, 3))
    sizes = Sizes(
        settle_minutes=draw(st.sampled_from([0, 5])),
        walk_minutes=draw(st.sampled_from([0, 5])),
        visits_per_group=draw(st.integers(1, 4)),
    )
    start, periods = 480, []
    for k in range(draw(st.integers(1, 3))):
        start += draw(st.sampled_from([0, 0, 5, 10, -15]))
        end = start + draw(st.sampled_from([20, 25, 45, 60]))
        periods.append(
            Period(id=f'P{k}', name=f'P{k}', start=dt.time(*divmod(start, 60)), end=dt.time(*divmod(end, 60)))
        )
        start = end
    rooms = [
        Classroom(
            id=f'c{k}',
            number=k,
            room=draw(st.sampled_from([f'R{k}', f'R{k}', 'shared'])),
            period=draw(st.sampled_from(['', '', *(period.id for period in periods)])),
        )
        for k in range(draw(st.integers(1, 3)))
    ]
    return periods, rooms, groups(n_groups), sizes


def best_by_trying_all(periods, rooms, people, sizes):
    """(visits of the group with fewest, visits in all, -(most - fewest visits of a classroom)), best of all rotas."""
    times = visit_times(periods, sizes)
    visitable = [room.id for room in rooms if any(room.period in ('', time.period) for time in times)]
    choices = []
    for time_ in times:
        here = [room for room in rooms if room.period in ('', time_.period)]
        ways = set(permutations([*here, *[None] * len(people)], len(people)))
        choices.append([(time_, way) for way in ways])
    best = None
    rotas = [()]
    for options in choices:
        rotas = [
            lines
            for rota, (time_, way) in product(rotas, options)
            for lines in [rota + tuple((g, room, time_) for g, room in enumerate(way) if room)]
            if fits(rota, lines[len(rota) :], sizes)
        ]
    for rota in rotas:
        of_group = Counter(g for g, _room, _time in rota)
        of_room = Counter(room.id for _g, room, _time in rota)
        numbers = [of_room[key] for key in visitable] or [0]
        worth = min(of_group[g] for g in range(len(people))), len(rota), min(numbers) - max(numbers)
        best = worth if best is None else max(best, worth)
    return best


def fits(rota, new, sizes):
    lines = [*rota, *new]
    for n, (g, room, time_) in enumerate(lines):
        if sum(other == g for other, _room, _time in lines) > sizes.visits_per_group:
            return False
        for other_g, other_room, other_time in lines[max(n + 1, len(rota)) :]:
            gap = max(other_time.start - time_.end, time_.start - other_time.end)
            if other_g == g and (other_room == room or gap < sizes.walk_minutes):
                return False
            if other_room.room == room.room and gap < 0:
                return False
    return True


@fixed
@given(plans())
def test_a_rota_is_as_good_as_the_best_of_all_rotas_and_exists_whenever_one_does(plan):
    periods, rooms, people, sizes = plan
    times = visit_times(periods, sizes)
    if len(times) * len(people) > 9:
        people = people[:2]
    if len(times) * len(people) > 10:
        people = people[:1]
    best = best_by_trying_all(periods, rooms, people, sizes) if times else None
    if best is None or best[0] == 0:
        with pytest.raises(NoRota):
            make_rota(periods, rooms, people, sizes)
        return
    visits = make_rota(periods, rooms, people, sizes)
    of_group = Counter(visit.group for visit in visits)
    visitable = [room for room in rooms if any(room.period in ('', time_.period) for time_ in times)]
    assert (min(of_group[group.id] for group in people), len(visits), -spread(visits, visitable)) == best
    assert max(of_group.values()) - min(of_group.values()) <= 1
    assert clashes(visits, periods, rooms, people, sizes) == []


@st.composite
def large_plans(draw):
    periods = MORNING[: draw(st.integers(1, 3))]
    labels = st.sampled_from([f'R{k}' for k in range(1, 15)])
    rooms = [
        Classroom(id=f'c{k}', number=k, room=draw(labels), period=draw(st.sampled_from(['', '', 'P1', 'P2', 'P3'])))
        for k in range(draw(st.integers(1, 16)))
    ]
    return periods, rooms, groups(draw(st.integers(1, 8))), Sizes(visits_per_group=draw(st.integers(1, 9)))


@fixed
@given(large_plans())
def test_a_rota_of_any_size_breaks_no_rule_and_treats_groups_evenly(plan):
    periods, rooms, people, sizes = plan
    try:
        visits = make_rota(periods, rooms, people, sizes)
    except NoRota:
        return
    assert clashes(visits, periods, rooms, people, sizes) == []
    counts = Counter(visit.group for visit in visits)
    assert max(counts[group.id] for group in people) <= sizes.visits_per_group
    assert max(counts[group.id] for group in people) - min(counts[group.id] for group in people) <= 1
    assert len({visit.id for visit in visits}) == len(visits)


def visit(group, room, start, end, key=''):
    return Visit(id=key or f'{group}.{room}', group=group, classroom=room, start=at(start), end=at(end))


@pytest.mark.parametrize(
    ('visits', 'sentence'),
    [
        (
            [visit('g1', 'c1', '08:55', '09:15'), visit('g2', 'c1', '09:10', '09:30')],
            'Group 1 (08:55–09:15) and Group 2 (09:10–09:30) would be in room R1 at once.',
        ),
        (
            [visit('g1', 'c1', '08:55', '09:15'), visit('g1', 'c2', '09:10', '09:30')],
            'Group 1 would be in room R1 at 08:55–09:15 and in room R2 at 09:10–09:30.',
        ),
        (
            [visit('g1', 'c1', '08:55', '09:15'), visit('g1', 'c2', '09:17', '09:37')],
            'Group 1 has 2 minutes to walk from room R1 (08:55–09:15) to room R2 (09:17–09:37); 5 are needed.',
        ),
        (
            [visit('g1', 'c1', '08:55', '09:15', 'a'), visit('g1', 'c1', '10:00', '10:20', 'b')],
            'Group 1 would visit classroom 1 (R1) twice: at 08:55–09:15 and at 10:00–10:20.',
        ),
        (
            [visit('g1', 'c1', '09:40', '10:00')],
            'Group 1 in room R1: 09:40–10:00 crosses a bell or a break. A visit lies between two bells.',
        ),
        (
            [visit('g1', 'c1', '08:52', '09:12')],
            'Group 1 in room R1: 08:52–09:12 begins in the first 5 minutes, which are left to the class.',
        ),
        (
            [visit('g1', 'c3', '10:00', '10:20')],
            'Classroom 3 (R3) is only in “P1”; Group 1 would come at 10:00–10:20.',
        ),
        (
            [visit('g1', 'c4', '10:00', '10:20')],
            'Classroom 4 (R4) is left out, but Group 1 would visit it at 10:00–10:20.',
        ),
        (
            [visit('g1', 'c1', '10:20', '10:00')],
            'Group 1 would leave room R1 before coming in (10:20–10:00). Put the times right.',
        ),
        ([visit('g3', 'c1', '10:00', '10:20')], 'Group 3 has 6 observers; 4 at most may be in one room.'),
        (
            [visit('g9', 'c1', '10:00', '10:20')],
            'A visit at 10:00–10:20 has no group or no classroom any more. Remove it.',
        ),
    ],
)
def test_a_clash_is_said_with_group_room_and_times(visits, sentence):
    rooms, people = classrooms(4), [*groups(2), Group(id='g3', number=3, name='Group 3', size=6)]
    rooms[2], rooms[3] = replace(rooms[2], period='P1'), replace(rooms[3], left_out=True)
    assert clashes(visits, MORNING, rooms, people, Sizes()) == [sentence]
    assert why_not(visits[-1], visits[:-1], MORNING, rooms, people, Sizes()) == sentence


def test_a_change_is_judged_by_what_it_touches_alone():
    rooms, people = classrooms(4), groups(2)
    wrong = [visit('g1', 'c1', '08:55', '09:15'), visit('g2', 'c1', '08:55', '09:15')]
    elsewhere = visit('g1', 'c2', '10:00', '10:20')
    assert why_not(elsewhere, wrong, MORNING, rooms, people, Sizes()) is None
    mended = replace(wrong[1], classroom='c2')
    assert why_not(mended, wrong, MORNING, rooms, people, Sizes()) is None
