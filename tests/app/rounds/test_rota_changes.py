"""The day's changes: as little moves as possible, nothing crosses a bell, and every change is said."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import BadInput
from app.rounds.model import Classroom, Group, Period, Sizes, Visit
from app.rounds.rota import clashes, make_rota
from app.rounds.rota_changes import join_groups, move_bell, now_and_next, pause, room_falls_out

fixed = settings(derandomize=True, deadline=None, max_examples=150, database=None)


def at(text):
    return dt.time.fromisoformat(text)


def period(key, start, end):
    return Period(id=key, name=key, start=at(start), end=at(end))


def visit(group, room, start, end):
    return Visit(id=f'{group}.{room}', group=group, classroom=room, start=at(start), end=at(end))


MORNING = [period('P1', '08:50', '09:50'), period('P2', '09:55', '10:55'), period('P3', '11:15', '12:15')]
ROOMS = [Classroom(id=f'c{k}', number=k, room=f'R{k}') for k in range(1, 7)]
GROUPS = [Group(id=f'g{k}', number=k, name=f'Group {k}') for k in (1, 2)]
PLAN = (MORNING, ROOMS, GROUPS, Sizes())
ROTA = [
    visit('g1', 'c1', '08:55', '09:15'),
    visit('g1', 'c2', '09:20', '09:40'),
    visit('g1', 'c3', '10:00', '10:20'),
    visit('g2', 'c2', '08:55', '09:15'),
    visit('g2', 'c1', '09:20', '09:40'),
]


def spans(visits, group='g1'):
    return [f'{visit.start:%H:%M}-{visit.end:%H:%M}' for visit in visits if visit.group == group]


def test_a_group_knows_where_it_is_and_where_it_goes_next():
    here = now_and_next(ROTA, 'g1', at('09:00'))
    assert (here.now.classroom, here.next.classroom) == ('c1', 'c2')
    walking = now_and_next(ROTA, 'g1', at('09:15'))
    assert (walking.now, walking.next.classroom) == (None, 'c2')
    done = now_and_next(ROTA, 'g1', at('10:20'))
    assert (done.now, done.next) == (None, None)


def test_before_the_first_visit_there_is_only_a_next_one():
    early = now_and_next(ROTA, 'g2', at('08:00'))
    assert (early.now, early.next.classroom) == (None, 'c2')


def test_after_a_fire_drill_a_visit_goes_on_and_the_next_is_cut_at_the_bell():
    change = pause(ROTA, at('09:05'), 15, MORNING, ROOMS, GROUPS, Sizes())
    assert spans(change.visits) == ['08:55-09:30', '09:35-09:50', '10:00-10:20']
    assert change.dropped == ()
    assert 'Group 1: the visit to room R1 goes on until 09:30.' in change.sentences
    assert 'Group 1: room R2 at 09:35–09:50 instead of 09:20, and 15 minutes only.' in change.sentences


def test_a_long_fire_drill_drops_what_no_longer_fits_and_says_so():
    change = pause(ROTA, at('09:05'), 30, MORNING, ROOMS, GROUPS, Sizes())
    assert spans(change.visits) == ['08:55-09:45', '10:00-10:20']
    assert [visit.classroom for visit in change.dropped] == ['c2', 'c1']
    assert 'Group 1: the visit to room R2 at 09:20 falls out; the bell comes first.' in change.sentence


def test_a_fire_drill_that_lasts_to_the_bell_ends_what_was_running():
    change = pause(ROTA, at('09:05'), 50, MORNING, ROOMS, GROUPS, Sizes())
    assert spans(change.visits) == ['08:55-09:05', '10:00-10:20']
    assert 'Group 1: the visit to room R1 ends now.' in change.sentences


def test_a_fire_drill_that_reaches_into_the_next_period_moves_its_visits():
    change = pause(ROTA, at('09:45'), 25, MORNING, ROOMS, GROUPS, Sizes())
    assert spans(change.visits) == ['08:55-09:15', '09:20-09:40', '10:10-10:30']
    assert change.sentences == ('Group 1: room R3 at 10:10 instead of 10:00.',)


def test_a_fire_drill_in_the_break_changes_nothing():
    change = pause(ROTA, at('10:56'), 10, MORNING, ROOMS, GROUPS, Sizes())
    assert list(change.visits) == ROTA
    assert change.sentence == 'Nothing changes in the rota.'


def test_a_pause_of_no_minutes_is_refused():
    with pytest.raises(BadInput, match='at least one minute'):
        pause(ROTA, at('09:05'), 0, MORNING)


def test_visits_move_with_their_bell():
    periods, change = move_bell(MORNING, ROTA, 'P1', at('09:00'), at('09:55'), ROOMS, GROUPS, Sizes())
    assert periods[0] == period('P1', '09:00', '09:55')
    assert spans(change.visits) == ['09:05-09:25', '09:30-09:50', '10:00-10:20']


def test_an_earlier_end_cuts_a_visit_short():
    _periods, change = move_bell(MORNING, ROTA, 'P1', at('08:50'), at('09:35'), ROOMS, GROUPS, Sizes())
    assert spans(change.visits) == ['08:55-09:15', '09:20-09:35', '10:00-10:20']


@pytest.mark.parametrize(
    ('key', 'start', 'end', 'words'),
    [
        ('P1', '09:50', '08:50', 'has to end after it begins'),
        ('P1', '08:50', '10:00', '“P2” (09:55–10:55) would overlap'),
        ('P9', '08:50', '10:00', 'not in the plan any more'),
    ],
)
def test_a_bell_that_cannot_be_is_refused_in_a_sentence(key, start, end, words):
    with pytest.raises(BadInput) as caught:
        move_bell(MORNING, ROTA, key, at(start), at(end))
    assert words in caught.value.sentence


def test_when_a_room_falls_out_its_visits_go_to_free_rooms_the_group_has_not_seen():
    change = room_falls_out(ROTA, 'c1', at('09:17'), *PLAN)
    moved = next(visit for visit in change.visits if visit.group == 'g2' and visit.start == at('09:20'))
    assert moved.classroom == 'c4'  # c2 is seen and in use, c3 has a visit already
    assert change.sentences == ('Group 2: room R4 instead of room R1 at 09:20.',)
    assert change.visits[0] == ROTA[0]  # that visit is over


def test_a_visit_that_is_running_when_its_room_falls_out_ends_now():
    change = room_falls_out(ROTA, 'c2', at('09:00'), *PLAN)
    assert spans(change.visits, 'g2')[0] == '08:55-09:00'
    assert 'Group 2: the visit to room R2 ends now.' in change.sentences


def test_a_visit_for_which_no_room_is_free_is_dropped_and_said():
    change = room_falls_out(ROTA, 'c3', at('08:00'), MORNING, ROOMS[:3], GROUPS, Sizes())
    assert [visit.classroom for visit in change.dropped] == ['c3']
    assert change.sentence == 'Group 1: the visit to room R3 at 10:00 falls out; no other classroom is free then.'


def test_two_groups_go_on_as_one():
    change = join_groups(ROTA, 'g2', 'g1', at('09:00'), GROUPS, Sizes())
    assert spans(change.visits, 'g2') == ['08:55-09:15']
    assert spans(change.visits) == spans(ROTA)
    assert change.sentence == (
        'Group 2 goes on with Group 1. 1 visit of Group 2 falls out.'
        ' Together they are 8, and 4 at most may be in one room.'
    )


def test_a_group_is_not_joined_with_itself():
    with pytest.raises(BadInput, match='with itself'):
        join_groups(ROTA, 'g1', 'g1', at('09:00'), GROUPS, Sizes())


def test_a_visit_pushes_the_next_group_out_of_its_room_no_earlier_than_needed():
    by_hand = [visit('g1', 'c1', '08:55', '09:15'), visit('g2', 'c1', '09:20', '09:40')]
    change = pause(by_hand, at('09:00'), 10, MORNING, ROOMS, GROUPS, Sizes())
    assert (spans(change.visits), spans(change.visits, 'g2')) == (['08:55-09:25'], ['09:25-09:45'])


@st.composite
def days(draw):
    people = [Group(id=f'g{k}', number=k, name=f'Group {k}') for k in range(1, draw(st.integers(1, 6)) + 1)]
    rooms = [
        Classroom(id=f'c{k}', number=k, room=f'R{k % 7}', period=draw(st.sampled_from(['', '', 'P1', 'P2'])))
        for k in range(1, draw(st.integers(4, 12)) + 1)
    ]
    return MORNING, [*rooms, Classroom(id='c0', number=20, room='Hall')], people[:5], Sizes()


minutes = st.integers(8 * 60 + 30, 12 * 60 + 30).map(lambda n: dt.time(n // 60, n % 60))


@fixed
@given(days(), minutes, st.integers(1, 60))
def test_no_fire_drill_makes_a_clash_or_loses_a_visit_without_saying(day, moment, length):
    periods, rooms, people, sizes = day
    rota = make_rota(periods, rooms, people, sizes)
    change = pause(rota, moment, length, periods, rooms, people, sizes)
    assert clashes(change.visits, periods, rooms, people, sizes) == []
    assert len(change.visits) + len(change.dropped) == len(rota)
    assert sum('falls out' in sentence for sentence in change.sentences) == len(change.dropped)
    over = (dt.datetime.combine(dt.date.today(), moment) + dt.timedelta(minutes=length)).time()
    for visit_ in change.visits:
        assert not moment <= visit_.start < over


@fixed
@given(days(), minutes, st.integers(0, 12))
def test_a_room_that_falls_out_is_not_visited_any_more_and_nothing_clashes(day, moment, n):
    periods, rooms, people, sizes = day
    rota = make_rota(periods, rooms, people, sizes)
    gone = rooms[n % len(rooms)].id
    change = room_falls_out(rota, gone, moment, periods, rooms, people, sizes)
    after = [replace(room, left_out=room.id == gone) for room in rooms]
    past = [visit for visit in change.visits if visit.classroom == gone]
    assert all(visit.end <= moment for visit in past)
    future = [visit for visit in change.visits if visit not in past]
    assert clashes(future, periods, after, people, sizes) == []
    assert len(change.visits) + len(change.dropped) == len(rota)


@fixed
@given(days(), st.integers(-20, 20), st.integers(-20, 20))
def test_a_moved_bell_keeps_the_rota_sound(day, earlier, longer):
    periods, rooms, people, sizes = day
    rota = make_rota(periods, rooms, people, sizes)
    start, end = (n // 60 * 100 + n % 60 for n in (595 + earlier, 655 + longer))
    times = [dt.time(number // 100, number % 100) for number in (start, end)]
    try:
        after, change = move_bell(periods, rota, 'P2', *times, rooms, people, sizes)
    except BadInput:
        return
    assert clashes(change.visits, after, rooms, people, sizes) == []
    assert len(change.visits) + len(change.dropped) == len(rota)
