"""Observers and what they note."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Observer:
    """Somebody in one round, known by `display_name` and school. `return_code` lets them in from a second device."""

    id: str
    display_name: str
    school: str  #: id of a `RoundSchool`
    role: str = ''
    group: str = ''  #: id of a `Group`; empty until chosen
    return_code: str = ''
    unsent: int = 0  #: as the phone last said
    unsent_at: dt.datetime | None = None
    joined_at: dt.datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Device:
    """One phone or tab of an observer; `id` is the hash of its token. Revoked by being removed."""

    id: str
    observer: str
    created_at: dt.datetime
    attempt: str = ''  #: hash of what the phone made for this joining: a lost answer is asked for again with it
    typist: str = ''  #: who types in a sheet of this observer's: such a device sends notes, and is shown nothing


@dataclass(frozen=True, kw_only=True)
class Note:
    """One piece of evidence as it was typed. `id` and `rev` are made on the phone.

    `group` is the author's group at the first receipt: (group, classroom) is the visit that a pattern rests on.
    """

    id: str
    rev: int
    observer: str
    group: str
    classroom: str
    lens: str | None
    text: str
    written_at: str  #: the phone's clock, a label only
    received_at: dt.datetime
    seq: int  #: the server's order
    chosen: bool = False
    deleted: bool = False
    late: bool = False  #: arrived after screening began

    @property
    def visit(self) -> str:
        """The visit it was made on, comparable and meaningless outside the store."""
        return f'{self.group}:{self.classroom}'


@dataclass(frozen=True, kw_only=True)
class NoteRevision:
    """What a note said before; kept until the purge. `id` is `note.rev`."""

    id: str
    note: str
    rev: int
    lens: str | None
    text: str
    received_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class ObserverAsker:
    """An observer who asks from one device (ids); made by `ObservationService` alone. `typist`: as of the device."""

    round: str
    observer: str
    device: str
    typist: str = ''
