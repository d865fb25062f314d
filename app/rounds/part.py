"""What the services of a plan share: who may change it, at which stage, and what others hear of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.accounts.model import Facilitator
from app.announce import Announcer
from app.errors import Changed
from app.store import RoundWork, Store
from app.texts import _

from .access import Access
from .plan import the_round
from .stages import Act, require


class PlanPart:
    """One part of the plan: classrooms, bells, groups, …"""

    def __init__(self, store: Store, announcer: Announcer, access: Access) -> None:
        self.store = store
        self.announcer = announcer
        self.access = access

    @asynccontextmanager
    async def planning(
        self, who: Facilitator, round_id: str, act: Act | None = Act.PLAN, *, tell: tuple[str, ...] = ('plan',)
    ) -> AsyncIterator[RoundWork]:
        """A work in which `who` may do `act` (None: at any stage); all who look on hear of it when it is kept."""
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            if act is not None:
                require(act, (await the_round(work)).stage)
            yield work
        for kind in tell:
            self.announcer.announce(round_id, kind)


#: Classrooms, groups, bells and visits stand on the phones too: they hear 'rota' and read them anew.
FOR_PHONES = ('plan', 'rota')


def agree(seen: object, now: object, new: object, what: str) -> bool:
    """Compare and set: True when `new` may be kept, False when it stands there already.

    Raises `Changed` when somebody else wrote something else since `seen` was shown; it carries theirs as `theirs`.
    """
    if new == now:
        return False
    if seen != now:
        raise Changed(
            _(
                '{what} was changed meanwhile on another screen. Yours has not been lost: choose which one stays.'
            ).format(what=what),
            theirs=now,
            yours=new,
        )
    return True


async def somebody_joined(work: RoundWork) -> bool:
    """Whether phones know this plan already, so that numbers and groups on them must not go."""
    return bool(await work.observers.all())
