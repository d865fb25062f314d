"""What changes on the day itself: shown in sentences first, then made by one tap, from then on.

The rules of the rota are in `app/rounds/rota_changes.py`; here they become whole changes of a round.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from app.errors import BadInput, Changed
from app.rounds.model import Classroom, Group, Period, Visit
from app.rounds.plan import Plan
from app.rounds.rota_changes import join_groups, move_bell, pause, room_falls_out
from app.rounds.stages import Act, require
from app.store import Kept, RoundWork
from app.texts import _, ngettext

from .model import Observer

T = TypeVar('T', bound=Kept)

LONGEST_PAUSE = 180
#: A preview that is older shows another moment of the day.
GOOD_FOR_MINUTES = 10


@dataclass(frozen=True, kw_only=True)
class Pause:
    """A fire drill: everything stands still for so many minutes from now on."""

    minutes: int


@dataclass(frozen=True, kw_only=True)
class BellMoved:
    """A period begins or ends at another time today."""

    period: str
    start: dt.time
    end: dt.time


@dataclass(frozen=True, kw_only=True)
class RoomOut:
    """A classroom cannot be visited any more today."""

    classroom: str


@dataclass(frozen=True, kw_only=True)
class RoomBack:
    """A classroom that had fallen out can be visited again."""

    classroom: str


@dataclass(frozen=True, kw_only=True)
class CoverTeacher:
    """A cover teacher is in this classroom and the visits go on as planned (to skip it is `RoomOut`)."""

    classroom: str
    cover: bool = True


@dataclass(frozen=True, kw_only=True)
class Latecomer:
    """One more observer comes into this group."""

    group: str


@dataclass(frozen=True, kw_only=True)
class GroupsJoined:
    """The observers of `gone` go on with the group `into`."""

    gone: str
    into: str


DayChange = Pause | BellMoved | RoomOut | RoomBack | CoverTeacher | Latecomer | GroupsJoined


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A change as it was shown: what it does, in sentences, seen from the local time `at`."""

    change: DayChange
    at: dt.time
    sentences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Outcome:
    """The round as it would be; only what is named here changes."""

    sentences: tuple[str, ...]
    visits: tuple[Visit, ...]
    periods: tuple[Period, ...] = ()
    classrooms: tuple[Classroom, ...] = ()
    groups: tuple[Group, ...] = ()
    observers: tuple[Observer, ...] = ()


def preview_of(change: DayChange, plan: Plan, at: dt.time, observers: Sequence[Observer]) -> Preview:
    """What the change would do. Raises `WrongStage` outside the day, `BadInput` when it cannot be done."""
    return Preview(change=change, at=at, sentences=_outcome(change, plan, at, observers).sentences)


async def change_day(
    work: RoundWork, preview: Preview, plan: Plan, now: dt.time, observers: Sequence[Observer]
) -> None:
    """Make the change that was previewed. Raises `Changed` when it would now do something else than was shown."""
    outcome = _outcome(preview.change, plan, preview.at, observers)
    waited = (now.hour - preview.at.hour) * 60 + now.minute - preview.at.minute
    if outcome.sentences != preview.sentences or not 0 <= waited <= GOOD_FOR_MINUTES:
        raise Changed(_('The rota has moved on since this was shown, so nothing was changed. Please look again.'))
    await _put_visits(work, plan.visits, outcome.visits)
    for period in outcome.periods:
        await work.periods.put(period)
    for classroom in outcome.classrooms:
        await work.classrooms.put(classroom)
    for group in outcome.groups:
        await work.groups.put(group)
    for observer in outcome.observers:
        await work.observers.put(observer)


async def _put_visits(work: RoundWork, before: Sequence[Visit], after: Sequence[Visit]) -> None:
    kept = {visit.id for visit in after}
    for visit in before:
        if visit.id not in kept:
            await work.visits.remove(visit.id)
    for visit in after:
        if visit not in before:
            await work.visits.put(visit)


def _outcome(change: DayChange, plan: Plan, at: dt.time, observers: Sequence[Observer]) -> _Outcome:
    require(Act.CHANGE_DAY, plan.round.stage)
    if isinstance(change, Latecomer):
        return _latecomer(change, plan, observers)
    if isinstance(change, GroupsJoined):
        return _groups_joined(change, plan, at, observers)
    return _of_places(change, plan, at)


def _of_places(change: Pause | BellMoved | RoomOut | RoomBack | CoverTeacher, plan: Plan, at: dt.time) -> _Outcome:
    match change:
        case Pause():
            return _pause(change, plan, at)
        case BellMoved():
            return _bell_moved(change, plan)
        case RoomOut():
            return _room_out(change, plan, at)
        case RoomBack():
            return _room_back(change, plan)
        case CoverTeacher():
            return _cover_teacher(change, plan)


