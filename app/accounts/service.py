"""Signing in and out, and who somebody is."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from app.accounts.limits import Tries
from app.accounts.model import Account, Facilitator, Session
from app.accounts.passphrase import Hashes, check, made_up
from app.errors import BadInput, NotFound, NotSignedIn, Taken
from app.ids import hashed, new_id, new_secret
from app.store import IndexWork, Store
from app.texts import _
from app.wording import worded

LONGEST_EMAIL = 254
LONGEST_NAME = 80
#: An account-free look at the sample round is for a day.
LOOK = dt.timedelta(days=1)


def utc_now() -> dt.datetime:
    """This moment, with its zone."""
    return dt.datetime.now(dt.UTC)


class AccountService:
    """Facilitators' accounts and their sessions (rows of our own: opaque token, only its hash is kept)."""

    def __init__(
        self,
        store: Store,
        *,
        session_days: int = 14,
        now: Callable[[], dt.datetime] = utc_now,
        tries: Tries | None = None,
        hashes: Hashes | None = None,
    ) -> None:
        self.store = store
        self.now = now
        self.tries = tries or Tries()
        self._hashes = hashes or Hashes()
        self._session = dt.timedelta(days=session_days)

    async def sign_in(self, email: str, phrase: str, *, address: str) -> str:
        """The token of a new session. `address` is where the request comes from.

        Raises `BadInput` with one and the same sentence for an unknown e-mail and a wrong passphrase, after the
        same time; `TooMany` after too many tries for one account or from one address.
        """
        email = normalised(email)
        self.tries.sign_in(email, address)
        async with self.store.index() as work:
            account = next(iter(await work.accounts.all(email=email)), None)
        if not await self._hashes.fits(phrase, account.passphrase if account else None) or account is None:
            raise BadInput(_('This e-mail and this passphrase do not match. Please try again.'), field='passphrase')
        self.tries.was_right(email)
        async with self.store.index() as work:
            if await work.accounts.get(account.id) != account:  # the passphrase was changed while this one was checked
                raise BadInput(_('The passphrase has just been changed. Please use the new one.'), field='passphrase')
            await self._forget_expired(work)
            return await self.open_session(work, account.id)

    async def who(self, token: str | None) -> Facilitator:
        """Whoever this token was given to. Raises `NotSignedIn` when the session has ended or never was."""
        if not token:
            raise NotSignedIn(_('Please sign in first.'))
        async with self.store.index() as work:
            session = await self._alive(work, hashed(token))
            if session.only_round:
                return Facilitator(session=session.id, account='', school='', name='', only_round=session.only_round)
            account = await work.accounts.get(session.account)
        if account is None:
            raise _ended()
        return Facilitator(session=session.id, account=account.id, school=account.school, name=account.name)

    async def still_in(self, work: IndexWork, who: Facilitator) -> None:
        """Raise `NotSignedIn` unless the session is still alive: a page can be open for longer."""
        session = await self._alive(work, who.session)
        if (session.account, session.only_round) != (who.account, who.only_round):
            raise _ended()

    async def account_in(self, work: IndexWork, who: Facilitator) -> Account:
        """The account of somebody who has one; `NotSignedIn` for the account-free look at the sample round."""
        await self.still_in(work, who)
        account = await work.accounts.get(who.account) if who.account else None
        if account is None:
            raise NotSignedIn(_('This needs an account. Please sign in first.'))
        return account

    async def account(self, who: Facilitator) -> Account:
        """The own account."""
        async with self.store.index() as work:
            return await self.account_in(work, who)

    async def sign_out(self, token: str | None) -> None:
        """End this session; nothing happens when it has ended already."""
        if token:
            async with self.store.index() as work:
                await work.sessions.remove(hashed(token))

    async def sign_out_everywhere(self, who: Facilitator) -> None:
        """End all sessions of this account, this one too."""
        async with self.store.index() as work:
            account = await self.account_in(work, who)
            await self._end_sessions(work, account.id)

    async def change_passphrase(self, who: Facilitator, old: str, new: str, *, address: str) -> None:
        """Take `new` in place of `old`; all other sessions of the account end.

        Raises `BadInput` when `old` is not the one of now or `new` is easy to guess, `TooMany` after many tries.
        """
        account = await self.account(who)
        plain = check(new, not_like=(account.email, account.name))
        self.tries.sign_in(account.email, address)
        if not await self._hashes.fits(old, account.passphrase):
            raise BadInput(_('This is not the passphrase you sign in with now. Nothing was changed.'), field='old')
        self.tries.was_right(account.email)
        kept = await self._hashes.hash_of(plain)
        async with self.store.index() as work:
            if await self.account_in(work, who) != account:
                raise BadInput(_('The account was changed meanwhile in another window. Please try again.'))
            await work.accounts.put(replace(account, passphrase=kept))
            await self._end_sessions(work, account.id, but=who.session)

    async def rename(self, who: Facilitator, name: str) -> None:
        """Take another name for the own account."""
        async with self.store.index() as work:
            account = await self.account_in(work, who)
            name = worded(name, LONGEST_NAME, _('Your name'), lines=False, field='name')
            await work.accounts.put(replace(account, name=name))

    async def reset_passphrase(self, email: str) -> str:
        """A new passphrase for this account, made here and said once; all its sessions end. For the operator.

        Raises `NotFound` when no account has this e-mail.
        """
        fresh = made_up()
        kept = await self._hashes.hash_of(fresh)
        async with self.store.index() as work:
            account = next(iter(await work.accounts.all(email=email.strip().lower())), None)
            if account is None:
                raise NotFound(_('No account has the e-mail {email}.').format(email=email))
            await work.accounts.put(replace(account, passphrase=kept))
            await self._end_sessions(work, account.id)
        self.tries.was_right(account.email)
        return fresh

    async def create(self, *, email: str, name: str, school: str, passphrase: str) -> Account:
        """A new account of a school that exists; people come by set-up and invitation instead."""
        account = await self.prepared(email=email, name=name, passphrase=passphrase)
        async with self.store.index() as work:
            return await self.add(work, replace(account, school=school))

    async def prepared(self, *, email: str, name: str, passphrase: str) -> Account:
        """An account that is not kept yet and has no school: what was typed is checked, the passphrase hashed.

        The hash takes its time, so this comes before a work is opened; `add` keeps the account inside one.
        """
        email = normalised(email)
        name = worded(name, LONGEST_NAME, _('Your name'), lines=False, field='name')
        kept = await self._hashes.hash_of(check(passphrase, not_like=(email, name)))
        return Account(id=new_id(), email=email, name=name, school='', passphrase=kept, created_at=self.now())

    async def add(self, work: IndexWork, account: Account) -> Account:
        """Keep a prepared account. Raises `Taken` when its e-mail has one already."""
        if await work.accounts.all(email=account.email):
            raise Taken(_('This e-mail has an account already. Please sign in with it.'), field='email')
        await work.accounts.put(account)
        return account

    async def open_session(self, work: IndexWork, account: str) -> str:
        """The token of a new session of this account, inside a work that is open already."""
        token, now = new_secret(), self.now()
        session = Session(id=hashed(token), account=account, created_at=now, expires_at=now + self._session)
        await work.sessions.put(session)
        return token

    async def look_at_sample(self, round_id: str) -> str:
        """The token of an account-free session that sees and moves this sample round and nothing else, for a day."""
        token, now = new_secret(), self.now()
        async with self.store.index() as work:
            head = await work.heads.get(round_id)
            if head is None or not head.sample:
                raise NotFound(_('There is no such sample round any more.'))
            await self._forget_expired(work)
            expires = now + LOOK
            await work.sessions.put(
                Session(id=hashed(token), account='', created_at=now, expires_at=expires, only_round=round_id)
            )
        return token

    async def anybody(self) -> bool:
        """Whether somebody has an account yet; until then the first page is the set-up."""
        async with self.store.index() as work:
            return bool(await work.accounts.all())

    async def forget_expired(self) -> None:
        """Remove the sessions that have ended; once a day."""
        async with self.store.index() as work:
            await self._forget_expired(work)

    async def _forget_expired(self, work: IndexWork) -> None:
        for session in await work.sessions.all():
            if session.expires_at <= self.now():
                await work.sessions.remove(session.id)

    async def _alive(self, work: IndexWork, session_id: str) -> Session:
        session = await work.sessions.get(session_id)
        if session is None or session.expires_at <= self.now():
            raise _ended()
        return session

    async def _end_sessions(self, work: IndexWork, account: str, *, but: str = '') -> None:
        for session in await work.sessions.all(account=account):
            if session.id != but:
                await work.sessions.remove(session.id)


def normalised(email: str) -> str:
    """The e-mail as it is kept and compared. Raises `BadInput` when it cannot be one."""
    email = worded(email, LONGEST_EMAIL, _('E-mail'), lines=False, field='email').lower()
    before, at, after = email.partition('@')
    if not (before and at and after) or '@' in after or ' ' in email:
        raise BadInput(_('This does not look like an e-mail address: it needs one @ and no spaces.'), field='email')
    return email


def _ended() -> NotSignedIn:
    return NotSignedIn(_('You have been signed out. Please sign in again.'))
