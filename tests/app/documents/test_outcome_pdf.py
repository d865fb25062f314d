"""The outcome document as it is printed: what it says, what it never says, and that nothing breaks it."""

import datetime as dt
import io
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

import app
from app.debrief.model import CardState
from app.documents.outcome import Outcome, PrintedPrediction
from app.documents.pdf.outcome_pdf import outcome_pdf
from tests.cases.outcomes import NASTY, full_of, sample_outcome
from tests.cases.rendering import fonts_of, read_text, rendered
from tests.cases.sample_round import sample_file, sample_models

ROOT = Path(app.__file__).parent.parent


@cache
def nasty_pdf():
    return outcome_pdf(full_of(NASTY))


def test_the_sample_rounds_document_gives_nobody_away():
    file, models = sample_file(), sample_models()
    said = read_text(outcome_pdf(sample_outcome()))
    words = set(re.findall(r'\w+', said))
    for room in models['classrooms']:
        assert room.room not in words
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


def test_every_quoted_card_is_an_accepted_card_to_the_character():
    outcome = sample_outcome()
    said = read_text(outcome_pdf(outcome))
    accepted = {
        ' '.join(unicodedata.normalize('NFC', card.text).split())
        for card in sample_models()['cards']
        if card.state is CardState.ACCEPTED
    }
    quoted = [sample.text for pattern in outcome.patterns for sample in pattern.samples]
    assert len(quoted) == 36
    for text in quoted:
        assert text in accepted
        assert text in said


def test_all_that_the_group_wrote_is_in_it():
    file = sample_file()
    said = read_text(outcome_pdf(sample_outcome()))
    written = [file['round']['problem_of_practice'], file['round']['network'], 'Harbour View Academy', '11 March 2026']
    written += [text for pattern in file['patterns'] for text in (pattern['title'], pattern['summary'])]
    written += [prediction['text'] for prediction in file['predictions']]
    written += [theory[key] for theory in file['theories_of_action'] for key in ('when', 'so', 'then', 'wrong_if')]
    written += [step['text'] for step in file['next_level_of_work']]
    for text in written:
        assert text in said
    assert 'Look again on: 24 June 2026' in said
    assert 'Rests on: patterns 3, 7 and 8' in said
    assert said.count('Taken up') == 3  # two marks and what they mean
    assert 'are deleted on 10 April 2026' in said
    assert '18 cards · 8 visits' in said


def test_what_is_left_out_is_said_kindly():
    outcome = replace(
        sample_outcome(closed_at=None),
        left_out=2,
        predictions=(PrintedPrediction(text='They would know', patterns=(3,), unprinted=1),),
    )
    said = read_text(outcome_pdf(outcome))
    assert '2 patterns are left out because they rest on fewer than 2 visits each.' in said
    assert 'Rests on: pattern 3, and 1 pattern that was seen on too few visits to be printed' in said
    assert 'Draft.' in said
    assert 'are deleted 30 days after the close' in said


def test_the_same_round_gives_the_same_bytes_also_in_another_process():
    made = outcome_pdf(sample_outcome())
    assert outcome_pdf(sample_outcome()) == made
    script = (
        'import sys; from app.documents.pdf.outcome_pdf import outcome_pdf; '
        'from tests.cases.outcomes import NASTY, full_of, sample_outcome; '
        'outcome_pdf(full_of(NASTY[2:5])); '  # what was printed before leaves no trace
        'sys.stdout.buffer.write(outcome_pdf(sample_outcome()))'
    )
    other = subprocess.run([sys.executable, '-c', script], cwd=ROOT, check=True, capture_output=True)
    assert other.stdout == made


def test_it_has_a_title_an_author_a_language_bookmarks_and_page_numbers():
    reader = PdfReader(io.BytesIO(made := outcome_pdf(sample_outcome())))
    assert reader.metadata.title == 'Outcome of the instructional round at Harbour View Academy'
    assert reader.metadata.author == 'Harbour View Academy'
    assert reader.root_object['/Lang'] == 'en'
    top = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert top == [
        'How to read this',
        'The round in numbers',
        'Patterns',
        'Predictions',
        'Theories of action',
        'Next level of work',
        'What is deleted, and when',
    ]
    pages = [page.extract_text() for page in reader.pages]
    assert all(f'Page {n} of {len(pages)}' in text for n, text in enumerate(pages, 1))
    assert 'Outcome of the round · Harbour View Academy · 11 March 2026' in pages[1]
    assert len(made) < 300_000


@pytest.mark.parametrize('make', [lambda: outcome_pdf(sample_outcome()), nasty_pdf], ids=['sample', 'nasty'])
def test_fira_sans_is_embedded_and_no_other_typeface_is_named(make):
    fonts = fonts_of(make())
    assert fonts
    assert all('FiraSans' in name and embedded for name, embedded in fonts.items()), fonts


def test_an_empty_round_has_a_document_too():
    said = read_text(outcome_pdf(Outcome(id='r', title='', school='', network='', date=dt.date(2026, 3, 11))))
    for sentence in ('No pattern can be printed yet.', 'No prediction was written.', 'No next step was written.'):
        assert sentence in said


def test_markup_is_text_and_scripts_without_letters_become_signs():
    said = read_text(nasty_pdf()).replace('\u200d', '')
    assert '<script>alert(1)</script><b>bold</i> &amp; <img src="/etc/passwd"/> <para>' in said
    assert 'Học sinh giải thích lý do của mình' in said
    assert 'Οι μαθητές εξηγούν' in said
    assert 'Ученики объясняют' in said
    assert '▯ stands for a character that this document’s typeface does not have.' in said
    assert '▯▯▯▯ two students' in said
    assert set('مرحبا') <= set(said)  # a sign on paper; what was written stays in the text layer
    assert 'stands for a character' not in read_text(outcome_pdf(sample_outcome()))


def test_no_page_of_a_difficult_document_is_empty_or_runs_over_its_edges():
    for page in rendered(nasty_pdf(), 40):
        body = page[50:-50]
        assert (body < 160).any()
        assert not (page[:, :30] < 160).any()
        assert not (page[:, -30:] < 160).any()


def test_no_heading_stands_alone_at_the_foot_of_a_page():
    """Whatever the length of what comes before, the line after a section's heading is on its page."""
    sections = ('Patterns', 'Predictions', 'Theories of action', 'Next level of work')
    for lines in range(0, 36, 9):
        outcome = replace(sample_outcome(), problem_of_practice='Reasons are rare in this school. ' * 2 * lines)
        for page in PdfReader(io.BytesIO(outcome_pdf(outcome))).pages:
            texts = [line.strip() for line in page.extract_text().splitlines()]
            last = [line for line in texts if line and not line.startswith(('Page ', 'Outcome of the round ·'))][-1]
            assert last not in sections
            assert not last.startswith('Theory of action ')


@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(max_size=300), min_size=2, max_size=4))
def test_no_text_breaks_it(texts):
    assert outcome_pdf(full_of(texts)).startswith(b'%PDF')
