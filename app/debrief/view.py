"""The wall as plain data, for the hall and for the facilitator: each holds what its reader may see.

Nothing here names an author, a room, a visit, a note's own id or a time of day.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any

from app.rounds.model import Round
from app.rounds.stages import ORDER, Stage, stage_name
from app.store import RoundWork

from .acts import redone_next, undone_next
from .asked_out import AskedOut
from .cards import Asked, reasons
from .model import Card, CardState, Pattern, Screen
from .predictions import question
from .sortings import progress
from .unfinished import unfinished
from .wall import Wall, the_wall

#: Cards that are looked at in one turn of the event loop.
AT_ONCE = 20
#: What a later feature adds to a view; the flag is true for the facilitator's.
Part = Callable[[RoundWork, Wall, bool], Awaitable[dict[str, Any]]]
Draw = Callable[[RoundWork, tuple[Part, ...]], Awaitable[dict[str, Any]]]


async def projection(work: RoundWork, parts: tuple[Part, ...]) -> dict[str, Any]:
    """What everybody in the hall may see: the wall up to the stage that the round is in."""
    wall = await the_wall(work)
    stage = wall.planned.stage
    drawn = await _base(work, wall)
    drawn['cards'] = [_card(card, wall) for card in wall.accepted] if stage.place >= Stage.SCREENING.place else []
    drawn['patterns'] = _patterns(wall) if stage.place >= Stage.ANALYSIS.place else []
    drawn['predictions'] = _predictions(wall) if stage.place >= Stage.PREDICTION.place else []
    for part in parts:
        drawn |= await part(work, wall, False)
    return drawn


async def control(work: RoundWork, parts: tuple[Part, ...]) -> dict[str, Any]:
    """The same and more, for the facilitator: cards in every state, groups in numbers, what comes next."""
    wall = await the_wall(work)
    stage = wall.planned.stage
    asked = await Asked.of(work)
    drawn = await _base(work, wall)
    drawn['cards'] = await _screened_cards(wall, asked)
    drawn['patterns'] = _patterns(wall)
    drawn['predictions'] = _predictions(wall)
    drawn['groups'] = _groups(wall)
    drawn['reasons'] = _reasons()
    drawn['sorting'] = progress(wall)
    drawn['undo'] = await undone_next(work, stage)
    drawn['redo'] = await redone_next(work, stage)
    drawn['next_stage'] = await _next_stage(work, wall)
    for part in parts:
        drawn |= await part(work, wall, True)
    return drawn


async def _base(work: RoundWork, wall: Wall) -> dict[str, Any]:
    screen = await work.screens.get(work.round_id) or Screen(id=work.round_id)
    return {
        'round': _round(wall.planned),
        'stage': wall.planned.stage.value,
        'stage_name': stage_name(wall.planned.stage),
        'question': question(),
        'screen': {
            'page': screen.page,
            'focus': screen.focus,
            'paused': screen.paused,
            'dark': screen.dark,
            'shows': screen.shows,
            'beside': screen.beside,
        },
        'theories': [],
        'next_steps': [],
        'numbers': {
            'joined': len(wall.observers),
            'notes': len(wall.notes),
            'chosen': len(wall.cards),
            'on_wall': len(wall.accepted),
            'unsorted': len(wall.unsorted),
        },
    }


def _round(planned: Round) -> dict[str, Any]:
    return {
        'id': planned.id,
        'title': planned.title,
        'host_school': planned.host_school,
        'network': planned.network,
        'date': planned.date.isoformat(),
        'problem_of_practice': planned.problem_of_practice,
        'focus_statements': list(planned.focus_statements),
        'lenses': list(planned.lenses),
        'choose_least': planned.sizes.choose_least,
        'choose_most': planned.sizes.choose_most,
        'days_kept': planned.sizes.days_kept,
        'suggestions': planned.sizes.suggestions,
        'join_code': planned.join_code if planned.stage in (Stage.PLANNED, Stage.OPEN) else '',
    }


def _card(card: Card, wall: Wall) -> dict[str, Any]:
    pattern = wall.sorted_into(card)
    return {'id': card.id, 'text': card.text, 'lens': card.lens, 'late': card.late, 'pattern': pattern}


async def _screened_cards(wall: Wall, asked: Asked) -> list[dict[str, Any]]:
    """Others have their turn in between: the first board of a process asks about hundreds of cards at once."""
    drawn: list[dict[str, Any]] = []
    for start in range(0, len(wall.cards), AT_ONCE):
        await asyncio.sleep(0)
        drawn += [_card(card, wall) | _screened(card, asked) for card in wall.cards[start : start + AT_ONCE]]
    return drawn


def _screened(card: Card, asked: Asked) -> dict[str, Any]:
    return {
        'state': card.state.value,
        'reason': reasons().get(card.reason, card.reason),
        'dotted': card.dotted,
        'asked_out': asked_out_of(card, asked),
    }


def _patterns(wall: Wall) -> list[dict[str, Any]]:
    return [pattern_view(pattern, wall) for pattern in wall.patterns]


def pattern_view(pattern: Pattern, wall: Wall) -> dict[str, Any]:
    """A pattern as every screen shows it, with the counts of cards and of visits that it rests on."""
    return {
        'id': pattern.id,
        'title': pattern.title,
        'summary': pattern.summary,
        'exception': pattern.exception,
        'cards': len(wall.under(pattern.id)),
        'visits': wall.visits(pattern.id),
    }


def _predictions(wall: Wall) -> list[dict[str, Any]]:
    return [
        {'id': prediction.id, 'text': prediction.text, 'patterns': list(prediction.patterns)}
        for prediction in wall.predictions
    ]


def _groups(wall: Wall) -> list[dict[str, Any]]:
    """Numbers for each group; a line without a name holds those who have not chosen one, if there are any."""
    now = {observer.id: observer.group for observer in wall.observers}
    joined = Counter(now.values())
    unsent: Counter[str] = Counter()
    for observer in wall.observers:
        unsent[observer.group] += observer.unsent
    notes = Counter(now.get(note.observer, '') for note in wall.notes)
    chosen = Counter(wall.group_of.values())
    states = Counter((wall.group_of[card.id], card.state) for card in wall.cards)
    late = Counter(wall.group_of[card.id] for card in wall.cards if card.late and card.state is CardState.CHOSEN)
    drawn = []
    for key, name in [(one.id, one.name) for one in wall.groups] + [('', '')]:
        if key or joined[key] or chosen[key]:
            drawn.append(
                {
                    'id': key,
                    'name': name,
                    'joined': joined[key],
                    'notes': notes[key],
                    'chosen': chosen[key],
                    'to_screen': states[key, CardState.CHOSEN],
                    'accepted': states[key, CardState.ACCEPTED],
                    'returned': states[key, CardState.RETURNED],
                    'unsent': unsent[key],
                    'late': late[key],
                }
            )
    return drawn


def _reasons() -> list[dict[str, str]]:
    return [{'key': key, 'sentence': sentence} for key, sentence in reasons().items()]


async def _next_stage(work: RoundWork, wall: Wall) -> dict[str, Any] | None:
    stage = wall.planned.stage
    if stage in (Stage.CLOSED, Stage.PURGED):
        return None
    after = ORDER[stage.place + 1]
    return {'stage': after.value, 'name': stage_name(after), 'unfinished': await unfinished(work, wall)}


def asked_out_of(card: Card, asked: Asked) -> list[dict[str, Any]]:
    """Where a card says what screening asks out; of a dropped one nobody asks."""
    return [] if card.state is CardState.DROPPED else [one._asdict() for one in _found(card.text, asked)]


@lru_cache(maxsize=2_000)
def _found(text: str, asked: Asked) -> tuple[AskedOut, ...]:
    """Remembered: a board is drawn many times while its cards stay as they are."""
    return tuple(asked.found(text))
