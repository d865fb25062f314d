"""Every card that the document quotes is an accepted card of the round, and nothing in it says who, where or when."""

import re
import unicodedata
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.debrief.model import Card, CardState, Pattern, Prediction
from app.documents.outcome import folded, outcome_of
from app.documents.pdf.outcome_pdf import outcome_pdf
from app.observation.model import Note, Observer
from app.rounds.model import Classroom, Group
from app.theory.model import Theory
from tests.cases.outcomes import sample_outcome
from tests.cases.sample_round import NOON, sample_file, sample_models
from tests.cases.tagged import everything, read_aloud

#: What is never printed, each unlike anything that a card of these tests says by chance.
ROOMS = ('Kelvin 12', 'Lab9', 'H42', 'Sporthalle')
NAMES = ('Quendolyn Ashworthy', 'Zbigniew', 'Mr Ptolemaios')
CODES = ('QXHALL', 'QXDR22', 'QXDR33', 'QXDR44', 'QXDR55')
GIVEAWAYS = (*ROOMS, *NAMES, 'at 9:42', '11:15', 'kl. 10.30')

#: Letters of many scripts, signs that the typeface lacks, and what breaks careless programs.
characters = st.one_of(
    st.sampled_from('abcdeåäöŵŷłżđặốαβγδшжщ“”’–…0123456789'),
    st.sampled_from('<>&"\\()[]{}%$#~`@;مرحبا中文😀👩‍🏫⚠️\u0301\u202e\u200d\xad\x00\x07\ud800\uffff'),
    st.characters(exclude_categories=['Cs']),
)
words = st.text(characters, max_size=30)
texts = st.lists(words, min_size=1, max_size=12).map(' '.join)


@st.composite
def rounds(draw):
    """A round with cards of all states; some of them give something away."""
    cards = [
        _card(n, draw(texts), draw) for n in range(draw(st.integers(0, 10)))
    ]  # fmt: skip
    models = sample_models()
    return {
        'round': replace(models['round'], join_code=CODES[0], problem_of_practice='', focus_statements=()),
        'classrooms': [Classroom(id=f'c{n}', number=n, room=room, code=CODES[n]) for n, room in enumerate(ROOMS, 1)],
        'groups': [Group(id='g', number=1, name='Falcons')],
        'observers': [
            Observer(id=f'o{n}', display_name=name, school='s', group='g') for n, name in enumerate(NAMES, 1)
        ],
        'notes': [
            Note(
                id=card.note,
                rev=1,
                observer='o1',
                group='g',
                classroom='c1',
                lens=None,
                text='what was first noted in Kelvin 12 by Zbigniew',
                written_at='2026-03-11T09:41:00+00:00',
                received_at=NOON,
                seq=n,
            )
            for n, card in enumerate(cards)
        ],
        'cards': cards,
        'patterns': [Pattern(id=key, title=draw(st.sampled_from(('', 'Seen', 'Видно')))) for key in 'pq'],
        'predictions': [Prediction(id='x', text='They would know', patterns=('p',))],
        'theories': [Theory(id='t', when='we wait', so='they think', then='they know', patterns=('p', 'q'))],
        'next_steps': [],
    }


def _card(n, text, draw):
    if draw(st.integers(0, 3)) == 0:
        text = f'{text} {draw(st.sampled_from(GIVEAWAYS))} waits'
    visits, lenses = ('v1', 'v2', 'v3'), ('teacher', 'task', None)
    return Card(
        id=f'k{n}',
        note=f'n{n}',
        group='g',
        visit=draw(st.sampled_from(visits)),
        text=text,
        place=n,
        lens=draw(st.sampled_from(lenses)),
        state=draw(st.sampled_from([CardState.ACCEPTED] * 4 + [CardState.DROPPED, CardState.RETURNED])),
        pattern=draw(st.sampled_from(['p', 'p', 'q', ''])),
    )


def quoted(pdf):
    return [part.text for part in read_aloud(pdf).all('BlockQuote')]


def accepted(cards):
    return {as_printed(card.text) for card in cards if card.state is CardState.ACCEPTED}


