"""Practice: the statements, what is drawn of them, and the hall's own."""

import random
from collections import Counter

import pytest

from app.errors import BadInput, NotFound, WrongStage
from app.observation.language_coach import coach
from app.observation.practice import drawn, on_screen, statements

pytestmark = pytest.mark.anyio
POOL = [one for kind in statements() for one in kind]


def test_five_are_drawn_one_of_each_kind_and_neither_answer_is_the_rule():
    seen = Counter()
    for seed in range(200):
        five = drawn(random.Random(seed))
        assert [one in kind for one, kind in zip(five, statements(), strict=True)] == [True] * 5
        assert sum(one.judges for one in five) in (2, 3)
        seen.update(one.text for one in five)
    assert set(seen) == {one.text for one in POOL}


@pytest.mark.parametrize('one', POOL, ids=lambda one: one.text[:30])
def test_a_statement_says_why_and_the_coach_says_the_same(one):
    assert one.why.endswith(('.', '?'))
    assert len(one.text) <= 120
    assert bool(one.words) == bool(one.instead) == one.judges
    assert one.words in one.text
    flags = [flag['text'] for flag in coach(one.text)['flags']]
    assert bool(flags) == one.judges, flags
    assert all(flag in one.words or one.words in flag for flag in flags)
    if one.instead:
        assert coach(one.instead) == {'flags': [], 'vague': False, 'names': []}


def test_the_longest_five_are_read_and_answered_in_two_minutes():
    words = sum(max(len(f'{one.text} {one.why}'.split()) for one in kind) for kind in statements())
    reading, tapping = words / 120 * 60, 5 * 2 * 4
    assert reading + tapping < 120, 'slow readers: 120 words a minute, and four seconds before each tap'


async def test_the_hall_goes_from_statement_to_answer_to_the_next_and_to_the_stage(services, facilitator, round_id):
    hall, asked = services.practice, (facilitator, round_id)
    assert on_screen(hall.in_hall(round_id)) is None
    await hall.begin(*asked)
    for n in range(1, 6):
        shown = on_screen(hall.in_hall(round_id))
        assert (shown['n'], shown['all'], shown['answer']) == (n, 5, None)
        await hall.count_hands(*asked, 14, 9.0)
        assert 'hands' not in on_screen(hall.in_hall(round_id)), 'nobody is led by the hands of others'
        await hall.show_answer(*asked)
        shown = on_screen(hall.in_hall(round_id))
        assert shown['hands'] == {'describes': 14, 'judges': 9}
        marked = [shown['text'][mark['start'] : mark['end']] for mark in shown['answer']['marks']]
        assert bool(marked) == shown['answer']['judges']
        await hall.go_on(*asked)
    assert on_screen(hall.in_hall(round_id)) is None
    with pytest.raises(WrongStage):
        await hall.go_on(*asked)


async def test_hands_need_not_be_counted_and_nonsense_is_refused(services, facilitator, round_id):
    hall, asked = services.practice, (facilitator, round_id)
    await hall.begin(*asked)
    for nonsense in (-1, 1.5, 10_000, 'many', float('nan')):
        with pytest.raises(BadInput):
            await hall.count_hands(*asked, nonsense, 2)
    await hall.count_hands(*asked, None, 3)
    assert hall.in_hall(round_id).hands.describes == 0
    await hall.count_hands(*asked, None, '')
    await hall.show_answer(*asked)
    assert on_screen(hall.in_hall(round_id))['hands'] is None


async def test_another_schools_facilitator_steers_nothing(services, facilitator, stranger, round_id):
    with pytest.raises(NotFound):
        await services.practice.begin(stranger, round_id)
    await services.practice.begin(facilitator, round_id)
    with pytest.raises(NotFound):
        await services.practice.end(stranger, round_id)
    assert services.practice.in_hall(round_id)
    await services.practice.end(facilitator, round_id)
    assert services.practice.in_hall(round_id) is None
