"""Whose a round is."""

import datetime as dt
from dataclasses import replace

import pytest

from app.errors import NotFound, NotSignedIn
from app.ids import hashed
from app.rounds.model import Link, LinkKind, RoundHead
from app.rounds.stages import Stage

pytestmark = pytest.mark.anyio

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


async def put(services, *heads):
    async with services.store.index() as work:
        for head in heads:
            await work.heads.put(head)


def head_of(school, key='r1', **more):
    return RoundHead(
        id=key, school=school, title='Spring', date=NOW.date(), stage=Stage.PLANNED, created_at=NOW, **more
    )


async def test_a_round_is_open_to_its_own_school_and_to_nobody_else(services, facilitator, stranger):
    await put(services, head_of(facilitator.school))
    assert (await services.access.facilitator(facilitator, 'r1')).title == 'Spring'
    with pytest.raises(NotFound) as not_theirs:
        await services.access.facilitator(stranger, 'r1')
    with pytest.raises(NotFound) as not_there:
        await services.access.facilitator(stranger, 'r2')
    assert not_theirs.value.sentence == not_there.value.sentence


async def test_an_invited_facilitator_of_another_school_may_come_in(services, facilitator, stranger):
    await put(services, head_of(facilitator.school, guests=(stranger.account,)))
    assert await services.access.facilitator(stranger, 'r1')


async def test_who_has_signed_out_meanwhile_may_do_nothing(services, facilitator):
    await put(services, head_of(facilitator.school))
    await services.accounts.sign_out_everywhere(facilitator)
    with pytest.raises(NotSignedIn):
        await services.access.facilitator(facilitator, 'r1')


async def test_somebody_else_s_session_lends_no_account(services, facilitator, stranger):
    await put(services, head_of(facilitator.school))
    with pytest.raises(NotSignedIn):
        await services.access.facilitator(replace(facilitator, session=stranger.session), 'r1')


async def test_the_account_free_look_sees_its_sample_and_nothing_else(services, facilitator):
    sample = head_of('', 'sample', sample=True)
    await put(services, sample, head_of('', 'orphan'), head_of('', 'sample2', sample=True), head_of(facilitator.school))
    looking = await services.accounts.who(await services.accounts.look_at_sample('sample'))
    assert await services.access.facilitator(looking, 'sample') == sample
    for other in ('orphan', 'sample2', 'r1'):
        with pytest.raises(NotFound):
            await services.access.facilitator(looking, other)
    with pytest.raises(NotSignedIn):
        await services.accounts.account(looking)


async def test_a_link_opens_its_kind_of_page_until_it_is_revoked(services):
    link = Link(id=hashed('secret'), round='r1', kind=LinkKind.PROJECTION, created_at=NOW)
    async with services.store.index() as work:
        await work.links.put(link)
    assert await services.access.link('secret', LinkKind.PROJECTION) == 'r1'
    with pytest.raises(NotFound):
        await services.access.link('secret', LinkKind.OUTCOME)
    async with services.store.index() as work:
        await work.links.remove(link.id)
    with pytest.raises(NotFound):
        await services.access.link('secret', LinkKind.PROJECTION)
