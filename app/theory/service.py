"""Theories of action and the next level of work, as the room writes them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.accounts.model import Facilitator
from app.debrief.acting import Acting
from app.ids import new_id
from app.rounds.stages import Act
from app.texts import _

from . import drafts
from .model import Level, NextStep, Theory
from .parts import ordered, read_step, read_theory, set_part, the_step, the_theory


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
            read: dict[str, Any] = {field: await read_theory(deed.work, field, parts[field]) for field in parts}
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
            theory = await the_theory(deed.work, theory_id)
            new = await read_theory(deed.work, field, value)
            await deed.work.theories.put(set_part(theory, field, new, seen))
            deed.sentence = _('Change a theory of action')

    async def remove_theory(self, who: Facilitator, round_id: str, theory_id: str) -> None:
        """Take a theory away; next steps that rest on it stay, without it."""
        async with self.acting(who, round_id, Act.WRITE_THEORY) as deed:
            await deed.work.theories.remove((await the_theory(deed.work, theory_id)).id)
            for step in await deed.work.next_steps.all():
                if theory_id in step.theories:
                    kept = tuple(key for key in step.theories if key != theory_id)
                    await deed.work.next_steps.put(replace(step, theories=kept))
            deed.sentence = _('Remove a theory of action')

    async def join_theories(self, who: Facilitator, round_id: str, into_id: str, other_id: str) -> None:
        """Two drafts become one, with all their words; next steps follow. Raises what `drafts.join` raises."""
        async with self.acting(who, round_id, Act.WRITE_THEORY) as deed:
            await drafts.join(deed.work, into_id, other_id)
            deed.sentence = _('Join two theories of action')

    async def take_apart(self, who: Facilitator, round_id: str, theory_id: str, when: str) -> str:
        """A second draft like this one, with another action; gives its id."""
        async with self.acting(who, round_id, Act.WRITE_THEORY) as deed:
            second = await drafts.take_apart(deed.work, theory_id, when)
            deed.sentence = _('Take a theory of action apart')
        return second.id

    async def wordings(self, who: Facilitator, round_id: str, theory_id: str) -> list[dict[str, str]]:
        """What stood in this draft before, the latest first: `{field, text}`."""
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            return await drafts.wordings(work, theory_id)

    async def order_theories(self, who: Facilitator, round_id: str, theory_ids: Sequence[str]) -> None:
        """Theories stand in this order from now on; those that are not named follow."""
        async with self.acting(who, round_id, Act.WRITE_THEORY) as deed:
            for theory in ordered(await deed.work.theories.all(), theory_ids):
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
            read: dict[str, Any] = {field: await read_step(deed.work, field, parts[field]) for field in parts}
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
            step = await the_step(deed.work, step_id)
            new = await read_step(deed.work, field, value)
            await deed.work.next_steps.put(set_part(step, field, new, seen))
            deed.sentence = _('Change a next step')

    async def remove_next_step(self, who: Facilitator, round_id: str, step_id: str) -> None:
        """Take a step away."""
        async with self.acting(who, round_id, Act.WRITE_NEXT_STEP) as deed:
            await deed.work.next_steps.remove((await the_step(deed.work, step_id)).id)
            deed.sentence = _('Remove a next step')

    async def order_next_steps(self, who: Facilitator, round_id: str, step_ids: Sequence[str]) -> None:
        """Steps stand in this order from now on; those that are not named follow."""
        async with self.acting(who, round_id, Act.WRITE_NEXT_STEP) as deed:
            for step in ordered(await deed.work.next_steps.all(), step_ids):
                await deed.work.next_steps.put(step)
            deed.sentence = _('Put the next steps in another order')

    async def take_up(self, who: Facilitator, round_id: str, step_id: str, taken_up: bool = True) -> None:
        """The school marks a step that it takes up (or not, after all); also when the round is closed."""
        async with self.acting(who, round_id, Act.TAKE_UP) as deed:
            step = await the_step(deed.work, step_id)
            await deed.work.next_steps.put(replace(step, taken_up=taken_up))
            deed.sentence = _('Take up a next step') if taken_up else _('Take up a next step no more')
