"""How the projected wall is cut into pages."""

from hypothesis import given, settings
from hypothesis import strategies as st

from components.wall_pages import UNSORTED, WALL, lines_of, packed, pages_of

TEXTS = st.lists(st.text(max_size=400) | st.text(min_size=300, max_size=2_000), max_size=30)


def view(stage, *, cards=(), patterns=(), focus='', **more):
    return {
        'stage': stage,
        'screen': {'shows': '', 'beside': '', 'page': 0, 'focus': focus, 'paused': False, 'dark': False},
        'cards': [{'id': key, 'text': text, 'pattern': pattern} for key, text, pattern in cards],
        'patterns': [{'id': key, 'title': key, 'exception': ''} for key in patterns],
        'predictions': [],
        'theories': [],
        'next_steps': [],
        **more,
    }


def shown(pages):
    return [[place['id'] for place in page] for page in pages]


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_every_card_is_on_one_page_and_no_two_lie_on_each_other(texts):
    items = [(str(n), text) for n, text in enumerate(texts)]
    pages = packed(items, WALL)
    assert [place['id'] for page in pages for place in page] == [key for key, _ in items]
    for page in pages:
        taken = [
            (row, column)
            for place in page
            for row in range(place['row'], place['row'] + place['rows'])
            for column in range(place['column'], place['column'] + place['span'])
        ]
        assert len(taken) == len(set(taken))
        assert all(row <= WALL.rows and column <= WALL.columns for row, column in taken)


def test_six_short_cards_make_a_page():
    cards = [(str(n), 'Four of 26 hands are up', '') for n in range(8)]
    assert [len(page) for page in pages_of(view('screening', cards=cards))] == [6, 2]


def test_a_very_long_card_gets_a_page_of_its_own():
    cards = [('a', 'short', ''), ('b', 'word ' * 400, ''), ('c', 'short', '')]
    assert shown(pages_of(view('red_dots', cards=cards))) == [['a'], ['b'], ['c']]


def test_wide_scripts_and_new_lines_take_the_room_they_need():
    assert lines_of('ab' * 10, 20) == 1
    assert lines_of('観察' * 10, 20) == 2
    assert lines_of('one\n\ntwo', 20) == 3


def test_an_empty_wall_is_one_empty_page():
    assert pages_of(view('screening')) == [[]]
    assert pages_of(view('closed')) == [[]]


def test_the_focus_shows_one_pattern_or_what_is_not_sorted():
    cards = [('a', 'x', 'p'), ('b', 'x', ''), ('c', 'x', 'p')]
    assert shown(pages_of(view('analysis', cards=cards, patterns=['p', 'q'], focus='p'))) == [['a', 'c']]
    assert shown(pages_of(view('analysis', cards=cards, patterns=['p', 'q'], focus=UNSORTED))) == [['b']]
    assert shown(pages_of(view('analysis', cards=cards, patterns=['p', 'q'], focus='gone'))) == [['p', 'q']]


def test_the_wall_shows_accepted_cards_alone():
    cards = [{'id': 'a', 'text': 'x', 'pattern': '', 'state': 'chosen'}]
    cards.append({'id': 'b', 'text': 'x', 'pattern': '', 'state': 'accepted'})
    assert shown(pages_of(view('screening') | {'cards': cards})) == [['b']]


def test_the_question_stands_alone_before_the_predictions():
    predictions = [{'id': 'p', 'text': 'They would know dates', 'patterns': ['x']}]
    assert shown(pages_of(view('prediction'))) == [[]]
    assert shown(pages_of(view('prediction') | {'predictions': predictions})) == [[], ['p']]


def test_many_next_steps_are_looked_over_first_and_then_shown_one_horizon_at_a_time():
    few = [{'horizon': 'next week', 'owner': 'teachers', 'text': 'Do one thing'}]
    many = [{'horizon': 'next week', 'owner': 'teachers', 'text': 'Do this one thing ' * 12}] * 3
    assert shown(pages_of(view('next_level') | {'next_steps': few})) == [['grid']]
    pages = shown(pages_of(view('next_level') | {'next_steps': many}))
    assert pages == [['next week'], ['next month'], ['by the end of the year']]


def test_two_drafts_that_were_put_side_by_side_are_on_one_page_and_a_gone_one_leaves_the_other_alone():
    long = {'so': 'x ' * 400, 'then': '', 'wrong_if': '', 'patterns': []}
    theories = [{'id': key, 'when': key, **long} for key in 'abc']
    drawn = view('theories', focus='a')
    drawn |= {'theories': theories, 'screen': {**drawn['screen'], 'beside': 'c'}}
    assert pages_of(drawn) == [[{'id': 'a'}, {'id': 'c'}]]
    assert pages_of(drawn | {'theories': theories[:2]}) == [[{'id': 'a'}]]


def test_the_options_of_a_vote_stand_ten_on_a_page_the_one_with_most_dots_first():
    options = [{'id': f'o{n}', 'text': 'x'} for n in range(12)]
    vote = {'options': options, 'counts': {'o11': 3} | {f'o{n}': 0 for n in range(11)}}
    drawn = view('analysis')
    drawn |= {'vote': vote, 'screen': {**drawn['screen'], 'shows': 'vote'}}
    assert [len(page) for page in pages_of(drawn)] == [10, 2]
    assert pages_of(drawn)[0][0] == {'id': 'o11'}
    assert pages_of(drawn | {'vote': None}) == [[]]


def test_long_options_of_a_vote_stand_on_more_pages_and_each_of_them_on_one():
    options = [{'id': f'o{n}', 'text': 'They ask for a reason before they go on. ' * 4} for n in range(9)]
    options[8]['text'] *= 20
    drawn = view('theories')
    drawn |= {'vote': {'options': options}, 'screen': {**drawn['screen'], 'shows': 'vote'}}
    pages = pages_of(drawn)
    assert [len(page) for page in pages] == [4, 4, 1]
    assert [option['id'] for page in pages for option in page] == [f'o{n}' for n in range(9)]
