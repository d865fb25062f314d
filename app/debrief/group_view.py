"""The debrief as a group sees it on its phones: what there is to do now, small enough for a weak network.

Nothing here names an author, a room, a visit, a note's own id or a time of day.
"""

import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from app.observation.model import Observer
from app.rounds.stages import Stage, stage_name
from app.store import RoundWork

from .acts import redone_next, undone_next
from .cards import Asked, reasons
from .model import Card, CardState
from .predictions import question
from .sorting import cards_of
from .swap import to_mark
from .view import asked_out_of, pattern_view
from .votes import vote_for
from .wall import Wall, the_wall

#: What a later feature adds for an observer's group.
GroupPart = Callable[[RoundWork, Wall, Observer], Awaitable[dict[str, Any]]]


async def group(
    work: RoundWork, observer: Observer, parts: tuple[GroupPart, ...] = (), *, have: str = ''
) -> dict[str, Any]:
    """What an observer's group has to do now; never a note that its author did not choose.

    `have` is the `deck` of cards that the phone holds already: their texts are not sent again.
    """
    wall = await the_wall(work)
    stage = wall.planned.stage
    own = [card for card in wall.cards if observer.group and wall.group_of[card.id] == observer.group]
    screening = stage in (Stage.SCREENING, Stage.RED_DOTS)
    citing = stage.place >= Stage.PREDICTION.place
    asked = await Asked.of(work) if screening else None
    drawn = {
        'stage': stage.value,
        'stage_name': stage_name(stage),
        'group': observer.group,
        'to_screen': [_to_screen(card, asked) for card in own if asked and _open(card)],
        'screened': [_screened(card) for card in own if screening and not _open(card)],
        'red_dots': [_to_mark(card) for card in to_mark(wall, observer.group)] if stage is Stage.RED_DOTS else [],
        'reasons': [{'key': key, 'sentence': sentence} for key, sentence in reasons().items()],
        'question': question(),
        'patterns': [pattern_view(pattern, wall) for pattern in wall.patterns] if citing else [],
        'vote': await vote_for(work, observer),
        'sorting': await _sorting(work, wall, observer.group, have) if stage is Stage.ANALYSIS else None,
    }
    for part in parts:
        drawn |= await part(work, wall, observer)
    return drawn


async def evidence(work: RoundWork, pattern_id: str) -> dict[str, Any] | None:
    """The cards of one pattern, to be read beside what cites it; None when it is gone or not there yet."""
    wall = await the_wall(work)
    if wall.planned.stage.place < Stage.PREDICTION.place:
        return None
    if all(pattern.id != pattern_id for pattern in wall.patterns):
        return None
    cards = [{'text': card.text, 'lens': card.lens} for card in wall.under(pattern_id)]
    [pattern] = [one for one in wall.patterns if one.id == pattern_id]
    return {**pattern_view(pattern, wall), 'evidence': cards}


def _open(card: Card) -> bool:
    return card.state in (CardState.CHOSEN, CardState.RETURNED)


def _to_screen(card: Card, asked: Asked) -> dict[str, Any]:
    return {
        'id': card.id,
        'text': card.text,
        'lens': card.lens,
        'state': card.state.value,
        'reason': reasons().get(card.reason, card.reason),
        'late': card.late,
        'asked_out': asked_out_of(card, asked),
    }


def _screened(card: Card) -> dict[str, Any]:
    return {'id': card.id, 'text': card.text, 'state': card.state.value}


def _to_mark(card: Card) -> dict[str, Any]:
    reason = reasons().get(card.reason, card.reason) if card.dotted else ''
    return {'id': card.id, 'text': card.text, 'lens': card.lens, 'dotted': card.dotted, 'reason': reason}


async def _sorting(work: RoundWork, wall: Wall, group_id: str, have: str) -> dict[str, Any] | None:
    """The group's own piles, by the ids of cards; the cards' words only where the phone does not hold them."""
    if wall.sorting is None or not group_id:
        return None
    cards = cards_of(wall, group_id)
    words = [{'id': card.id, 'text': card.text, 'lens': card.lens} for card in cards]
    deck = hashlib.sha256('\0'.join(f'{card.id}{card.text}{card.lens}' for card in cards).encode()).hexdigest()[:16]
    there = {card.id for card in cards}
    stage = wall.planned.stage
    return {
        'open': wall.sorting.open,
        'ready': group_id in wall.sorting.ready,
        'deck': deck,
        'cards': None if deck == have else words,
        'piles': [
            {'id': pile.id, 'name': pile.name, 'cards': [card for card in pile.cards if card in there]}
            for pile in wall.piles
            if pile.group == group_id
        ],
        'undo': await undone_next(work, stage, group_id),
        'redo': await redone_next(work, stage, group_id),
        'phones': Counter(observer.group for observer in wall.observers)[group_id],
    }
