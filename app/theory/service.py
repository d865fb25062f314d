"""Theories of action and the next level of work, as the room writes them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from app.accounts.model import Facilitator
from app.debrief.acting import Acting
from app.debrief.patterns import changed_meanwhile, cited
from app.errors import BadInput, NotFound
from app.ids import new_id
from app.rounds.stages import Act
from app.store import RoundWork
from app.texts import _
from app.wording import worded

from . import comparisons
from .model import Horizon, Level, NextStep, Theory

LONGEST_PART = 2_000

M = TypeVar('M', Theory, NextStep)
K = TypeVar('K', bound=StrEnum)


@dataclass(frozen=True)
class TheoryService(Acting):
    """What people do with theories and next steps; undone by `DebriefService.undo`, with all else."""

    async def write_theory(
        self,
        who: Facilitator,
        round_id: str,
        *,
        when: str,
        so: str = '',
        then: str = '',
        level: str = Level.TEACHERS,
        wrong_if: str = '',
        look_again: str | dt.date | None = None,
        patterns: Sequence[str] = (),
    ) -> str:
        """A draft: *when* is enough to begin with. Gives its id; raises `BadInput`, `NotFound` for a gone pattern."""
        async with self.acting(who, round_id, Act.WRITE_THEORY) as deed:
            parts: dict[str, Any] = {'when': when, 'so': so, 'then': then, 'level': level, 'wrong_if': wrong_if}
            parts |= {'look_again': look_again, 'patterns': patterns}
            read: dict[str, Any] = {field: await _read_theory(deed.work, field, parts[field]) for field in parts}
            place = 1 + max((theory.place for theory in await deed.work.theories.all()), default=0)
            theory = Theory(id=new_id(), place=place, **read)
            await deed.work.theories.put(theory)
            deed.sentence = _('Write a theory of action')
        return theory.id

    async def change_theory(
        self, who: Facilitator, round_id: str, theory_id: str, field: str, value: Any, *, seen: Any = None
    ) -> None:
        """Other words for one part of a theory: when, so, then, wrong_if, level, look_again, patterns or relates_to.

        Raises `Changed` when somebody else has changed this part since it read `seen`, as the view shows it ('' for a
        date that is not set; None asks for no comparison).
        """
        async with self.acting(who, round_id, Act.WRITE_THEORY) as deed:
            theory = await _the_theory(deed.work, theory_id)
            new = await _read_theory(deed.work, field, value)
            await deed.work.theories.put(_set(theory, field, new, seen))
            deed.sentence = _('Change a theory of action')

    async def remove_theory(self, who: Facilitator, round_id: str, theory_id: str) -> None:
        """Take a theory away; next steps that rest on it stay, without it."""
        async with self.acting(who, round_id, Act.WRITE_THEORY) as deed:
            await deed.work.theories.remove((await _the_theory(deed.work, theory_id)).id)
            for step in await deed.work.next_steps.all():
                if theory_id in step.theories:
                    kept = tuple(key for key in step.theories if key != theory_id)
                    await deed.work.next_steps.put(replace(step, theories=kept))
            deed.sentence = _('Remove a theory of action')

    async def order_theories(self, who: Facilitator, round_id: str, theory_ids: Sequence[str]) -> None:
        """Theories stand in this order from now on; those that are not named follow."""
        async with self.acting(who, round_id, Act.WRITE_THEORY) as deed:
            for theory in _ordered(await deed.work.theories.all(), theory_ids):
                await deed.work.theories.put(theory)
            deed.sentence = _('Put the theories in another order')

    async def add_next_step(
        self,
        who: Facilitator,
        round_id: str,
        *,
        horizon: str,
        owner: str,
        text: str,
        theories: Sequence[str] = (),
    ) -> str:
        """One thing of the next level of work; gives its id. Raises `BadInput`, or `NotFound` for a gone theory."""
        async with self.acting(who, round_id, Act.WRITE_NEXT_STEP) as deed:
            parts: dict[str, Any] = {'horizon': horizon, 'owner': owner, 'text': text, 'theories': theories}
            read: dict[str, Any] = {field: await _read_step(deed.work, field, parts[field]) for field in parts}
            place = 1 + max((step.place for step in await deed.work.next_steps.all()), default=0)
            step = NextStep(id=new_id(), place=place, **read)
            await deed.work.next_steps.put(step)
            deed.sentence = _('Add a next step')
        return step.id

    async def change_next_step(
        self, who: Facilitator, round_id: str, step_id: str, field: str, value: Any, *, seen: Any = None
    ) -> None:
        """Change a step's text, horizon, owner or theories; `Changed` when that part is not as `seen` any more."""
        async with self.acting(who, round_id, Act.WRITE_NEXT_STEP) as deed:
            step = await _the_step(deed.work, step_id)
            new = await _read_step(deed.work, field, value)
            await deed.work.next_steps.put(_set(step, field, new, seen))
            deed.sentence = _('Change a next step')

    async def remove_next_step(self, who: Facilitator, round_id: str, step_id: str) -> None:
        """Take a step away."""
        async with self.acting(who, round_id, Act.WRITE_NEXT_STEP) as deed:
            await deed.work.next_steps.remove((await _the_step(deed.work, step_id)).id)
            deed.sentence = _('Remove a next step')

    async def order_next_steps(self, who: Facilitator, round_id: str, step_ids: Sequence[str]) -> None:
        """Steps stand in this order from now on; those that are not named follow."""
        async with self.acting(who, round_id, Act.WRITE_NEXT_STEP) as deed:
            for step in _ordered(await deed.work.next_steps.all(), step_ids):
                await deed.work.next_steps.put(step)
            deed.sentence = _('Put the next steps in another order')

    async def take_up(self, who: Facilitator, round_id: str, step_id: str, taken_up: bool = True) -> None:
        """The school marks a step that it takes up (or not, after all); also when the round is closed."""
        async with self.acting(who, round_id, Act.TAKE_UP) as deed:
            step = await _the_step(deed.work, step_id)
            await deed.work.next_steps.put(replace(step, taken_up=taken_up))
            deed.sentence = _('Take up a next step') if taken_up else _('Take up a next step no more')


async def _read_theory(work: RoundWork, field: str, value: Any) -> Any:
    """A part of a theory as it is kept; raises `BadInput` that names it."""
    names = {
        'when': _('The “when”'),
        'so': _('The “so”'),
        'then': _('The “then”'),
        'wrong_if': _('“We would know that we were wrong if”'),
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


async def _read_step(work: RoundWork, field: str, value: Any) -> Any:
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


def _set(model: M, field: str, new: Any, seen: Any) -> M:
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


def _ordered(models: Sequence[M], keys: Sequence[str]) -> list[M]:
    wanted = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    models = sorted(models, key=lambda model: (wanted.get(model.id, len(wanted)), model.place))
    return [model if model.place == place else replace(model, place=place) for place, model in enumerate(models, 1)]


async def _the_theory(work: RoundWork, theory_id: str) -> Theory:
    theory = await work.theories.get(theory_id)
    if theory is None:
        raise NotFound(_('This theory of action is gone: somebody has removed it.'))
    return theory


async def _the_step(work: RoundWork, step_id: str) -> NextStep:
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
