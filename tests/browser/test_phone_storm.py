"""Writers in a storm of faults: every text that was ever shown as kept is on the server at the end, once."""

import os
import random

import pytest

from tests.browser.phones import plan_days
from tests.browser.storm import KINDS, storm

#: How often each kind of fault comes in `make soak`: 400 faults.
EACH = 20
WRITERS = 3
#: How many of them `make test` goes through, with one writer.
SHARE = 6
SEED = int(os.environ.get('ROUNDS_SEED', '7'))
_SEND = 'await settle(await call("POST", "/notes", { token, body, shape: "received" }));'
BROKEN = {
    'receipts are ignored': """
        const received = notes.map(({ id, rev, chosen }) => ({ id, rev, chosen, state: "stored" }));
        await settle({ received, refused: [] });
        await call("POST", "/notes", { token, body, shape: "received" });""",
    'ids are made anew': """
        const anew = new Map(notes.map(({ id }) => [id, crypto.randomUUID()]));
        const back = new Map([...anew].map(([id, other]) => [other, id]));
        const remade = [...anew].reduce((text, [id, other]) => text.replaceAll(id, other), body);
        const answer = await call("POST", "/notes", { token, body: remade, shape: "received" });
        const received = answer.received.map((one) => ({ ...one, id: back.get(one.id) }));
        await settle({ received, refused: [] });""",
}


async def seed(services):
    return await plan_days(services, 'open')


@pytest.fixture
def day(server):
    return server.seeded['open']


@pytest.mark.soak
def test_nothing_that_was_shown_as_kept_is_lost_or_arrives_twice(day, server, chromium, tmp_path):
    kinds = list(KINDS) * EACH
    random.Random(SEED).shuffle(kinds)
    with storm(day, server, chromium, tmp_path, writers=WRITERS, seed=SEED) as through:
        assert through(kinds) == []


def test_a_share_of_the_storm_loses_nothing_and_doubles_nothing(day, server, chromium, tmp_path):
    kinds = random.Random(SEED).sample(KINDS, SHARE)
    with storm(day, server, chromium, tmp_path, writers=1, seed=SEED + 3) as through:
        assert through(kinds) == []


@pytest.mark.parametrize(
    ('how', 'faults', 'found'),
    [
        ('receipts are ignored', ['bad_gateway', 'portal'], 'lost'),
        ('ids are made anew', ['lose_answer'] * 2, '2 times'),
    ],
    ids=BROKEN,
)
def test_a_phone_that_is_broken_in_this_way_is_found_out(day, server, chromium, tmp_path, how, faults, found):
    seed = SEED + 1 + list(BROKEN).index(how)
    with storm(day, server, chromium, tmp_path, writers=1, seed=seed, broken=(_SEND, BROKEN[how])) as through:
        complaints = through(faults)
    assert any(said.startswith(found) for said in complaints), complaints
