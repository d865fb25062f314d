"""The first start and invitations."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from app.accounts.service import AccountService
from app.documents.sample_round import sample_round_bytes
from app.errors import BadInput, Gone, NotFound, NotSignedIn, Taken, TooMany
from app.schools.service import SchoolService
from app.schools.timezones import timezones
from tests.builders import QUICK

pytestmark = pytest.mark.anyio

FORM = {
    'code': 'TEST22',
    'network': 'Five Bays Learning Network',
    'school': 'Harbour View Academy',
    'timezone': 'Europe/London',
    'name': 'Ama Boateng',
    'email': 'ama@harbour.example',
    'passphrase': 'quiet harbour at dawn',
    'address': '10.0.0.1',
}
GUEST = {
    'name': 'Joan Ellis',
    'email': 'joan@tidewell.example',
    'passphrase': 'slow tides turn twice',
    'address': '10.0.0.2',
}


class Clock:
    def __init__(self):
        self.moment = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)

    def __call__(self):
        return self.moment


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def accounts(store, clock):
    return AccountService(store, hashes=QUICK, now=clock)


@pytest.fixture
def schools(store, accounts):
    return SchoolService(store, accounts, 'TEST22')


@pytest.fixture
async def ama(schools, accounts):
    return await accounts.who(await schools.set_up(**FORM))


async def test_the_first_start_makes_network_school_and_account(schools, accounts):
    assert not await accounts.anybody()
    who = await accounts.who(await schools.set_up(**FORM | {'code': ' test-22 '}))
    place = await schools.place(who)
    assert (place.network.name, place.school.name) == ('Five Bays Learning Network', 'Harbour View Academy')
    assert (place.school.timezone, who.school) == ('Europe/London', place.school.id)
    assert await accounts.anybody()


async def test_rounds_that_were_imported_before_the_first_start_belong_to_its_school(services):
    imported, _ = await services.exchange.import_file('', sample_round_bytes())
    sample = await services.exchange.make_sample('')
    who = await services.accounts.who(await services.schools.set_up(**FORM))
    assert {head.id for head in await services.rounds.rounds_of(who)} == {imported, sample}
    assert (await services.rounds.plan(who, imported)).round.id == imported
    assert await services.exchange.make_sample(who.school) == sample


@pytest.mark.parametrize(
    ('field', 'typed'),
    [
        ('code', 'WRONG2'),
        ('code', ''),
        ('network', ' '),
        ('school', 'x' * 121),
        ('timezone', 'Mars/Olympus'),
        ('name', '\x00'),
        ('email', 'ama'),
        ('passphrase', 'short'),
    ],
)
async def test_what_is_missing_at_the_first_start_is_named_and_nothing_is_kept(schools, accounts, store, field, typed):
    with pytest.raises(BadInput) as refused:
        await schools.set_up(**FORM | {field: typed})
    assert refused.value.more['field'] == field
    assert not await accounts.anybody()
    async with store.index() as work:
        assert await work.networks.all() == []
        assert await work.schools.all() == []


async def test_without_a_set_up_code_nobody_sets_up(store, accounts):
    with pytest.raises(BadInput):
        await SchoolService(store, accounts, '').set_up(**FORM | {'code': ''})


async def test_of_two_who_set_up_at_once_one_wins_and_the_other_reads_a_sentence(schools, store):
    second = FORM | {'email': 'bo@other.example', 'network': 'Another network'}
    answers = await asyncio.gather(schools.set_up(**FORM), schools.set_up(**second), return_exceptions=True)
    assert [type(answer) for answer in answers].count(Taken) == 1
    async with store.index() as work:
        assert len(await work.networks.all()) == len(await work.schools.all()) == len(await work.accounts.all()) == 1


async def test_set_up_codes_cannot_be_tried_without_end(schools):
    for _ in range(20):
        with pytest.raises(BadInput):
            await schools.set_up(**FORM | {'code': 'WRONG2'})
    with pytest.raises(TooMany):
        await schools.set_up(**FORM)


async def test_a_colleague_comes_in_by_an_invitation_once(schools, accounts, ama):
    secret = await schools.invite(ama)
    offer = await schools.offer(secret)
    assert (offer.school, offer.invited_by) == ('Harbour View Academy', 'Ama Boateng')
    who = await accounts.who(await schools.accept(secret, **GUEST))
    assert who.school == ama.school
    assert (await schools.place(ama)).colleagues == ('Joan Ellis',)
    with pytest.raises(Gone):
        await schools.offer(secret)
    with pytest.raises(Gone):
        await schools.accept(secret, **GUEST | {'email': 'else@tidewell.example'})


async def test_a_school_new_to_the_network_names_itself(schools, accounts, ama):
    secret = await schools.invite(ama, new_school=True)
    assert (await schools.offer(secret)).school == ''
    with pytest.raises(BadInput) as refused:
        await schools.accept(secret, **GUEST, school='', timezone='Europe/London')
    assert refused.value.more['field'] == 'school'
    token = await schools.accept(secret, **GUEST, school='Tidewell High School', timezone='Australia/Sydney')
    who = await accounts.who(token)
    place = await schools.place(who)
    assert (place.school.name, place.school.timezone) == ('Tidewell High School', 'Australia/Sydney')
    assert who.school != ama.school
    assert {school.name for school in place.schools} == {'Harbour View Academy', 'Tidewell High School'}


async def test_a_colleague_who_names_a_school_all_the_same_belongs_to_the_inviting_one(schools, accounts, ama):
    secret = await schools.invite(ama)
    token = await schools.accept(secret, **GUEST, school='Elsewhere', timezone='UTC')
    assert (await accounts.who(token)).school == ama.school


async def test_a_school_that_is_there_already_is_not_made_twice(schools, ama):
    secret = await schools.invite(ama, new_school=True)
    with pytest.raises(Taken) as refused:
        await schools.accept(secret, **GUEST, school='harbour view  academy', timezone='UTC')
    assert refused.value.more['field'] == 'school'
    assert await schools.offer(secret)


async def test_an_email_that_has_an_account_does_not_use_the_invitation_up(schools, accounts, ama):
    secret = await schools.invite(ama)
    with pytest.raises(Taken) as refused:
        await schools.accept(secret, **GUEST | {'email': 'AMA@harbour.example'})
    assert refused.value.more['field'] == 'email'
    assert await schools.accept(secret, **GUEST)


async def test_of_two_who_use_one_invitation_at_once_one_comes_in(schools, store, ama):
    secret = await schools.invite(ama)
    other = GUEST | {'email': 'bo@tidewell.example'}
    answers = await asyncio.gather(
        schools.accept(secret, **GUEST), schools.accept(secret, **other), return_exceptions=True
    )
    assert [type(answer) for answer in answers].count(Gone) == 1
    async with store.index() as work:
        assert len(await work.accounts.all()) == 2


async def test_an_invitation_ends_after_seven_days_and_says_so(schools, clock, ama):
    secret = await schools.invite(ama)
    clock.moment += dt.timedelta(days=7, seconds=-1)
    assert await schools.offer(secret)
    clock.moment += dt.timedelta(seconds=1)
    with pytest.raises(Gone):
        await schools.offer(secret)
    assert await schools.invitations(ama) == []


async def test_an_invitation_can_be_withdrawn_by_whoever_made_it_alone(schools, accounts, ama):
    joan = await accounts.who(await schools.accept(await schools.invite(ama), **GUEST))
    secret = await schools.invite(ama)
    (invitation,) = await schools.invitations(ama)
    assert await schools.invitations(joan) == []
    await schools.withdraw(joan, invitation.id)
    assert await schools.offer(secret)
    await schools.withdraw(ama, invitation.id)
    with pytest.raises(NotFound):
        await schools.offer(secret)


async def test_the_secret_of_an_invitation_is_not_kept(schools, store, ama):
    secret = await schools.invite(ama)
    async with store.index() as work:
        assert secret not in repr(await work.invitations.all())


async def test_somebody_without_an_account_invites_nobody(schools, ama):
    with pytest.raises(NotSignedIn):
        await schools.invite(replace(ama, account='', school='', only_round='r'))


async def test_a_school_takes_another_name_and_time_zone(schools, ama):
    await schools.change_school(ama, name='Harbour View', timezone='Europe/Dublin')
    place = await schools.place(ama)
    assert (place.school.name, place.school.timezone, place.school.id) == ('Harbour View', 'Europe/Dublin', ama.school)


def test_the_time_zones_are_those_that_browsers_name():
    assert {'Europe/London', 'Asia/Calcutta', 'Asia/Kolkata', 'America/Argentina/Ushuaia', 'UTC'} <= set(timezones())
    assert not {'GMT', 'EST', 'posixrules', 'localtime'} & set(timezones())
