"""The parts of theories and next steps: how each is read, compared with what somebody saw, and put."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from app.debrief.patterns import changed_meanwhile, cited
from app.errors import BadInput, NotFound
from app.store import RoundWork
from app.texts import _
from app.wording import worded

from . import comparisons
from .model import Horizon, Level, NextStep, Theory

LONGEST_PART = 2_000

M = TypeVar('M', Theory, NextStep)
K = TypeVar('K', bound=StrEnum)


async def read_theory(work: RoundWork, field: str, value: Any) -> Any:
    """A part of a theory as it is kept; raises `BadInput` that names it."""
    names = {
        'when': _('The “when”'),
        'so': _('The “so”'),
        'then': _('The “then”'),
        'wrong_if': _('“We would know we were wrong if”'),
    }
    if field in names:
        return worded(_text(value), LONGEST_PART, names[field], empty=field != 'when', field=field)
    if field == 'level':
        return _one_of(Level, value, _('Choose whose work it is: teachers, leaders or the network.'))
    if field == 'look_again':
        return _date(value)
    if field == 'patterns':
        return await cited(work, _keys(value))
    if field == 'relates_to':
        return comparisons.relates_to(_text(value))
    raise BadInput(_('A theory of action has no such part.'))


async def read_step(work: RoundWork, field: str, value: Any) -> Any:
    """A part of a next step as it is kept; raises `BadInput` that names it."""
    if field == 'text':
        return worded(_text(value), LONGEST_PART, _('The next step'), field=field)
    if field == 'horizon':
        return _one_of(Horizon, value, _('Choose until when: next week, next month or by the end of the year.'))
    if field == 'owner':
        return _one_of(Level, value, _('Choose whose step it is: teachers, leaders or the network.'))
    if field == 'theories':
        keys = _keys(value)
        for key in keys:
            if await work.theories.get(key) is None:
                raise NotFound(_('A theory that this step rests on is gone. Choose again; your words are not lost.'))
        return tuple(dict.fromkeys(keys))
    raise BadInput(_('A next step has no such part.'))


def set_part(model: M, field: str, new: Any, seen: Any) -> M:
    """The theory or step with another part; raises `Changed` when that part is not as `seen` any more."""
    now = getattr(model, field)
    if new != now and seen is not None and _shown(seen) != _shown(now):
        raise changed_meanwhile(_shown(now), _shown(new))
    changed: dict[str, Any] = {field: new}
    return replace(model, **changed)


def _shown(value: Any) -> Any:
    """A part as the views show it, to compare."""
    if value is None:
        return ''
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, (list, tuple)) else str(value)


def ordered(models: Sequence[M], keys: Sequence[str]) -> list[M]:
    """In the order of `keys`, counted from 1; those that are not named follow as they were."""
    wanted = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    models = sorted(models, key=lambda model: (wanted.get(model.id, len(wanted)), model.place))
    return [model if model.place == place else replace(model, place=place) for place, model in enumerate(models, 1)]


async def the_theory(work: RoundWork, theory_id: str) -> Theory:
    """The theory; raises `NotFound` when it was removed."""
    theory = await work.theories.get(theory_id)
    if theory is None:
        raise NotFound(_('This theory of action is gone: somebody has removed it.'))
    return theory


async def the_step(work: RoundWork, step_id: str) -> NextStep:
    """The next step; raises `NotFound` when it was removed."""
    step = await work.next_steps.get(step_id)
    if step is None:
        raise NotFound(_('This step is gone: somebody has removed it.'))
    return step


def _one_of(kind: type[K], value: Any, sentence: str) -> K:
    try:
        return kind(value)
    except ValueError as error:
        raise BadInput(sentence) from error


def _date(value: Any) -> dt.date | None:
    if value in (None, '') or isinstance(value, dt.date):
        return value or None
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise BadInput(_('The date to look again is no date: write it like 2027-03-01.'), field='look_again') from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise BadInput(_('Write this in words.'))
    return value


def _keys(value: Any) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Sequence) or not all(isinstance(key, str) for key in value):
        raise BadInput(_('Choose from the list.'))
    return tuple(value)
