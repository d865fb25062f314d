"""What the services of the wall share: who may act, at which stage, and who hears of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from app.accounts.model import Facilitator
from app.announce import Announcer
from app.rounds.access import Access
from app.rounds.model import Round
from app.rounds.plan import the_round
from app.rounds.stages import Act, require
from app.store import RoundWork, Store

from .acts import record


@dataclass
class Deed:
    """An act that is being done: the work it is done in, and what it is called when it can be undone."""

    work: RoundWork
    planned: Round
    act: Act = Act.SCREEN
    sentence: str = ''

    def begins(self, act: Act) -> None:
        """Raise `WrongStage` unless this act belongs to the stage of the round."""
        require(act, self.planned.stage)
        self.act = act


@dataclass(frozen=True)
class Acting:
    """A service whose acts change the wall, a theory or the next level of work."""

    store: Store
    announcer: Announcer
    access: Access

    @asynccontextmanager
    async def working(self, who: Facilitator, round_id: str, tell: str) -> AsyncIterator[RoundWork]:
        """What a facilitator does beside the wall (time, votes, the screen): kept, announced, not on the undo list."""
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            yield work
        self.announcer.announce(round_id, tell)

    @asynccontextmanager
    async def acting(self, who: Facilitator, round_id: str, act: Act | None) -> AsyncIterator[Deed]:
        """One act of a facilitator: checked, kept whole, written down so that it can be undone, and announced.

        Raises what `Access.facilitator` raises, and `WrongStage`. Where the act depends on what is found (None), the
        caller says it by `Deed.begins`.
        """
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            deed = Deed(work, await the_round(work))
            if act is not None:
                deed.begins(act)
            yield deed
            changed = await record(work, deed.act, deed.sentence)
        if changed:
            self.announcer.announce(round_id, 'card')
