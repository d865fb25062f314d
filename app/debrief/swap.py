"""Red dots: groups swap, so that every card of the wall is looked at by one group that did not write it."""

from .model import Card, CardState
from .wall import Wall


def to_mark(wall: Wall, group: str) -> list[Card]:
    """The cards that this group looks at, in the wall's random order; with those that it may have marked already.

    The cards of each group go to the next group that has people; those of groups without a phone as well.
    """
    goes_to = _swapped(wall)
    return [card for card in wall.cards if _markable(card) and group and goes_to.get(wall.group_of[card.id]) == group]


def _swapped(wall: Wall) -> dict[str, str]:
    """Which group looks at the cards of each group; a group that is alone has nobody to swap with."""
    here = {observer.group for observer in wall.observers if observer.group}
    order = [group.id for group in wall.groups]
    goes_to = {}
    for n, group in enumerate(order):
        others = [key for key in (*order[n + 1 :], *order[:n]) if key in here]
        if others:
            goes_to[group] = others[0]
    # Cards of somebody without a group are looked at by the first.
    goes_to[''] = next((key for key in order if key in here), '')
    return goes_to


def _markable(card: Card) -> bool:
    return card.state is CardState.ACCEPTED or (card.state is CardState.RETURNED and card.dotted)
