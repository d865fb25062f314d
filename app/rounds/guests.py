"""Facilitators of other schools who plan and run a round along with the host."""

from dataclasses import dataclass, replace

from app.accounts.model import Facilitator
from app.errors import BadInput, NotFound
from app.store import IndexWork
from app.texts import _

from .model import RoundHead
from .part import PlanPart


@dataclass(frozen=True, kw_only=True)
class Guest:
    """An invited facilitator, as the plan names them."""

    account: str
    name: str
    school: str


class Guests(PlanPart):
    """Invited by e-mail: the account has to exist already."""

    async def all(self, who: Facilitator, round_id: str) -> list[Guest]:
        """Who was invited, in the order of invitation."""
        head = await self.access.facilitator(who, round_id)
        guests = []
        async with self.store.index() as index:
            for key in head.guests:
                account = await index.accounts.get(key)
                school = await index.schools.get(account.school) if account else None
                if account is not None:
                    guests.append(Guest(account=key, name=account.name, school=school.name if school else ''))
        return guests

    async def invite(self, who: Facilitator, round_id: str, email: str) -> Guest:
        """Let the facilitator with this e-mail plan along. Raises `NotFound` when nobody has an account with it."""
        await self.access.facilitator(who, round_id)
        email = email.strip().casefold()
        if '@' not in email:
            raise BadInput(_('Please write the e-mail with which the other facilitator signs in.'))
        async with self.store.index() as index:
            await self.access.accounts.account_in(index, who)
            head = await _head(index, round_id)
            account = next(iter(await index.accounts.all(email=email)), None)
            if account is None:
                raise NotFound(
                    _('Nobody signs in with this e-mail yet. Send an invitation from your account’s page first.')
                )
            if account.school == head.school:
                raise BadInput(
                    _('{name} belongs to the host school and can plan along already.').format(name=account.name)
                )
            school = await index.schools.get(account.school)
            if account.id not in head.guests:
                await index.heads.put(replace(head, guests=(*head.guests, account.id)))
        self.announcer.announce(round_id, 'plan')
        return Guest(account=account.id, name=account.name, school=school.name if school else '')

    async def remove(self, who: Facilitator, round_id: str, account: str) -> None:
        """The guest can no longer open the round."""
        await self.access.facilitator(who, round_id)
        async with self.store.index() as index:
            await self.access.accounts.account_in(index, who)
            head = await _head(index, round_id)
            await index.heads.put(replace(head, guests=tuple(key for key in head.guests if key != account)))
        self.announcer.announce(round_id, 'plan')


async def _head(index: IndexWork, round_id: str) -> RoundHead:
    head = await index.heads.get(round_id)
    if head is None:
        raise NotFound(_('There is no such round. It may have been deleted.'))
    return head
