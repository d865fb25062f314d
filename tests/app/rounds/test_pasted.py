"""Pasted lists: as people have them in their spreadsheets; what cannot be read is said by line, and never lost."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rounds.pasted import (
    PastedClassroom,
    PastedPeriod,
    PastedVisitor,
    pasted_classrooms,
    pasted_periods,
    pasted_visitors,
    read_time,
)


def at(text):
    return dt.time.fromisoformat(text)


@pytest.mark.parametrize(
    ('typed', 'time'),
    [
        ('8:50', '08:50'), ('08:50', '08:50'), ('08.50', '08:50'), ('8h50', '08:50'), ('0850', '08:50'),
        ('8:50 am', '08:50'), ('8:50AM', '08:50'), ('1:15 p.m.', '13:15'), ('12:05 pm', '12:05'), ('12:05 am', '00:05'),
        ('9h', '09:00'), ('2 pm', '14:00'), (' 13:15 ', '13:15'), ('08:50:00', '08:50'), ('８：５０', '08:50'),
    ],
)  # fmt: skip
def test_a_time_is_read_however_it_is_written(typed, time):
    assert read_time(typed) == at(time)


@pytest.mark.parametrize('typed', ['', '8', '25:00', '8:60', '13:00 pm', 'noon', '8:5', '12345', '8:50:30x'])
def test_what_is_no_time_is_none(typed):
    assert read_time(typed) is None


@pytest.mark.parametrize('mark', ['\t', ';', ',', ' ; '])
def test_classrooms_without_a_header_are_room_subject_and_year_group(mark):
    text = f'M4{mark}Mathematics{mark}Year 8\n\nS2{mark}Science{mark}Year 9\n'
    pasted = pasted_classrooms(text)
    assert pasted.rows == (
        PastedClassroom(room='M4', subject='Mathematics', year_group='Year 8'),
        PastedClassroom(room='S2', subject='Science', year_group='Year 9'),
    )
    assert pasted.problems == ()


def test_a_header_gives_the_columns_in_any_order():
    text = 'Year group\tNo devices\tROOM\tPupils\tPeriod\tsubject\nYear 8\tyes\tM4\t28\tP2\tMathematics\n\t\tS2\t\t\t\n'
    pasted = pasted_classrooms(text, {'p1': 'P1', 'p2': 'P2'})
    first = PastedClassroom(
        room='M4', subject='Mathematics', year_group='Year 8', period='p2', students=28, no_devices=True
    )
    assert pasted.rows == (first, PastedClassroom(room='S2'))
    assert pasted.problems == ()


def test_more_columns_without_a_header_are_told_apart_by_what_stands_in_them():
    pasted = pasted_classrooms('M4,Maths,Year 8,28,Period 2,no devices', {'p2': 'Period 2'})
    assert pasted.rows == (
        PastedClassroom(room='M4', subject='Maths', year_group='Year 8', students=28, period='p2', no_devices=True),
    )


def test_a_period_is_found_by_its_number():
    assert pasted_classrooms('Room,Period\nM4,2', {'a': 'Period 1', 'b': 'Period 2'}).rows[0].period == 'b'


def test_a_column_of_teachers_is_left_aside_and_said():
    pasted = pasted_classrooms('Room;Teacher;Subject\nM4;Mr X;Maths')
    assert pasted.rows == (PastedClassroom(room='M4', subject='Maths'),)
    assert [problem.sentence for problem in pasted.problems] == ['Line 1: the column “Teacher” is not read.']


def test_a_line_that_cannot_be_read_is_said_by_number_and_kept_as_it_was():
    pasted = pasted_classrooms(
        'Room,Subject,Students,Period\n,Maths,28,\nM4,Maths,many,\nS2,Science,,P7\nE6,English,26,'
    )
    assert [room.room for room in pasted.rows] == ['E6']
    assert [(problem.line, problem.text) for problem in pasted.problems] == [
        (2, ',Maths,28,'),
        (3, 'M4,Maths,many,'),
        (4, 'S2,Science,,P7'),
    ]
    assert [problem.sentence for problem in pasted.problems] == [
        'Line 2: the room is missing.',
        'Line 3: “many” is no number of students.',
        'Line 4: the plan has no period “P7”; write it as in the bell times.',
    ]


def test_cells_in_quotation_marks_may_hold_the_separator():
    assert pasted_classrooms('"Hall, upper",Music,Year 7').rows == (
        PastedClassroom(room='Hall, upper', subject='Music', year_group='Year 7'),
    )


@pytest.mark.parametrize(
    'text',
    [
        'P1\t08:50\t09:50\nP2\t9:55\t10:55',
        'P1;8.50;9.50\nP2;9.55;10.55',
        'P1, 8h50, 9h50\nP2, 9h55, 10h55',
        'P1 08:50-09:50\n\nP2 09:55 – 10:55',
        'P1\t8:50 am - 9:50 am\nP2\t9:55 am to 10:55 am',
        'P1 0850-0950\r\nP2 0955-1055\r\n',
        'Period\tStart\tEnd\nP1\t8:50\t9:50\nP2\t9:55\t10:55',
        'End;Start;Name\n9:50;8:50;P1\n10:55;9:55;P2',
        'Time,Period\n08:50-09:50,P1\n09:55–10:55,P2',
    ],
)
def test_bell_times_are_read_as_schools_write_them(text):
    pasted = pasted_periods(text)
    assert pasted.problems == ()
    assert pasted.rows == (
        PastedPeriod(name='P1', start=at('08:50'), end=at('09:50')),
        PastedPeriod(name='P2', start=at('09:55'), end=at('10:55')),
    )


def test_periods_without_a_name_are_numbered_and_an_hour_after_noon_is_understood():
    pasted = pasted_periods('12:30-1:30\n1:35-2:35')
    assert pasted.rows == (
        PastedPeriod(name='Period 1', start=at('12:30'), end=at('13:30')),
        PastedPeriod(name='Period 2', start=at('13:35'), end=at('14:35')),
    )


def test_bell_times_that_cannot_be_are_said():
    pasted = pasted_periods('Name,Start,End\nP1,8:50,\nP2,soon,9:50\nP3,10:55,9:55')
    assert pasted.rows == ()
    assert [problem.sentence for problem in pasted.problems] == [
        'Line 2: it needs two times, when the period begins and when it ends.',
        'Line 3: “soon” is no time; write it like 08:50.',
        'Line 4: the period ends before it begins.',
    ]


def test_visitors_are_a_name_and_a_school():
    assert pasted_visitors('School\tName\nTidewell High School\tRuth').rows == (
        PastedVisitor(name='Ruth', school='Tidewell High School'),
    )
    assert pasted_visitors('Ruth,Tidewell\nKofi').rows == (
        PastedVisitor(name='Ruth', school='Tidewell'),
        PastedVisitor(name='Kofi'),
    )


def test_a_cell_that_is_too_long_is_said_and_not_cut():
    pasted = pasted_visitors(f'{"x" * 121},Tidewell\nRuth,Tidewell')
    assert [row.name for row in pasted.rows] == ['Ruth']
    assert 'Please shorten it.' in pasted.problems[0].sentence


def test_more_lines_than_are_read_at_once_are_kept_as_problems():
    pasted = pasted_visitors('\n'.join(f'Visitor {n}' for n in range(502)))
    assert len(pasted.rows) == 500
    assert [problem.text for problem in pasted.problems] == ['Visitor 500', 'Visitor 501']


@settings(derandomize=True, deadline=None, max_examples=300, database=None)
@given(st.text(alphabet=st.sampled_from('ab1 "\t;,\n:.–\r\u202eé😀8h50\0'), max_size=80))
def test_every_line_is_read_or_said(text):
    filled = sum(bool(line.replace('\0', '').strip(' \t;,"\r\u202e')) for line in text.replace('\r', '\n').split('\n'))
    for read in (pasted_classrooms, pasted_periods, pasted_visitors):
        pasted = read(text)
        assert len(pasted.rows) + len(pasted.problems) >= filled
