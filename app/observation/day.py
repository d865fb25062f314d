"""The day as the facilitator follows it and changes it while the visits go on."""

import datetime as dt
from collections.abc import Callable

from app.accounts.model import Facilitator
from app.accounts.service import utc_now
from app.announce import Announcer
from app.rounds.access import Access
from app.rounds.clock import local
from app.rounds.model import Round
from app.rounds.plan import read_plan
from app.store import RoundWork, Store

from .day_changes import DayChange, Preview, change_day, preview_of
from .day_view import Day, day_of, unfinished
from .model import Observer


class DayService:
    """What a facilitator sees and changes while the visits go on."""

    def __init__(
        self, store: Store, announcer: Announcer, access: Access, *, now: Callable[[], dt.datetime] = utc_now
    ) -> None:
        self.now = now
        self.store = store
        self.announcer = announcer
        self.access = access

    async def day(self, who: Facilitator, round_id: str) -> Day:
        """The day as it stands now."""
        head = await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            plan = await read_plan(work, head)
            observers = await work.observers.all()
            notes = [note for note in await work.notes.all() if not note.deleted]
        return day_of(plan, local(self.now(), plan.round.timezone), observers, notes)

    async def unfinished(self, who: Facilitator, round_id: str) -> tuple[str, ...]:
        """What is not finished in the stage of now, in sentences, to be read before the next one is opened.

        For the stages up to the selection; what is open in the debrief, the debrief's own screen says.
        """
        return unfinished(await self.day(who, round_id))

    async def preview(self, who: Facilitator, round_id: str, change: DayChange) -> Preview:
        """What `change` would do, in sentences; nothing is kept. Raises a sentence when it cannot be done."""
        head = await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            plan = await read_plan(work, head)
            return preview_of(change, plan, self._time_of_day(plan.round), await _joined(work))

    async def make(self, who: Facilitator, round_id: str, preview: Preview) -> None:
        """Do what was previewed, and tell the phones.

        Raises `Changed` when the rota or the groups are no longer as they were when it was previewed.
        """
        head = await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            plan = await read_plan(work, head)
            await change_day(work, preview, plan, self._time_of_day(plan.round), await _joined(work))
        for kind in ('rota', 'plan', 'people'):
            self.announcer.announce(round_id, kind)

    def _time_of_day(self, planned: Round) -> dt.time:
        """The time at the school; before the day its beginning, so that a change in advance moves the whole rota."""
        moment = local(self.now(), planned.timezone)
        return moment.time().replace(second=0, microsecond=0) if moment.date() == planned.date else dt.time.min


async def _joined(work: RoundWork) -> tuple[Observer, ...]:
    return tuple(await work.observers.all())
