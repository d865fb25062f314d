"""When and where visits can be: times cut from the bell times, and the rooms that doors lead to."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from .model import Classroom, Period, Sizes


@dataclass(frozen=True, kw_only=True)
class VisitTime:
    """A time at which groups sit in classrooms, in minutes of the day."""

    period: str
    start: int
    end: int


def visit_times(periods: Iterable[Period], sizes: Sizes) -> tuple[VisitTime, ...]:
    """From bell to bell as many visits as fit, after the minutes left alone and with time to walk between.

    A period's visits begin some minutes later where that costs none of them and leaves time to walk from the
    period before.
    """
    found: list[VisitTime] = []
    for period in sorted(periods, key=lambda period: (period.start, period.end, period.id)):
        first, bell = minutes_of(period.start) + sizes.settle_minutes, minutes_of(period.end)
        before = [time.end for time in found if time.end <= minutes_of(period.start)]
        later = max([first, *(end + sizes.walk_minutes for end in before)])
        starts = _starts(first, bell, sizes)
        if len(_starts(later, bell, sizes)) == len(starts):
            starts = _starts(later, bell, sizes)
        found += [VisitTime(period=period.id, start=start, end=start + sizes.minutes) for start in starts]
    return tuple(sorted(found, key=lambda time: (time.start, time.end, time.period)))


def minutes_of(time: dt.time) -> int:
    """Minutes since midnight."""
    return time.hour * 60 + time.minute


def clock(minutes: int) -> dt.time:
    """The time of day, so many minutes after midnight."""
    return dt.time(minutes // 60, minutes % 60)


def room_label(classroom: Classroom) -> str:
    """The physical room, comparable: ‘ m4’ and ‘M4’ are one; a classroom without a label is a room of its own."""
    return ''.join(classroom.room.split()).casefold() or classroom.id


def clashing(times: Sequence[VisitTime], walk_minutes: int = 0) -> set[tuple[int, int]]:
    """Pairs of times (by their places) that overlap, or that leave less than `walk_minutes` between them."""
    pairs = combinations(range(len(times)), 2)
    return {(a, b) for a, b in pairs if _together(times[a], times[b], walk_minutes)}


def bundles(times: Sequence[VisitTime], walk_minutes: int) -> list[list[int]]:
    """Times (by their places) in bundles of which a group uses one at most and that do not touch each other.

    In an ordinary timetable each time is a bundle of its own. Where times are tangled otherwise (bells that overlap in
    a chain), the most tangled are left out.
    """
    kept, near = list(range(len(times))), clashing(times, walk_minutes)
    overlapping = clashing(times)
    while True:
        found = _components(kept, near)
        tangled = [time for bundle in found if not _is_bundle(bundle, near, overlapping) for time in bundle]
        if not tangled:
            return found
        kept.remove(max(tangled, key=lambda time: (sum(time in pair for pair in near), time)))
        near = {pair for pair in near if set(pair) <= set(kept)}


def _components(kept: list[int], near: set[tuple[int, int]]) -> list[list[int]]:
    found: list[list[int]] = []
    for time in kept:
        touched = [bundle for bundle in found if any((other, time) in near for other in bundle)]
        found = [bundle for bundle in found if bundle not in touched]
        found.append(sorted([time, *(other for bundle in touched for other in bundle)]))
    return sorted(found)


def _is_bundle(bundle: list[int], near: set[tuple[int, int]], overlapping: set[tuple[int, int]]) -> bool:
    """A group can use one of its times only, and they all overlap or none do: then a room counts once, or each time."""
    pairs = set(combinations(bundle, 2))
    return pairs <= near and (pairs <= overlapping or not pairs & overlapping)


def _together(one: VisitTime, other: VisitTime, walk: int) -> bool:
    return one.start < other.end + walk and other.start < one.end + walk


def _starts(first: int, bell: int, sizes: Sizes) -> range:
    return range(first, bell - sizes.minutes + 1, max(1, sizes.minutes + sizes.walk_minutes))
