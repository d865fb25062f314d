"""What was pasted from a spreadsheet: classrooms, bell times and visitors; every line is read or said, none is lost."""

import csv
import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.errors import BadInput
from app.texts import _
from app.wording import worded

LONGEST_CELL = 120
MOST_LINES = 500


@dataclass(frozen=True, kw_only=True)
class PastedClassroom:
    """A line of the list of classrooms; `period` is the id of a period of the plan, or empty."""

    room: str
    subject: str = ''
    year_group: str = ''
    period: str = ''
    students: int | None = None
    no_devices: bool = False


@dataclass(frozen=True, kw_only=True)
class PastedPeriod:
    """A line of the bell times."""

    name: str
    start: dt.time
    end: dt.time


@dataclass(frozen=True, kw_only=True)
class PastedVisitor:
    """A line of the list of visitors."""

    name: str
    school: str = ''


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A line that could not be read: its number from 1, what stands in it, and what to change."""

    line: int
    text: str
    sentence: str


T = TypeVar('T')


@dataclass(frozen=True, kw_only=True)
class Pasted(Generic[T]):
    """What was read, and what was not; a header and blank lines are neither."""

    rows: tuple[T, ...]
    problems: tuple[Problem, ...]


Cells = dict[str, str]


def pasted_classrooms(text: str, periods: Mapping[str, str] | None = None) -> Pasted[PastedClassroom]:
    """Room, subject, year group, and if there are such columns period, students and *no devices*.

    `periods` are the names of the plan's periods by id. Columns go by the header; without one the first three are
    expected in this order. A column of teachers is left aside: no round has a place for them.
    """
    known = dict(periods or {})

    def read(cells: Cells) -> PastedClassroom:
        if not cells.get('room'):
            raise _Unreadable(_('the room is missing.'))
        return PastedClassroom(
            room=cells['room'],
            subject=cells.get('subject', ''),
            year_group=cells.get('year_group', ''),
            period=_period(cells.get('period', ''), known),
            students=_students(cells.get('students', '')),
            no_devices=_folded(cells.get('no_devices', '')) not in _NO,
        )

    def without_header(cells: list[str]) -> Cells:
        found = dict(zip(('room', 'subject', 'year_group'), cells, strict=False))
        for cell in filter(None, cells[3:]):
            key = 'students' if cell.isdecimal() else 'no_devices' if _folded(cell) in _NO_DEVICES else 'period'
            if key in found:
                raise _Unreadable(_('it has more columns than expected; put a header above them.'))
            found[key] = cell
        return found

    return _read(text, _CLASSROOM_COLUMNS, read, without_header)


def pasted_periods(text: str) -> Pasted[PastedPeriod]:
    """Name, beginning and end; times as 8:50, 08.50, 8h50 or 8:50 am, apart or as one span (08:50–09:50).

    A period without a name gets its number. No bell rings before seven in the morning: 1:30 is half past one
    in the afternoon, unless it says am.
    """
    numbers = iter(range(1, MOST_LINES + 1))

    def read(cells: Cells) -> PastedPeriod:
        number = next(numbers)
        found = [part for key in ('span', 'start', 'end') for part in _SPAN.split(cells.get(key, '')) if part]
        if len(found) != 2:
            raise _Unreadable(_('it needs two times, when the period begins and when it ends.'))
        start, end = _bell(found[0]), _bell(found[1])
        if end <= start:
            raise _Unreadable(_('the period ends before it begins.'))
        return PastedPeriod(name=cells.get('name') or _('Period {n}').format(n=number), start=start, end=end)

    def without_header(cells: list[str]) -> Cells:
        line = ' '.join(cells)
        times = list(_A_TIME.finditer(line))
        name = f'{line[: times[0].start()]} {line[times[-1].end() :]}' if times else line
        return {'name': ' '.join(name.split()).strip(' -–—−:,.'), 'span': '–'.join(time[0].strip() for time in times)}

    return _read(text, _PERIOD_COLUMNS, read, without_header)


def pasted_visitors(text: str) -> Pasted[PastedVisitor]:
    """Display name and school; columns go by the header, without one the name comes first."""

    def read(cells: Cells) -> PastedVisitor:
        if not cells.get('name'):
            raise _Unreadable(_('the name is missing.'))
        return PastedVisitor(name=cells['name'], school=cells.get('school', ''))

    def without_header(cells: list[str]) -> Cells:
        if any(cells[2:]):
            raise _Unreadable(_('it has more columns than expected; put a header above them.'))
        return dict(zip(('name', 'school'), cells, strict=False))

    return _read(text, _VISITOR_COLUMNS, read, without_header)


def read_time(text: str) -> dt.time | None:
    """The time of day somebody meant: 8:50, 08.50, 8h50, 0850, 8:50 am, 2 pm; None when it is none."""
    match = _TIME.fullmatch(unicodedata.normalize('NFKC', text).strip().casefold())
    if match is None:
        return None
    minutes, half = match['m'] or match['n'] or match['mm'], match['half']
    hour, minute = int(match['hour'] or match['hh']), int(minutes or 0)
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == 'p' else 0)
    elif not (minutes or match['h']):
        return None  # a plain number
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


class _Unreadable(Exception):
    """Why a line cannot be read: the rest of a sentence."""


def _read(
    text: str, columns: Mapping[str, str], read: Callable[[Cells], T], without_header: Callable[[list[str]], Cells]
) -> Pasted[T]:
    """Every line with `read`; what it cannot read becomes a `Problem` with the line's own text."""
    lines = text.replace('\r\n', '\n').replace('\r', '\n').split('\n')
    mark = next((mark for mark in '\t;,' if mark in text), '\t')
    rows: list[T] = []
    problems: list[Problem] = []
    header: list[str] | None = None
    first = True
    for number, line in enumerate(lines, 1):
        try:
            cells = [worded(cell, LONGEST_CELL, _('A cell'), empty=True, lines=False) for cell in _cells(line, mark)]
            if not any(cells):
                continue
            if first:
                first, header = False, _header(cells, columns)
                if header:
                    problems += _unknown(number, line, cells, header)
                    continue
            if number > MOST_LINES:
                raise _Unreadable(_('{n} lines are read at once; paste the rest afterwards.').format(n=MOST_LINES))
            rows.append(read(_by_header(cells, header) if header else without_header(cells)))
        except _Unreadable as why:
            problems.append(_problem(number, line, str(why)))
        except BadInput as error:
            problems.append(_problem(number, line, error.sentence))
    return Pasted(rows=tuple(rows), problems=tuple(problems))


