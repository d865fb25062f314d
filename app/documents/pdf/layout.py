"""How the parts of a document are set: what stays together, fields, sections, and what is said in several of them."""

import datetime as dt
from collections.abc import Iterator, Sequence

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Table

from app.pdf.paper import MM, PRIMARY, REGULAR, TINT
from app.pdf.paragraph import paragraph
from app.texts import _, language, ngettext

from .report import BODY_HEIGHT, BODY_WIDTH, Style, heading

Story = Iterator[Flowable]
Blocks = list[list[Flowable]]  # what is kept on one page, one after the other

TIGHT = [
    ('FONTNAME', (0, 0), (-1, -1), REGULAR),  # also where a cell is empty: else Helvetica is named and not embedded
    ('VALIGN', (0, 0), (-1, -1), 'TOP'),
    ('LEFTPADDING', (0, 0), (-1, -1), 0),
    ('RIGHTPADDING', (0, 0), (-1, -1), 0),
]
_FIELD = [
    *TIGHT,
    ('BACKGROUND', (0, 0), (-1, -1), TINT),
    ('LINEBEFORE', (0, 0), (0, -1), 2.5, PRIMARY),
    ('LEFTPADDING', (0, 0), (-1, -1), 4 * MM),
    ('RIGHTPADDING', (0, 0), (-1, -1), 4 * MM),
    ('TOPPADDING', (0, 0), (-1, -1), 1.2 * MM),
    ('BOTTOMPADDING', (0, 0), (-1, -1), 1.2 * MM),
]


def section(title: str, blocks: Sequence[Blocks], nothing: str, under: Sequence[Flowable] = ()) -> Story:
    """A heading with the first block; each part of a block stays on one page where that is possible."""
    head = [heading(title), *under]
    parts = [part for block in blocks for part in block] or [[paragraph(nothing, Style.QUIET)]]
    yield from together([*head, *parts[0]])
    for part in parts[1:]:
        yield from together(part)


def together(flowables: Sequence[Flowable]) -> Iterator[Flowable]:
    """These on one page, as long as they are not most of one; longer ones begin where some room is left.

    NOTE: ReportLab's keepWithNext leaves a heading alone at the foot of a page when what follows is itself kept
    together or longer than a page.
    """
    if sum(_height(one) for one in flowables) <= 0.6 * BODY_HEIGHT:
        yield KeepTogether(list(flowables))
    else:
        yield CondPageBreak(50 * MM)
        yield from flowables


def written(text: str, style: ParagraphStyle, bullet: str = '') -> Paragraph:
    """The text, or that there is none yet."""
    return paragraph(text or _('not written yet'), style, bullet=bullet)


def field(rows: list[list[Flowable]], *, widths: list[float] | None = None) -> Table:
    """A tinted field; the bar at its side keeps it one thing on a black and white print."""
    return Table(rows, colWidths=widths or [BODY_WIDTH], style=_FIELD, splitInRow=1, hAlign='LEFT')


def rests_on(patterns: tuple[int, ...], unprinted: int) -> str:
    """“patterns 2 and 5”, and, kindly, that some are not in the document."""
    said = []
    if patterns:
        said.append(ngettext('pattern {numbers}', 'patterns {numbers}', len(patterns)).format(numbers=listed(patterns)))
    if unprinted:
        more = ngettext(
            '{n} pattern that was seen on too few visits to be printed',
            '{n} patterns that were seen on too few visits to be printed',
            unprinted,
        )
        said.append(more.format(n=unprinted))
    return _(', and ').join(said)


def listed(numbers: tuple[int, ...]) -> str:
    """“1, 2 and 5”."""
    *first, last = map(str, numbers)
    return _('{some} and {last}').format(some=', '.join(first), last=last) if first else last


def day(date: dt.date) -> str:
    """“11 March 2026”, as the language of whoever asks writes it."""
    try:
        locale = Locale.parse(language.get().replace('-', '_'))
    except (UnknownLocaleError, ValueError):
        locale = Locale('en')
    return format_date(date, 'd MMMM y', locale=locale)


def _height(flowable: Flowable) -> float:
    return float(flowable.wrap(BODY_WIDTH, BODY_HEIGHT)[1] + flowable.getSpaceBefore())
