"""Who holds the room during the debrief, and how it is handed over: asked for on one side, confirmed on the other.

Several facilitators may work on one debrief, and all of them can sort, write and undo. Only one opens the stages: a
room follows one voice. The lead is never passed on by itself (ParabolInc/parabol issues 357 and 3307 tell why).
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.accounts.model import Facilitator
from app.errors import BadInput, NotYours
from app.store import RoundWork
from app.texts import _

from .model import Holding
from .part import PlanPart
from .stages import Stage

#: Who asks may take the room after this, with a press of their own: a holder's laptop can be dead.
PATIENCE = dt.timedelta(minutes=2)
Change = Callable[[Holding], Holding]


@dataclass(frozen=True, kw_only=True)
class Held:
    """How a facilitator stands to the room: names, and what this facilitator can do about it."""

    holder: str = ''  #: name; empty when nobody holds the room
    mine: bool = False
    asked: str = ''  #: name of who asks for it
    i_asked: bool = False
    may_take: bool = False


class Holdings(PlanPart):
    """The room of a round: held, asked for, handed over, let go."""

    async def look(self, who: Facilitator, round_id: str) -> Held:
        """How the room stands for this facilitator."""
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            holding = await _holding(work)
        mine, i_asked = _is(holding.account, who), _is(holding.asked_by, who)
        waited = holding.asked_at is not None and dt.datetime.now(dt.UTC) - holding.asked_at >= PATIENCE
        return Held(
            holder=holding.name, mine=mine, asked=holding.asked_name, i_asked=i_asked, may_take=i_asked and waited
        )

    async def ask(self, who: Facilitator, round_id: str) -> None:
        """Ask for the room. Where nobody holds it, it is one's own at once; a second asker is told who was first."""

        def change(holding: Holding) -> Holding:
            if not holding.account or _is(holding.account, who):
                return _held_by(holding, who)
            if holding.asked_by and not _is(holding.asked_by, who):
                raise BadInput(_('{name} has asked already.').format(name=holding.asked_name))
            at = holding.asked_at or dt.datetime.now(dt.UTC)
            return replace(holding, asked_by=who.account, asked_name=who.name, asked_at=at)

        await self._change(who, round_id, change)

    async def hand_over(self, who: Facilitator, round_id: str) -> None:
        """The holder says yes: who asked holds the room now."""

        def change(holding: Holding) -> Holding:
            _require_mine(holding, who)
            if not holding.asked_by:
                raise BadInput(_('Nobody asks for the room any more.'))
            return Holding(id=holding.id, account=holding.asked_by, name=holding.asked_name)

        await self._change(who, round_id, change)

    async def decline(self, who: Facilitator, round_id: str) -> None:
        """The holder says no, or who asked takes it back."""

        def change(holding: Holding) -> Holding:
            if not _is(holding.asked_by, who):
                _require_mine(holding, who)
            return replace(holding, asked_by='', asked_name='', asked_at=None)

        await self._change(who, round_id, change)

    async def take(self, who: Facilitator, round_id: str) -> None:
        """Hold the room after the holder has not answered for `PATIENCE`; `BadInput` before that."""

        def change(holding: Holding) -> Holding:
            waited = holding.asked_at is not None and dt.datetime.now(dt.UTC) - holding.asked_at >= PATIENCE
            if not (_is(holding.asked_by, who) and waited):
                sentence = _('{name} has two minutes to answer. Then you can take the room.')
                raise BadInput(sentence.format(name=holding.name))
            return _held_by(holding, who)

        await self._change(who, round_id, change)

    async def let_go(self, who: Facilitator, round_id: str) -> None:
        """Nobody holds the room; the next who opens a stage does."""

        def change(holding: Holding) -> Holding:
            _require_mine(holding, who)
            return Holding(id=holding.id)

        await self._change(who, round_id, change)

    async def _change(self, who: Facilitator, round_id: str, change: Change) -> None:
        async with self.planning(who, round_id, None, tell=('room',)) as work:
            await work.holdings.put(change(await _holding(work)))


async def require_held(work: RoundWork, who: Facilitator, to: Stage) -> None:
    """Raise `NotYours` when another facilitator holds the room. Who opens a stage of the debrief holds it from then."""
    holding = await _holding(work)
    if holding.account and not _is(holding.account, who):
        sentence = _('{name} holds the room and opens the stages. Ask for it beside the stages.')
        raise NotYours(sentence.format(name=holding.name))
    if to in (Stage.PLANNED, Stage.OPEN, Stage.CLOSED):
        await work.holdings.remove(work.round_id)
    elif not holding.account and who.account:
        await work.holdings.put(_held_by(holding, who))


async def _holding(work: RoundWork) -> Holding:
    return await work.holdings.get(work.round_id) or Holding(id=work.round_id)


def _held_by(holding: Holding, who: Facilitator) -> Holding:
    return Holding(id=holding.id, account=who.account, name=who.name)


def _is(account: str, who: Facilitator) -> bool:
    """Whether this account is theirs; the account-free look at the sample holds nothing."""
    return bool(account) and account == who.account


def _require_mine(holding: Holding, who: Facilitator) -> None:
    if not _is(holding.account, who):
        raise NotYours(_('You do not hold the room.'))
