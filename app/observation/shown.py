"""What a phone is shown of a round, as plain data."""

from typing import Any

from app.rounds.stages import stage_name

from .joining import school_of
from .service import Home


def looked(home: Home) -> dict[str, Any]:
    """What a code opens, before joining."""
    plan = home.round
    return {
        'round': {
            'id': plan.id,
            'title': plan.title,
            'host_school': plan.host_school,
            'date': plan.date.isoformat(),
            'stage': plan.stage.value,
            'stage_name': stage_name(plan.stage),
        },
        'schools': [{'id': school.id, 'name': school.name} for school in plan.schools],
        'groups': _groups(home),
        'classroom': home.classroom,
    }


def at_home(home: Home) -> dict[str, Any]:
    """All that an observer's phone shows of a round but the notes."""
    before = looked(home)
    plan, observer = home.round, home.observer
    assert observer is not None
    numbers = {classroom.id: classroom.number for classroom in home.classrooms}
    return {
        **before,
        'observer': {
            'id': observer.id,
            'display_name': observer.display_name,
            'school': observer.school,
            'school_name': school_of(plan, observer.school).name,
            'group': observer.group or None,
            'return_code': observer.return_code,
        },
        'round': {
            **before['round'],
            'timezone': plan.timezone,
            'problem_of_practice': plan.problem_of_practice,
            'focus_statements': list(plan.focus_statements),
            'lenses': list(plan.lenses),
            'choose': {'least': plan.sizes.choose_least, 'most': plan.sizes.choose_most},
            'minutes': plan.sizes.minutes,
            'days_kept': plan.sizes.days_kept,
            'sample': plan.sample,
        },
        'classrooms': [
            {
                'number': classroom.number,
                'room': classroom.room,
                'subject': classroom.subject,
                'year_group': classroom.year_group,
                'no_devices': classroom.no_devices,
                'left_out': classroom.left_out,
                # Every code of a round opens the same round: a phone that knows them finds its room without a network.
                'code': classroom.code,
            }
            for classroom in home.classrooms
        ],
        'rota': [
            {
                'group': visit.group,
                'classroom': numbers[visit.classroom],
                'start': visit.start.strftime('%H:%M'),
                'end': visit.end.strftime('%H:%M'),
            }
            for visit in home.visits
            if visit.classroom in numbers
        ],
        'words': {'flag': list(home.words.flag), 'leave': list(home.words.leave)},
        'seen': home.seen,
    }


def _groups(home: Home) -> list[dict[str, Any]]:
    """Those that can be chosen: one that was joined into another has nobody left, and no visits."""
    own = home.observer.group if home.observer else ''
    groups = sorted((group for group in home.groups if group.size or group.id == own), key=lambda group: group.number)
    return [{'id': group.id, 'number': group.number, 'name': group.name} for group in groups]
