"""Where sortings agree: sets that most groups have made, however the cards were shared out."""

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.debrief.agreement import agreed

CARDS = [f'card {n}' for n in range(12)]


def test_nothing_sorted_agrees_on_nothing():
    assert agreed({}, CARDS) == []
    assert agreed({'g1': []}, CARDS) == []


def test_one_group_agrees_with_itself():
    assert agreed({'g1': [['c', 'a'], ['b']]}, ['a', 'b', 'c']) == [('a', 'c')]


def test_half_of_the_groups_is_no_agreement():
    assert agreed({'g1': [['a', 'b']], 'g2': [['a'], ['b']]}, ['a', 'b']) == []


def test_who_has_not_sorted_a_card_says_nothing_of_it():
    assert agreed({'g1': [['a', 'b']], 'g2': [['a'], ['c']]}, ['a', 'b', 'c']) == [('a', 'b')]


def test_a_chain_of_single_agreements_is_not_one_set():
    """a-b, b-c and c-d were each put together by most, a and d by nobody: no heap of everything."""
    sortings = {'g1': [['a', 'b'], ['c', 'd']], 'g2': [['a', 'b'], ['c', 'd']], 'g3': [['a'], ['b', 'c'], ['d']]}
    assert agreed(sortings, list('abcd')) == [('a', 'b'), ('c', 'd')]


@given(st.lists(st.lists(st.integers(-1, 4), min_size=12, max_size=12), max_size=5))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_every_card_is_in_one_set_at_most_and_never_against_the_majority(marks):
    sortings = {
        f'g{n}': [[card for card, mark in zip(CARDS, own, strict=True) if mark == pile] for pile in range(5)]
        for n, own in enumerate(marks)
    }
    sets = agreed(sortings, CARDS)
    placed = [card for one in sets for card in one]
    assert len(placed) == len(set(placed))
    for one in sets:
        pairs = list(combinations([CARDS.index(card) for card in one], 2))
        seen = [(own[a] == own[b]) for own in marks for a, b in pairs if own[a] >= 0 and own[b] >= 0]
        assert sum(seen) > len(seen) / 2


@pytest.mark.parametrize('share', [False, True])
def test_what_groups_have_in_common_is_found_through_their_slips(share):
    """Six groups sort 240 cards of 8 themes, and put one card in seven wherever it falls."""
    lots = random.Random(4)
    theme = {f'card {n}': n % 8 for n in range(240)}
    pairs = list(combinations(range(6), 2))
    groups = {}
    for group in range(6):
        piles = [[] for _ in range(8)]
        for n, (card, true) in enumerate(theme.items()):
            if not share or group in pairs[n % len(pairs)]:
                piles[lots.randrange(8) if lots.random() < 1 / 7 else true].append(card)
        groups[f'g{group}'] = piles
    sets = agreed(groups, list(theme))
    together = [pair for one in sets for pair in combinations(one, 2)]
    right = sum(theme[a] == theme[b] for a, b in together)
    assert right / len(together) > (0.85 if share else 0.95)
    assert right / (8 * 30 * 29 / 2) > (0.6 if share else 0.9)
