"""The time of the debrief: how long each step may take, counted back from the end of the round.

Both ends are moments on the server, so that a browser that slept or was opened anew draws the same. The steps that are
still to come share what is left; whoever extends one sees at once what that costs the others.
"""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from app.accounts.model import Facilitator
from app.errors import BadInput
from app.rounds.clock import local, now_at
from app.rounds.model import Round
from app.rounds.plan import the_round
from app.rounds.stages import Stage, stage_name
from app.store import RoundWork
from app.texts import _

from .acting import Acting
from .model import Agenda, AgendaStep
from .wall import Wall

STEPS = (
    Stage.SELECTION,
    Stage.SCREENING,
    Stage.RED_DOTS,
    Stage.ANALYSIS,
    Stage.PREDICTION,
    Stage.THEORIES,
    Stage.NEXT_LEVEL,
)
#: Minutes of each step by the length of the whole. Most goes to what rounds fail at: patterns and theories.
PRESETS: dict[int, tuple[int, ...]] = {
    90: (8, 15, 7, 23, 9, 20, 8),
    120: (10, 20, 9, 31, 11, 28, 11),
    150: (12, 25, 12, 38, 14, 35, 14),
}
MOST_AT_ONCE = 30


class AgendaService(Acting):
    """What facilitators do with the time. Nothing of it is undone: the opposite is a press away."""

    async def plan_time(self, who: Facilitator, round_id: str, *, ends: str, minutes: int) -> None:
        """Plan a debrief of `minutes` (one of `PRESETS`) that ends today at `ends`, local time of the host school.

        Raises `BadInput` for another length, for what is no time of day, and for a time that is over.
        """
        async with self.working(who, round_id, 'screen') as work:
            planned, now = await the_round(work), _now()
            if minutes not in PRESETS:
                raise BadInput(_('Choose 90, 120 or 150 minutes for the debrief.'))
            ends_at = _end(planned, ends)
            steps = tuple(AgendaStep(stage=stage, minutes=n) for stage, n in zip(STEPS, PRESETS[minutes], strict=True))
            agenda = Agenda(id=round_id, ends_at=ends_at, steps=steps)
            await work.agendas.put(entered(agenda, planned.stage, now))

    async def extend(self, who: Facilitator, round_id: str, minutes: int) -> None:
        """Give the step of now so many minutes more (or fewer); the steps that follow share what is left.

        Raises `BadInput` where no step is going on, and when the debrief would be over before the step is.
        """
        await self._change(who, round_id, lambda agenda: extended(agenda, minutes, _now()))

    async def move_end(self, who: Facilitator, round_id: str, minutes: int) -> None:
        """The debrief ends so many minutes later (or earlier); the step of now keeps its own end where it can."""

        def change(agenda: Agenda) -> Agenda:
            ends_at = agenda.ends_at + dt.timedelta(minutes=_few(minutes))
            if ends_at <= _now():
                raise BadInput(_('The debrief cannot end before now.'))
            step_ends_at = min(agenda.step_ends_at, ends_at) if agenda.step_ends_at else None
            return replace(agenda, ends_at=ends_at, step_ends_at=step_ends_at)

        await self._change(who, round_id, change)

    async def drop_agenda(self, who: Facilitator, round_id: str) -> None:
        """Go on without an agenda."""
        async with self.working(who, round_id, 'screen') as work:
            await work.agendas.remove(round_id)

    async def _change(self, who: Facilitator, round_id: str, change: Callable[[Agenda], Agenda]) -> None:
        async with self.working(who, round_id, 'screen') as work:
            agenda = await work.agendas.get(round_id)
            if agenda is None:
                raise BadInput(_('There is no agenda any more. Plan the time anew.'))
            await work.agendas.put(change(agenda))


def entered(agenda: Agenda, stage: Stage, now: dt.datetime) -> Agenda:
    """The agenda when a stage is opened, for the first time or again: its step has its share of what is left."""
    if stage not in STEPS:
        return replace(agenda, stage=None, step_ends_at=None)
    share = _shares(agenda, STEPS[STEPS.index(stage) :], now)[0]
    return replace(agenda, stage=stage, step_ends_at=now + dt.timedelta(minutes=share))


