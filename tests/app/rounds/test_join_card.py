"""QR codes on screens, doors and in the hall, read back with a real decoder from what is printed."""

import datetime as dt
import io
from dataclasses import replace

import cv2
import numpy as np
import pytest
from pypdf import PdfReader

from app.errors import BadInput
from app.rounds.join_card import door_cards, grouped, join_card, qr_modules, qr_svg, qr_terminal
from app.rounds.model import Classroom, Period, Round
from tests.cases.rendering import fonts_of, rendered

ADDRESSES = [
    'http://a.io',
    'http://192.168.178.101:8080',
    'https://rounds.five-bays-network.example.org',
    'https://rounds.the-longest-network-name.example.org'[:48],
]
ROUND = Round(
    id='round',
    title='Instructional round',
    network='Five Bays',
    host_school='Harbour View Academy',
    date=dt.date(2026, 3, 11),
    timezone='Europe/London',
    join_code='K7M4PX',
)
PERIODS = [Period(id='p2', name='Period 2', start=dt.time(9, 55), end=dt.time(10, 55))]
ROOMS = [
    Classroom(id='2', number=2, room='S2', subject='Science', year_group='Year 9', code='WWW234', no_devices=True),
    Classroom(id='1', number=1, room='M4', subject='Maths', year_group='Year 8', period='p2', code='ABC234'),
    Classroom(id='3', number=3, room='E6', code='EEE777', left_out=True),
    Classroom(id='36', number=36, room='Workshop ' * 30, subject='<b>قاعة 😀' * 20, code='QQQQQ2'),
]


def decoded(image):
    return cv2.QRCodeDetector().detectAndDecode(image)[0]


def drawn(modules, scale=4):
    return np.kron(np.where(modules, 0, 255).astype(np.uint8), np.ones((scale, scale), np.uint8))


def text_of(pdf, page=0):
    return ' '.join(PdfReader(io.BytesIO(pdf)).pages[page].extract_text().split())


@pytest.mark.parametrize('address', ADDRESSES)
def test_every_door_card_leads_to_its_classroom(address):
    pages = rendered(door_cards(ROUND, ROOMS, PERIODS, address))
    assert [decoded(page) for page in pages] == [
        f'{address}/c/1#ABC234',
        f'{address}/c/2#WWW234',
        f'{address}/c/36#QQQQQ2',
    ]


@pytest.mark.parametrize('address', ADDRESSES)
def test_the_card_for_the_hall_leads_to_the_round(address):
    (page,) = rendered(join_card(ROUND, address))
    assert decoded(page) == f'{address}/c/#K7M4PX'


@pytest.mark.parametrize('address', ADDRESSES)
@pytest.mark.parametrize('make', [door_cards, join_card])
def test_a_printed_code_is_15_cm_wide_with_a_quiet_zone_of_four_modules(make, address):
    pdf = make(ROUND, ROOMS[:1], PERIODS, address) if make is door_cards else make(ROUND, address)
    dpi = 127  # 5 pixels a millimetre
    for page in rendered(pdf, dpi):
        corners = cv2.QRCodeDetector().detect(page)[1][0]
        module = 750 / (len(qr_modules(decoded(page))) - 2 * 4)
        left, top = (corners.min(axis=0) - 2 * module).astype(int)
        right, bottom = (corners.max(axis=0) + 2 * module).astype(int)
        dark = page < 128
        rows, columns = np.nonzero(dark[top:bottom, left:right])
        assert (np.ptp(rows) + 1) / 5 == pytest.approx(150, abs=0.4)
        assert (np.ptp(columns) + 1) / 5 == pytest.approx(150, abs=0.4)
        upper, first, quiet = top + rows.min(), left + columns.min(), int(4 * module) - 1
        assert first - quiet >= 0
        assert first + 750 + quiet <= page.shape[1]
        around = dark[upper - quiet : upper + 750 + quiet, first - quiet : first + 750 + quiet].copy()
        around[quiet - 1 : -quiet + 1, quiet - 1 : -quiet + 1] = False
        assert not around.any()


def test_a_code_has_level_m_a_quiet_zone_and_few_modules():
    for address in ADDRESSES:
        modules = qr_modules(f'{address}/c/12#ABC234')
        assert decoded(drawn(modules)) == f'{address}/c/12#ABC234'
        assert len(modules) - 8 <= 37  # version 5
        # the first two bits of the format beside the upper left finder: 10 for M (11 L, 01 Q, 00 H)
        assert modules[12][4:6] == [True, False]
        edge = [*modules[:4], *modules[-4:], *[row[:4] for row in modules], *[row[-4:] for row in modules]]
        assert not any(any(row) for row in edge)


def test_a_door_card_says_which_classroom_what_to_type_and_what_visitors_do():
    pdf = door_cards(ROUND, ROOMS, PERIODS, 'https://rounds.example.org')
    first, second, third = (text_of(pdf, page) for page in range(3))
    for said in ('1', 'M4', 'Maths · Year 8 · Period 2', 'ABC 234', 'rounds.example.org/c/', 'Harbour View Academy'):
        assert said in first
    assert 'Visitors write down what they see and hear. No names, no pictures, no judgement.' in first
    assert 'No phones' not in first
    assert 'No phones in this classroom: please use the paper sheet.' in second
    assert 'QQQ QQ2' in third
    assert 'Workshop' in third


def test_cards_embed_their_typeface_and_are_the_same_each_time():
    pdf = door_cards(ROUND, ROOMS, PERIODS, 'https://rounds.example.org')
    assert pdf == door_cards(ROUND, ROOMS, PERIODS, 'https://rounds.example.org')
    fonts = fonts_of(pdf)
    assert all('FiraSans' in name and embedded for name, embedded in fonts.items()), fonts


@pytest.mark.parametrize(
    ('address', 'said'),
    [
        ('', 'Set the public address'),
        ('rounds.example.org', 'Set the public address'),
        ('https://', 'Set the public address'),
        ('https://rounds.' + 'long-' * 9 + 'example.org', '48 characters at most'),
    ],
)
def test_nothing_is_printed_before_the_address_is_known(address, said):
    for make in (lambda: door_cards(ROUND, ROOMS, PERIODS, address), lambda: join_card(ROUND, address)):
        with pytest.raises(BadInput, match=said):
            make()


def test_what_is_missing_is_said():
    with pytest.raises(BadInput, match='no classroom'):
        door_cards(ROUND, [], [], 'https://rounds.example.org')
    with pytest.raises(BadInput, match='codes'):
        door_cards(ROUND, [replace(ROOMS[0], code='')], [], 'https://rounds.example.org')
    with pytest.raises(BadInput, match='codes'):
        join_card(replace(ROUND, join_code=''), 'https://rounds.example.org')
    with pytest.raises(BadInput, match='too long'):
        qr_modules('x' * 5000)
    with pytest.raises(BadInput, match='too long'):
        qr_modules('x' * 100)


def test_a_code_on_a_screen_reads_the_same(tmp_path):
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
    assert decoded(drawn([[not module for module in row] for row in light])) == text


def test_a_code_is_grouped_for_reading_aloud():
    assert grouped('ABC234') == 'ABC 234'
    assert grouped('') == ''
