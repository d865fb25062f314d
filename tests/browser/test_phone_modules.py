"""What a phone works out by itself in the debrief: where cards lie before an answer, where a note falls apart."""

import contextlib
import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from app.errors import RoundsError
from app.ids import new_id
from app.rounds.stages import Stage
from storage.memory_store import MemoryStore
from tests.app.debrief.hall import ROUND, Hall
from tests.browser.serving import Server, in_a_thread


@pytest.fixture(scope='module')
def phone_page(server: Server, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f'{server.address}/c/')
    yield page
    context.close()


def test_a_phone_puts_cards_where_the_server_will(phone_page: Page):
    """The piles that a phone shows before it is answered are those that the answer brings, whatever was done."""
    acts, piles = in_a_thread(sorted_at_random(random.Random(6)))
    shown = phone_page.evaluate(
        """async (acts) => {
            const address = document.querySelector("script[type=module]").src.replace("start.js", "piles.js");
            return (await import(address)).pilesAfter([], acts);
        }""",
        acts,
    )
    assert shown == piles


async def sorted_at_random(lots: random.Random) -> tuple[list[dict], list[dict]]:
    """What a group has done, refused acts left in, and its piles then."""
    hall = Hall(MemoryStore())
    await hall.open()
    cards = await hall.accepted(*(f'Card {n}' for n in range(12)))
    await hall.at(Stage.ANALYSIS)
    await hall.sorting.begin_sorting(hall.who, ROUND)
    ids = [new_id() for _ in range(8)]
    acts = []
    for _n in range(150):
        some, one, other = lots.sample(cards, lots.choice((1, 2, 4))), lots.choice(ids), lots.choice([*ids, ''])
        fields = lots.choice(
            (
                {'kind': 'pile', 'pile': one, 'cards': some},
                {'kind': 'sort', 'pile': other, 'cards': some},
                {'kind': 'sort', 'pile': one, 'cards': some},
                {'kind': 'join_piles', 'into': one, 'pile': other},
                {'kind': 'take_pile', 'pile': one},
                {'kind': 'name_pile', 'pile': one, 'text': lots.choice(('', 'Talk'))},
            )
        )
        acts.append({'id': new_id(), **fields})
        with contextlib.suppress(RoundsError):
            await hall.debrief.do(hall.asker('Ruth'), acts[-1])
    return acts, (await hall.group('Ruth'))['sorting']['piles']


@pytest.mark.parametrize(
    ('note', 'first', 'second'),
    [
        ('Six write. Two read aloud.', 'Six write.', 'Two read aloud.'),
        ('T: “Why?” Nine hands up.', 'T: “Why?”', 'Nine hands up.'),
        ('Six write; two read', 'Six write', 'two read'),
        ('Six of 24 write a reason, and two read theirs', 'Six of 24 write a reason', 'two read theirs'),
        ('At 1.5 minutes six write', 'At 1.5 minutes six write', ''),
        ('Six\nTwo', 'Six', 'Two'),
        ('👩🏽‍🏫 asks, S1 answers', '👩🏽‍🏫 asks', 'S1 answers'),
        ('Six.', 'Six.', ''),
    ],
)
def test_a_note_falls_apart_where_it_holds_two_things(phone_page: Page, note: str, first: str, second: str):
    halves = phone_page.evaluate(
        """async (note) => {
            const address = document.querySelector("script[type=module]").src.replace("start.js", "splitting.js");
            return (await import(address)).parted(note);
        }""",
        note,
    )
    assert halves == [first, second]


def test_of_two_drawings_the_one_that_read_last_stays(phone_page: Page):
    """Also where the first reads slowly; who waits for a drawing sees what was so when it was asked for."""
    shown = phone_page.evaluate(
        """async () => {
            const address = document.querySelector("script[type=module]").src.replace("start.js", "draw.js");
            const { inTurn } = await import(address);
            const shown = [];
            let held = 1;
            let letGo;
            const slow = new Promise((resolve) => (letGo = resolve));
            const draw = inTurn(async () => {
                const read = held;
                if (read === 1) await slow;
                if (read === 3) throw new Error("no disk");
                shown.push(read);
            });
            const first = draw();
            held = 2;
            const second = draw();
            letGo();
            await Promise.all([first, second]);
            held = 3;
            shown.push(await draw().catch(({ message }) => message));
            held = 4;
            await draw();
            return shown;
        }"""
    )
    assert shown == [1, 2, 'no disk', 4]
