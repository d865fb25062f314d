"""Whose a round is: asked before every act of a facilitator and by the pages that open with a link."""

from app.accounts.model import Facilitator
from app.accounts.service import AccountService
from app.errors import NotFound
from app.ids import hashed
from app.rounds.model import LinkKind, RoundHead
from app.store import Store
from app.texts import _


class Access:
    """The one place that decides who may read and change which round."""

    def __init__(self, store: Store, accounts: AccountService) -> None:
        self.store = store
        self.accounts = accounts

    async def facilitator(self, who: Facilitator, round_id: str) -> RoundHead:
        """The head of a round that this facilitator may read and change.

        That is a round of the own school or one they were invited to; the account-free look sees its sample
        round alone. Raises `NotSignedIn` when the session has ended, and `NotFound`, in the same words, both
        for a round that is not theirs and for one that is not there.
        """
        async with self.store.index() as work:
            await self.accounts.still_in(work, who)
            head = await work.heads.get(round_id)
        if head is None or not _may(who, head):
            raise NotFound(_('There is no such round, or it belongs to another school.'))
        return head

    async def link(self, secret: str, kind: LinkKind) -> str:
        """The id of the round that this link opens. Raises `NotFound` when it is wrong or was revoked."""
        async with self.store.index() as work:
            link = await work.links.get(hashed(secret))
        if link is None or link.kind is not kind:
            raise NotFound(_('This link does not open anything any more. Please ask the facilitator for a new one.'))
        return link.round


def _may(who: Facilitator, head: RoundHead) -> bool:
    if who.only_round:
        return head.sample and head.id == who.only_round
    return bool(who.account) and (head.school == who.school or who.account in head.guests)
