"""The rota: which group sits in which classroom when, or a sentence that says why there is none.

Everybody visits at the same times, so that a corridor is walked once and a facilitator has one clock to look at. That
makes the rota a matching: `rota_matching` chooses which classroom is visited at which time (a flow) and then who goes
(an edge colouring); `rota_search` is for the rare timetable whose periods overlap or leave no time to walk.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from app.errors import BadInput
from app.texts import _, ngettext

from .model import Classroom, Group, Period, Sizes, Visit
from .rota_clashes import clashes, why_not
from .rota_matching import Door, colour, match
from .rota_search import search
from .rota_times import VisitTime, bundles, clashing, clock, minutes_of, room_label, visit_times

__all__ = ['NoRota', 'clashes', 'make_rota', 'shortfall', 'visit_id', 'visit_times', 'why_not']


class NoRota(BadInput):
    """There is no rota for this plan; the sentence says why, and what to change."""

    kind = 'no_rota'


def make_rota(
    periods: Iterable[Period], classrooms: Iterable[Classroom], groups: Iterable[Group], sizes: Sizes
) -> tuple[Visit, ...]:
    """A rota in which every group visits, the same for the same plan; ordered by group, then time.

    No two groups sit in one room at once (two classrooms with one room label are one room), no visit crosses a bell or
    touches the first minutes of a period, a group walks between two visits and sees a classroom once. Each group gets
    `visits_per_group`, or as many as there can be, evenly (`shortfall` says so); the visits of classrooms differ by
    at most one where that is possible. Raises `NoRota` where a group would get no visit at all.
    """
    periods, rooms = tuple(periods), _visited(classrooms)
    ordered = sorted(_going(groups), key=lambda group: (group.number, group.id))
    _check_plan(periods, rooms, ordered, sizes)
    times = visit_times(periods, sizes)
    if not times:
        raise NoRota(_why_no_times(periods, sizes))
    lines = _lines(rooms, times, len(ordered), sizes)
    if len({group for group, _door in lines}) < len(ordered):
        raise NoRota(_why_too_few(len(ordered), len(lines), len(rooms), len(times)))
    lines = sorted(lines, key=lambda line: (line[0], line[1].time))
    return tuple(_visit(ordered[group], rooms[door.classroom], times[door.time]) for group, door in lines)


def shortfall(
    visits: Sequence[Visit], groups: Iterable[Group], sizes: Sizes, classrooms: Iterable[Classroom] = ()
) -> str:
    """What was asked for and the rota does not give, in sentences; empty when it gives all.

    With `classrooms` it also says which of them nobody visits.
    """
    of_group, of_room = Counter(visit.group for visit in visits), {visit.classroom for visit in visits}
    sentences = []
    short = [group for group in _going(groups) if of_group[group.id] < sizes.visits_per_group]
    for number in sorted({of_group[group.id] for group in short}):
        names = ', '.join(group.name for group in short if of_group[group.id] == number)
        one, many = _('{groups}: {n} visit instead of {wanted}.'), _('{groups}: {n} visits instead of {wanted}.')
        sentences.append(ngettext(one, many, number).format(groups=names, n=number, wanted=sizes.visits_per_group))
    unseen = [room for room in _visited(classrooms) if room.id not in of_room]
    if unseen:
        rooms = ', '.join(f'{room.number} ({room.room})' for room in unseen)
        sentences.append(ngettext('No visit to classroom {rooms}.', 'No visits to classrooms {rooms}.', len(unseen)))
        sentences[-1] = sentences[-1].format(rooms=rooms)
    return ' '.join(sentences)


def visit_id(group: str, classroom: str) -> str:
    """The id of this group's visit to this classroom: there is one at most."""
    return f'{group}.{classroom}'


def _visited(classrooms: Iterable[Classroom]) -> list[Classroom]:
    return sorted((room for room in classrooms if not room.left_out), key=lambda room: (room.number, room.id))


def _going(groups: Iterable[Group]) -> list[Group]:
    """Groups with somebody in them: one that was joined to another on the day stays in the plan, empty."""
    return [group for group in groups if group.size]


