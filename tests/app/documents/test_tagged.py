"""The document for those who hear it: its structure, asked of three programs that were not written here."""

import json
import subprocess
import sys
from dataclasses import replace
from functools import cache

import pdfua
import pytest

from app.documents.outcome import Outcome
from app.documents.pdf.outcome_pdf import outcome_pdf
from app.documents.print_pack.pack import Part, print_pack
from app.pdf.sizes import Paper
from tests.cases.outcomes import NASTY, a_logo, full_of, sample_outcome
from tests.cases.print_pack import sample_material
from tests.cases.rendering import info_of, read_with_poppler
from tests.cases.tagged import read_aloud


def released():
    """Everything there can be: a logo, a second version, patterns that are left out."""
    return replace(sample_outcome(), logo=a_logo(), version=2, left_out=2, changes=('Theory 1 has new words.',))


VARIANTS = {
    'sample': sample_outcome,
    'released, US Letter': lambda: replace(released(), paper=Paper.LETTER, released_on=sample_outcome().date),
    'nasty': lambda: full_of(NASTY[2:9]),
    'empty': lambda: Outcome(id='r', title='', school='', network='', date=sample_outcome().date),
}


@cache
def made(name):
    return outcome_pdf(VARIANTS[name]())


@cache
def printed(paper):
    return print_pack(sample_material(paper))


@pytest.mark.parametrize('name', VARIANTS)
def test_pdfua_and_poppler_find_a_tagged_document(name, tmp_path):
    file = tmp_path / 'outcome.pdf'
    file.write_bytes(made(name))
    report = pdfua.validate(file)
    assert [finding.message for finding in report.findings] == []
    info = info_of(made(name))
    assert info['Tagged'] == 'yes'
    assert info['Suspects'] == 'no'
    assert info['Title'].startswith('Outcome of the instructional round at')


@pytest.mark.parametrize('paper', Paper)
def test_the_whole_print_pack_is_tagged_and_every_part_of_it(paper, tmp_path):
    file = tmp_path / 'pack.pdf'
    file.write_bytes(printed(paper))
    assert [finding.message for finding in pdfua.validate(file).findings] == []
    assert (info_of(printed(paper))['Tagged'], info_of(printed(paper))['Suspects']) == ('yes', 'no')
    tree = read_aloud(printed(paper))
    assert [part.role for part in tree.parts] == ['Part'] * len(Part)
    codes = [figure.alt for figure in tree.all('Figure')]
    assert all(codes)
    assert len(codes) == 10 + 1 + 10, 'doors, hall, slips'
    heads = [head.text for head in tree.all('H1')]
    assert 'Welcome, visitors' in heads
    assert 'For the facilitator' in heads
    for stage in ('Selection', 'Analysis', 'Next level of work'):
        assert stage in [head.text for head in tree.all('H2')]


def test_outloud_finds_nothing_in_any_variant(tmp_path):
    files = [tmp_path / 'pack.pdf']
    files[0].write_bytes(printed(Paper.LETTER))
    for number, name in enumerate(VARIANTS):
        files.append(tmp_path / f'{number}.pdf')
        files[-1].write_bytes(made(name))
    # In a process of its own: what it imports warns, and warnings are errors here.
    command = [sys.executable, '-m', 'outloud.cli', *map(str, files), '--json', str(tmp_path / 'found.json')]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads((tmp_path / 'found.json').read_text())
    assert done.returncode == 0, done.stdout
    results = found if isinstance(found, list) else found['results']
    assert len(results) == len(VARIANTS) + 1
    serious = [one for result in results for one in result['findings'] if one['severity'] == 'error']
    assert serious == []


def test_it_is_heard_in_the_order_in_which_it_is_read():
    tree = read_aloud(made('sample'))
    headings = [(part.role, part.text) for part in tree.all('H1', 'H2', 'H3')]
    assert headings[:5] == [
        ('H1', 'Harbour View Academy'),
        ('H2', 'Contents'),
        ('H2', 'How to read this'),
        ('H2', 'The round in numbers'),
        ('H2', 'Patterns'),
    ]
    assert [text for role, text in headings if role == 'H2'][-1] == 'To pin up: theory of action 4'
    for one in sample_outcome().patterns:
        assert ('H3', f'{one.number} {one.title}') in headings
    said = tree.text
    places = [said.index(text) for text in ('Problem of practice', 'How to read', 'Patterns', 'If you were', 'When we')]
    assert places[1:] == sorted(places[1:])
    assert 'Page 2 of' not in said  # running feet are not read aloud
    assert 'Outcome of the round ·' not in said


def test_tables_have_heads_figures_have_words_and_links_say_where_they_lead():
    tree = read_aloud(made('released, US Letter'))
    tables = list(tree.all('Table'))
    assert len(tables) == 7  # an evidence trail for each of four theories, steps for each of three horizons
    for table in tables:
        first, *rows = list(table.all('TR'))
        heads = list(first.all('TH'))
        assert all(head.text for head in heads)
        assert rows
        assert all(len(list(row.all('TD'))) == len(heads) for row in rows)
    assert [figure.alt.partition('.')[0] for figure in tree.all('Figure')] == [
        'Logo of Harbour View Academy',
        'Bar chart of the cards on the wall by lens',
        'Bar chart of the visits behind each theory of action, of 15',
    ]
    assert 'Theory 1 – 9 visits' in list(tree.all('Figure'))[2].alt
    assert 'Theory 1 has new words.' in [part.text for part in tree.all('LBody')]
    for link in tree.all('Link'):
        assert link.text


def test_poppler_reads_it_in_this_order_too():
    said = read_with_poppler(made('sample'))
    order = (
        'Harbour View Academy',
        'Contents',
        'How to read this',
        'cards on the wall',
        'Talk partners',
        'Expert',
    )
    places = [said.index(text) for text in order]
    assert places == sorted(places)


def test_it_is_set_on_the_schools_paper():
    assert info_of(made('sample'))['Page size'] == '595.276 x 841.89 pts (A4)'
    assert info_of(made('released, US Letter'))['Page size'] == '612 x 792 pts (letter)'
