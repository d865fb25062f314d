"""QR codes on screens and in the terminal, read back with a real decoder."""

import numpy as np
import pytest

from app.errors import BadInput
from app.rounds.join_codes import grouped, qr_modules, qr_svg, qr_terminal
from tests.cases.addresses import ADDRESSES
from tests.cases.rendering import code_on


def drawn(modules, scale=4):
    return np.kron(np.where(modules, 0, 255).astype(np.uint8), np.ones((scale, scale), np.uint8))


def test_a_code_has_level_m_a_quiet_zone_and_few_modules():
    for address in ADDRESSES:
        modules = qr_modules(f'{address}/c/12#ABC234')
        assert code_on(drawn(modules)) == f'{address}/c/12#ABC234'
        assert len(modules) - 8 <= 37  # version 5
        # the first two bits of the format beside the upper left finder: 10 for M (11 L, 01 Q, 00 H)
        assert modules[12][4:6] == [True, False]
        edge = [*modules[:4], *modules[-4:], *[row[:4] for row in modules], *[row[-4:] for row in modules]]
        assert not any(any(row) for row in edge)


def test_a_code_on_a_screen_reads_the_same():
    text = 'http://192.168.178.101:8080/c/#K7M4PX'
    svg = qr_svg(text)
    modules = qr_modules(text)
    seen = [[False] * len(modules) for _ in modules]
    for run in svg.rsplit('d="', 1)[1].split('"')[0].split('z')[:-1]:
        start, length = run.split('h')[0].removeprefix('M'), run.split('h')[1].removesuffix('v1')
        column, row = map(int, start.split())
        seen[row][column : column + int(length)] = [True] * int(length)
    assert seen == modules
    assert f'viewBox="0 0 {len(modules)} {len(modules)}"' in svg


@pytest.mark.parametrize('colours', [True, False])
def test_a_code_in_the_terminal_reads_the_same(colours):
    text = 'http://192.168.178.101:8080/c/#K7M4PX'
    lines = qr_terminal(text, colours=colours).splitlines()
    lines = [line.removeprefix('\x1b[38;5;231;48;5;16m').removesuffix('\x1b[0m') for line in lines]
    light = [row for line in lines for row in ([c in '█▀' for c in line], [c in '█▄' for c in line])]
    assert code_on(drawn([[not module for module in row] for row in light])) == text


def test_a_code_is_grouped_for_reading_aloud():
    assert grouped('ABC234') == 'ABC 234'
    assert grouped('') == ''


def test_a_text_that_is_too_long_for_a_distance_is_said():
    for n in (100, 5000):
        with pytest.raises(BadInput, match='too long'):
            qr_modules('x' * n)
