"""The rota of a round: made in one go, then changed by hand, with the sentence why a change clashes."""

import asyncio
from dataclasses import replace

from app.accounts.model import Facilitator
from app.errors import BadInput, Changed, NotFound
from app.store import RoundWork
from app.texts import _

from .fields import clock_time
from .model import Visit
from .part import FOR_PHONES, PlanPart
from .plan import Plan, read_plan
from .rota import make_rota, visit_id
from .rota_clashes import why_not


class Clash(BadInput):
    """The rota cannot be changed like this; the sentence names group, room and time. `swap` names the visit that
    could change places with it, if that would do."""

    kind = 'clash'


class Rota(PlanPart):
    """Which group sits where and when."""

    async def make(self, who: Facilitator, round_id: str) -> tuple[Visit, ...]:
        """Make the rota of the plan as it is now, in place of the one there was.

        Raises `NoRota` with the reason when there is none, `Changed` when the plan was changed while it was made.
        """
        head = await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            plan = await read_plan(work, head)
        visits = await asyncio.to_thread(make_rota, plan.periods, plan.classrooms, plan.groups, plan.round.sizes)
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            now = await read_plan(work, head)
            if _basis(now) != _basis(plan) or now.visits != plan.visits:
                raise Changed(
                    _('The plan was changed on another screen while the rota was made. Please make it again.')
                )
            await work.visits.clear()
            for visit in visits:
                await work.visits.put(visit)
        return visits

    async def clear(self, who: Facilitator, round_id: str) -> None:
        """Take all visits out."""
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            await work.visits.clear()

    async def put(
        self, who: Facilitator, round_id: str, group: str, classroom: str, start: object, end: object
    ) -> Visit:
        """One more visit. Raises `Clash` when it cannot be."""
        head = await self.access.facilitator(who, round_id)
        begins, ends = clock_time(start), clock_time(end)
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            plan = await read_plan(work, head)
            visit = Visit(id=visit_id(group, classroom), group=group, classroom=classroom, start=begins, end=ends)
            if await work.visits.get(visit.id) is not None:
                raise Clash(_again(plan, visit))
            _check(plan, visit, plan.visits)
            await work.visits.put(visit)
        return visit

    async def move(
        self, who: Facilitator, round_id: str, seen: Visit, classroom: str, start: object, end: object
    ) -> Visit:
        """Put another classroom or other times into the visit that the screen showed as `seen`.

        Raises `Clash` when it cannot be (with `swap`, the visit of another group that stands there), `Changed` when
        another screen has changed this visit since.
        """
        head = await self.access.facilitator(who, round_id)
        begins, ends = clock_time(start), clock_time(end)
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            plan = await read_plan(work, head)
            await _as_seen(work, seen)
            moved = replace(seen, id=visit_id(seen.group, classroom), classroom=classroom, start=begins, end=ends)
            others = tuple(visit for visit in plan.visits if visit.id != seen.id)
            if any(visit.id == moved.id for visit in others):
                raise Clash(_again(plan, moved))
            _check(plan, moved, others, seen)
            await work.visits.remove(seen.id)
            await work.visits.put(moved)
        return moved

    async def swap(self, who: Facilitator, round_id: str, one: Visit, other: Visit) -> None:
        """Two groups change rooms, each at its own time. Raises `Clash` or `Changed` like `move`."""
        head = await self.access.facilitator(who, round_id)
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            plan = await read_plan(work, head)
            await _as_seen(work, one)
            await _as_seen(work, other)
            first, second = _swapped(one, other)
            rest = tuple(visit for visit in plan.visits if visit.id not in (one.id, other.id))
            for visit in (first, second):
                if any(there.id == visit.id for there in rest):
                    raise Clash(_again(plan, visit))
            _check(plan, first, (*rest, second))
            _check(plan, second, (*rest, first))
            for visit in (one, other):
                await work.visits.remove(visit.id)
            for visit in (first, second):
                await work.visits.put(visit)

    async def remove(self, who: Facilitator, round_id: str, seen: Visit) -> None:
        """Take a visit out. Raises `Changed` when another screen has changed it since it was `seen`."""
        await self.access.facilitator(who, round_id)
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            await _as_seen(work, seen)
            await work.visits.remove(seen.id)


def _basis(plan: Plan) -> tuple[object, ...]:
    """What a rota is made of."""
    return plan.periods, plan.classrooms, plan.groups, plan.round.sizes


def _check(plan: Plan, visit: Visit, others: tuple[Visit, ...], seen: Visit | None = None) -> None:
    if plan.group(visit.group) is None or plan.classroom(visit.classroom) is None:
        raise NotFound(_('This group or classroom has been taken out of the plan meanwhile.'))
    why = why_not(visit, others, plan.periods, plan.classrooms, plan.groups, plan.round.sizes)
    if why:
        raise Clash(why, swap=_swap_that_would_do(plan, visit, others, seen) if seen else None)


def _swap_that_would_do(plan: Plan, visit: Visit, others: tuple[Visit, ...], seen: Visit) -> Visit | None:
    """The visit of another group that stands in the way, when both groups could simply change rooms."""
    for other in others:
        if other.classroom != visit.classroom or not _at_once(other, visit):
            continue
        first, second = _swapped(seen, other)
        rest = tuple(there for there in others if there.id != other.id)
        if {first.id, second.id} & {there.id for there in rest}:
            continue
        known = plan.periods, plan.classrooms, plan.groups, plan.round.sizes
        if not why_not(first, (*rest, second), *known) and not why_not(second, (*rest, first), *known):
            return other
    return None


def _swapped(one: Visit, other: Visit) -> tuple[Visit, Visit]:
    return (
        replace(one, id=visit_id(one.group, other.classroom), classroom=other.classroom),
        replace(other, id=visit_id(other.group, one.classroom), classroom=one.classroom),
    )


def _at_once(one: Visit, other: Visit) -> bool:
    return one.start < other.end and other.start < one.end


def _again(plan: Plan, visit: Visit) -> str:
    group, room = plan.group(visit.group), plan.classroom(visit.classroom)
    sentence = _('{group} visits classroom {n} already. A group sees a classroom once.')
    return sentence.format(group=group.name if group else '', n=room.number if room else '')


async def _as_seen(work: RoundWork, seen: Visit) -> None:
    if await work.visits.get(seen.id) != seen:
        raise Changed(_('This visit was changed on another screen meanwhile. The rota now shows how it stands.'))
