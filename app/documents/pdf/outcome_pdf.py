"""The outcome document as a PDF: an `Outcome` in, bytes out, the same bytes for the same outcome."""

import io
from collections.abc import Iterator
from dataclasses import asdict

from reportlab.platypus import Flowable, Spacer, Table

from app.documents.outcome import Outcome
from app.pdf.paper import LINE, MM, SIGN, load_fonts
from app.pdf.paragraph import lacks, paragraph
from app.texts import _, language, ngettext

from .evidence import patterns, predictions
from .layout import TIGHT, Story, day, field, together, written
from .report import BODY_WIDTH, Report, Style, heading
from .theories import next_level, theories

_FIGURES = [
    *TIGHT,
    ('LINEABOVE', (0, 0), (-1, -1), 0.6, LINE),
    ('TOPPADDING', (0, 0), (-1, -1), 1.5 * MM),
    ('BOTTOMPADDING', (0, 0), (-1, -1), 2 * MM),
]


def outcome_pdf(outcome: Outcome) -> bytes:
    """The document, A4, with bookmarks, title, author and language; in the language of whoever asks.

    Never fails on what people wrote: everything of theirs goes through `app.pdf.paragraph`.
    """
    load_fonts()
    file = io.BytesIO()
    report = Report(
        file,
        title=_('Outcome of the instructional round at {school}').format(school=outcome.school),
        author=outcome.school,
        subject=outcome.title,
        running_head=' · '.join(filter(None, (_('Outcome of the round'), outcome.school, day(outcome.date)))),
        language=language.get(),
    )
    report.build(list(_story(outcome)))
    return file.getvalue()


def _story(outcome: Outcome) -> Story:
    yield from _title(outcome)
    yield from _focus(outcome)
    yield from _how_to_read(outcome)
    yield from _numbers(outcome)
    yield from patterns(outcome)
    yield from predictions(outcome)
    yield from theories(outcome)
    yield from next_level(outcome)
    yield from _deleted_when(outcome)


def _title(outcome: Outcome) -> Story:
    yield paragraph(outcome.network, Style.KICKER, most=300)
    yield paragraph(_('Outcome of the instructional round'), Style.TITLE)
    yield paragraph(outcome.school, Style.SCHOOL, most=300)
    yield paragraph(day(outcome.date), Style.SMALL)
    if outcome.visitors:
        yield paragraph(' · '.join(outcome.visitors), Style.SMALL, label=_('Visitors from:'))
    if outcome.sample:
        yield paragraph(_('A sample round, written to show the product; no such school exists.'), Style.SMALL)
    elif outcome.closed_on is None:
        yield paragraph(_('The round is not closed yet: this is how it stands.'), Style.SMALL, label=_('Draft.'))
    yield Spacer(1, 5 * MM)


def _focus(outcome: Outcome) -> Story:
    """The problem of practice, or the focus statements, in a field of its own."""
    inside: list[Flowable] = []
    if outcome.problem_of_practice or not outcome.focus_statements:
        inside.append(paragraph(_('Problem of practice'), Style.LABEL))
        inside.append(written(outcome.problem_of_practice, Style.FOCUS))
    if outcome.focus_statements:
        inside.append(paragraph(_('What visitors looked for'), Style.LABEL))
        inside += [paragraph(statement, Style.FOCUS_POINT, bullet='–') for statement in outcome.focus_statements]
    yield field([[one] for one in inside])
    yield Spacer(1, 3 * MM)


def _how_to_read(outcome: Outcome) -> Story:
    title = heading(_('How to read this'))
    first = paragraph(
        _(
            'Visitors sat in classrooms for some minutes each and wrote down what they saw and heard. What follows '
            'describes teaching and learning in this school on one day; it judges nobody and is not about any one '
            'lesson. Rooms, times and names are left out on purpose.'
        ),
        Style.BODY,
    )
    yield from together([title, first])
    yield paragraph(
        _(
            'A pattern is a sentence that the cards beneath it bear out. The number of visits matters more than the '
            'number of cards: it says in how many places the same was seen. Predictions follow from patterns, and '
            'theories of action are what the school wants to try: each says how we would know that we were wrong.'
        ),
        Style.BODY,
    )
    if any(lacks(text) for text in _texts(asdict(outcome))):
        sentence = _('{sign} stands for a character that this document’s typeface does not have.')
        yield paragraph(sentence.format(sign=SIGN), Style.SMALL)


def _numbers(outcome: Outcome) -> Story:
    cells = [
        [paragraph(str(n), Style.FIGURE), paragraph(label, Style.FIGURE_LABEL)]
        for n, label in outcome.numbers.in_words()
    ]
    table = Table([cells[:4], cells[4:]], colWidths=[BODY_WIDTH / 4] * 4, style=_FIGURES, hAlign='LEFT')
    yield from together([heading(_('The round in numbers')), table, Spacer(1, 2 * MM)])


def _deleted_when(outcome: Outcome) -> Story:
    title, first = heading(_('What is deleted, and when')), paragraph(_deletion(outcome), Style.BODY)
    stays = paragraph(
        _(
            'What stays: the patterns, predictions, theories of action and next steps, and the cards that are quoted '
            'in this document. The server’s operator decides how long backups are kept.'
        ),
        Style.BODY,
    )
    yield from together([title, first, stays])


def _deletion(outcome: Outcome) -> str:
    if outcome.purged:
        return _('All raw notes, observers’ names and cards that are not quoted here have been deleted.')
    if outcome.deleted_on is not None:
        date = day(outcome.deleted_on)
        return _('All raw notes, observers’ names and cards that are not quoted here are deleted on {date}.').format(
            date=date
        )
    sentence = ngettext(
        'All raw notes, observers’ names and cards that are not quoted here are deleted {n} day after the close.',
        'All raw notes, observers’ names and cards that are not quoted here are deleted {n} days after the close.',
        outcome.days_kept,
    )
    return sentence.format(n=outcome.days_kept)


def _texts(value: object) -> Iterator[str]:
    """Every text anywhere in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)
