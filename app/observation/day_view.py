"""What the day's screen shows, in numbers: never a text, never who."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.rounds.model import Classroom, Group, Round, RoundHead, Visit
from app.rounds.plan import Plan
from app.rounds.rota_changes import now_and_next
from app.rounds.stages import Stage
from app.texts import _, ngettext

from .model import Note, Observer


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A visit of the rota with its classroom."""

    visit: Visit
    classroom: Classroom


@dataclass(frozen=True, kw_only=True)
class Unsent:
    """Notes that phones hold back, as they last said, and when the oldest of these sayings was."""

    notes: int = 0
    said_at: dt.datetime | None = None


@dataclass(frozen=True, kw_only=True)
class GroupDay:
    """One group, in numbers. `now` and `next` are empty where there is no visit, or on another day."""

    group: Group
    joined: int
    notes: int
    unsent: Unsent
    now: Stop | None
    next: Stop | None
    left: int  #: visits that are not over yet


@dataclass(frozen=True, kw_only=True)
class Day:
    """Everything that the day's screen shows. `time` is local to the host school."""

    head: RoundHead
    round: Round
    time: dt.datetime
    groups: tuple[GroupDay, ...]
    classrooms: tuple[Classroom, ...]
    plan: Plan
    without_group: int  #: joined, but in no group yet
    joined: int
    expected: int
    notes: int
    late: int
    unsent: Unsent
    chosen: int  #: notes chosen for the wall
    have_chosen: int  #: observers who have chosen as many as asked for, or all that they wrote

    @property
    def is_today(self) -> bool:
        """Whether the round is on the day it was planned for, at the school."""
        return self.time.date() == self.round.date


def unfinished(day: Day) -> tuple[str, ...]:
    """What stands open in the stages up to the selection."""
    sentences = {
        Stage.PLANNED: _not_planned,
        Stage.OPEN: _not_visited,
        Stage.SELECTION: _not_chosen,
    }.get(day.round.stage)
    return tuple(sentences(day)) if sentences else ()


def _not_planned(day: Day) -> Iterable[str]:
    if not day.is_today:
        yield _('The round is planned for another day: {day}.').format(day=day.round.date.isoformat())
    if not day.classrooms:
        yield _('There are no classrooms yet, so nobody can write a note.')
    elif not day.plan.visits:
        yield _('There is no rota yet; observers can still go to any classroom.')
    if not day.groups:
        yield _('There are no groups yet.')


def _not_visited(day: Day) -> Iterable[str]:
    visits = sum(group.left for group in day.groups) if day.is_today else 0
    if visits:
        yield ngettext('{n} visit of the rota is not over.', '{n} visits of the rota are not over.', visits).format(
            n=visits
        )
    if not day.joined:
        yield _('Nobody has joined yet.')
    elif not day.notes:
        yield _('No note has been received yet.')
    yield from _still_on_phones(day)


def _not_chosen(day: Day) -> Iterable[str]:
    missing = day.joined - day.have_chosen
    if missing > 0:
        least = day.round.sizes.choose_least
        sentence = ngettext(
            '{n} observer has chosen fewer than {least} notes.',
            '{n} observers have chosen fewer than {least} notes.',
            missing,
        )
        yield sentence.format(n=missing, least=least)
    if not day.chosen:
        yield _('No note has been chosen yet, so the wall would be empty.')
    yield from _still_on_phones(day)


def _still_on_phones(day: Day) -> Iterable[str]:
    if day.unsent.notes:
        n = day.unsent.notes
        sentence = ngettext(
            '{n} note is still on a phone, as phones last said; it comes as soon as the phone has a network.',
            '{n} notes are still on phones, as they last said; they come as soon as the phones have a network.',
            n,
        )
        yield sentence.format(n=n)


def day_of(plan: Plan, time: dt.datetime, observers: Sequence[Observer], notes: Sequence[Note]) -> Day:
    chosen = Counter(note.observer for note in notes if note.chosen)
    wrote = Counter(note.observer for note in notes)
    least = plan.round.sizes.choose_least
    groups = tuple(_group_day(plan, time, group, observers, notes) for group in plan.groups)
    known = {group.id for group in plan.groups}
    return Day(
        head=plan.head,
        round=plan.round,
        time=time,
        groups=tuple(group for group in groups if group.joined or group.group.size or group.left),
        classrooms=plan.classrooms,
        plan=plan,
        without_group=sum(observer.group not in known for observer in observers),
        joined=len(observers),
        expected=sum(group.size for group in plan.groups),
        notes=len(notes),
        late=sum(note.late for note in notes),
        unsent=_unsent(observers),
        chosen=chosen.total(),
        have_chosen=sum(chosen[who.id] >= min(least, max(1, wrote[who.id])) for who in observers),
    )


def _group_day(
    plan: Plan, time: dt.datetime, group: Group, observers: Sequence[Observer], notes: Sequence[Note]
) -> GroupDay:
    members = [observer for observer in observers if observer.group == group.id]
    now, coming, left = _stops(plan, time, group)
    return GroupDay(
        group=group,
        joined=len(members),
        notes=sum(note.group == group.id for note in notes),
        unsent=_unsent(members),
        now=now,
        next=coming,
        left=left,
    )


def _stops(plan: Plan, moment: dt.datetime, group: Group) -> tuple[Stop | None, Stop | None, int]:
    """Where the group is now, where it goes next, and how many visits are not over; before the day, the first one."""
    time = moment.time() if moment.date() == plan.round.date else dt.time.min
    if moment.date() > plan.round.date:
        return None, None, 0
    where = now_and_next(plan.visits, group.id, time)
    left = sum(visit.group == group.id and visit.end > time for visit in plan.visits)
    return _stop(plan, where.now), _stop(plan, where.next), left


def _stop(plan: Plan, visit: Visit | None) -> Stop | None:
    room = plan.classroom(visit.classroom) if visit else None
    return Stop(visit=visit, classroom=room) if visit and room else None


def _unsent(observers: Iterable[Observer]) -> Unsent:
    holding = [observer for observer in observers if observer.unsent]
    times = [observer.unsent_at for observer in holding if observer.unsent_at]
    return Unsent(notes=sum(observer.unsent for observer in holding), said_at=min(times, default=None))
