"""The sample round as models, read from its file with nothing of what imports rounds."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import app.documents
from app.debrief.model import Card, CardState, Pattern, Prediction
from app.observation.model import Note, Observer
from app.rounds.model import Classroom, Group, Period, Round, RoundSchool
from app.rounds.stages import Stage
from app.theory.model import Horizon, Level, NextStep, Theory

FILE = Path(app.documents.__file__).parent / 'sample' / 'sample-round.json'
NOON = dt.datetime(2026, 3, 11, 12, tzinfo=dt.UTC)


def sample_file() -> dict[str, Any]:
    return json.loads(FILE.read_text())


def sample_models(**changes: object) -> dict[str, Any]:
    """Everything `outcome_of` asks for, by its names; `changes` go into the round."""
    file = sample_file()
    schools = {school['id']: school['name'] for school in file['schools']}
    group_of = {observer: group['id'] for group in file['groups'] for observer in group['observers']}
    plan = {key: tuple(value) if isinstance(value, list) else value for key, value in file['round'].items()}
    round_ = Round(
        id='round',
        **{
            **plan,
            'host_school': schools[plan['host_school']],
            'date': dt.date.fromisoformat(plan['date']),
            'timezone': 'Europe/London',
            'stage': Stage.CLOSED,
            'schools': tuple(RoundSchool(**school) for school in file['schools']),
            'join_code': 'HALL22',
            'closed_at': NOON,
            **changes,
        },
    )
    return {
        'round': round_,
        'classrooms': [
            Classroom(
                id=room['code'],
                number=n,
                room=room['room'],
                subject=room['subject'],
                year_group=room['year_group'],
                code=f'DR{n:02}XY'.replace('0', 'Z').replace('1', 'W'),
            )
            for n, room in enumerate(file['classrooms'], 1)
        ],
        'groups': [Group(id=group['id'], number=n, name=group['name']) for n, group in enumerate(file['groups'], 1)],
        'observers': [
            Observer(id=one['id'], display_name=one['display_name'], school=one['school'], group=group_of[one['id']])
            for one in file['observers']
        ],
        'notes': [_note(n, note, group_of) for n, note in enumerate(file['notes'], 1)],
        'cards': [_card(n, note, group_of) for n, note in enumerate(file['notes'], 1) if 'card' in note],
        'patterns': [_pattern(n, pattern) for n, pattern in enumerate(file['patterns'])],
        'predictions': [
            Prediction(id=one['id'], text=one['text'], patterns=tuple(one['patterns']), place=n)
            for n, one in enumerate(file['predictions'])
        ],
        'theories': [_theory(n, theory) for n, theory in enumerate(file['theories_of_action'])],
        'next_steps': [_step(n, step) for n, step in enumerate(file['next_level_of_work'])],
    }


def sample_periods() -> list[Period]:
    return [
        Period(
            id=one['id'],
            name=f'Period {n}',
            start=dt.time.fromisoformat(one['start']),
            end=dt.time.fromisoformat(one['end']),
        )
        for n, one in enumerate(sample_file()['periods'], 1)
    ]


def _note(seq: int, note: dict[str, Any], group_of: dict[str, str]) -> Note:
    return Note(
        id=note['id'],
        rev=1,
        observer=note['observer'],
        group=group_of[note['observer']],
        classroom=note['classroom'],
        lens=note['lens'],
        text=note['text'],
        written_at=f'2026-03-11T{note["time"]}:00+00:00',
        received_at=NOON,
        seq=seq,
        chosen=bool(note.get('chosen')),
    )


def _card(seq: int, note: dict[str, Any], group_of: dict[str, str]) -> Card:
    group = group_of[note['observer']]
    return Card(
        id=f'card-{note["id"]}',
        note=note['id'],
        group=group,
        visit=f'{group}:{note["classroom"]}',
        text=note['card'].get('text', note['text']),
        place=seq * 7919 % 1009,
        lens=note['lens'],
        state=CardState(note['card']['state']),
        pattern=note['pattern'] or '',
    )


def _pattern(place: int, pattern: dict[str, Any]) -> Pattern:
    return Pattern(
        id=pattern['key'],
        title=pattern['title'],
        summary=pattern.get('summary', ''),
        exception=pattern.get('exception', ''),
        place=place,
    )


def _theory(place: int, theory: dict[str, Any]) -> Theory:
    return Theory(
        id=theory['id'],
        when=theory['when'],
        so=theory['so'],
        then=theory['then'],
        level=Level(theory['level']),
        wrong_if=theory['wrong_if'],
        look_again=dt.date.fromisoformat(theory['look_again']),
        patterns=tuple(theory['patterns']),
        relates_to=theory.get('relates_to', ''),
        place=place,
    )


def _step(place: int, step: dict[str, Any]) -> NextStep:
    return NextStep(
        id=step['id'],
        horizon=Horizon(step['horizon']),
        owner=Level(step['owner']),
        text=step['text'],
        theories=tuple(step['theories_of_action']),
        taken_up=step['taken_up'],
        place=place,
    )