def _cells(line: str, mark: str) -> list[str]:
    """The cells of one line; quotation marks around a cell, as spreadsheets write them, are taken off."""
    return next(csv.reader([line.replace('\0', '')], delimiter=mark, skipinitialspace=True), [])


def _header(cells: list[str], columns: Mapping[str, str]) -> list[str] | None:
    """The meaning of each column, '' where it has none; None when the line is no header."""
    found: list[str] = []
    for cell in cells:
        key = columns.get(_folded(cell), '')
        found.append('' if key in found else key)
    return found if 2 * sum(map(bool, found)) >= sum(map(bool, cells)) else None


def _by_header(cells: list[str], header: list[str]) -> Cells:
    if any(cells[len(header) :]):
        raise _Unreadable(_('it has more columns than the header.'))
    return {key: cell for key, cell in zip(header, cells, strict=False) if key}


def _unknown(number: int, line: str, cells: list[str], header: list[str]) -> list[Problem]:
    names = [cell for cell, key in zip(cells, header, strict=False) if cell and not key]
    return [_problem(number, line, _('the column “{name}” is not read.').format(name=name)) for name in names]


def _problem(number: int, line: str, why: str) -> Problem:
    return Problem(line=number, text=line, sentence=_('Line {n}: {why}').format(n=number, why=why))


def _period(name: str, periods: Mapping[str, str]) -> str:
    """The id of the period of this name; ‘3’ means ‘Period 3’ where only one has that number."""
    if not name:
        return ''
    same = [key for key, other in periods.items() if _folded(other) == _folded(name)]
    digits = re.findall(r'\d+', name)
    same = same or [key for key, other in periods.items() if digits and re.findall(r'\d+', other) == digits]
    if len(same) != 1:
        raise _Unreadable(_('the plan has no period “{name}”; write it as in the bell times.').format(name=name))
    return same[0]


def _students(text: str) -> int | None:
    if not text:
        return None
    digits = re.fullmatch(r'\D{0,20}?([0-9]{1,3})\D{0,20}', text)
    if not digits:
        raise _Unreadable(_('“{text}” is no number of students.').format(text=text))
    return int(digits[1])


def _bell(text: str) -> dt.time:
    time = read_time(text)
    if time is None:
        raise _Unreadable(_('“{text}” is no time; write it like 08:50.').format(text=text))
    afternoon = 0 < time.hour < 7 and not text.strip().startswith('0') and 'a' not in text.casefold()
    return time.replace(hour=time.hour + 12) if afternoon else time


def _folded(text: str) -> str:
    return ' '.join(unicodedata.normalize('NFKC', text).casefold().replace('_', ' ').replace('-', ' ').split())


def _columns(**words: str) -> dict[str, str]:
    return {word: key for key, all_words in words.items() for word in all_words.split('|')}


_NO = ('', '0', 'no', 'n', 'false', '–')
_NO_DEVICES = ('no devices', 'no device', 'no phones', 'paper', 'paper only')
_CLASSROOM_COLUMNS = _columns(
    room='room|room label|classroom|rooms|location|place',
    subject='subject|lesson|course|class',
    year_group='year group|year|grade|form|key stage',
    period='period|lesson period|time slot',
    students='students|pupils|number of students|class size|size',
    no_devices='|'.join(_NO_DEVICES),
)
_PERIOD_COLUMNS = _columns(
    name='period|name|lesson|no|no.|number',
    start='start|from|begins|begin|starts|start time',
    end='end|to|until|ends|finish|end time',
    span='time|times|bell times|bells|hours',
)
_VISITOR_COLUMNS = _columns(
    name='name|visitor|observer|display name|full name|visitors|observers', school='school|home school|schools|from'
)
_SPAN = re.compile(r'\s*(?:[-–—−]|\bto\b|\buntil\b)\s*')
_TIME = re.compile(
    r'(?:(?P<hh>\d{2})(?P<mm>\d{2})|(?P<hour>\d{1,2})(?:\s?[:.]\s?(?P<m>\d{2})(?::00)?|\s?(?P<h>h)\s?(?P<n>\d{2})?)?)'
    r'\s*(?:(?P<half>[ap])\.?\s?m\.?)?'
)
_A_TIME = re.compile(
    r'(?<![\w.:])(?:\d{1,2}\s?[:.]\d{2}(?::00)?|\d{1,2}\s?h\s?\d{2}|\d{4}|\d{1,2}(?=\s*[ap]\.?m))'
    r'(?:\s*[ap]\.?m\b\.?)?(?![\w:])',
    re.IGNORECASE,
)
