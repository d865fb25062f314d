"""How the parts of a document are set: what stays together, lists, tables, fields."""

from collections.abc import Iterator, Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Table

from .marks import Element
from .paper import LINE, MM, PRIMARY, REGULAR, TINT
from .paragraph import MarkedParagraph, paragraph
from .sizes import Sheet
from .typography import Style

Story = Iterator[Flowable]

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
_RULED = [
    *TIGHT,
    ('LINEABOVE', (0, 0), (-1, -1), 0.6, LINE),
    ('LINEBELOW', (0, -1), (-1, -1), 0.6, LINE),
    ('RIGHTPADDING', (0, 0), (-2, -1), 3 * MM),
    ('TOPPADDING', (0, 0), (-1, -1), 1.1 * MM),
    ('BOTTOMPADDING', (0, 0), (-1, -1), 1.5 * MM),
]


def together(flowables: Sequence[Flowable], sheet: Sheet) -> Iterator[Flowable]:
    """These on one page, as long as they are not most of one; longer ones begin where some room is left.

    NOTE: ReportLab's keepWithNext leaves a heading alone at the foot of a page when what follows is itself kept
    together or longer than a page.
    """
    if sum(_height(one, sheet) for one in flowables) <= 0.6 * sheet.body_height:
        yield KeepTogether(list(flowables))
    else:
        yield CondPageBreak(50 * MM)
        yield from flowables


def grid(
    rows: Sequence[Sequence[object]], widths: Sequence[float], style: Sequence[tuple[object, ...]], **more: float
) -> Table:
    """Flowables side by side, aligned at their heads; a row that is too long for a page goes on on the next."""
    return Table(rows, colWidths=list(widths), style=list(style), splitInRow=1, hAlign='LEFT', **more)


def field(rows: Sequence[Sequence[object]], widths: Sequence[float]) -> Table:
    """A tinted field; the bar at its side keeps it one thing on a black and white print."""
    return grid(rows, widths, _FIELD)


class Columns:
    """A table with a head, for reading as for hearing: every head cell says that it heads its column."""

    def __init__(self, under: Element, heads: Sequence[str], widths: Sequence[float]) -> None:
        self.element = under.add('Table')
        self.widths = widths
        row = self.element.add('TR')
        self.rows: list[list[object]] = [[paragraph(head, Style.CELL_HEAD, head_cell(row)) for head in heads]]

    def row(self) -> Element:
        """A new row; its cells are added to it in their order."""
        return self.element.add('TR')

    def table(self) -> Table:
        """The flowable; its head is repeated on each page."""
        return grid(self.rows, self.widths, _RULED, repeatRows=1)


def head_cell(row: Element, scope: str = 'Column') -> Element:
    """A cell that heads its column (or its row)."""
    return row.add('TH', owner='Table', attributes={'/Scope': f'/{scope}'})


def points(texts: Sequence[str], style: ParagraphStyle, under: Element, mark: str = '–') -> list[MarkedParagraph]:
    """A list."""
    listed = list_in(under)
    return [point(text, style, listed, mark) for text in texts]


def list_in(under: Element, numbering: str = 'Disc') -> Element:
    """An empty list, for `point`."""
    return under.add('L', owner='List', attributes={'/ListNumbering': f'/{numbering}'})


def point(text: str, style: ParagraphStyle, listed: Element, mark: str = '–') -> MarkedParagraph:
    """One item of a list, its mark in the margin; its element is the item's body."""
    item = listed.add('LI')
    label = item.add('Lbl')
    return paragraph(text, style, item.add('LBody'), bullet=mark, bullet_element=label)


def _height(flowable: Flowable, sheet: Sheet) -> float:
    return float(flowable.wrap(sheet.body_width, sheet.body_height)[1] + flowable.getSpaceBefore())
