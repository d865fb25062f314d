"""Clock times, rooms and names in a card's own words."""

import pytest

from app.debrief.asked_out import asked_out, may_be_asked_out

ROOMS = ['M4', 'S2', 'DT1', 'Room 12', 'Hall', '7']
NAMES = ['Ruth', 'Kofi Mensah', 'Will', 'Jo', 'Teacher', 'S']


def found(text):
    return [(text[one.start : one.end], one.kind) for one in asked_out(text, ROOMS, NAMES)]


@pytest.mark.parametrize(
    ('text', 'said'),
    [
        ('at 9:42 T hands out boards', ['9:42']),
        ('09.42 T hands out boards', ['09.42']),
        ('9.42 T hands out boards', ['9.42']),
        ('since 9.42 no hand', ['9.42']),
        ('9h42 starter, 10 h 05 talk', ['9h42', '10 h 05']),
        ('from 09:25 to 09:45, T talks', ['09:25', '09:45']),
        ('board, 11:21: “evaluate”', ['11:21']),
        ('9.05am bell, 2 pm end', ['9.05am', '2 pm']),
        ('by half past nine all write', ['half past nine']),
        ('ten o’clock: pens down', ['ten o’clock']),
        ('kl 10 and kl. 10.15', ['kl 10', '10.15']),
        ('10.15–10.35 pairs talk', ['10.15–10.35']),
        ('at 0942 two leave', ['0942']),
    ],
)
def test_a_clock_time_is_asked_out(text, said):
    assert found(text) == [(time, 'time') for time in said]


@pytest.mark.parametrize(
    'text',
    [
        'for six minutes, 4 of 24 write',
        'shares 30 sweets in the ratio 12:18',
        'scale 1:50 on the map',
        'reads John 3:16 aloud',
        'pi is 3.14, half of 6.28',
        'weighs 9.42 g, then 10.15 g',
        'writes £9.42 and 0.75',
        'five to ten students',
        '2.1, 1.9, 4.0',
        'walks past twice',
    ],
)
def test_numbers_of_the_subject_are_no_clock_times(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ('text', 'said'),
    [
        ('walks to M4 for boards', ['M4']),
        ('walks to m4, then DT-1 and DT 1', ['m4', 'DT-1', 'DT 1']),
        ('next door in room 12', ['room 12']),
        ('chairs from the hall', ['hall']),
        ('sign says room 7', ['room 7']),
        ('lab S2 smells of gas', ['S2']),
    ],
)
def test_a_room_of_the_round_is_asked_out(text, said):
    assert found(text) == [(room, 'room') for room in said]


@pytest.mark.parametrize(
    'text', ['S1 asks S2, S2 answers', 'in S2’s book', '7 of 28, question 7', '4 metres', 'shallow end', 'M40 motorway']
)
def test_students_and_numbers_are_no_rooms(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ('text', 'said'),
    [
        ('Ruth’s table', ['Ruth']),
        ('ruth asks', ['ruth']),
        ('Kofi Mensah and Mensah, kofi', ['Kofi Mensah', 'Mensah', 'kofi']),
        ('Will raises a hand', ['Will']),
        ('T asks Jo', ['Jo']),
    ],
)
def test_an_observers_name_is_asked_out(text, said):
    assert found(text) == [(name, 'name') for name in said]


@pytest.mark.parametrize(
    'text', ['they will write', 'truth table', 'Teacher: “S, why?”', 'a jolt', 'Charles Darwin’s finches']
)
def test_words_are_no_names(text):
    assert found(text) == []


def test_positions_count_code_points_and_what_overlaps_is_named_once():
    text = '😀 in room 12 at 12:15'
    assert [tuple(one) for one in asked_out(text, ['12', 'Room 12'], [])] == [(5, 12, 'room'), (16, 21, 'time')]


def test_what_may_only_be_taken_for_a_time_or_a_room_is_doubtful():
    assert may_be_asked_out('S2 tries 17', ROOMS)
    assert may_be_asked_out('ratio 12:18', ROOMS)
    assert not may_be_asked_out('S1 tries 17', ['S2'])


def test_odd_names_and_rooms_break_nothing():
    assert asked_out('a (b [c', ['(', '', ' ', '\\', '*+', '[a-'], ['', '((', '\\d', 'a', '😀', '....', ' - ']) == []
