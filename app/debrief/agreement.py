"""Where several sortings of the same cards agree: sets of cards that most groups have put together.

Two cards are as near as the share of groups that have put them on one pile, of those that have sorted both. Sets are
joined, nearest first, as long as on average more than half of the groups agree (average linkage). Groups may have
sorted different shares of the wall: a pair that nobody has seen together speaks neither for nor against.
"""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence

#: More than this share of those who have seen two cards must have put them together.
MAJORITY = 0.5

#: What few have seen counts less: two of two come before one of one.
DOUBT = 0.5

Piles = Sequence[Sequence[str]]
#: A number for two sets of cards, known by their numbers.
Counts = dict[int, dict[int, int]]


def agreed(sortings: Mapping[str, Piles], cards: Sequence[str]) -> list[tuple[str, ...]]:
    """Sets of two and more of these `cards` that most groups have put together, the largest first.

    `sortings` are the piles of each group; no card is in two sets. The order of cards in a set is that of `cards`.
    """
    alike = _alike(sortings, cards)
    joined = _joined(list(alike), [len(same) for same in alike.values()])
    members = list(alike.values())
    place = {card: n for n, card in enumerate(cards)}
    sets = [sorted((card for n in part for card in members[n]), key=place.__getitem__) for part in joined]
    return sorted((tuple(one) for one in sets if len(one) > 1), key=lambda one: (-len(one), place[one[0]]))


Marks = tuple[int | None, ...]


def _alike(sortings: Mapping[str, Piles], cards: Sequence[str]) -> dict[Marks, list[str]]:
    """Cards by where each group has put them: those with the same marks are never taken apart. None: not sorted."""
    where = [{card: n for n, pile in enumerate(piles) for card in pile} for piles in sortings.values()]
    alike: dict[Marks, list[str]] = defaultdict(list)
    for card in cards:
        marks = tuple(group.get(card) for group in where)
        if any(mark is not None for mark in marks):
            alike[marks].append(card)
    return dict(alike)


def _joined(marks: Sequence[Marks], sizes: Sequence[int]) -> list[list[int]]:
    """Which of the marks belong together: lists of their numbers."""
    parts = {n: [n] for n in range(len(marks))}
    together: Counts = {n: {} for n in parts}
    seen: Counts = {n: {} for n in parts}
    heap: list[tuple[float, int, int]] = []
    for a in range(len(marks)):
        for b in range(a):
            both = [one == other for one, other in zip(marks[a], marks[b], strict=True) if None not in (one, other)]
            if both:
                pairs = sizes[a] * sizes[b]
                together[a][b] = together[b][a] = pairs * sum(both)
                seen[a][b] = seen[b][a] = pairs * len(both)
                _offer(heap, a, b, together, seen)
    while heap:
        _near, b, a = heapq.heappop(heap)
        if a not in parts or b not in parts:
            continue
        new = max(seen) + 1
        parts[new] = parts.pop(b) + parts.pop(a)
        together[new], seen[new] = _sum(together, a, b, parts), _sum(seen, a, b, parts)
        for other in seen[new]:
            together[other][new], seen[other][new] = together[new].get(other, 0), seen[new][other]
            _offer(heap, new, other, together, seen)
    return list(parts.values())


def _offer(
    heap: list[tuple[float, int, int]],
    a: int,
    b: int,
    together: Counts,
    seen: Counts,
) -> None:
    near = together[a].get(b, 0) / (seen[a][b] + DOUBT)
    if near > MAJORITY:
        heapq.heappush(heap, (-near, min(a, b), max(a, b)))


def _sum(counts: Counts, a: int, b: int, parts: Mapping[int, object]) -> dict[int, int]:
    one, other = counts[a], counts[b]
    return {n: one.get(n, 0) + other.get(n, 0) for n in {*one, *other} if n in parts}
