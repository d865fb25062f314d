"""Accounts and sessions, over a store in memory and with a clock that the test turns."""

import asyncio
import datetime as dt

import pytest

from app.accounts.limits import Tries
from app.accounts.service import AccountService
from app.errors import BadInput, NotFound, NotSignedIn, Taken, TooMany
from app.ids import hashed
from tests.builders import QUICK

pytestmark = pytest.mark.anyio

EMAIL, PHRASE = 'ama@harbour.example', 'quiet harbour at dawn'


class Clock:
    def __init__(self):
        self.moment = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)

    def __call__(self):
        return self.moment


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def accounts(store, clock):
    service = AccountService(store, hashes=QUICK, session_days=14, now=clock, tries=Tries(per_account=4))
    await service.create(email=EMAIL, name='Ama Boateng', school='harbour', passphrase=PHRASE)
    return service


async def sessions_in(store):
    async with store.index() as work:
        return await work.sessions.all()


async def test_who_signs_in_is_known_by_the_token_until_it_is_given_back(accounts):
    token = await accounts.sign_in(EMAIL, PHRASE, address='10.0.0.1')
    who = await accounts.who(token)
    assert (who.name, who.school, who.only_round) == ('Ama Boateng', 'harbour', '')
    await accounts.sign_out(token)
    with pytest.raises(NotSignedIn):
        await accounts.who(token)
    with pytest.raises(NotSignedIn):
        await accounts.account(who)


@pytest.mark.parametrize('token', [None, '', 'nonsense', 'x' * 10_000])
async def test_a_token_that_was_never_given_is_nobody(accounts, token):
    with pytest.raises(NotSignedIn):
        await accounts.who(token)


async def test_only_the_hash_of_a_token_is_kept_and_no_passphrase(accounts, store):
    token = await accounts.sign_in(EMAIL, PHRASE, address='10.0.0.1')
    async with store.index() as work:
        kept = repr([await work.sessions.all(), await work.accounts.all()])
    assert token not in kept
    assert PHRASE not in kept
    assert hashed(token) in kept
    assert '$argon2id$' in kept


async def test_an_unknown_email_and_a_wrong_passphrase_are_answered_alike(accounts):
    with pytest.raises(BadInput) as unknown:
        await accounts.sign_in('nobody@harbour.example', PHRASE, address='10.0.0.1')
    with pytest.raises(BadInput) as wrong:
        await accounts.sign_in(EMAIL, 'quiet harbour at dusk', address='10.0.0.1')
    assert (unknown.value.sentence, unknown.value.more) == (wrong.value.sentence, wrong.value.more)


@pytest.mark.parametrize('typed', ['  Ama@Harbour.Example ', 'AMA@HARBOUR.EXAMPLE', 'ama@harbour.example\n'])
async def test_an_email_is_the_same_however_it_is_typed(accounts, typed):
    assert await accounts.sign_in(typed, PHRASE, address='10.0.0.1')
    with pytest.raises(Taken):
        await accounts.create(email=typed, name='Another', school='harbour', passphrase=PHRASE + '!')


@pytest.mark.parametrize('typed', ['', 'ama', 'ama@', '@harbour', 'a@b@c', 'a b@c', 'a' * 300 + '@b.c', '\x00'])
async def test_what_cannot_be_an_email_is_refused_with_a_sentence(accounts, typed):
    with pytest.raises(BadInput) as refused:
        await accounts.create(email=typed, name='Another', school='harbour', passphrase=PHRASE)
    assert refused.value.more['field'] == 'email'


@pytest.mark.parametrize('typed', ['', 'short', 'aaaaaaaaaaaaaa', 'new@harbour.example', 'x' * 201])
async def test_a_weak_passphrase_is_refused_with_advice(accounts, typed):
    with pytest.raises(BadInput) as refused:
        await accounts.create(email='new@harbour.example', name='New', school='harbour', passphrase=typed)
    assert refused.value.more['field'] == 'passphrase'


async def test_a_passphrase_typed_on_another_keyboard_is_the_same(accounts):
    await accounts.create(
        email='eva@harbour.example', name='Eva', school='harbour', passphrase='gr\u00f6na \u00e4pplen i korg'
    )
    assert await accounts.sign_in('eva@harbour.example', 'gro\u0308na a\u0308pplen i korg', address='10.0.0.1')


async def test_a_session_ends_after_its_days_and_is_cleaned_up(accounts, clock, store):
    token = await accounts.sign_in(EMAIL, PHRASE, address='10.0.0.1')
    clock.moment += dt.timedelta(days=14, seconds=-1)
    assert await accounts.who(token)
    clock.moment += dt.timedelta(seconds=1)
    with pytest.raises(NotSignedIn):
        await accounts.who(token)
    assert len(await sessions_in(store)) == 1
    await accounts.forget_expired()
    assert await sessions_in(store) == []