def _visit(group: Group, room: Classroom, time: VisitTime) -> Visit:
    return Visit(
        id=visit_id(group.id, room.id),
        group=group.id,
        classroom=room.id,
        start=clock(time.start),
        end=clock(time.end),
    )


def _check_plan(periods: Sequence[Period], rooms: list[Classroom], groups: list[Group], sizes: Sizes) -> None:
    """Raise `NoRota` for what is missing before any rota can be thought of."""
    if not groups:
        raise NoRota(_('There are no groups yet. Add the groups of visitors, then make the rota.'))
    if not rooms:
        raise NoRota(_('There is no classroom to visit yet. Add the classrooms, then make the rota.'))
    if not periods:
        raise NoRota(_('There are no periods yet. Add the bell times, then make the rota.'))
    if sizes.minutes < 1 or sizes.visits_per_group < 1:
        raise NoRota(_('A visit needs at least one minute, and a group at least one visit. Change the settings.'))
    for period in periods:
        if period.end <= period.start:
            sentence = _('The period “{name}” ends ({end}) before it begins ({start}). Put its bell times right.')
            raise NoRota(sentence.format(name=period.name, start=f'{period.start:%H:%M}', end=f'{period.end:%H:%M}'))
    for group in groups:
        if group.size > sizes.most_in_room:
            sentence = _(
                '{group} has {n} observers, and {most} at most may be in one room. Make the group smaller,'
                ' or allow more in a room.'
            )
            raise NoRota(sentence.format(group=group.name, n=group.size, most=sizes.most_in_room))


def _why_no_times(periods: Sequence[Period], sizes: Sizes) -> str:
    longest = max(minutes_of(period.end) - minutes_of(period.start) for period in periods)
    sentence = _(
        'A visit of {minutes} minutes after the first {settle} does not fit into any period: the longest has {longest}.'
        ' Make the visits shorter, or check the bell times.'
    )
    return sentence.format(minutes=sizes.minutes, settle=sizes.settle_minutes, longest=longest)


def _why_too_few(groups: int, possible: int, rooms: int, times: int) -> str:
    if not possible:
        return _('No classroom can be visited in any of the periods. Check in which period each classroom is.')
    sentence = _(
        'There are more groups ({groups}) than visits that fit: {rooms} and {times} give {possible}.'
        ' Make fewer groups, add a classroom or a period, or make the visits shorter.'
    )
    return sentence.format(
        groups=groups,
        rooms=ngettext('{n} classroom', '{n} classrooms', rooms).format(n=rooms),
        times=ngettext('{n} time for a visit', '{n} times for a visit', times).format(n=times),
        possible=possible,
    )


def _lines(rooms: list[Classroom], times: Sequence[VisitTime], groups: int, sizes: Sizes) -> list[tuple[int, Door]]:
    """Which group (by its place) goes where when."""
    found = bundles(times, sizes.walk_minutes)
    doors = [door for n, bundle in enumerate(found) for door in _doors(rooms, times, bundle, n)]
    lines = colour(match(doors, groups, groups * sizes.visits_per_group), groups)
    if sum(len(bundle) for bundle in found) == len(times):
        return lines
    doors = [door for time in range(len(times)) for door in _doors(rooms, times, [time], time)]
    near, overlapping = clashing(times, sizes.walk_minutes), clashing(times)
    return search(doors, groups, sizes.visits_per_group, near, overlapping, lines)


def _doors(rooms: list[Classroom], times: Sequence[VisitTime], bundle: list[int], n: int) -> list[Door]:
    """All that can be visited at these times; where they overlap, a room is one place in all of them."""
    overlapping = bool(clashing([times[time] for time in bundle]))
    return [
        Door(
            classroom=number,
            time=time,
            place=(room_label(room), bundle[0] if overlapping else time),
            bundle=n,
        )
        for time in bundle
        for number, room in enumerate(rooms)
        if room.period in ('', times[time].period)
    ]