def _pause(change: Pause, plan: Plan, at: dt.time) -> _Outcome:
    if change.minutes > LONGEST_PAUSE:
        sentence = _('A pause has at most {n} minutes here. For longer, move the bells or take classrooms out.')
        raise BadInput(sentence.format(n=LONGEST_PAUSE))
    minutes, sizes = change.minutes, plan.round.sizes
    done = pause(plan.visits, at, minutes, plan.periods, plan.classrooms, plan.groups, sizes)
    sentences = _by_group(done.sentences, plan) or (_('No visit is on or coming, so nothing moves.'),)
    return _Outcome(sentences=sentences, visits=done.visits)


def _bell_moved(change: BellMoved, plan: Plan) -> _Outcome:
    old = _one(plan.periods, change.period)
    start, end, sizes = change.start, change.end, plan.round.sizes
    periods, done = move_bell(plan.periods, plan.visits, old.id, start, end, plan.classrooms, plan.groups, sizes)
    sentence = _('“{name}” is from {start} to {end} today (it was {old_start} to {old_end}).').format(
        name=old.name,
        start=f'{start:%H:%M}',
        end=f'{end:%H:%M}',
        old_start=f'{old.start:%H:%M}',
        old_end=f'{old.end:%H:%M}',
    )
    changed = tuple(period for period in periods if period not in plan.periods)
    return _Outcome(sentences=(sentence, *_by_group(done.sentences, plan)), visits=done.visits, periods=changed)


def _room_out(change: RoomOut, plan: Plan, at: dt.time) -> _Outcome:
    room = _one(plan.classrooms, change.classroom)
    done = room_falls_out(plan.visits, room.id, at, plan.periods, plan.classrooms, plan.groups, plan.round.sizes)
    sentence = _('Room {room} is not visited any more today.').format(room=_label(room))
    out = replace(room, left_out=True)
    return _Outcome(sentences=(sentence, *_by_group(done.sentences, plan)), visits=done.visits, classrooms=(out,))


def _room_back(change: RoomBack, plan: Plan) -> _Outcome:
    room = _one(plan.classrooms, change.classroom)
    sentence = _('Room {room} can be visited again; the rota stays as it is now.').format(room=_label(room))
    return _Outcome(sentences=(sentence,), visits=plan.visits, classrooms=(replace(room, left_out=False),))


def _cover_teacher(change: CoverTeacher, plan: Plan) -> _Outcome:
    room = _one(plan.classrooms, change.classroom)
    if change.cover:
        sentence = _('Room {room} is marked: a cover teacher is there today. The visits go on as planned.')
    else:
        sentence = _('Room {room} has its own teacher; the mark is taken away.')
    marked = replace(room, cover=change.cover)
    return _Outcome(sentences=(sentence.format(room=_label(room)),), visits=plan.visits, classrooms=(marked,))


def _latecomer(change: Latecomer, plan: Plan, observers: Sequence[Observer]) -> _Outcome:
    group = _one(plan.groups, change.group)
    joined, size = sum(observer.group == group.id for observer in observers), group.size + 1
    sentences = [
        ngettext('{group} expects {n} person then.', '{group} expects {n} people then.', size).format(
            group=group.name, n=size
        ),
        _('{joined} of them have joined so far.').format(joined=joined),
    ]
    most = plan.round.sizes.most_in_room
    if size > most:
        smallest = min(plan.groups, key=lambda other: (other.size == 0, other.size))
        sentences.append(_('At most {most} should be in one room.').format(most=most))
        if smallest.size < most:
            sentences.append(_('{group} has a place left.').format(group=smallest.name))
    return _Outcome(sentences=tuple(sentences), visits=plan.visits, groups=(replace(group, size=size),))


def _groups_joined(change: GroupsJoined, plan: Plan, at: dt.time, observers: Sequence[Observer]) -> _Outcome:
    done = join_groups(plan.visits, change.gone, change.into, at, plan.groups, plan.round.sizes)
    gone, into = _one(plan.groups, change.gone), _one(plan.groups, change.into)
    moved = tuple(replace(observer, group=into.id) for observer in observers if observer.group == gone.id)
    people = ngettext('{n} phone is told.', '{n} phones are told.', len(moved)).format(n=len(moved))
    # The group that is gone stays in the plan, empty: its notes still rest on its visits.
    groups = (replace(gone, size=0), replace(into, size=into.size + gone.size))
    return _Outcome(sentences=(*done.sentences, people), visits=done.visits, groups=groups, observers=moved)


def _by_group(sentences: Sequence[str], plan: Plan) -> tuple[str, ...]:
    """What concerns one group stands together: that is how it is told to them."""
    names = [group.name for group in plan.groups]

    def place(sentence: str) -> int:
        return next((place for place, name in enumerate(names) if sentence.startswith(f'{name}:')), len(names))

    return tuple(sorted(sentences, key=place))


def _label(room: Classroom) -> str:
    """As it stands on the door; the door's number where there is no other."""
    return room.room or str(room.number)


def _one(kept: Sequence[T], key: str) -> T:
    for one in kept:
        if one.id == key:
            return one
    raise BadInput(_('This is not in the plan any more. Please choose again.'))
