"""The outcome document as a PDF: an `Outcome` in, bytes out, the same bytes for the same outcome."""

from collections.abc import Iterator

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from app.documents import words
from app.documents.outcome import Outcome
from app.pdf.marks import Element
from app.pdf.page import document
from app.pdf.paper import MM, load_fonts
from app.pdf.sizes import SHEETS, Sheet
from app.texts import _, language

from .closing import closing
from .cover import cover
from .evidence import patterns, predictions
from .opening import contents, how_to_read, numbers, what_changed
from .pin_up import pin_up
from .theories import next_level, theories


def outcome_pdf(outcome: Outcome) -> bytes:
    """The document on the outcome's paper, tagged, with bookmarks, title, author and language; in the language of
    whoever asks.

    Never fails on what people wrote: everything of theirs goes through `app.pdf.paragraph`.
    """
    load_fonts()
    sheet, root = SHEETS[outcome.paper], Element('Document')
    return document(
        list(_story(outcome, sheet, root)),
        root,
        sheet=sheet,
        title=words.title(outcome),
        author=outcome.school,
        subject=outcome.title,
        running_head=' · '.join(filter(None, (_('Outcome of the round'), outcome.school, words.day(outcome.date)))),
        language=language.get(),
        cover=True,
    )


def _story(outcome: Outcome, sheet: Sheet, root: Element) -> Iterator[Flowable]:
    yield from cover(outcome, sheet, root)
    yield from contents(_entries(outcome), root)
    yield from how_to_read(outcome, sheet, root)
    yield from what_changed(outcome, sheet, root)
    yield from numbers(outcome, sheet, root)
    yield from _new_page(sheet)
    yield from patterns(outcome, sheet, root)
    yield Spacer(1, 2 * MM)
    yield from predictions(outcome, sheet, root)
    yield from _new_page(sheet)
    yield from theories(outcome, sheet, root)
    yield from next_level(outcome, sheet, root)
    yield from closing(outcome, sheet, root)
    yield from pin_up(outcome, sheet, root)


def _new_page(sheet: Sheet) -> Iterator[Flowable]:
    """A part of its own begins on a new page, unless the one before has hardly begun its page."""
    yield CondPageBreak(0.62 * sheet.body_height)


def _entries(outcome: Outcome) -> list[tuple[str, str]]:
    """What the contents list; the keys are those of the bookmarks."""
    entries = [
        ('how', _('How to read this')),
        ('numbers', _('The round in numbers')),
        ('patterns', _('Patterns')),
        ('predictions', _('Predictions')),
        ('theories', _('Theories of action')),
        ('next', _('Next level of work')),
        ('norms', _('What visitors agreed on')),
        ('data', _('What is kept, and what is deleted when')),
    ]
    if outcome.version >= 2:
        entries.insert(1, ('new', _('What is new in this version')))
    if outcome.theories:
        entries.append(('pin-1', _('To pin up: a page for each theory of action')))
    return entries
