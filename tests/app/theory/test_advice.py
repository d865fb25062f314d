"""Advice on drafts: it asks where something lacks, and is silent on a sound one."""

import datetime as dt
from dataclasses import replace

import pytest

from app.debrief.model import Card
from app.theory.advice import advice
from app.theory.model import Theory

SOUND = Theory(
    id='t',
    when='we wait three seconds after each question',
    so='every student forms an answer before one is heard',
    then='students will add evidence to their first answers',
    wrong_if='second answers are no longer than first ones',
    look_again=dt.date(2027, 3, 1),
    patterns=('p',),
)
CARDS = [
    Card(id=f'{n}', note=f'{n}', group='g', visit=f'g:{n}', text='They wait', place=n, pattern='p') for n in range(3)
]


def keys(cards=CARDS, **changes):
    return [one.key for one in advice(replace(SOUND, **changes), cards)]


def test_a_sound_draft_gets_no_advice():
    assert keys() == []


@pytest.mark.parametrize(
    ('changes', 'key'),
    [
        ({'when': 'questions are asked and three seconds pass'}, 'actor'),
        ({'when': 'we wait three seconds and we ask for evidence'}, 'one_action'),
        ({'when': 'teachers model aloud; teachers set tasks in pairs'}, 'one_action'),
        ({'when': 'we improve the quality of questioning'}, 'seen'),
        ({'when': 'we wait'}, 'seen'),
        ({'so': ''}, 'so'),
        ({'then': ''}, 'then'),
        ({'then': 'lessons will be calmer'}, 'students'),
        ({'patterns': ()}, 'evidence'),
        ({'wrong_if': ''}, 'wrong_if'),
        ({'look_again': None}, 'look_again'),
    ],
)
def test_what_lacks_is_asked_for(changes, key):
    assert keys(**changes) == [key]


@pytest.mark.parametrize(
    'when',
    [
        'we give talk partners a stem that ends in ‘because’, two timed minutes and a pen that changes hands',
        'teachers of Year 7 come back to the intention at the end',
        'department leaders visit one lesson a week and the same one again',
    ],
)
def test_one_action_in_many_words_stays_one(when):
    assert keys(when=when) == []


def test_many_cards_of_one_visit_are_thin_evidence():
    cards = [replace(card, visit='g:1') for card in CARDS]
    [given] = advice(SOUND, cards)
    assert given.key == 'evidence'
    assert given.sentence.startswith('It rests on 3 cards from 1 visit:')


def test_cards_of_other_patterns_are_no_evidence():
    assert keys(cards=[replace(card, pattern='q') for card in CARDS]) == ['evidence']


def test_every_sentence_is_whole_and_holds_no_number_of_marks():
    for one in advice(Theory(id='t', when='improving'), []):
        assert one.sentence[-1] in '.?'
        assert not any(word in one.sentence.lower() for word in ('score', 'grade', 'out of'))
