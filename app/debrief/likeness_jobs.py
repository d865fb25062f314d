"""Likeness for those who do not load its large libraries themselves: the app, whose press does."""

from collections.abc import Collection, Mapping, Sequence

from .pieces import Piece, Suggestion


def suggest(pieces: Sequence[Piece], places: Mapping[str, str]) -> list[Suggestion]:
    """`grouping.suggested`."""
    from .grouping import suggested

    return suggested(pieces, places)


def groups(pieces: Sequence[Piece], beside: Sequence[Piece] = ()) -> list[list[str]]:
    """`grouping.groups`."""
    from . import grouping

    return grouping.groups(pieces, beside)


def nearest(pieces: Sequence[Piece], to: Collection[str]) -> list[str]:
    """`grouping.nearest`."""
    from . import grouping

    return grouping.nearest(pieces, to)