def extended(agenda: Agenda, minutes: int, now: dt.datetime) -> Agenda:
    """The step of now with another end; `BadInput` when that is after the end of all, or before now."""
    if agenda.step_ends_at is None:
        raise BadInput(_('No step of the agenda is going on: the time begins with “Selection”.'))
    step_ends_at = max(agenda.step_ends_at, now) + dt.timedelta(minutes=_few(minutes))
    if step_ends_at > agenda.ends_at:
        raise BadInput(_('There are not so many minutes left. End the debrief later, or go on to the next step.'))
    return replace(agenda, step_ends_at=max(step_ends_at, now))


def to_come(agenda: Agenda, now: dt.datetime) -> dict[Stage, int]:
    """How many minutes each step that follows has now: less, the longer the one of now takes."""
    done = STEPS.index(agenda.stage) + 1 if agenda.stage else 0
    later = STEPS[done:]
    if agenda.stage is None:
        return {step.stage: step.minutes for step in agenda.steps}
    return dict(zip(later, _shares(agenda, later, max(agenda.step_ends_at or now, now)), strict=True))


async def follow_stage(work: RoundWork, stage: Stage) -> None:
    """A stage was opened: its time begins. Called in the same work."""
    agenda = await work.agendas.get(work.round_id)
    if agenda is not None:
        await work.agendas.put(entered(agenda, stage, _now()))


async def agenda_part(work: RoundWork, wall: Wall, for_control: bool) -> dict[str, Any]:
    """The time as views show it: moments in milliseconds, to be drawn by the browser; None without an agenda."""
    agenda = await work.agendas.get(work.round_id)
    if agenda is None:
        return {'agenda': None}
    now, going_on = _now(), agenda.step_ends_at
    drawn: dict[str, Any] = {
        'stage': agenda.stage.value if agenda.stage else '',
        'ends_at': _milliseconds(agenda.ends_at),
        'step_ends_at': _milliseconds(going_on) if going_on else 0,
    }
    if for_control:
        ahead = to_come(agenda, now)
        drawn['ends'] = f'{local(agenda.ends_at, wall.planned.timezone):%H:%M}'
        drawn['steps'] = [
            {'stage': step.stage.value, 'name': stage_name(step.stage), 'minutes': ahead.get(step.stage)}
            for step in agenda.steps
        ]
        whole = dt.timedelta(minutes=sum(step.minutes for step in agenda.steps))
        drawn['begin'] = f'{local(agenda.ends_at - whole, wall.planned.timezone):%H:%M}' if not agenda.stage else ''
    return {'agenda': drawn}


def _shares(agenda: Agenda, stages: tuple[Stage, ...], since: dt.datetime) -> list[int]:
    """Whole minutes between `since` and the end for these stages, in proportion to what was planned for them."""
    planned = {step.stage: step.minutes for step in agenda.steps}
    left = max(0, int((agenda.ends_at - since).total_seconds() + 30) // 60)
    weights = [planned.get(stage, 0) for stage in stages]
    ends, whole, given = 0, sum(weights) or 1, [0]
    for weight in weights:
        ends += weight
        given.append(round(left * ends / whole))
    return [later - earlier for earlier, later in pairwise(given)]


def _end(planned: Round, ends: str) -> dt.datetime:
    now = now_at(planned)
    try:
        end = dt.time.fromisoformat(ends.strip())
    except ValueError as error:
        raise BadInput(_('Write the end of the debrief like 15:30.')) from error
    ends_at = dt.datetime.combine(now.date(), end.replace(tzinfo=None), now.tzinfo)
    if ends_at <= now:
        sentence = _('It is {now} at the school, so {end} is over.')
        raise BadInput(sentence.format(now=f'{now:%H:%M}', end=f'{end:%H:%M}'))
    return ends_at.astimezone(dt.UTC)


def _few(minutes: int) -> int:
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 0 < abs(minutes) <= MOST_AT_ONCE:
        raise BadInput(_('At most {n} minutes at once.').format(n=MOST_AT_ONCE))
    return minutes


def _milliseconds(moment: dt.datetime) -> int:
    return round(moment.timestamp() * 1000)


def _now() -> dt.datetime:
    """By the clock that boards are told when they are opened."""
    return dt.datetime.fromtimestamp(time.time(), dt.UTC)
