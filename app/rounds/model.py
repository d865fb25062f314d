"""A round as it is planned: its focus, classrooms, bells, groups and rota."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from app.pdf.sizes import Paper

from .stages import Stage


class LensPreset(StrEnum):
    """City: three parts of the instructional core. Hopkins: four, with the task in the middle."""

    CITY = 'city'
    HOPKINS = 'hopkins'


LENSES: dict[LensPreset, tuple[str, ...]] = {
    LensPreset.CITY: ('teacher', 'students', 'task'),
    LensPreset.HOPKINS: ('curriculum', 'teaching', 'learning', 'assessment', 'task'),
}


@dataclass(frozen=True, kw_only=True)
class RoundSchool:
    """A school that takes part; observers of a round come from these. `host` is true for one of them."""

    id: str
    name: str
    host: bool = False


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """Settings of a round, with the defaults of the field."""

    minutes: int = 20  #: of one visit
    settle_minutes: int = 5  #: left alone at the start of a period
    walk_minutes: int = 5  #: between two visits
    most_in_room: int = 4
    group_size: int = 4
    visits_per_group: int = 4
    choose_least: int = 5
    choose_most: int = 10
    printed_from_visits: int = 2  #: a pattern is printed when it rests on this many visits
    days_kept: int = 30  #: raw notes, counted from the close, 0 to 90
    suggestions: bool = False  #: for sorting; off, since they do not hold for rounds that nobody tuned them on


@dataclass(frozen=True, kw_only=True)
class Round:
    """One day at one host school. There is exactly one in each round's store, under the round's own id."""

    id: str
    title: str
    network: str
    host_school: str  #: the name of the host school, as printed
    date: dt.date
    timezone: str
    stage: Stage = Stage.PLANNED
    problem_of_practice: str = ''
    focus_statements: tuple[str, ...] = ()
    focus_checks: tuple[str, ...] = ()  #: keys of the five checks that the host ticked: advice, never a gate
    lenses: tuple[str, ...] = LENSES[LensPreset.CITY]
    schools: tuple[RoundSchool, ...] = ()
    sizes: Sizes = field(default_factory=Sizes)
    join_code: str = ''
    paper: Paper = Paper.A4  #: what the host school prints on
    sample: bool = False
    closed_at: dt.datetime | None = None
    purged_at: dt.datetime | None = None


@dataclass(frozen=True, kw_only=True)
class RoundHead:
    """What the index knows of a round: whose it is, and the label under which it is listed."""

    id: str
    school: str  #: id of the host school: its facilitators may read and change the round
    guests: tuple[str, ...] = ()  #: accounts of other schools that were invited
    title: str
    date: dt.date
    stage: Stage
    created_at: dt.datetime
    archived: bool = False
    sample: bool = False


@dataclass(frozen=True, kw_only=True)
class Holding:
    """Who holds the room during the debrief, under the round's id: opens stages until they hand over.

    `asked_by` is a facilitator who asks to take over; both are accounts. Nobody holds a room by themselves: the first
    who opens a stage of the debrief does, and from then on it is asked for and confirmed.
    """

    id: str
    account: str = ''
    name: str = ''
    asked_by: str = ''
    asked_name: str = ''
    asked_at: dt.datetime | None = None


class CodeKind(StrEnum):
    JOIN = 'join'
    CLASSROOM = 'classroom'
    LESSON = 'lesson'  #: on the slip for whoever teaches there: opens the notes of that lesson, and lets nobody join
    SHEET = 'sheet'  #: on a capture sheet: says of which visit the notes on it are, and lets nobody join


@dataclass(frozen=True, kw_only=True)
class Code:
    """A short code of this instance; `id` is the code itself. A replaced one stays, to answer kindly."""

    id: str
    round: str
    kind: CodeKind
    classroom: str = ''
    group: str = ''  #: of a sheet alone: (group, classroom) is the visit
    replaced: bool = False


class LinkKind(StrEnum):
    PROJECTION = 'projection'
    OUTCOME = 'outcome'


@dataclass(frozen=True, kw_only=True)
class Link:
    """A page that opens without an account (a hall's PC has none); `id` is the hash of its secret. Revocable."""

    id: str
    round: str
    kind: LinkKind
    created_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Period:
    """From bell to bell, local time of the host school."""

    id: str
    name: str
    start: dt.time
    end: dt.time


@dataclass(frozen=True, kw_only=True)
class Classroom:
    """One lesson that is visited. Two lessons in one room are two classrooms, told apart by their `period`.

    There is no field for a teacher, anywhere. `number` runs from 1 and is never used twice in a round.
    """

    id: str
    number: int
    room: str
    subject: str = ''
    year_group: str = ''
    period: str = ''  #: id of the only period in which it can be visited; empty: any
    students: int | None = None
    no_devices: bool = False
    left_out: bool = False  #: fell out on the day, or said no
    cover: bool = False  #: a cover teacher on the day; the visit goes on
    code: str = ''


@dataclass(frozen=True, kw_only=True)
class Group:
    """Observers who go from room to room together. `size` is how many are expected."""

    id: str
    number: int
    name: str
    size: int = 4


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A line of the rota: this group, this classroom, from `start` to `end` local time."""

    id: str
    group: str
    classroom: str
    start: dt.time
    end: dt.time
