"""The outcome for Word, for schools that go on writing: real headings, lists, tables and words for pictures."""

import base64
import datetime as dt
import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table

from app.documents import words
from app.documents.office.plain_text import plain
from app.documents.outcome import Outcome, PrintedPattern, PrintedTheory
from app.pdf.sizes import SHEETS
from app.rounds.lenses import lens_name
from app.rounds.norms import norms
from app.texts import _, language
from app.theory.model import Horizon, Level

_PRIMARY = RGBColor(0x0B, 0x5C, 0x62)
_NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  #: the same outcome gives the same properties


def outcome_docx(outcome: Outcome) -> bytes:
    """The document as a file of Word; never fails on what people wrote."""
    file = _File(outcome)
    file.opening()
    file.numbers()
    file.patterns()
    file.predictions()
    file.theories()
    file.next_level()
    file.closing()
    file.protocols()
    written = io.BytesIO()
    file.word.save(written)
    return written.getvalue()


class _File:
    """One file while it is written."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.word: WordDocument = Document()
        self._set_styles()
        about = self.word.core_properties
        about.title, about.author = plain(words.title(outcome))[:250], plain(outcome.school)[:250]
        about.subject, about.language = plain(outcome.title)[:250], language.get()
        about.created = about.modified = _NEVER
        about.comments = ''

    def opening(self) -> None:
        """School, day, focus, how to read it."""
        outcome = self.outcome
        if outcome.logo:
            self._logo()
        self.word.add_heading(plain(outcome.school) or words.no_name(), 0)
        self._text(_('Outcome of the instructional round'), 'Subtitle')
        self._text(' · '.join(filter(None, (outcome.network, words.day(outcome.date)))))
        self._text(words.standing(outcome))
        if outcome.sample:
            self._text(words.made_up())
        if outcome.problem_of_practice:
            self.word.add_heading(_('Problem of practice'), 1)
            self._text(outcome.problem_of_practice)
        if outcome.focus_statements:
            self.word.add_heading(_('What visitors looked for'), 1)
            self._list(outcome.focus_statements)
        self.word.add_heading(_('How to read this'), 1)
        for paragraph in words.how_to_read():
            self._text(paragraph)
        if outcome.changes:
            self.word.add_heading(_('What is new in this version'), 1)
            self._list(outcome.changes)

    def numbers(self) -> None:
        """Tables, where paper has charts: they can be gone on with."""
        self.word.add_heading(_('The round in numbers'), 1)
        rows = [(name, f'{number:,}') for number, name in self.outcome.numbers.in_words()]
        self._table((_('What'), _('How many')), rows, (0.75, 0.25))
        if self.outcome.lenses:
            self._text(_('Cards on the wall by lens'), 'Caption')
            lenses = [(lens_name(one.lens), str(one.cards)) for one in self.outcome.lenses]
            self._table((_('Lens'), _('Cards')), lenses, (0.75, 0.25))

    def patterns(self) -> None:
        """Each with its sample cards as quotations."""
        self.word.add_heading(_('Patterns'), 1)
        if not self.outcome.patterns:
            self._text(_('No pattern can be printed yet.'))
        for pattern in self.outcome.patterns:
            self._pattern(pattern)
        for sentence in words.left_out(self.outcome):
            self._text(sentence)

    def predictions(self) -> None:
        """A list under its question."""
        self.word.add_heading(_('Predictions'), 1)
        self._text(words.question(), 'Intense Quote')
        if not self.outcome.predictions:
            self._text(_('No prediction was written.'))
        for prediction in self.outcome.predictions:
            self._text(prediction.text or words.not_written(), 'List Bullet')
            cited = words.rests_on(prediction.patterns, prediction.unprinted)
            if cited:
                self._text(f'{_("Rests on:")} {cited}', 'List Continue')

    def theories(self) -> None:
        """The three parts, what is said beside them, and the evidence trail as a table."""
        self.word.add_heading(_('Theories of action'), 1)
        if not self.outcome.theories:
            self._text(_('No theory of action was written.'))
        for theory in self.outcome.theories:
            self.word.add_heading(_('Theory of action {n}').format(n=theory.number), 2)
            self._theory(theory)

    def next_level(self) -> None:
        """One table of all steps."""
        self.word.add_heading(_('Next level of work'), 1)
        if not self.outcome.next_steps:
            self._text(_('No next step was written.'))
            return
        heads = (_('By when'), _('Whose work'), _('What'), _('Rests on'), _('Taken up'))
        self._table(heads, step_rows(self.outcome), (0.16, 0.14, 0.42, 0.16, 0.12))

    def closing(self) -> None:
        """Norms and the data statement."""
        self.word.add_heading(_('What visitors agreed on'), 1)
        self._list(norms())
        self.word.add_heading(_('What is kept, and what is deleted when'), 1)
        for paragraph in (words.data_statement(), *words.deletion(self.outcome)):
            self._text(paragraph)

    def protocols(self) -> None:
        """A page a theory with four empty phases."""
        for theory in self.outcome.theories:
            heading = self.word.add_heading(_('To pin up: theory of action {n}').format(n=theory.number), 1)
            heading.paragraph_format.page_break_before = True
            self._form(theory)
            self._text(words.on_phases())
            for phase in words.phases():
                self.word.add_heading(phase, 2)
                for _line in range(3):
                    self._text('')

    def _pattern(self, pattern: PrintedPattern) -> None:
        self.word.add_heading(plain(f'{pattern.number} {pattern.title or words.no_name()}'), 2)
        self._text(words.counts(pattern, self.outcome))
        if pattern.summary:
            self._text(pattern.summary)
        for sample in pattern.samples:
            self._text(sample.text, 'Quote')
            self._text(_('Lens: {lens}').format(lens=lens_name(sample.lens)), 'List Continue')
        if not pattern.samples:
            self._text(words.none_quoted())
        if pattern.exception:
            self._text(f'{_("Exception:")} {pattern.exception}')

    def _theory(self, theory: PrintedTheory) -> None:
        self._form(theory)
        for name, text in words.facts(theory):
            self._text(f'{name} {text}')
        self._text(f'{_("Evidence trail:")} {words.behind(theory, self.outcome)}')
        if theory.patterns:
            cited = [self.outcome.patterns[number - 1] for number in theory.patterns]
            rows = [(str(one.number), one.title, str(one.cards), str(one.visits)) for one in cited]
            self._table((_('Pattern'), _('What was seen'), _('Cards'), _('Visits')), rows, (0.13, 0.61, 0.13, 0.13))

    def _form(self, theory: PrintedTheory) -> None:
        for name, text in ((_('When'), theory.when), (_('so'), theory.so), (_('then'), theory.then)):
            paragraph = self.word.add_paragraph()
            paragraph.add_run(f'{name} ').bold = True
            paragraph.add_run(plain(text) or words.not_written())

    def _text(self, text: str, style: str | None = None) -> None:
        self.word.add_paragraph(plain(text), style)

    def _list(self, texts: Sequence[str]) -> None:
        for text in texts:
            self._text(text, 'List Bullet')

    def _table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]) -> None:
        """`shares`: how wide each column is; a row stays on one page."""
        table: Table = self.word.add_table(rows=1 + len(rows), cols=len(heads), style='Table Grid')
        table.autofit = False
        width = SHEETS[self.outcome.paper].body_width
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Pt(share * width)
            for cell in column.cells:
                cell.width = Pt(share * width)
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            cell.paragraphs[0].add_run(plain(head)).bold = True
        for place, row in enumerate(table.rows):
            mark = row._tr.get_or_add_trPr()
            mark.append(mark.makeelement(qn('w:cantSplit'), {}))
            if place == 0:
                mark.append(mark.makeelement(qn('w:tblHeader'), {}))  # read aloud as heads, repeated on each page
        for number, texts in enumerate(rows, 1):
            for cell, text in zip(table.rows[number].cells, texts, strict=True):
                cell.text = plain(text)
        self.word.add_paragraph()

    def _logo(self) -> None:
        picture = self.word.add_picture(io.BytesIO(base64.b64decode(self.outcome.logo)), height=Mm(22))
        words_of_it = plain(_('Logo of {school}').format(school=self.outcome.school))
        picture._inline.docPr.set('descr', words_of_it)

    def _set_styles(self) -> None:
        normal = self.word.styles['Normal']
        normal.font.name, normal.font.size = 'Fira Sans', Pt(11)
        for name in ('Title', 'Subtitle', 'Heading 1', 'Heading 2', 'Intense Quote'):
            style = self.word.styles[name]
            style.font.name, style.font.color.rgb = 'Fira Sans', _PRIMARY
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for key in [key for key in fonts.attrib if key.endswith('Theme')]:
                del fonts.attrib[key]
        normal.element.get_or_add_rPr().append(_language(normal.element))
        quote = self.word.styles['Quote'].paragraph_format
        quote.keep_with_next, quote.space_after = True, Pt(0)
        sheet, section = SHEETS[self.outcome.paper], self.word.sections[0]
        section.page_width, section.page_height = Pt(sheet.width), Pt(sheet.height)
        section.left_margin = section.right_margin = Mm(22)


def step_rows(outcome: Outcome) -> list[tuple[str, str, str, str, str]]:
    """By when, whose work, what, on which theories it rests, taken up or not."""
    return [
        (
            words.horizon_name(step.horizon),
            words.level_name(step.owner),
            step.text,
            words.theories_named(step.theories) if step.theories else '',
            _('yes') if step.taken_up else _('not yet'),
        )
        for horizon in Horizon
        for owner in Level
        for step in outcome.next_steps
        if (step.horizon, step.owner) == (horizon, owner)
    ]


def _language(style: object) -> object:
    return style.makeelement(qn('w:lang'), {qn('w:val'): language.get()})  # type: ignore[attr-defined]
