"""The day's changes of a rota: visits in, visits out, and in a sentence what changed. Nothing here touches the store.

Every function returns the whole rota as it would be, in the order in which it came, so that a change can be shown
before it is made. Times are local times of the host school.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.errors import BadInput
from app.texts import _, ngettext

from .model import Classroom, Group, Period, Sizes, Visit
from .rota import visit_id
from .rota_clashes import why_not
from .rota_fitting import Change, Fitting, Names
from .rota_times import minutes_of


@dataclass(frozen=True, kw_only=True)
class NowAndNext:
    """Where a group is, and where it goes next; None: nowhere."""

    now: Visit | None
    next: Visit | None


def now_and_next(visits: Iterable[Visit], group_id: str, now: dt.time) -> NowAndNext:
    """The visit that is on at `now`, and the first one that begins later."""
    own = sorted((visit for visit in visits if visit.group == group_id), key=lambda visit: visit.start)
    return NowAndNext(
        now=next((visit for visit in own if visit.start <= now < visit.end), None),
        next=next((visit for visit in own if visit.start > now), None),
    )


def pause(
    visits: Sequence[Visit],
    at: dt.time,
    minutes: int,
    periods: Iterable[Period],
    classrooms: Iterable[Classroom] = (),
    groups: Iterable[Group] = (),
    sizes: Sizes | None = None,
) -> Change:
    """A fire drill from `at` on: what is running goes on after it, what would begin meanwhile begins after it.

    Visits move as little as possible and never across a bell: where the bell comes first they are cut short, and
    dropped when less than ten minutes would be left. Other periods are only touched when the drill reaches into them.
    """
    if minutes < 1:
        raise BadInput(_('A pause lasts at least one minute. Please write how many.'))
    names = Names(classrooms, groups)
    over = minutes_of(at) + minutes
    fitting = Fitting(periods, names, sizes or Sizes())
    for visit in sorted(visits, key=lambda visit: (visit.start, visit.id)):
        start, end = minutes_of(visit.start), minutes_of(visit.end)
        if end <= minutes_of(at):
            fitting.keep(visit)
        elif start < minutes_of(at):
            fitting.go_on(visit, minutes_of(at), over, end + minutes)
        else:
            fitting.place(visit, max(start, over), end - start)
    return fitting.change(visits)


def move_bell(
    periods: Sequence[Period],
    visits: Sequence[Visit],
    period_id: str,
    start: dt.time,
    end: dt.time,
    classrooms: Iterable[Classroom] = (),
    groups: Iterable[Group] = (),
    sizes: Sizes | None = None,
) -> tuple[tuple[Period, ...], Change]:
    """Another beginning or end of one period: the periods as they would be, and the change of the rota.

    Its visits move with the beginning, and are cut short or dropped where the new end comes first. Raises
    `BadInput` for a period that ends before it begins, overlaps another one, or is not there.
    """
    old = next((period for period in periods if period.id == period_id), None)
    if old is None:
        raise BadInput(_('This period is not in the plan any more. Load the page again.'))
    if end <= start:
        raise BadInput(_('A period has to end after it begins. Please check the two times.'))
    for other in periods:
        if other.id != period_id and other.start < end and start < other.end:
            sentence = _('“{name}” ({start}–{end}) would overlap. Move that bell first, or choose another time.')
            raise BadInput(sentence.format(name=other.name, start=f'{other.start:%H:%M}', end=f'{other.end:%H:%M}'))
    moved = tuple(replace(period, start=start, end=end) if period.id == period_id else period for period in periods)
    later = minutes_of(start) - minutes_of(old.start)
    names = Names(classrooms, groups)
    fitting = Fitting(moved, names, sizes or Sizes())
    for visit in sorted(visits, key=lambda visit: (visit.start, visit.id)):
        if old.start <= visit.start < old.end and names.period(visit.classroom) in ('', period_id):
            begins = minutes_of(visit.start) + later
            fitting.place(visit, begins, minutes_of(visit.end) - minutes_of(visit.start), period_id)
        elif visit.end <= old.start:
            fitting.keep(visit)
        else:
            fitting.place(visit, minutes_of(visit.start), minutes_of(visit.end) - minutes_of(visit.start))
    return moved, fitting.change(visits)


def room_falls_out(
    visits: Sequence[Visit],
    classroom_id: str,
    at: dt.time,
    periods: Sequence[Period],
    classrooms: Sequence[Classroom],
    groups: Sequence[Group],
    sizes: Sizes,
) -> Change:
    """A classroom cannot be visited from `at` on: its visits go to free classrooms that their groups have not seen.

    Of those the one with fewest visits is taken. A visit for which there is none is dropped; one that is
    running ends at `at`. The caller marks the classroom as left out.
    """
    names = Names(classrooms, groups)
    rooms = [replace(room, left_out=True) if room.id == classroom_id else room for room in classrooms]
    now = list(visits)
    sentences: list[str] = []
    dropped: list[Visit] = []
    for visit in sorted(visits, key=lambda visit: (visit.start, visit.id)):
        if visit.classroom != classroom_id or visit.end <= at:
            continue
        group = names.group(visit.group)
        if visit.start < at:
            now[now.index(visit)] = replace(visit, end=at)
            sentence = _('{group}: the visit to room {room} ends now.')
            sentences.append(sentence.format(group=group, room=names.room(classroom_id)))
            continue
        others = [other for other in now if other is not visit]
        instead = _free_room(visit, others, periods, rooms, groups, sizes)
        if instead is None:
            now, dropped = others, [*dropped, visit]
            sentence = _('{group}: the visit to room {room} at {time} falls out; no other classroom is free then.')
            sentences.append(sentence.format(group=group, room=names.room(classroom_id), time=f'{visit.start:%H:%M}'))
        else:
            now[now.index(visit)] = instead
            sentence = _('{group}: room {new} instead of room {room} at {time}.')
            known = {'group': group, 'room': names.room(classroom_id), 'new': names.room(instead.classroom)}
            sentences.append(sentence.format(time=f'{visit.start:%H:%M}', **known))
    return Change(visits=tuple(now), sentences=tuple(sentences), dropped=tuple(dropped))


def join_groups(
    visits: Sequence[Visit], gone_group: str, into_group: str, at: dt.time, groups: Sequence[Group], sizes: Sizes
) -> Change:
    """Two groups go on as one: from `at` on all follow the rota of `into_group`.

    What the other group has begun it ends; what it would begin later falls out. The sentence warns when
    together they are more than may be in one room.
    """
    if gone_group == into_group:
        raise BadInput(_('A group cannot be joined with itself. Please choose two groups.'))
    by_id = {group.id: group for group in groups}
    if gone_group not in by_id or into_group not in by_id:
        raise BadInput(_('This group is not in the plan any more. Load the page again.'))
    gone, into = by_id[gone_group], by_id[into_group]
    dropped = tuple(visit for visit in visits if visit.group == gone_group and visit.start >= at)
    sentence = _('{gone} goes on with {into}.').format(gone=gone.name, into=into.name)
    if dropped:
        words = ngettext('{n} visit of {gone} falls out.', '{n} visits of {gone} fall out.', len(dropped))
        sentence += ' ' + words.format(n=len(dropped), gone=gone.name)
    if gone.size + into.size > sizes.most_in_room:
        words = _('Together they are {n}, and {most} at most may be in one room.')
        sentence += ' ' + words.format(n=gone.size + into.size, most=sizes.most_in_room)
    kept = tuple(visit for visit in visits if visit not in dropped)
    return Change(visits=kept, sentences=(sentence,), dropped=dropped)


def _free_room(
    visit: Visit,
    others: list[Visit],
    periods: Sequence[Period],
    rooms: Sequence[Classroom],
    groups: Sequence[Group],
    sizes: Sizes,
) -> Visit | None:
    """The visit in another classroom, at its time."""
    seen = {other.classroom for other in others if other.group == visit.group}
    number = {room.id: sum(other.classroom == room.id for other in others) for room in rooms}
    any_size = replace(sizes, most_in_room=max(group.size for group in groups))
    for room in sorted(rooms, key=lambda room: (number[room.id], room.number)):
        new = replace(visit, id=visit_id(visit.group, room.id), classroom=room.id)
        if room.id not in seen and why_not(new, others, periods, rooms, groups, any_size) is None:
            return new
    return None
