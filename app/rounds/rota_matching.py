"""The matching behind the rota: what is visited when (a flow), then by whom (a colouring); plain numbers only."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Door:
    """A classroom that can be visited at a time.

    Of the doors of one `place` (a room at a time) one can be used; a group uses one door of a `bundle` of times.
    """

    classroom: int
    time: int
    place: tuple[str, int]
    bundle: int


Node = tuple[str, object]


def match(doors: Sequence[Door], groups: int, most: int) -> list[Door]:
    """The doors to be used: as many as possible up to `most`, their classrooms as evenly as possible.

    No bundle and no classroom is used more than `groups` times, so that `colour` can always share them out.
    Visits are added one by one to the classroom that has fewest. What classrooms can be given is a polymatroid:
    one that cannot be given another visit never can again, and the least uneven of all solutions comes out.
    """
    flow = _Flow(doors, groups)
    given = dict.fromkeys(sorted({door.classroom for door in doors}), 0)
    open_for_more = set(given)
    while open_for_more and sum(given.values()) < most:
        classroom = min(open_for_more, key=lambda classroom: (given[classroom], classroom))
        if given[classroom] < groups and flow.add(classroom):
            given[classroom] += 1
        else:
            open_for_more.remove(classroom)
    return flow.used()


def colour(used: Sequence[Door], groups: int) -> list[tuple[int, Door]]:
    """Each door with its group: no group twice in a bundle or a classroom, visits of groups differing by one at most.

    A bipartite graph (bundles, classrooms) can be edge-coloured with as many colours as its largest degree (König),
    and evenly: a chain of two colours in which one prevails is swapped (de Werra).
    """
    colouring = _Colouring(used, groups)
    for edge in range(len(used)):
        colouring.add(edge)
    while colouring.even_out():
        pass
    return [(colouring.colours[edge], door) for edge, door in enumerate(used)]


class _Flow:
    """Classrooms → doors → places → bundles, one visit a place, `groups` a bundle; grows by shortest paths."""

    def __init__(self, doors: Sequence[Door], groups: int) -> None:
        self.doors = doors
        self.left: dict[Node, dict[Node, int]] = {}
        for n, door in enumerate(doors):
            nodes: list[Node] = [('classroom', door.classroom), ('door', n), ('place', (door.place, 0))]
            nodes += [('place', (door.place, 1)), ('bundle', door.bundle), ('end', 0)]
            for here, there, capacity in zip(nodes, nodes[1:], (1, 1, 1, 1, groups), strict=False):
                self.left.setdefault(here, {}).setdefault(there, capacity)
                self.left.setdefault(there, {}).setdefault(here, 0)

    def add(self, classroom: int) -> bool:
        """One more visit to this classroom, others re-routed where needed; False when there can be none."""
        start, end = ('classroom', classroom), ('end', 0)
        came_from: dict[Node, Node] = {start: start}
        queue: deque[Node] = deque([start])
        while queue and end not in came_from:
            here = queue.popleft()
            for there, capacity in self.left[here].items():
                if capacity and there not in came_from:
                    came_from[there] = here
                    queue.append(there)
        if end not in came_from:
            return False
        last: Node = end
        while last != start:
            here = came_from[last]
            self.left[here][last] -= 1
            self.left[last][here] += 1
            last = here
        return True

    def used(self) -> list[Door]:
        return [door for n, door in enumerate(self.doors) if self.left['door', n]['classroom', door.classroom]]


class _Colouring:
    """Groups as colours of the edges between bundles and classrooms."""

    def __init__(self, used: Sequence[Door], groups: int) -> None:
        self.groups = groups
        self.colours: dict[int, int] = {}
        self.count = [0] * groups
        self.ends: list[tuple[Node, Node]] = [(('bundle', d.bundle), ('classroom', d.classroom)) for d in used]
        self.at: dict[Node, dict[int, int]] = {end: {} for ends in self.ends for end in ends}

    def add(self, edge: int) -> None:
        """Colour one more edge, others re-coloured where its two ends have no free colour in common."""
        bundle, classroom = self.ends[edge]
        here, there = self._free(bundle), self._free(classroom)
        both = [shade for shade in here if shade in there]
        if not both:
            self._swap(self._chain(classroom, here[0], there[0]), here[0], there[0])
        self._paint(edge, both[0] if both else here[0])

    def even_out(self) -> bool:
        """Move one visit from the group with most to the one with fewest; False when they differ by one at most."""
        most = max(range(self.groups), key=lambda group: self.count[group])
        least = min(range(self.groups), key=lambda group: self.count[group])
        if self.count[most] - self.count[least] < 2:
            return False
        starts = [end for end, shades in self.at.items() if most in shades and least not in shades]
        chains = (self._chain(start, most, least) for start in starts)
        self._swap(next(chain for chain in chains if len(chain) % 2), most, least)
        return True

    def _free(self, end: Node) -> list[int]:
        """The colours that this end has not yet, those used least first."""
        free = [group for group in range(self.groups) if group not in self.at[end]]
        return sorted(free, key=lambda group: (self.count[group], group))

    def _chain(self, end: Node, shade: int, other: int) -> list[int]:
        """The edges from `end` on, coloured by turns; `end` has no edge of the other colour, so it is no circle."""
        edges: list[int] = []
        while shade in self.at[end]:
            edge = self.at[end][shade]
            edges.append(edge)
            bundle, classroom = self.ends[edge]
            end, shade, other = (classroom if end == bundle else bundle), other, shade
        return edges

    def _swap(self, edges: list[int], one: int, other: int) -> None:
        shades = {edge: self.colours[edge] for edge in edges}
        for edge, shade in shades.items():
            self.count[shade] -= 1
            for end in self.ends[edge]:
                del self.at[end][shade]
        for edge, shade in shades.items():
            self._paint(edge, other if shade == one else one)

    def _paint(self, edge: int, shade: int) -> None:
        self.colours[edge] = shade
        self.count[shade] += 1
        for end in self.ends[edge]:
            self.at[end][shade] = edge
