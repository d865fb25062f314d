"""The outcome document as it is printed: what it says, what it never says, and that nothing breaks it."""

import datetime as dt
import io
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

import app
from app.documents.outcome import Outcome, PrintedPrediction
from app.documents.pdf.outcome_pdf import outcome_pdf
from app.rounds.norms import norms
from tests.cases.outcomes import NASTY, full_of, sample_outcome
from tests.cases.rendering import fonts_of, read_text, read_with_poppler, rendered
from tests.cases.sample_round import sample_file

ROOT = Path(app.__file__).parent.parent


@cache
def nasty_pdf():
    return outcome_pdf(full_of(NASTY))


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
    assert 'It rests on patterns 3, 7 and 8, with 43 cards from 11 of 15 visits.' in said
    assert said.count('Taken up') == 5  # two marks and the heads of three tables
    assert 'The school takes up 2 of 4 steps.' in said
    assert 'are deleted on 10 April 2026' in said
    assert '18 cards · 8 of 15 visits' in said
    for sentence in norms():
        assert sentence in said


def test_what_is_left_out_is_said_kindly():
    outcome = replace(
        sample_outcome(closed_at=None),
        left_out=2,
        predictions=(PrintedPrediction(text='They would know', patterns=(3,), unprinted=1),),
    )
    said = read_text(outcome_pdf(outcome))
    assert '2 patterns are left out because they rest on fewer than 2 visits each.' in said
    assert 'Rests on: pattern 3, and 1 pattern that was seen on too few visits to be printed' in said
    assert 'Draft: the round is not closed yet' in said
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
    top = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert [entry.title for entry in top] == [
        'Cover',
        'Contents',
        'How to read this',
        'The round in numbers',
        'Patterns',
        'Predictions',
        'Theories of action',
        'Next level of work',
        'What visitors agreed on',
        'What is kept, and what is deleted when',
        *(f'To pin up: theory of action {n}' for n in range(1, 5)),
    ]
    pages = [page.extract_text() for page in reader.pages]
    assert f'Page 1 of {len(pages)}' not in pages[0]
    assert all(f'Page {n} of {len(pages)}' in text for n, text in enumerate(pages[1:], 2))
    for entry in top:
        number = reader.get_destination_page_number(entry)
        assert (entry.title if entry.title != 'Cover' else 'Harbour View Academy') in pages[number]
        if entry.title not in ('Cover', 'Contents') and not entry.title.startswith('To pin up'):
            assert re.search(rf'{re.escape(entry.title)}\s*{number + 1}\b', pages[1]), entry.title
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
    said = read_with_poppler(nasty_pdf()).replace('\u200d', '')
    assert '<script>alert(1)</script><b>bold</i> &amp; <img src="/etc/passwd"/> <para>' in said
    assert 'Học sinh giải thích lý do của mình' in said
    assert 'Οι μαθητές εξηγούν' in said
    assert 'Ученики объясняют' in said
    assert '▯ stands for a character that this document’s typeface does not have.' in said
    assert '▯▯▯▯ two students' in re.sub('[\u200b\u200d]', '', read_text(nasty_pdf()))
    assert '😀👨👩👧 two students' in said
    assert set('مرحبا') <= set(said)  # a sign on paper; what was written is its actual text
    assert 'stands for a character' not in read_text(outcome_pdf(sample_outcome()))


def test_no_page_of_a_difficult_document_is_empty_or_runs_over_its_edges():
    for page in rendered(nasty_pdf(), 40)[1:]:  # the ornament of the cover runs over its edge on purpose
        body = page[50:-50]
        assert (body < 160).any()
        assert not (page[:, :30] < 160).any()
        assert not (page[:, -30:] < 160).any()


def test_no_heading_stands_alone_at_the_foot_of_a_page():
    """Whatever the length of what comes before, the line after a section's heading is on its page."""
    sections = ('Patterns', 'Predictions', 'Theories of action', 'Next level of work', 'What visitors agreed on')
    for lines in range(0, 4):
        longer = tuple(replace(one, summary='Reasons are rare. ' * 9 * lines) for one in sample_outcome().patterns)
        outcome = replace(sample_outcome(), patterns=longer)
        for page in PdfReader(io.BytesIO(outcome_pdf(outcome))).pages:
            texts = [line.strip() for line in page.extract_text().splitlines()]
            last = [line for line in texts if line and not line.startswith(('Page ', 'Outcome of the round ·'))][-1]
            assert last not in sections
            assert not last.startswith('Theory of action ')
            assert not re.fullmatch(r'(Next week|Next month|By the end of the year|Pattern What was seen.*)', last)


@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(max_size=300), min_size=2, max_size=4))
def test_no_text_breaks_it(texts):
    assert outcome_pdf(full_of(texts)).startswith(b'%PDF')
