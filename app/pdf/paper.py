"""What everything printed has in common: typeface, colours, measures."""

from functools import cache

import fontpkg_fira_sans
from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

# The colours of the screens (`app.css`); a test compares them.
INK: Color = HexColor('#1b2430')
SOFT: Color = HexColor('#4a5563')  # 7:1 on white: small print stays readable on a bad copier
TINT: Color = HexColor('#e3efef')
PRIMARY: Color = HexColor('#0b5c62')
ACCENT: Color = HexColor('#b45309')
LINE: Color = HexColor('#b9b5aa')  # darker than on the screens, where it would vanish from a black and white print

PAGE_WIDTH, PAGE_HEIGHT = A4
MM: float = mm

REGULAR = 'FiraSans-Regular'
ITALIC = 'FiraSans-Italic'
SEMI_BOLD = 'FiraSans-SemiBold'
BOLD = 'FiraSans-Bold'
FACES = (REGULAR, ITALIC, SEMI_BOLD, BOLD)

#: Stands for a character that Fira Sans does not have.
SIGN = '▯'


@cache
def load_fonts() -> None:
    """Make the faces known to ReportLab, which embeds the letters that a document uses."""
    for name in FACES:
        pdfmetrics.registerFont(TTFont(name, str(fontpkg_fira_sans.ROOT / 'files' / f'{name}.ttf')))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=SEMI_BOLD, italic=ITALIC, boldItalic=SEMI_BOLD)
    rl_config.canvas_basefontname = REGULAR  # else every file names Helvetica and embeds nothing of it


def text_width(text: str, font: str, size: float) -> float:
    """How wide `text` runs in points."""
    load_fonts()
    return float(pdfmetrics.stringWidth(text, font, size))
