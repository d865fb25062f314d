"""Draws the phone's icons: `python components/pwa/draw_icons.py` after a change of their shape or colour."""

from pathlib import Path

from PIL import Image, ImageDraw

ICONS = Path(__file__).parent / 'icons'
TEAL, PAPER, AMBER = '#0b5c62', '#fbfaf7', '#f2b366'
DRAWN = 2048  #: drawn large and made small, so that edges are smooth


def main() -> None:
    """Write all sizes, and the same shape as SVG."""
    ICONS.mkdir(exist_ok=True)
    for size in (192, 512):
        _small(_picture(rounded=True, shape=0.62), size).save(ICONS / f'icon-{size}.png', optimize=True)
        # A maskable icon may be cut to a circle of 80 %: its shape stays inside, its ground fills the square.
        _small(_picture(rounded=False, shape=0.5), size).save(ICONS / f'icon-maskable-{size}.png', optimize=True)
    _small(_picture(rounded=False, shape=0.58), 180).save(ICONS / 'icon-180.png', optimize=True)
    (ICONS / 'icon.svg').write_text(SVG, 'utf-8')


def _picture(*, rounded: bool, shape: float) -> Image.Image:
    """An open ring of visitors around what they see: two lines of a note and a mark."""
    picture = Image.new('RGBA', (DRAWN, DRAWN), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, DRAWN - 1, DRAWN - 1), DRAWN * 0.22 if rounded else 0, fill=TEAL)
    middle, radius, line = DRAWN / 2, DRAWN * shape / 2, DRAWN * shape * 0.11
    box = (middle - radius, middle - radius, middle + radius, middle + radius)
    draw.arc(box, -35, 275, fill=PAPER, width=round(line))
    dot = line * 0.95
    x, y = middle + (radius - line / 2) * 0.57, middle - (radius - line / 2) * 0.82
    draw.ellipse((x - dot, y - dot, x + dot, y + dot), fill=AMBER)
    for row, length in ((-0.16, 0.46), (0.16, 0.3)):
        top, left = middle + radius * row * 1.2 - line * 0.4, middle - radius * 0.44
        right = left + radius * length * 1.9
        draw.rounded_rectangle((left, top, right, top + line * 0.8), line * 0.4, fill=PAPER)
    return picture


def _small(picture: Image.Image, size: int) -> Image.Image:
    return picture.resize((size, size), Image.Resampling.LANCZOS)


SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
<rect width="100" height="100" rx="22" fill="#0b5c62"/>
<path d="M72.6 34.2A27.6 27.6 0 1 1 52.4 22.5" fill="none" stroke="#fbfaf7" stroke-width="6.8"/>
<circle cx="65.7" cy="27.4" r="6.5" fill="#f2b366"/>
<path d="M39 44h22M39 56h13" stroke="#fbfaf7" stroke-width="5.4" stroke-linecap="round"/></svg>
"""

if __name__ == '__main__':
    main()
