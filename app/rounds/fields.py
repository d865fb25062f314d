"""What may be written into each field of a plan, and how it is read from what somebody typed."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from app.errors import BadInput
from app.pdf.sizes import Paper
from app.texts import _
from app.wording import worded

from .clock import zone
from .model import LENSES, LensPreset
from .pasted import read_time
from .problem_of_practice import CHECKS

Reader = Callable[[Any], Any]

MOST_STATEMENTS = 8


def read(fields: Mapping[str, Reader], field: str, value: object) -> Any:
    """`value` as it is kept in `field`; raises `BadInput` with a sentence when it does not fit there."""
    if field not in fields:
        raise BadInput(_('There is no field of this name in the plan.'))
    return fields[field](value)


def line(most: int, what: Callable[[], str], *, empty: bool = False) -> Reader:
    """One line of text."""

    def reader(value: Any) -> str:
        return worded(str(value or ''), most, what(), empty=empty, lines=False)

    return reader


def number(least: int, most: int, what: Callable[[], str]) -> Reader:
    """A whole number from `least` to `most`, typed or spun."""

    def reader(value: Any) -> int:
        text = str(value if value is not None else '').strip().removesuffix('.0')
        if not re.fullmatch(r'[0-9]{1,4}', text) or not least <= int(text) <= most:
            sentence = _('{what} has to be a whole number from {least} to {most}.')
            raise BadInput(sentence.format(what=what(), least=least, most=most))
        return int(text)

    return reader


def mark(value: Any) -> bool:
    """A tick."""
    return value is True


def clock_time(value: Any) -> dt.time:
    """A time of the day, in any way that people write it: 8:50, 08.50, 8h50, 0850, 8:50 am."""
    if isinstance(value, dt.time):
        return value.replace(second=0, microsecond=0, tzinfo=None)
    found = read_time(str(value or ''))
    if found is None:
        raise BadInput(_('“{text}” is no time. Please write it like 8:50.').format(text=str(value or '')[:20]))
    return found


def as_seen(fields: Mapping[str, Reader], field: str, seen: object) -> object:
    """What a screen showed, as it is kept: screens send it back as text."""
    try:
        return read(fields, field, seen)
    except BadInput:
        return seen


def calendar_date(value: Any) -> dt.date:
    """A day, as a date or in the form 2026-11-27."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value or '').strip().replace('/', '-'))
    except ValueError as error:
        raise BadInput(_('Please choose the day of the round, like 2026-11-27.')) from error


def statements(value: Any) -> tuple[str, ...]:
    """Focus statements, a line each; empty lines are left out."""
    lines = value.splitlines() if isinstance(value, str) else list(value or ())
    kept = tuple(worded(str(one), 300, _('A focus statement'), lines=False) for one in lines if str(one).strip())
    if len(kept) > MOST_STATEMENTS:
        raise BadInput(_('A few focus statements are enough: {n} at most.').format(n=MOST_STATEMENTS))
    return kept


def checks(value: Any) -> tuple[str, ...]:
    """The keys of ticked checks, in their order."""
    return tuple(key for key in CHECKS if key in tuple(value or ()))


def lenses(value: Any) -> tuple[str, ...]:
    """The words of a preset, given by its name or as they are."""
    for preset, words in LENSES.items():
        if value in (preset, preset.value) or tuple(value or ()) == words:
            return words
    names = ', '.join(preset.value for preset in LensPreset)
    raise BadInput(_('The lenses are one of: {names}.').format(names=names))


def paper(value: Any) -> Paper:
    """The sheets that documents are printed on."""
    try:
        return Paper(str(value or ''))
    except ValueError as error:
        raise BadInput(_('Documents are printed on A4 or on US Letter. Please choose one of them.')) from error


ROUND_FIELDS: dict[str, Reader] = {
    'title': line(120, lambda: _('The title')),
    'date': calendar_date,
    'host_school': line(120, lambda: _('The name of the host school')),
    'timezone': lambda value: zone(str(value or '')),
    'problem_of_practice': lambda value: worded(str(value or ''), 600, _('The problem of practice'), empty=True),
    'focus_statements': statements,
    'focus_checks': checks,
    'lenses': lenses,
    'paper': paper,
}

SIZE_FIELDS: dict[str, Reader] = {
    'minutes': number(5, 120, lambda: _('The length of a visit')),
    'settle_minutes': number(0, 30, lambda: _('The time left alone at the start of a period')),
    'walk_minutes': number(0, 30, lambda: _('The time to walk between two visits')),
    'most_in_room': number(1, 12, lambda: _('The number of observers in one room')),
    'group_size': number(1, 12, lambda: _('The size of a group')),
    'visits_per_group': number(1, 12, lambda: _('The number of visits')),
    'choose_least': number(1, 30, lambda: _('The least number of chosen notes')),
    'choose_most': number(1, 50, lambda: _('The most chosen notes')),
    'printed_from_visits': number(1, 10, lambda: _('The number of visits that a printed pattern rests on')),
    'days_kept': number(0, 90, lambda: _('The number of days that notes are kept')),
    'suggestions': mark,
}

CLASSROOM_FIELDS: dict[str, Reader] = {
    'room': line(40, lambda: _('The room')),
    'subject': line(60, lambda: _('The subject'), empty=True),
    'year_group': line(40, lambda: _('The year group'), empty=True),
    'number': number(1, 99, lambda: _('The number of a classroom')),
    'period': lambda value: str(value or ''),
    'students': lambda value: (
        None if value in (None, '') else number(0, 999, lambda: _('The number of students'))(value)
    ),
    'no_devices': mark,
    'left_out': mark,
}

PERIOD_FIELDS: dict[str, Reader] = {
    'name': line(40, lambda: _('The name of the period')),
    'start': clock_time,
    'end': clock_time,
}

GROUP_FIELDS: dict[str, Reader] = {
    'name': line(40, lambda: _('The name of the group')),
    'size': number(1, 40, lambda: _('The size of a group')),
}