def as_printed(text):
    """Composed, white space folded, without what no printer prints: control characters, marks of direction."""
    kept = (c for c in unicodedata.normalize('NFC', text) if c.isspace() or _is_printed(c))
    return folded(''.join(kept))


def _is_printed(character):
    is_no_character = ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    turns = '\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c'
    return unicodedata.category(character) not in ('Cc', 'Cs') and character not in turns and not is_no_character


def test_every_card_that_the_sample_quotes_is_an_accepted_one_to_the_character():
    outcome, cards = sample_outcome(), sample_models()['cards']
    said = quoted(outcome_pdf(outcome))
    assert said == [sample.text for pattern in outcome.patterns for sample in pattern.samples]
    assert len(said) == 36
    assert set(said) <= accepted(cards)


def test_nothing_in_the_samples_document_says_who_where_or_when():
    file, models = sample_file(), sample_models()
    said = everything(outcome_pdf(sample_outcome()))
    for room in models['classrooms']:
        assert room.room not in re.findall(r'\w+', said)
        assert room.code not in said
    for observer in models['observers']:
        assert observer.display_name.casefold() not in said.casefold().split()
    assert models['round'].join_code not in said
    for time in [note['time'] for note in file['notes']] + [p[k] for p in file['periods'] for k in ('start', 'end')]:
        assert time not in said
        assert time.lstrip('0') not in said
    assert not re.search(r'\b\d{1,2}\s?[:.h]\s?\d{2}\b', said)
    assert '@' not in said
    for name in ('Group A', 'Period 1', 'Mathematics', 'Geography'):
        assert name not in said


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(rounds())
def test_of_any_round_only_accepted_cards_are_quoted_and_nobody_is_given_away(models):
    outcome = outcome_of(models['round'], **{key: value for key, value in models.items() if key != 'round'})
    pdf = outcome_pdf(outcome)
    # A word that is longer than a line is broken where it ends: there white space says nothing.
    said = [''.join(text.split()) for text in quoted(pdf)]
    assert said == [''.join(as_printed(s.text).split()) for pattern in outcome.patterns for s in pattern.samples]
    assert set(said) <= {''.join(text.split()) for text in accepted(models['cards'])}
    whole = everything(pdf)
    for giveaway in (*GIVEAWAYS, *CODES, 'Falcons', '09:41', '@harbour.example', 'first noted'):
        assert giveaway.casefold() not in whole.casefold(), giveaway


def test_the_proof_fails_where_one_character_of_a_card_is_changed():
    outcome = sample_outcome()
    first, *others = outcome.patterns
    changed = replace(first.samples[0], text=first.samples[0].text.replace('four', 'five', 1))
    pattern = replace(first, samples=(changed, *first.samples[1:]))
    said = quoted(outcome_pdf(replace(outcome, patterns=(pattern, *others))))
    assert not set(said) <= accepted(sample_models()['cards'])


def test_what_is_too_long_for_a_line_or_lacks_letters_is_whole_in_what_is_read():
    models = sample_models()
    long = [
        'x' * 2000,
        'Students explain. ' * 111,
        '😀👨‍👩‍👧 مرحبا',
        'Học sinh giải thích',
        'Gŵyl ŷd',
        'Źdźbło',
        'Ученики',
    ]
    cards = [
        Card(
            id=f'k{n}',
            note=f'n{n}',
            group='g',
            visit=f'v{n}',
            text=text,
            place=n,
            pattern='p',
            state=CardState.ACCEPTED,
        )
        for n, text in enumerate(long * 2)
    ]
    given = {**models, 'cards': cards, 'patterns': [Pattern(id='p', title='One')], 'theories': [], 'next_steps': []}
    outcome = outcome_of(given.pop('round'), **given)
    everything_quoted = replace(outcome.patterns[0], samples=tuple(
        replace(outcome.patterns[0].samples[0], text=folded(text)) for text in long
    ))  # fmt: skip
    said = quoted(outcome_pdf(replace(outcome, patterns=(everything_quoted,))))
    assert [''.join(text.split()) for text in said] == [''.join(text.split()) for text in long]
