"""Putting visits into a day that has changed: each as near to its old place as bells, walks and rooms allow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.texts import _

from .model import Classroom, Group, Period, Sizes, Visit
from .rota_clashes import span
from .rota_times import clock, minutes_of, room_label

#: A visit that is cut shorter than this is dropped: little can be seen in less (the field: 10 to 35 minutes).
SHORTEST = 10


@dataclass(frozen=True, kw_only=True)
class Change:
    """The rota as it would be, what changes in a sentence each, and the visits that fall out."""

    visits: tuple[Visit, ...]
    sentences: tuple[str, ...]
    dropped: tuple[Visit, ...] = ()

    @property
    def sentence(self) -> str:
        """All of it in one paragraph."""
        return ' '.join(self.sentences) or _('Nothing changes in the rota.')


class Names:
    """Groups, rooms and physical rooms by id."""

    def __init__(self, classrooms: Iterable[Classroom], groups: Iterable[Group]) -> None:
        self._rooms = {room.id: room for room in classrooms}
        self._groups = {group.id: group.name for group in groups}

    def group(self, key: str) -> str:
        """The name of a group."""
        return self._groups.get(key, key)

    def room(self, key: str) -> str:
        """The room of a classroom, as it is written on its door."""
        room = self._rooms.get(key)
        return (room.room or str(room.number)) if room else key

    def label(self, key: str) -> str:
        """The physical room of a classroom, comparable."""
        room = self._rooms.get(key)
        return room_label(room) if room else key

    def period(self, key: str) -> str:
        """The only period of a classroom; empty: any."""
        room = self._rooms.get(key)
        return room.period if room else ''


class Fitting:
    """Visits in the order of time, each put as near to its old place as those before it and the bell allow."""

    def __init__(self, periods: Iterable[Period], names: Names, sizes: Sizes) -> None:
        self.periods = sorted(periods, key=lambda period: (period.start, period.end))
        self.names = names
        self.sizes = sizes
        self.new: dict[str, Visit | None] = {}
        self.sentences: list[str] = []
        self.ends: dict[tuple[str, str], tuple[int, bool]] = {}

    def keep(self, visit: Visit) -> None:
        """It is over, or lies between no bells: it stays."""
        self._put(visit, visit)

    def go_on(self, visit: Visit, at: int, over: int, end: int) -> None:
        """It is running: it goes on from `over` to `end` or the bell, or ends at `at` when under 5 minutes are left."""
        period = self._period(visit)
        if period is None:
            self.keep(visit)
            return
        end = min(end, minutes_of(period.end))
        known = {'group': self.names.group(visit.group), 'room': self.names.room(visit.classroom)}
        if end - over < 5:
            end = at
            self.sentences.append(_('{group}: the visit to room {room} ends now.').format(**known))
        else:
            sentence = _('{group}: the visit to room {room} goes on until {end}.')
            self.sentences.append(sentence.format(end=f'{clock(end):%H:%M}', **known))
        self._put(visit, replace(visit, end=clock(end)))

    def place(self, visit: Visit, start: int, length: int, period_id: str = '') -> None:
        """It begins at `start` or as soon after as can be."""
        period = self._period(visit, period_id)
        if period is None:
            self.keep(visit)
            return
        start = self._free_from(visit, start)
        end = min(start + length, minutes_of(period.end))
        known = {'group': self.names.group(visit.group), 'room': self.names.room(visit.classroom)}
        known |= {'old': f'{visit.start:%H:%M}'}
        if end - start < min(SHORTEST, length):
            sentence = _('{group}: the visit to room {room} at {old} falls out; the bell comes first.')
            self.sentences.append(sentence.format(**known))
            self.new[visit.id] = None
            return
        new = replace(visit, start=clock(start), end=clock(end))
        if end - start < length:
            sentence = _('{group}: room {room} at {new} instead of {old}, and {n} minutes only.')
            self.sentences.append(sentence.format(new=span(new), n=end - start, **known))
        elif new != visit:
            sentence = _('{group}: room {room} at {new} instead of {old}.')
            self.sentences.append(sentence.format(new=f'{new.start:%H:%M}', **known))
        self._put(visit, new)

    def change(self, visits: Sequence[Visit]) -> Change:
        """The outcome, in the order of `visits`."""
        new = [(visit, self.new[visit.id]) for visit in visits]
        return Change(
            visits=tuple(now for _old, now in new if now),
            sentences=tuple(self.sentences),
            dropped=tuple(old for old, now in new if now is None),
        )

    def _period(self, visit: Visit, period_id: str = '') -> Period | None:
        key = period_id or self.names.period(visit.classroom)
        for period in self.periods:
            if period.id == key or (not key and period.start <= visit.start and visit.end <= period.end):
                return period
        return None

    def _free_from(self, visit: Visit, start: int) -> int:
        """Nobody is pushed but by a visit that moved, or to make way for its own move."""
        group = self.ends.get(('group', visit.group))
        room = self.ends.get(('room', self.names.label(visit.classroom)))
        for before, gap in ((group, self.sizes.walk_minutes), (room, 0)):
            if before and (before[1] or start != minutes_of(visit.start)):
                start = max(start, before[0] + gap)
        return start

    def _put(self, visit: Visit, new: Visit) -> None:
        self.new[visit.id] = new
        for key in (('group', visit.group), ('room', self.names.label(visit.classroom))):
            before, moved = self.ends.get(key, (0, False))
            end = minutes_of(new.end)
            if end >= before:
                self.ends[key] = (end, new != visit or (moved and end == before))
