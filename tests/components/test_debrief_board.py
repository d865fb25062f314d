"""What travels to a board when something has changed."""

from components.debrief_board import changed_parts


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
