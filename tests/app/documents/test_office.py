"""The outcome for those who go on writing: Word with real headings, and tables in which nothing is a formula."""

import csv
import datetime as dt
import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn

from app.documents.office.spreadsheet import guarded, outcome_csv, outcome_xlsx
from app.documents.office.word_file import outcome_docx
from app.documents.outcome import Outcome
from app.pdf.sizes import Paper
from app.rounds.norms import norms
from tests.cases.outcomes import NASTY, a_logo, full_of, sample_outcome

EMPTY = Outcome(id='r', title='', school='', network='', date=dt.date(2026, 3, 11))
FORMULAS = ['=1+1', '+1', '-1', '@SUM(A1)', ' =cmd|/c calc!A1', '\t=1', '＝1+1']


def said(word):
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return '\n'.join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def test_word_has_real_headings_lists_tables_with_heads_and_words_for_the_logo():
    outcome = replace(sample_outcome(), logo=a_logo(), paper=Paper.LETTER)
    word = Document(io.BytesIO(outcome_docx(outcome)))
    headings = [one.text for one in word.paragraphs if one.style.name == 'Heading 1']
    assert headings[:5] == [
        'Problem of practice', 'How to read this', 'The round in numbers', 'Patterns', 'Predictions',
    ]  # fmt: skip
    assert sum(one.style.name == 'Heading 2' for one in word.paragraphs) == 9 + 4 + 4 * 4
    lists = [one.text for one in word.paragraphs if one.style.name == 'List Bullet']
    assert set(norms()) <= set(lists)
    quoted = [one.text for one in word.paragraphs if one.style.name == 'Quote']
    assert quoted == [sample.text for pattern in outcome.patterns for sample in pattern.samples]
    assert len(word.tables) == 2 + 4 + 1
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn('w:tblHeader')) is not None
        assert all(cell.text for cell in table.rows[0].cells)
    [picture] = word.inline_shapes
    assert picture._inline.docPr.get('descr') == 'Logo of Harbour View Academy'
    assert word.core_properties.title == 'Outcome of the instructional round at Harbour View Academy'
    assert word.core_properties.language == 'en'
    assert round(word.sections[0].page_width.inches, 1) == 8.5


def test_word_says_what_the_document_says():
    outcome = sample_outcome()
    text = said(Document(io.BytesIO(outcome_docx(outcome))))
    for pattern in outcome.patterns:
        assert pattern.title in text
        assert pattern.summary in text
    for theory in outcome.theories:
        for part in (theory.when, theory.so, theory.then, theory.wrong_if):
            assert part in text
    for step in outcome.next_steps:
        assert step.text in text
    assert 'are deleted on 10 April 2026' in text


@pytest.mark.parametrize('outcome', [full_of(NASTY), EMPTY, full_of(FORMULAS)], ids=['nasty', 'empty', 'formulas'])
def test_no_text_breaks_any_file(outcome):
    assert Document(io.BytesIO(outcome_docx(outcome))).paragraphs
    assert openpyxl.load_workbook(io.BytesIO(outcome_xlsx(outcome))).sheetnames
    assert zipfile.ZipFile(io.BytesIO(outcome_csv(outcome))).testzip() is None


def test_a_workbook_holds_patterns_theories_and_steps_and_no_formula():
    book = openpyxl.load_workbook(io.BytesIO(outcome_xlsx(sample_outcome())))
    assert book.sheetnames == ['Patterns', 'Theories of action', 'Next level of work']
    patterns = list(book['Patterns'].values)
    assert patterns[0] == ('Number', 'Pattern', 'Summary', 'Exception', 'Cards', 'Visits', 'Sample cards')
    assert patterns[1][:2] == (1, 'Talk partners with sentence stems give reasons')
    assert patterns[1][4:6] == (17, 5)
    assert 'four corners: agree strongly' in patterns[1][6]
    assert len(patterns) == 10
    assert [len(list(book[name].values)) for name in book.sheetnames[1:]] == [5, 5]
    hostile = openpyxl.load_workbook(io.BytesIO(outcome_xlsx(full_of(FORMULAS))))
    kinds = {cell.data_type for page in hostile for row in page for cell in row if cell.value is not None}
    assert kinds == {'s', 'n'}


def test_a_table_as_csv_is_read_by_any_program_and_holds_no_formula():
    archive = zipfile.ZipFile(io.BytesIO(outcome_csv(full_of([*FORMULAS, 'Żółć, "quoted"\nand broken', 'مرحبا']))))
    assert archive.namelist() == ['Patterns.csv', 'Theories of action.csv', 'Next level of work.csv']
    for name in archive.namelist():
        content = archive.read(name)
        assert content.startswith('\ufeff'.encode())
        rows = list(csv.reader(io.StringIO(content.decode('utf-8-sig'), newline='')))
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if cell.lstrip().startswith(('=', '+', '@', '-', '＝'))]
    assert 'Żółć, "quoted"' in archive.read('Patterns.csv').decode().replace('""', '"')


@pytest.mark.parametrize('text', FORMULAS)
def test_what_begins_like_a_formula_gets_an_apostrophe(text):
    assert guarded(text).startswith("'")
    assert guarded('7 of 24 = all') == '7 of 24 = all'
