"""Rounds: made, planned, moved from stage to stage, copied, archived and deleted."""

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from app.accounts.model import Facilitator
from app.announce import Announcer
from app.errors import BadInput, Changed, NotFound
from app.store import RoundWork, Store
from app.texts import _

from .access import Access
from .bells import Bells
from .classrooms import Classrooms
from .fields import ROUND_FIELDS, SIZE_FIELDS, as_seen, read
from .groups import Groups
from .guests import Guests
from .holding import Holdings, require_held
from .life import Life, refuse_past
from .links import Links
from .model import Link, LinkKind, Round, RoundHead, Sizes
from .part import PlanPart, agree
from .plan import Plan, read_plan, the_round
from .rota_by_hand import Rota
from .stages import Act, Stage, require, require_move, stage_name
from .taking_part import TakingPart

#: Called inside the same work when a stage was opened.
StageFollower = Callable[[RoundWork, Stage], Awaitable[None]]
#: May still be set when the visits are over.
AT_ANY_STAGE = frozenset({'title', 'sizes.printed_from_visits', 'sizes.days_kept', 'sizes.suggestions', 'paper'})


class RoundService(PlanPart):
    """What a facilitator does with rounds. The parts of one plan are at `classrooms`, `bells`, `groups`, `rota`, …"""

    def __init__(
        self, store: Store, announcer: Announcer, access: Access, followers: Sequence[StageFollower] = ()
    ) -> None:
        super().__init__(store, announcer, access)
        self.followers = tuple(followers)
        self.holding = Holdings(store, announcer, access)
        self.schools = TakingPart(store, announcer, access)
        self.groups = Groups(store, announcer, access)
        self.classrooms = Classrooms(store, announcer, access)
        self.bells = Bells(store, announcer, access)
        self.rota = Rota(store, announcer, access)
        self.guests = Guests(store, announcer, access)
        self._life = Life(store, announcer, access)
        self._links = Links(store, announcer, access)

    async def rounds_of(self, who: Facilitator) -> list[RoundHead]:
        """The rounds of the own school, and those to which one is invited; the latest day first, archived ones too."""
        async with self.store.index() as work:
            await self.access.accounts.still_in(work, who)
            if who.only_round:
                head = await work.heads.get(who.only_round)
                return [head] if head else []
            heads = [head for head in await work.heads.all() if head.school == who.school or who.account in head.guests]
        return sorted(heads, key=lambda head: (head.date, head.created_at), reverse=True)

    async def create(self, who: Facilitator, title: str, date: dt.date | str) -> str:
        """The id of a new round of the own school. Raises `BadInput` for an empty title or a day that is over."""
        return await self._life.create(who, title, date)

    async def copy(self, who: Facilitator, round_id: str, title: str, date: dt.date | str) -> str:
        """The id of a new round that begins with this one's plan: new codes, no people, no notes.

        Classrooms, bells and rota are taken over where the host school stays the same.
        """
        return await self._life.copy(who, round_id, title, date)

    async def plan(self, who: Facilitator, round_id: str) -> Plan:
        """The whole plan. A label in the list of rounds that a crash left behind is put right on the way."""
        head = await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            plan = await read_plan(work, head)
        if _is_stale(head, plan.round):
            await self._relabel(round_id)
        return plan

    async def change(self, who: Facilitator, round_id: str, field: str, value: object, *, seen: object) -> Round:
        """Keep `value` in a field of the round (`sizes.minutes` for one of its sizes) and return the round.

        `seen` is what the screen showed. Raises `Changed` with `theirs` when somebody else wrote there since,
        `BadInput` when the value does not fit, `WrongStage` when the plan stands.
        """
        act = None if field in AT_ANY_STAGE else Act.PLAN
        async with self.planning(who, round_id, act, tell=('plan', 'words')) as work:
            planned = await the_round(work)
            if planned.stage is Stage.PURGED:
                require(Act.PLAN, planned.stage)
            changed = _with(planned, field, value, seen)
            await work.plans.put(changed)
        if label(changed) != label(planned):
            await self._relabel(round_id)
        return changed

    async def go_to(self, who: Facilitator, round_id: str, stage: Stage, *, seen: Stage | None = None) -> Stage:
        """Open a stage: the next one, or any earlier one again with the work kept. Returns the stage of now.

        Going where the round is already changes nothing, so two facilitators can press the same button. With `seen`
        (the stage that the screen showed) `Changed` is raised when the round has moved on elsewhere. During the
        debrief one facilitator holds the room: `NotYours` for another.
        """
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            planned = await the_round(work)
            if planned.stage is stage:
                return stage
            if seen is not None and planned.stage is not seen:
                sentence = _('Another screen has moved the round to “{stage}” meanwhile.')
                raise Changed(sentence.format(stage=stage_name(planned.stage)), theirs=planned.stage)
            require_move(planned.stage, stage)
            await require_held(work, who, stage)
            closed_at = dt.datetime.now(dt.UTC) if stage is Stage.CLOSED else None
            await work.plans.put(replace(planned, stage=stage, closed_at=closed_at))
            for follow in self.followers:
                await follow(work, stage)
        await self._relabel(round_id)
        self.announcer.announce(round_id, 'stage')
        return stage

    async def archive(self, who: Facilitator, round_id: str, archived: bool = True) -> None:
        """Put a round away, or take it out again; nothing of it changes."""
        await self._life.archive(who, round_id, archived)

    async def what_is_deleted(self, who: Facilitator, round_id: str) -> tuple[str, ...]:
        """What `delete` would delete, a line each."""
        return await self._life.what_is_deleted(who, round_id)

    async def delete(self, who: Facilitator, round_id: str, *, typed: str) -> None:
        """Delete all of the round for good. `typed` has to be its title; `BadInput` otherwise."""
        await self._life.delete(who, round_id, typed)

    async def new_join_code(self, who: Facilitator, round_id: str) -> str:
        """A new code for the hall; who types the old one is told kindly that it was replaced."""
        return await self.classrooms.new_join_code(who, round_id)

    async def make_link(self, who: Facilitator, round_id: str, kind: LinkKind) -> str:
        """The secret of a new link; it is shown once, only its hash is kept."""
        return await self._links.make(who, round_id, kind)

    async def links(self, who: Facilitator, round_id: str) -> list[Link]:
        """The links that open something of this round, oldest first."""
        return await self._links.all(who, round_id)

    async def revoke_link(self, who: Facilitator, round_id: str, link_id: str) -> None:
        """From now on the link opens nothing."""
        await self._links.revoke(who, round_id, link_id)

    async def mend_labels(self) -> None:
        """Put right what a crash left behind in the list of rounds. Asks nobody: nothing of a round changes."""
        async with self.store.index() as index:
            heads = await index.heads.all()
        for head in heads:
            with suppress(NotFound):
                async with self.store.round(head.id) as work:
                    planned = await work.plans.get(head.id)
                if planned is not None and _is_stale(head, planned):
                    await self._relabel(head.id)

    async def _relabel(self, round_id: str) -> None:
        """Write what the list of rounds shows, from the round as it is now."""
        async with self.store.round(round_id) as work:
            planned = await the_round(work)
        async with self.store.index() as index:
            head = await index.heads.get(round_id)
            if head is not None:
                title, date, stage = label(planned)
                await index.heads.put(replace(head, title=title, date=date, stage=stage))


