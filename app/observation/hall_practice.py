"""The practice for the whole hall: on the screen, with hands raised, steered by the facilitator."""

from dataclasses import replace

from app.accounts.model import Facilitator
from app.announce import Announcer
from app.errors import BadInput, WrongStage
from app.rounds.access import Access
from app.texts import _

from .practice import Hands, Practice, drawn

#: Hands that can be entered.
MOST_HANDS = 500


class PracticeService:
    """The same for the whole hall, with hands raised.

    It is kept in memory alone, and gone when it ends or the server starts anew: nothing of it is worth keeping.
    """

    def __init__(self, announcer: Announcer, access: Access) -> None:
        self.announcer = announcer
        self.access = access
        self._in_halls: dict[str, Practice] = {}

    def in_hall(self, round_id: str) -> Practice | None:
        """What the hall of this round practises now; for pages that have asked who asks."""
        return self._in_halls.get(round_id)

    async def begin(self, who: Facilitator, round_id: str) -> None:
        """Put five statements on the screen, one after another."""
        await self.access.facilitator(who, round_id)
        self._set(round_id, Practice(statements=drawn()))

    async def count_hands(self, who: Facilitator, round_id: str, describes: object, judges: object) -> None:
        """Keep the counts of raised hands for the statement of now; both empty: none. Raises `BadInput`."""
        await self.access.facilitator(who, round_id)
        entered = [_hands(value) for value in (describes, judges)]
        hands = None if entered == [None, None] else Hands(describes=entered[0] or 0, judges=entered[1] or 0)
        self._set(round_id, replace(self._now(round_id), hands=hands))

    async def show_answer(self, who: Facilitator, round_id: str) -> None:
        """Say on the screen what the statement does, and why."""
        await self.access.facilitator(who, round_id)
        self._set(round_id, replace(self._now(round_id), answered=True))

    async def go_on(self, who: Facilitator, round_id: str) -> None:
        """The next statement; after the last one the screen shows the stage again."""
        await self.access.facilitator(who, round_id)
        now = self._now(round_id)
        self._set(round_id, None if now.last else replace(now, at=now.at + 1, answered=False, hands=None))

    async def end(self, who: Facilitator, round_id: str) -> None:
        """The screen shows the stage again."""
        await self.access.facilitator(who, round_id)
        self._set(round_id, None)

    def _now(self, round_id: str) -> Practice:
        now = self._in_halls.get(round_id)
        if now is None:
            raise WrongStage(_('The practice has ended. Begin it again.'))
        return now

    def _set(self, round_id: str, practice: Practice | None) -> None:
        if practice is None:
            self._in_halls.pop(round_id, None)
        else:
            self._in_halls[round_id] = practice
        self.announcer.announce(round_id, 'screen')


def _hands(value: object) -> int | None:
    if value is None or value == '':
        return None
    if isinstance(value, int | float) and 0 <= value <= MOST_HANDS and value == int(value):
        return int(value)
    raise BadInput(_('A count of hands is a number from 0 to {most}.').format(most=MOST_HANDS))
