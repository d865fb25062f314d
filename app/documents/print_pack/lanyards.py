"""Cards for lanyards: eight a page, to cut."""

from reportlab.platypus import Spacer

from app.pdf.flow import Story, grid
from app.pdf.marks import Element
from app.pdf.paper import LINE, MM
from app.pdf.paragraph import Bookmark, heading, paragraph
from app.pdf.typography import Style
from app.texts import _

from .material import Material

_ROWS, _HEIGHT = 4, 54 * MM


def lanyards(material: Material, root: Element) -> Story:
    """What students and staff may read on a visitor: that notes are written, and no pictures taken."""
    part = root.add('Sect')
    title = _('Lanyard cards')
    yield heading(title, Style.H3, part.add('H1'), Bookmark('lanyards', title, 0))
    width = material.sheet.body_width / 2
    cards = [[_card(material, part) for _column in range(2)] for _row in range(_ROWS)]
    style = [
        ('GRID', (0, 0), (-1, -1), 0.5, LINE),
        ('VALIGN', (0, 0), (-1, -1), 'MIDDLE'),
        ('LEFTPADDING', (0, 0), (-1, -1), 6 * MM),
        ('RIGHTPADDING', (0, 0), (-1, -1), 6 * MM),
    ]
    yield grid(cards, [width, width], style, rowHeights=_HEIGHT)


def _card(material: Material, part: Element) -> list[object]:
    return [
        paragraph(_('Visitor'), Style.LABEL, part.add('P')),
        paragraph(_('Visitors are writing notes.'), Style.SHEET_PART, part.add('P')),
        paragraph(_('No pictures.'), Style.SHEET_PART, part.add('P')),
        Spacer(1, 2.5 * MM),
        paragraph(material.round.host_school, Style.SMALL, part.add('P'), most=80),
    ]
