"""The network and its schools: the first start, and how further schools and facilitators come in."""

import asyncio
import base64
import datetime as dt
import hmac
from dataclasses import dataclass, replace

from app.accounts.model import Account, Facilitator
from app.accounts.service import AccountService
from app.errors import BadInput, Gone, NotFound, Taken
from app.ids import hashed, new_id, new_secret
from app.pdf.sizes import Paper
from app.schools.logo import clean_logo
from app.schools.model import Invitation, Logo, Network, School
from app.schools.timezones import timezones
from app.store import IndexWork, Store
from app.texts import _
from app.wording import worded

LONGEST = 120
GOOD_FOR = dt.timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What an invitation says to whoever opens it. `school` is empty for a school new to the network."""

    network: str
    school: str
    invited_by: str
    expires_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Place:
    """A facilitator's school, its network, and the names of the colleagues there."""

    school: School
    network: Network
    schools: tuple[School, ...]
    colleagues: tuple[str, ...]


class SchoolService:
    """Sets a network up and brings schools and facilitators into it."""

    def __init__(self, store: Store, accounts: AccountService, setup_code: str) -> None:
        self.store = store
        self.accounts = accounts
        self.setup_code = setup_code

    async def set_up(
        self,
        *,
        code: str,
        network: str,
        school: str,
        timezone: str,
        name: str,
        email: str,
        passphrase: str,
        address: str,
    ) -> str:
        """The first start: network, school and the first account, whole or not at all. The token of a session.

        Rounds that were imported or sampled on the command line before belong to this school from now on.
        Raises `BadInput` for a wrong set-up code (which `serve` prints) or something left empty, `Taken` when
        somebody else was first, `TooMany` after many wrong codes from one address.
        """
        if await self.accounts.anybody():
            raise _set_up_already()
        self.accounts.tries.secret('set-up', address)
        if not self.setup_code or not hmac.compare_digest(_plain(code), _plain(self.setup_code)):
            sentence = _('This is not the set-up code. It was printed where Rounds was started.')
            raise BadInput(sentence, field='code')
        new_network = Network(id=new_id(), name=worded(network, LONGEST, _('Network'), lines=False, field='network'))
        new_school = _school(new_network.id, school, timezone)
        account = await self.accounts.prepared(email=email, name=name, passphrase=passphrase)
        async with self.store.index() as work:
            if await work.accounts.all():
                raise _set_up_already()
            await work.networks.put(new_network)
            await _adopt(work, new_school)
            return await self._enter(work, new_school, account)

    async def place(self, who: Facilitator) -> Place:
        """Where a facilitator belongs."""
        async with self.store.index() as work:
            account = await self.accounts.account_in(work, who)
            school, network = await self._whereabouts(work, account.school)
            schools = await work.schools.all(network=network.id)
            colleagues = await work.accounts.all(school=school.id)
        others = tuple(colleague.name for colleague in colleagues if colleague.id != account.id)
        return Place(school=school, network=network, schools=tuple(schools), colleagues=others)

    async def change_school(self, who: Facilitator, *, name: str, timezone: str, paper: str = '') -> None:
        """Another name, time zone or paper for the own school; rounds that exist keep theirs."""
        async with self.store.index() as work:
            account = await self.accounts.account_in(work, who)
            if paper not in ('', *Paper):
                raise BadInput(_('Please choose the paper that your printer has.'), field='paper')
            school, network = await self._whereabouts(work, account.school)
            await self._name_is_free(work, network.id, name, but=school.id)
            sheet = Paper(paper) if paper else school.paper
            await work.schools.put(replace(_school(network.id, name, timezone), id=school.id, paper=sheet))

    async def set_logo(self, who: Facilitator, sent: bytes) -> None:
        """Keep a picture for the cover of the own school's documents, made anew as a small PNG.

        Raises `BadInput` for what is no picture and `TooLarge` for one that is too large: then the one before stays.
        """
        async with self.store.index() as work:
            await self.accounts.account_in(work, who)
        png = await asyncio.to_thread(clean_logo, sent)
        async with self.store.index() as work:
            account = await self.accounts.account_in(work, who)
            school, _network = await self._whereabouts(work, account.school)
            await work.logos.put(Logo(id=school.id, png=png))

    async def remove_logo(self, who: Facilitator) -> None:
        """Documents made from now on have none; released ones keep theirs."""
        async with self.store.index() as work:
            account = await self.accounts.account_in(work, who)
            await work.logos.remove(account.school)

    async def logo(self, who: Facilitator) -> bytes:
        """The own school's picture as a PNG; nothing where there is none."""
        async with self.store.index() as work:
            account = await self.accounts.account_in(work, who)
            logo = await work.logos.get(account.school)
        return base64.b64decode(logo.png) if logo else b''

    async def invite(self, who: Facilitator, *, new_school: bool = False) -> str:
        """The secret of a link for one new facilitator, good for seven days, said this once.

        It is for a colleague at the own school, or, with `new_school`, for a school that joins the network.
        """
        secret, now = new_secret(), self.accounts.now()
        async with self.store.index() as work:
            account = await self.accounts.account_in(work, who)
            await self._forget_old(work)
            await work.invitations.put(
                Invitation(
                    id=hashed(secret),
                    school='' if new_school else account.school,
                    invited_by=account.id,
                    created_at=now,
                    expires_at=now + GOOD_FOR,
                )
            )
        return secret

    async def invitations(self, who: Facilitator) -> list[Invitation]:
        """The own invitations that are still open."""
        async with self.store.index() as work:
            account = await self.accounts.account_in(work, who)
            mine = await work.invitations.all(invited_by=account.id)
        return [one for one in mine if one.used_at is None and one.expires_at > self.accounts.now()]

    async def withdraw(self, who: Facilitator, invitation_id: str) -> None:
        """Take an own invitation back; its link ends at once. Nothing happens when it is gone already."""
        async with self.store.index() as work:
            account = await self.accounts.account_in(work, who)
            invitation = await work.invitations.get(invitation_id)
            if invitation is not None and invitation.invited_by == account.id and invitation.used_at is None:
                await work.invitations.remove(invitation_id)

    async def offer(self, secret: str) -> Offer:
        """What this invitation offers. Raises `NotFound` or `Gone`, which say how to get another one."""
        async with self.store.index() as work:
            invitation, inviter = await self._open_invitation(work, secret)
            school, network = await self._whereabouts(work, inviter.school)
        name = school.name if invitation.school else ''
        return Offer(network=network.name, school=name, invited_by=inviter.name, expires_at=invitation.expires_at)

    async def accept(
        self,
        secret: str,
        *,
        name: str,
        email: str,
        passphrase: str,
        school: str = '',
        timezone: str = '',
        address: str,
    ) -> str:
        """Use an invitation: a new account, and a new school when it says so. The token of a session.

        Raises as `offer` does; `BadInput` for what was typed; `Taken` for an e-mail or school that is there
        already. The invitation is used up only when all went well.
        """
        self.accounts.tries.secret('invitation', address)
        offer = await self.offer(secret)
        if not offer.school:
            _school('', school, timezone)
        account = await self.accounts.prepared(email=email, name=name, passphrase=passphrase)
        async with self.store.index() as work:
            invitation, inviter = await self._open_invitation(work, secret)
            own, network = await self._whereabouts(work, inviter.school)
            if not invitation.school:
                await self._name_is_free(work, network.id, school)
                own = _school(network.id, school, timezone)
            await work.invitations.put(replace(invitation, used_at=self.accounts.now()))
            return await self._enter(work, own, account)

    async def _enter(self, work: IndexWork, school: School, account: Account) -> str:
        await work.schools.put(school)
        added = await self.accounts.add(work, replace(account, school=school.id))
        return await self.accounts.open_session(work, added.id)

    async def _whereabouts(self, work: IndexWork, school_id: str) -> tuple[School, Network]:
        school = await work.schools.get(school_id)
        network = await work.networks.get(school.network) if school else None
        if school is None or network is None:
            raise NotFound(_('There is no such school any more.'))
        return school, network

    async def _open_invitation(self, work: IndexWork, secret: str) -> tuple[Invitation, Account]:
        invitation = await work.invitations.get(hashed(secret))
        inviter = await work.accounts.get(invitation.invited_by) if invitation else None
        if invitation is None or inviter is None:
            raise NotFound(_('This invitation does not exist. Please ask whoever sent it for a new link.'))
        if invitation.used_at is not None:
            raise Gone(_('This invitation has been used. If it was you, sign in; if not, ask for a new link.'))
        if invitation.expires_at <= self.accounts.now():
            raise Gone(_('This invitation was good for seven days and has ended. Please ask for a new link.'))
        return invitation, inviter

    async def _forget_old(self, work: IndexWork) -> None:
        """Invitations are kept for as long again as they were good for, so that a late click is answered kindly."""
        for invitation in await work.invitations.all():
            if invitation.expires_at + GOOD_FOR <= self.accounts.now():
                await work.invitations.remove(invitation.id)

    async def _name_is_free(self, work: IndexWork, network: str, name: str, *, but: str = '') -> None:
        plain = worded(name, LONGEST, _('School'), lines=False, field='school').casefold()
        for school in await work.schools.all(network=network):
            if school.name.casefold() == plain and school.id != but:
                sentence = _('A school named “{name}” is in the network already. Somebody there can invite you.')
                raise Taken(sentence.format(name=school.name), field='school')


async def _adopt(work: IndexWork, school: School) -> None:
    """Rounds that were imported before there was any school are the first one's, or nobody could open them."""
    for head in await work.heads.all(school=''):
        await work.heads.put(replace(head, school=school.id))


def _school(network: str, name: str, timezone: str) -> School:
    name = worded(name, LONGEST, _('School'), lines=False, field='school')
    if timezone not in timezones():
        raise BadInput(_('Please choose the school’s time zone from the list.'), field='timezone')
    return School(id=new_id(), network=network, name=name, timezone=timezone)


def _plain(code: str) -> bytes:
    return ''.join(character for character in code.upper() if character.isalnum()).encode()


def _set_up_already() -> Taken:
    return Taken(_('Somebody has set Rounds up already. Ask them for an invitation, or sign in if it was you.'))
