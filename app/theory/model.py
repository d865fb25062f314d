"""Theories of action and the next level of work."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Whose work it is; also the owners of the next level of work."""

    TEACHERS = 'teachers'
    LEADERS = 'leaders'
    NETWORK = 'network'


class Horizon(StrEnum):
    NEXT_WEEK = 'next week'
    NEXT_MONTH = 'next month'
    YEAR = 'by the end of the year'


@dataclass(frozen=True, kw_only=True)
class Theory:
    """When we …, so …, then … (Hopkins), and how we would know that we were wrong."""

    id: str
    when: str
    so: str = ''
    then: str = ''
    level: Level = Level.TEACHERS
    wrong_if: str = ''
    look_again: dt.date | None = None
    patterns: tuple[str, ...] = ()
    relates_to: str = ''  #: one of Hopkins' six, chosen by the group after it has drafted its own
    group: str = ''  #: the group that drafts it on its phones; empty: written with the room
    place: int = 0


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """One thing of the next level of work; few, done as well as possible."""

    id: str
    horizon: Horizon
    owner: Level
    text: str
    theories: tuple[str, ...] = ()
    taken_up: bool = False
    place: int = 0
