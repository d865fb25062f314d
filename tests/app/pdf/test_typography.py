"""Paper and screens are of one kind: the same scale, the same colours, the same names for papers."""

import re
from pathlib import Path

import components
from app.pdf import paper
from app.pdf.sizes import SHEETS, Paper
from app.pdf.typography import PT_BODY, PT_H1, REMS

CSS = (Path(components.__file__).parent / 'static' / 'app.css').read_text()


def test_the_scale_is_that_of_the_screens():
    on_screens = {name: float(rem) for name, rem in re.findall(r'--(small|body|lead|h2|h1): ([\d.]+)rem', CSS[:2600])}
    assert on_screens == REMS
    assert round(PT_H1 / PT_BODY, 2) == round(REMS['h1'] / REMS['body'], 2)


def test_the_colours_are_those_of_the_screens():
    on_screens = dict(re.findall(r'--([a-z-]+): (#[0-9a-f]{6})', CSS))
    for name, colour in {
        'ink': paper.INK, 'ink-soft': paper.SOFT, 'primary': paper.PRIMARY, 'primary-soft': paper.TINT,
        'accent': paper.ACCENT,
    }.items():  # fmt: skip
        assert f'#{colour.hexval()[2:]}' == on_screens[name]


def test_small_print_stands_out_from_the_page_also_in_grey():
    def light(colour):
        parts = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in colour.rgb()]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    for colour in (paper.INK, paper.SOFT, paper.PRIMARY):
        assert (1.05) / (light(colour) + 0.05) >= 7
    assert (light(paper.TINT) + 0.05) / (light(paper.PRIMARY) + 0.05) >= 5  # a bar on its tint


def test_every_paper_has_its_sheet():
    assert set(SHEETS) == set(Paper)
    assert all(sheet.body_width > 400 and sheet.body_height > 600 for sheet in SHEETS.values())
