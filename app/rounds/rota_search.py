"""The rota by search, for timetables whose times are tangled: exact for small ones, better than nothing for large."""

from collections import Counter
from collections.abc import Sequence

from .rota_matching import Door

Line = tuple[int, Door]

#: How many steps a search may take: well under a second.
STEPS = 20_000


def search(
    doors: Sequence[Door],
    groups: int,
    most: int,
    near: set[tuple[int, int]],
    overlapping: set[tuple[int, int]],
    best: list[Line],
) -> list[Line]:
    """The best lines of a rota, at least as good as `best`, that can be found in `STEPS` steps.

    `near` are pairs of times of which a group can use one, `overlapping` those of which a room can. Good is first
    that all groups visit, evenly; then many visits, up to `most` a group; then classrooms visited evenly.
    """
    if not doors:
        return best
    return _Search(doors, groups, most, near, overlapping, best).best


class _Search:
    def __init__(
        self,
        doors: Sequence[Door],
        groups: int,
        most: int,
        near: set[tuple[int, int]],
        overlapping: set[tuple[int, int]],
        best: list[Line],
    ) -> None:
        self.doors = sorted(doors, key=lambda door: (door.time, door.classroom))
        self.groups, self.most, self.near, self.overlapping = groups, most, near, overlapping
        self.classrooms = sorted({door.classroom for door in doors})
        self.lines: list[Line] = []
        self.best, self.worth = best, self._worth(best)
        self.steps = 0
        self._go(0)

    def _go(self, n: int) -> None:
        """Decide on the doors from the `n`-th on."""
        self.steps += 1
        if n == len(self.doors):
            worth = self._worth(self.lines)
            if worth > self.worth:
                self.best, self.worth = list(self.lines), worth
            return
        if self.steps > STEPS or not self._can_be_better(n):
            return
        visits = Counter(group for group, _door in self.lines)
        known = min(self.groups, len(visits) + 1)  # groups without a visit are alike: try the first of them
        for group in sorted(range(known), key=lambda group: (visits[group], group)):
            if visits[group] < self.most and self._fits(group, self.doors[n]):
                self.lines.append((group, self.doors[n]))
                self._go(n + 1)
                self.lines.pop()
        self._go(n + 1)

    def _fits(self, group: int, door: Door) -> bool:
        for other_group, other in self.lines:
            pair = (min(other.time, door.time), max(other.time, door.time))
            same_time = other.time == door.time
            if other.place[0] == door.place[0] and (same_time or pair in self.overlapping):
                return False
            if other_group == group and (same_time or pair in self.near or other.classroom == door.classroom):
                return False
        return True

    def _can_be_better(self, n: int) -> bool:
        places = len({door.place for door in self.doors[n:]})
        total = min(len(self.lines) + places, self.groups * self.most)
        return (total // self.groups, total, 0) > self.worth

    def _worth(self, lines: list[Line]) -> tuple[int, int, int]:
        of_group, of_room = Counter(group for group, _door in lines), Counter(door.classroom for _group, door in lines)
        numbers = [of_room[classroom] for classroom in self.classrooms]
        return min(of_group[group] for group in range(self.groups)), len(lines), min(numbers) - max(numbers)
