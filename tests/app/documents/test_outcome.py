"""What goes into the outcome document, and what never does."""

import datetime as dt
import random
from dataclasses import asdict, replace

import pytest

from app.debrief.model import Card, CardState, Pattern, Prediction
from app.documents.outcome import outcome_of, sample_cards
from app.observation.model import Observer
from app.rounds.model import Classroom
from app.rounds.stages import Stage
from app.theory.model import Theory
from tests.cases.sample_round import sample_models

CLASSROOMS = [Classroom(id='c1', number=1, room='M4'), Classroom(id='c2', number=2, room='S2')]
OBSERVERS = [Observer(id='o1', display_name='Ruth', school='s')]


def card(n, text='', visit='', **more):
    text = text or f'{n} of 28 students turn to a partner and talk'
    given = {'state': CardState.ACCEPTED, 'pattern': 'p', 'place': n, **more}
    return Card(id=f'k{n}', note=f'n{n}', group='g1', visit=visit or f'v{n}', text=text, **given)


def outcome(**changes):
    models = sample_models()
    return outcome_of(models.pop('round'), **{**models, **changes})


def test_the_sample_round_in_numbers():
    assert asdict(outcome().numbers) == {
        'visits': 15,
        'classrooms': 10,
        'observers': 14,
        'groups': 4,
        'schools': 5,
        'notes': 180,
        'cards': 124,
        'patterns': 9,
        'outside': 0,
    }


def test_a_pattern_is_printed_from_two_visits_on_and_others_are_counted():
    patterns = [Pattern(id='p', title='Seen twice'), Pattern(id='q', title='Seen once', place=1)]
    cards = [card(1), card(2), card(3, pattern='q'), card(4, pattern='q', visit='v3'), card(5, pattern='')]
    predictions = [Prediction(id='x', text='They would know', patterns=('q', 'p'))]
    theories = [Theory(id='t', when='we wait', patterns=('q',))]
    made = outcome(patterns=patterns, cards=cards, predictions=predictions, theories=theories, next_steps=[])
    assert [(pattern.number, pattern.title, pattern.cards, pattern.visits) for pattern in made.patterns] == [
        (1, 'Seen twice', 2, 2)
    ]
    assert made.left_out == 1
    assert made.numbers.outside == 1
    assert (made.predictions[0].patterns, made.predictions[0].unprinted) == ((1,), 1)
    assert (made.theories[0].patterns, made.theories[0].unprinted) == ((), 1)
    assert 'Seen once' not in repr(made)


def test_only_accepted_cards_count_and_are_quoted():
    cards = [card(1), card(2), card(3, state=CardState.DROPPED), card(4, state=CardState.RETURNED)]
    (pattern,) = outcome(patterns=[Pattern(id='p', title='One')], cards=cards, next_steps=[]).patterns
    assert (pattern.cards, {sample.text for sample in pattern.samples}) == (2, {cards[0].text, cards[1].text})


def test_samples_come_from_as_many_visits_as_there_are():
    cards = [card(n, visit=f'v{n % 4}') for n in range(1, 21)]
    assert len({one.visit for one in sample_cards(cards, [], [])}) == 4
    assert len(sample_cards(cards[:2], [], [])) == 2
    assert len(sample_cards(cards[:5], [], [])) == 3


def test_samples_are_the_same_whatever_order_and_ids_the_store_gives():
    models = sample_models()
    first = outcome_of(models.pop('round'), **models)
    cards = [replace(one, id=f'other-{n}') for n, one in enumerate(models['cards'])]
    random.Random(1).shuffle(cards)
    assert outcome(cards=cards) == first


@pytest.mark.parametrize(
    'words',
    ['at 9:42 T waits', 'since 09.42 T waits', '9h42 T waits', 'T walks to M4', 'T smiles at Ruth', 'Mr Okafor waits'],
)
def test_a_card_that_says_a_time_a_room_or_a_name_is_no_sample(words):
    cards = [card(1, words), card(2), card(3)]
    assert [one.text for one in sample_cards(cards, CLASSROOMS, OBSERVERS)] == [cards[1].text, cards[2].text]
    assert sample_cards(cards[:1], CLASSROOMS, OBSERVERS) == []


def test_a_student_called_like_a_room_is_quoted_only_when_nothing_else_can_be():
    cards = [card(1, 'S2 rubs out 17'), card(2), card(3)]
    assert cards[0] not in sample_cards(cards, CLASSROOMS, OBSERVERS)
    assert cards[0] in sample_cards(cards[:2], CLASSROOMS, OBSERVERS)


def test_the_same_words_are_quoted_once():
    cards = [card(1, 'T waits for  five seconds'), card(2, 't waits for five seconds'), card(3)]
    assert len(sample_cards(cards, [], [])) == 2


def test_it_says_on_which_day_the_notes_are_deleted_where_the_school_is():
    closed = dt.datetime(2026, 3, 11, 23, 30, tzinfo=dt.UTC)
    models = sample_models(closed_at=closed, timezone='Australia/Sydney')
    made = outcome_of(models.pop('round'), **models)
    assert (made.closed_on, made.deleted_on) == (dt.date(2026, 3, 12), dt.date(2026, 4, 11))
    models = sample_models(closed_at=None, stage=Stage.ANALYSIS)
    assert outcome_of(models.pop('round'), **models).deleted_on is None


def test_nothing_of_a_room_an_author_a_time_or_a_code_is_in_it():
    said = repr(outcome())
    models = sample_models()
    for one in models['observers']:
        assert one.display_name not in said
    for one in models['classrooms']:
        assert one.code not in said
    assert models['round'].join_code not in said