def label(planned: Round) -> tuple[str, dt.date, Stage]:
    """What the list of rounds shows of a round."""
    return planned.title, planned.date, planned.stage


def _is_stale(head: RoundHead, planned: Round) -> bool:
    """Whether the list shows something else. That a round is purged is written there by the purge, as its last act."""
    return planned.stage is not Stage.PURGED and label(planned) != (head.title, head.date, head.stage)


def _with(planned: Round, field: str, value: object, seen: object) -> Round:
    """The round with `value` in `field`, compared with what was seen."""
    group, _dot, name = field.partition('.')
    if group == 'sizes' and name:
        new = read(SIZE_FIELDS, name, value)
        if not agree(as_seen(SIZE_FIELDS, name, seen), getattr(planned.sizes, name), new, _('This number')):
            return planned
        return replace(planned, sizes=_sizes(planned, name, new))
    new = read(ROUND_FIELDS, field, value)
    if not agree(as_seen(ROUND_FIELDS, field, seen), getattr(planned, field), new, _('This field')):
        return planned
    if field == 'date':
        refuse_past(new, planned.timezone)
    if field == 'host_school':
        schools = tuple(replace(school, name=new) if school.host else school for school in planned.schools)
        return replace(planned, host_school=new, schools=schools)
    return replace(planned, **{field: new})


def _sizes(planned: Round, name: str, new: Any) -> Sizes:
    sizes: Sizes = replace(planned.sizes, **{name: new})
    if sizes.choose_least > sizes.choose_most:
        raise BadInput(
            _('The least number of chosen notes is larger than the most. Please change the other one first.')
        )
    return sizes
