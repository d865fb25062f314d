"""Patterns, theories and next steps as tables, to go on with in a spreadsheet: XLSX, or CSV in one archive."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from app.documents import words
from app.documents.office.plain_text import plain
from app.documents.outcome import Outcome, Quotation
from app.rounds.lenses import lens_name
from app.texts import _

from .word_file import step_rows

_NEVER = (2000, 1, 1, 0, 0, 0)  #: the same outcome gives the same archive
#: What a spreadsheet would take for the beginning of a formula.
_FORMULA = ('=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠')


@dataclass(frozen=True)
class Sheet:
    """One table; `name` is a file's name too."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


def sheets_of(outcome: Outcome) -> tuple[Sheet, Sheet, Sheet]:
    """Patterns with their sample cards, theories with what they rest on, next steps."""
    return (
        Sheet(
            _('Patterns'),
            (_('Number'), _('Pattern'), _('Summary'), _('Exception'), _('Cards'), _('Visits'), _('Sample cards')),
            tuple(
                (one.number, one.title, one.summary, one.exception, one.cards, one.visits, _samples(one.samples))
                for one in outcome.patterns
            ),
        ),
        Sheet(
            _('Theories of action'),
            (
                _('Number'), _('When'), _('so'), _('then'), _('Whose work'), _('Wrong if'), _('Look again'),
                _('Relates to'), _('Patterns'), _('Cards'), _('Visits'),
            ),
            tuple(
                (
                    one.number, one.when, one.so, one.then, words.level_name(one.level), one.wrong_if,
                    one.look_again.isoformat() if one.look_again else '', one.relates_to,
                    words.listed(one.patterns) if one.patterns else '', one.cards, one.visits,
                )
                for one in outcome.theories
            ),
        ),
        Sheet(
            _('Next level of work'),
            (_('By when'), _('Whose work'), _('What'), _('Rests on'), _('Taken up')),
            tuple(step_rows(outcome)),
        ),
    )  # fmt: skip


def outcome_xlsx(outcome: Outcome) -> bytes:
    """One workbook; every text is a text, never a formula."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.creator = plain(words.title(outcome)), 'Rounds'
    for sheet in sheets_of(outcome):
        page = book.create_sheet(sheet.name[:31])
        for row, values in enumerate((sheet.heads, *sheet.rows), 1):
            for column, value in enumerate(values, 1):
                cell = page.cell(row, column)
                if isinstance(value, int):
                    cell.value = value
                else:
                    cell.value, cell.data_type = guarded(value), 's'
                cell.alignment = Alignment(wrap_text=True, vertical='top')
                if row == 1:
                    cell.font = Font(bold=True, color='FFFFFFFF')
                    cell.fill = PatternFill('solid', fgColor='FF0B5C62')
        page.freeze_panes = 'A2'
        for column, head in enumerate(sheet.heads, 1):
            longest = max((len(str(row[column - 1])) for row in sheet.rows), default=0)
            page.column_dimensions[get_column_letter(column)].width = min(60, max(len(head) + 2, longest / 2, 10))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def outcome_csv(outcome: Outcome) -> bytes:
    """A ZIP with a CSV file for each table: UTF-8 with a mark, so that Excel reads every script."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, 'w', zipfile.ZIP_DEFLATED) as archive:
        for sheet in sheets_of(outcome):
            text = io.StringIO(newline='')
            csv.writer(text).writerows([[_cell(value) for value in row] for row in (sheet.heads, *sheet.rows)])
            archive.writestr(_entry(f'{sheet.name}.csv'), text.getvalue().encode('utf-8-sig'))
    return written.getvalue()


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it."""
    clean = plain(text)[:32_000]  # Excel's cells hold no more
    return f"'{clean}" if clean.lstrip().startswith(_FORMULA) else clean


def _cell(value: str | int) -> str | int:
    return value if isinstance(value, int) else guarded(value)


def _samples(samples: Sequence[Quotation]) -> str:
    return '\n'.join(_sample_lines(samples))


def _sample_lines(samples: Sequence[Quotation]) -> Iterator[str]:
    for sample in samples:
        yield f'{lens_name(sample.lens)}: {sample.text}'


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NEVER)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
