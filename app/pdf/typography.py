"""How documents are set: the scale and the colours of the screens, and every kind of paragraph there is."""

from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.styles import ParagraphStyle

from .paper import ACCENT, BOLD, INK, ITALIC, MM, PRIMARY, REGULAR, SEMI_BOLD, SOFT

#: The sizes of the screens in rem (`app.css`, a test compares them); what is read on paper is set in 11 points.
REMS = {'small': 0.875, 'body': 1.0625, 'lead': 1.25, 'h2': 1.5, 'h1': 2.0}
_POINTS_OF_BODY = 11
PT_SMALL, PT_BODY, PT_LEAD, PT_H2, PT_H1 = (round(rem * _POINTS_OF_BODY / REMS['body'], 1) for rem in REMS.values())


def style(name: str, size: float, **more: Any) -> ParagraphStyle:
    """A kind of paragraph in Fira Sans; `font`, `leading` and all else of ReportLab's styles can be given."""
    font = more.pop('font', REGULAR)
    given: dict[str, Any] = {
        'fontName': font,
        'bulletFontName': font,
        'fontSize': size,
        'bulletFontSize': size,
        'leading': round(size * 1.38, 1),
        'textColor': INK,
        'alignment': TA_LEFT,
        'allowWidows': 0,
        'allowOrphans': 0,
        'splitLongWords': 1,
        'spaceAfter': 1.6 * MM,
    }
    return ParagraphStyle(name, **{**given, **more})


INDENT = 9 * MM


class Style:
    """Every kind of paragraph there is in a document."""

    BODY = style('body', PT_BODY)
    QUIET = style('quiet', PT_BODY, textColor=SOFT)
    SMALL = style('small', PT_SMALL, textColor=SOFT, spaceAfter=0.8 * MM)
    LABEL = style('label', PT_SMALL, font=SEMI_BOLD, textColor=PRIMARY, spaceAfter=0)
    LEAD = style('lead', PT_LEAD, leading=PT_LEAD * 1.35)
    H1 = style('h1', PT_H1, font=BOLD, leading=PT_H1 * 1.2, textColor=PRIMARY, spaceBefore=8 * MM, spaceAfter=3 * MM)
    H2 = style('h2', PT_H2, font=BOLD, leading=PT_H2 * 1.25, textColor=PRIMARY, spaceBefore=7 * MM, spaceAfter=2.5 * MM)
    H3 = style('h3', PT_LEAD, font=SEMI_BOLD, leading=PT_LEAD * 1.3, spaceBefore=1.5 * MM, spaceAfter=0.6 * MM)
    H3_NUMBERED = H3.clone('h3 numbered', leftIndent=INDENT, bulletColor=PRIMARY)
    POINT = style('point', PT_BODY, leftIndent=5 * MM, spaceAfter=0.8 * MM)
    INDENTED = style('indented', PT_BODY, leftIndent=INDENT)
    INDENTED_QUIET = style('indented quiet', PT_BODY, leftIndent=INDENT, textColor=SOFT)
    COUNTS = style('counts', PT_SMALL, leftIndent=INDENT, textColor=SOFT, spaceAfter=1.2 * MM)
    LENS = style('lens', PT_SMALL, textColor=SOFT, leading=PT_BODY * 1.38, spaceAfter=0)
    QUOTE = style('quote', PT_BODY, spaceAfter=0)
    EXCEPTION = style('exception', PT_BODY, leftIndent=INDENT, spaceBefore=2 * MM)
    QUESTION = style('question', PT_LEAD, font=ITALIC, leading=PT_LEAD * 1.35, spaceAfter=3 * MM)
    CITED = style('cited', PT_SMALL, leftIndent=5 * MM, textColor=SOFT, spaceAfter=2.4 * MM)
    FIGURE = style('figure', 22, font=BOLD, leading=26, spaceAfter=0)
    FIGURE_LABEL = style('figure label', PT_SMALL, textColor=SOFT, spaceAfter=0)
    CAPTION = style('caption', PT_SMALL, font=SEMI_BOLD, spaceBefore=2 * MM, spaceAfter=1.2 * MM)
    PART = style('part', PT_BODY, font=BOLD, textColor=PRIMARY, spaceAfter=0)
    PART_TEXT = style('part text', PT_BODY, spaceAfter=0)
    FACT = style('fact', PT_SMALL, spaceAfter=0.7 * MM)
    CELL = style('cell', PT_SMALL, spaceAfter=0)
    CELL_HEAD = style('cell head', PT_SMALL, font=SEMI_BOLD, textColor=SOFT, spaceAfter=0)
    CELL_LINK = style('cell link', PT_SMALL, textColor=PRIMARY, spaceAfter=0)
    STEP = style('step', PT_BODY, spaceAfter=0.4 * MM)
    OWNER = style('owner', PT_BODY, font=SEMI_BOLD, textColor=PRIMARY, spaceAfter=0)
    TAKEN_UP = style('taken up', 8, font=SEMI_BOLD, leading=10, spaceAfter=0, alignment=TA_CENTER)
    DRAFT = style('draft', PT_BODY, font=SEMI_BOLD, textColor=ACCENT)
    CONTENTS = style('contents', PT_BODY, spaceAfter=1.2 * MM, rightIndent=14 * MM)
    COVER_KICKER = style('cover kicker', PT_LEAD, font=SEMI_BOLD, textColor=PRIMARY, spaceAfter=3 * MM)
    COVER_TITLE = style('cover title', 36, font=BOLD, leading=42, spaceAfter=3 * MM)
    COVER_LEAD = style('cover lead', PT_H2, leading=PT_H2 * 1.3, textColor=SOFT, spaceAfter=2 * MM)
    SHEET_PART = style('sheet part', PT_H2, font=BOLD, textColor=PRIMARY, leading=PT_H2 * 1.2, spaceAfter=0)
    SHEET_TEXT = style('sheet text', PT_H2 - 1, leading=(PT_H2 - 1) * 1.3, spaceAfter=0)
    PHASE = style('phase', PT_LEAD, font=SEMI_BOLD, leading=PT_LEAD * 1.2, spaceAfter=0)
