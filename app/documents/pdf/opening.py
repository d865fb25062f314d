"""The second page: contents, how to read the document, what is new in this version, and the round in numbers."""

from collections.abc import Sequence
from dataclasses import asdict

from reportlab.platypus import Flowable, Spacer

from app.documents import words
from app.documents.outcome import Outcome
from app.pdf.characters import lacks
from app.pdf.flow import TIGHT, Story, grid, points, together
from app.pdf.marks import Element
from app.pdf.page import ContentsLine
from app.pdf.paper import LINE, MM, SIGN
from app.pdf.paragraph import Bookmark, Goal, heading, paragraph
from app.pdf.sizes import Sheet
from app.pdf.typography import Style
from app.rounds.lenses import lens_name
from app.texts import _, ngettext

from .charts import bars

_FIGURES = [
    *TIGHT,
    ('LINEABOVE', (0, 0), (-1, -1), 0.6, LINE),
    ('TOPPADDING', (0, 0), (-1, -1), 1.5 * MM),
    ('BOTTOMPADDING', (0, 0), (-1, -1), 2 * MM),
]


def contents(entries: Sequence[tuple[str, str]], root: Element) -> Story:
    """(bookmark, words) of each section, with its page; each line leads there."""
    part = root.add('Sect')
    yield heading(_('Contents'), Style.H1, part.add('H2'), Bookmark('contents', _('Contents'), 0))
    listed = part.add('TOC')
    for key, title in entries:
        link = listed.add('TOCI').add('Reference').add('Link')
        line = paragraph(title, Style.CONTENTS, link, goal=Goal(key, _('To the part “{title}”').format(title=title)))
        line.__class__ = ContentsLine
        yield line


def how_to_read(outcome: Outcome, sheet: Sheet, root: Element) -> Story:
    """Descriptions, not judgements."""
    part = root.add('Sect')
    title = heading(_('How to read this'), Style.H2, part.add('H2'), Bookmark('how', _('How to read this'), 0))
    first, second = (paragraph(text, Style.BODY, part.add('P')) for text in words.how_to_read())
    yield from together([title, first], sheet)
    yield second
    if any(lacks(text) for text in _texts(asdict(outcome))):
        sentence = _('{sign} stands for a character that this document’s typeface does not have.')
        yield paragraph(sentence.format(sign=SIGN), Style.SMALL, part.add('P'))


def what_changed(outcome: Outcome, sheet: Sheet, root: Element) -> Story:
    """From the second version on, what is different from the one before."""
    if outcome.version < 2:
        return
    part = root.add('Sect')
    words_of_title = _('What is new in this version')
    title = heading(words_of_title, Style.H2, part.add('H2'), Bookmark('new', words_of_title, 0))
    items = points(outcome.changes, Style.POINT, part)
    yield from together([title, *items[:3]], sheet)
    yield from items[3:]


def numbers(outcome: Outcome, sheet: Sheet, root: Element) -> Story:
    """Eight numbers, and of the cards on the wall how many looked at what."""
    part = root.add('Sect')
    title = _('The round in numbers')
    head = heading(title, Style.H2, part.add('H2'), Bookmark('numbers', title, 0))
    listed = part.add('L', owner='List', attributes={'/ListNumbering': '/None'})
    cells = []
    for n, label in outcome.numbers.in_words():
        body = listed.add('LI').add('LBody')
        cells.append([paragraph(f'{n:,}', Style.FIGURE, body), paragraph(label, Style.FIGURE_LABEL, body)])
    table = grid([cells[:4], cells[4:]], [sheet.body_width / 4] * 4, _FIGURES)
    yield from together([head, table, Spacer(1, 2 * MM)], sheet)
    if outcome.lenses:
        caption = paragraph(_('Cards on the wall by lens'), Style.CAPTION, part.add('P'))
        yield from together([caption, _chart(outcome, sheet, part)], sheet)


def _chart(outcome: Outcome, sheet: Sheet, part: Element) -> Flowable:
    rows = [(lens_name(one.lens), one.cards, str(one.cards)) for one in outcome.lenses]
    said = ', '.join(
        ngettext('{lens}: {n} card', '{lens}: {n} cards', one.cards).format(lens=lens_name(one.lens), n=one.cards)
        for one in outcome.lenses
    )
    figure = part.add('Figure', alt=_('Bar chart of the cards on the wall by lens. {values}.').format(values=said))
    return bars(rows, outcome.numbers.cards, sheet.body_width, figure)


def _texts(value: object) -> list[str]:
    """Every text anywhere in plain data."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for each in inner for text in _texts(each)]
