"""What might belong together: groups of cards, and suggestions for sorting. To be called in the press."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import numpy as np
from sklearn.cluster import SpectralClustering

from .likeness import Matrix, likeness, moves_in, words_in
from .pieces import Piece, Suggestion

MOST_A_PATTERN = 5  #: suggestions for one pattern at a time
MOST_IN_GROUP = 5
FEWEST_TO_GROUP = 6  #: below, people see for themselves
MOST_REASONS = 4


def groups(pieces: Sequence[Piece], beside: Sequence[Piece] = ()) -> list[list[str]]:
    """Pieces in groups of those that are most alike, the largest first: about √n groups, the same each time.

    Those `beside` make no group of their own: each goes to the one that it is most like.
    """
    alike = likeness([*pieces, *beside])
    labels = _cut(alike[: len(pieces), : len(pieces)])
    found = [[place for place, label in enumerate(labels) if label == one] for one in sorted(set(labels))]
    homes = [list(group) for group in found]
    for place in range(len(pieces), len(alike)):
        likes = [float(alike[place, group].mean()) for group in found]
        homes[likes.index(max(likes))].append(place)
    named = [[(*pieces, *beside)[place].id for place in home] for home in homes]
    return sorted(named, key=lambda group: (-len(group), group))


def nearest(pieces: Sequence[Piece], to: Collection[str]) -> list[str]:
    """The other pieces' ids, those first that are most like these. An id that is not there counts for nothing."""
    wanted = [place for place, piece in enumerate(pieces) if piece.id in to]
    others = [place for place, piece in enumerate(pieces) if piece.id not in to]
    if not wanted:
        return [pieces[place].id for place in others]
    near = likeness(pieces)[:, wanted].mean(axis=1)
    return [pieces[place].id for place in sorted(others, key=lambda place: (-near[place], place))]


def suggested(pieces: Sequence[Piece], places: Mapping[str, str]) -> list[Suggestion]:
    """What might be sorted next: unsorted cards that are like a pattern's, then those that are like one another.

    `places` names the pattern of every sorted card. At most `MOST_A_PATTERN` cards for a pattern, one suggestion each,
    the surest first; then groups of two to `MOST_IN_GROUP` cards. Each says which words made it think so.
    """
    alike = likeness(pieces)
    free = [place for place, piece in enumerate(pieces) if piece.id not in places]
    piles = {one: [n for n, piece in enumerate(pieces) if places.get(piece.id) == one] for one in places.values()}
    near = _near(alike, free, piles)
    taken = {place for _likes, place, _pattern in near}
    found = [_suggestion(pieces, [place], piles[pattern], pattern) for _likes, place, pattern in near]
    rest = [place for place in free if place not in taken]
    return found + [_suggestion(pieces, group, group) for group in _together(alike, rest)]


def _near(alike: Matrix, free: Sequence[int], piles: Mapping[str, list[int]]) -> list[tuple[float, int, str]]:
    """Free cards with the pattern that they are most like, where that is well above what any two cards are."""
    if not free or not piles:
        return []
    enough = _enough(alike)
    best = []
    for place in free:
        likes, pattern = max((_mean_of_best(alike[place, pile]), pattern) for pattern, pile in piles.items())
        if likes >= enough:
            best.append((likes, place, pattern))
    best.sort(reverse=True)
    return [each for n, each in enumerate(best) if sum(other[2] == each[2] for other in best[:n]) < MOST_A_PATTERN]


def _together(alike: Matrix, rest: Sequence[int]) -> list[list[int]]:
    """Groups among cards that no pattern attracts: in each, the cards that are most like the others of it."""
    if len(rest) < FEWEST_TO_GROUP:
        return []
    inner = alike[np.ix_(rest, rest)]
    labels = _cut(inner)
    enough = _enough(alike)
    found = []
    for one in sorted(set(labels)):
        group = [place for place, label in zip(rest, labels, strict=True) if label == one]
        to_others = {a: float(np.mean([alike[a, b] for b in group if b != a] or [0.0])) for a in group}
        close = sorted((place for place in group if to_others[place] >= enough), key=lambda place: -to_others[place])
        if len(close) >= 2:
            found.append((float(np.mean([to_others[place] for place in close])), close[:MOST_IN_GROUP]))
    return [group for _likes, group in sorted(found, key=lambda each: -each[0])]


def _cut(alike: Matrix) -> list[int]:
    """A label for each piece; about √n different ones."""
    wanted = max(2, round(len(alike) ** 0.5))
    if len(alike) <= wanted + 1:
        return list(range(len(alike)))
    sharp = np.clip(alike, 0.0, None) ** 2 + 1e-6
    cut = SpectralClustering(wanted, affinity='precomputed', assign_labels='cluster_qr', random_state=0)
    return [int(label) for label in cut.fit_predict(sharp)]


def _enough(alike: Matrix) -> float:
    """How alike cards have to be before a person is asked: as the nearest one in √n of all pairs of this wall are.

    Of a wall with √n patterns of one size, so many pairs lie in one pattern.
    """
    pairs = alike[np.triu_indices(len(alike), 1)]
    return float(np.quantile(pairs, 1 - len(alike) ** -0.5)) if len(pairs) else 1.0


def _mean_of_best(likes: Matrix) -> float:
    """A pattern may have several sides: the three cards of it that are nearest tell."""
    return float(np.sort(likes)[-3:].mean())


def _suggestion(pieces: Sequence[Piece], these: Sequence[int], those: Sequence[int], pattern: str = '') -> Suggestion:
    """With the moves and words that these cards share with those; in a group of their own, with one another."""
    least = 1 if pattern else 2
    own, theirs = [pieces[place].text for place in these], [pieces[place].text for place in those]
    return Suggestion(
        cards=tuple(pieces[place].id for place in these),
        pattern=pattern,
        moves=_shared(_count(moves_in, own), _count(moves_in, theirs), least),
        words=_shared(_count(words_in, own), _count(words_in, theirs), least),
    )


def _count(read: Callable[[str], Iterable[str]], texts: Sequence[str]) -> Counter[str]:
    return Counter(each for text in texts for each in read(text))


def _shared(own: Counter[str], theirs: Counter[str], least: int) -> tuple[str, ...]:
    common = [each for each in own if theirs[each] >= least]
    return tuple(sorted(common, key=lambda each: (-theirs[each], each))[:MOST_REASONS])