async def test_signing_out_everywhere_ends_all_sessions_of_this_account_alone(accounts):
    await accounts.create(email='bo@harbour.example', name='Bo', school='harbour', passphrase='lamps along the pier')
    mine = [await accounts.sign_in(EMAIL, PHRASE, address='10.0.0.1') for _ in range(2)]
    other = await accounts.sign_in('bo@harbour.example', 'lamps along the pier', address='10.0.0.1')
    await accounts.sign_out_everywhere(await accounts.who(mine[0]))
    for token in mine:
        with pytest.raises(NotSignedIn):
            await accounts.who(token)
    assert (await accounts.who(other)).name == 'Bo'


async def test_one_account_is_limited_also_from_many_addresses(accounts):
    for n in range(4):
        with pytest.raises(BadInput):
            await accounts.sign_in(EMAIL, 'wrong wrong wrong', address=f'10.0.0.{n}')
    with pytest.raises(TooMany) as refused:
        await accounts.sign_in(EMAIL, PHRASE, address='10.0.1.1')
    assert 0 < refused.value.retry_after <= 15 * 60 + 1
    with pytest.raises(BadInput):  # another account is not
        await accounts.sign_in('nobody@harbour.example', PHRASE, address='10.0.1.1')


async def test_an_unknown_email_is_limited_just_as_a_known_one(accounts):
    for n in range(4):
        with pytest.raises(BadInput):
            await accounts.sign_in('nobody@harbour.example', 'wrong wrong wrong', address=f'10.0.0.{n}')
    with pytest.raises(TooMany):
        await accounts.sign_in('nobody@harbour.example', 'wrong wrong wrong', address='10.0.1.1')


async def test_a_right_passphrase_gives_the_tries_back(accounts):
    for _round in range(2):
        for _try in range(3):
            with pytest.raises(BadInput):
                await accounts.sign_in(EMAIL, 'wrong wrong wrong', address='10.0.0.1')
        assert await accounts.sign_in(EMAIL, PHRASE, address='10.0.0.1')


async def test_one_address_is_limited_over_many_accounts(store):
    accounts = AccountService(store, hashes=QUICK, tries=Tries(per_address=3))
    answers = await asyncio.gather(
        *(accounts.sign_in(f'nobody{n}@x', 'wrong wrong wrong', address='10.0.0.1') for n in range(5)),
        return_exceptions=True,
    )
    assert [type(answer) for answer in answers].count(TooMany) == 2
    with pytest.raises(BadInput):
        await accounts.sign_in('nobody@x', 'wrong wrong wrong', address='10.0.0.2')


async def test_a_changed_passphrase_ends_all_other_sessions(accounts):
    here = await accounts.sign_in(EMAIL, PHRASE, address='10.0.0.1')
    elsewhere = await accounts.sign_in(EMAIL, PHRASE, address='10.0.0.1')
    who = await accounts.who(here)
    with pytest.raises(BadInput) as refused:
        await accounts.change_passphrase(who, 'not this one at all', 'lamps along the pier', address='10.0.0.1')
    assert refused.value.more['field'] == 'old'
    await accounts.change_passphrase(who, PHRASE, 'lamps along the pier', address='10.0.0.1')
    assert await accounts.who(here)
    with pytest.raises(NotSignedIn):
        await accounts.who(elsewhere)
    with pytest.raises(BadInput):
        await accounts.sign_in(EMAIL, PHRASE, address='10.0.0.1')
    assert await accounts.sign_in(EMAIL, 'lamps along the pier', address='10.0.0.1')


async def test_the_operator_gives_a_new_passphrase_that_works(accounts):
    token = await accounts.sign_in(EMAIL, PHRASE, address='10.0.0.1')
    fresh = await accounts.reset_passphrase(' AMA@harbour.example')
    with pytest.raises(NotSignedIn):
        await accounts.who(token)
    assert await accounts.sign_in(EMAIL, fresh, address='10.0.0.1')
    with pytest.raises(NotFound):
        await accounts.reset_passphrase('nobody@harbour.example')


async def test_a_look_at_a_round_that_is_no_sample_is_refused(services, round_id):
    with pytest.raises(NotFound):
        await services.accounts.look_at_sample(round_id)


async def test_a_name_is_kept_as_it_is_written_without_what_nobody_sees(accounts):
    token = await accounts.sign_in(EMAIL, PHRASE, address='10.0.0.1')
    who = await accounts.who(token)
    await accounts.rename(who, ' Ama\x00  <b>Boateng</b> 🌊 ')
    assert (await accounts.account(who)).name == 'Ama <b>Boateng</b> 🌊'
    with pytest.raises(BadInput):
        await accounts.rename(who, 'x' * 81)
