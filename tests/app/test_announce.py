"""Hints reach whoever listens, gathered, and can be resumed."""

import asyncio

import pytest

from app.announce import REMEMBERED, Announcer

pytestmark = pytest.mark.anyio


async def test_a_change_is_heard_at_once_and_a_burst_of_changes_once():
    announcer = Announcer()
    heard = announcer.hear('r1', pause=0.05)
    first = asyncio.ensure_future(anext(heard))
    await asyncio.sleep(0)
    for kind in ('card', 'card', 'stage'):
        announcer.announce('r1', kind)
    announcer.announce('another round', 'rota')
    assert await asyncio.wait_for(first, 5) == {'card', 'stage'}
    second = asyncio.ensure_future(anext(heard))
    for kind in ('vote', 'screen'):
        announcer.announce('r1', kind)
        for _turn in range(3):  # of the loop, as other work takes them
            await asyncio.sleep(0)
    assert not second.done()
    assert await asyncio.wait_for(second, 5) == {'vote', 'screen'}
    await heard.aclose()


async def test_what_changes_between_reading_and_listening_is_heard():
    announcer = Announcer()
    announcer.announce('r1', 'card')
    read = announcer.latest('r1')
    for kind in ('stage', 'vote'):
        announcer.announce('r1', kind)
    heard = announcer.hear('r1', since=read)
    assert await asyncio.wait_for(anext(heard), 5) == {'stage', 'vote'}
    await heard.aclose()


def test_whoever_comes_back_gets_what_was_missed():
    announcer = Announcer()
    for kind in ('card', 'stage', 'rota'):
        announcer.announce('r1', kind)
    missed = announcer.since('r1', 1)
    assert missed is not None
    assert [hint.kind for hint in missed] == ['stage', 'rota']
    assert announcer.since('r1', 3) == []


def test_whoever_missed_too_much_is_told_to_read_everything_again():
    announcer = Announcer()
    for _n in range(REMEMBERED + 5):
        announcer.announce('r1', 'card')
    assert announcer.since('r1', 2) is None
    assert announcer.since('r1', 5) is not None
    assert announcer.since('r1', 10_000) is None, 'a number from before a restart'


def test_a_listener_that_has_left_hears_nothing_more():
    announcer = Announcer()
    with announcer.listening('r1') as queue:
        announcer.announce('r1', 'card')
    announcer.announce('r1', 'card')
    assert queue.qsize() == 1
