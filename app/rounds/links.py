"""Links that open the projection or the outcome without an account."""

import datetime as dt

from app.accounts.model import Facilitator
from app.errors import NotFound
from app.ids import hashed, new_secret
from app.texts import _

from .model import Link, LinkKind
from .part import PlanPart


class Links(PlanPart):
    """Made, listed and revoked by the round's facilitators."""

    async def make(self, who: Facilitator, round_id: str, kind: LinkKind) -> str:
        """The secret of a new link; only its hash is kept."""
        await self.access.facilitator(who, round_id)
        secret = new_secret()
        async with self.store.index() as index:
            if await index.heads.get(round_id) is None:
                raise NotFound(_('There is no such round. It may have been deleted.'))
            await index.links.put(
                Link(id=hashed(secret), round=round_id, kind=kind, created_at=dt.datetime.now(dt.UTC))
            )
        return secret

    async def all(self, who: Facilitator, round_id: str) -> list[Link]:
        """The round's links, oldest first."""
        await self.access.facilitator(who, round_id)
        async with self.store.index() as index:
            return await index.links.all(round=round_id)

    async def revoke(self, who: Facilitator, round_id: str, link_id: str) -> None:
        """Nothing happens when another facilitator was quicker."""
        await self.access.facilitator(who, round_id)
        async with self.store.index() as index:
            link = await index.links.get(link_id)
            if link is not None and link.round == round_id:
                await index.links.remove(link_id)
        self.announcer.announce(round_id, 'link')
