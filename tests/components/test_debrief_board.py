"""What travels to a board when something has changed."""

import importlib

import pytest

from components.debrief_board import changed_parts, shared_texts


def card(key, **more):
    return {'id': key, 'text': key, 'pattern': '', **more}


def test_nothing_travels_when_nothing_has_changed():
    view = {'stage': 'analysis', 'cards': [card('a')], 'numbers': {'unsorted': 1}}
    assert changed_parts(view, {**view, 'cards': [card('a')]}) == {}


def test_a_moved_card_travels_alone():
    cards = [card(str(n)) for n in range(400)]
    before = {'stage': 'analysis', 'cards': cards, 'patterns': []}
    after = {**before, 'cards': [card('0', pattern='p'), *cards[1:]]}
    assert changed_parts(before, after) == {'cards_changed': [card('0', pattern='p')]}


def test_a_new_order_travels_with_what_is_new_and_without_what_is_gone():
    before = {'cards': [card('a'), card('b')], 'stage': 'screening'}
    after = {'cards': [card('c'), card('b')], 'stage': 'red_dots'}
    message = changed_parts(before, after)
    assert message == {'stage': 'red_dots', 'cards_changed': [card('c')], 'cards_order': ['c', 'b']}


@pytest.mark.parametrize(
    'board',
    [
        'evidence_wall',
        'next_level',
        'pattern_board',
        'prediction_list',
        'projection',
        'theory_form',
        'control.time_bar',
    ],
)
def test_what_every_board_says_stands_over_nothing_that_one_board_says(board):
    own = importlib.import_module(f'components.{board}')._texts()
    assert own.keys().isdisjoint(shared_texts()), 'the shared words would be shown in place of the own'
