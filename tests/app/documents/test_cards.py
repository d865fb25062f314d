"""The cards for the doors and the poster for the hall, their codes read back with a real decoder from the paper."""

import datetime as dt
import io
from dataclasses import replace

import cv2
import numpy as np
import pytest
from pypdf import PdfReader

from app.documents.print_pack.cards import door_cards, join_card
from app.errors import BadInput
from app.pdf.sizes import Paper
from app.rounds.join_codes import qr_modules
from app.rounds.model import Classroom, Period, Round
from tests.cases.addresses import ADDRESSES
from tests.cases.rendering import code_on, codes_on, fonts_of, info_of, rendered

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


def text_of(pdf, page=0):
    return ' '.join(PdfReader(io.BytesIO(pdf)).pages[page].extract_text().split())


@pytest.mark.parametrize('address', ADDRESSES)
def test_every_door_card_leads_to_its_classroom(address):
    assert codes_on(door_cards(ROUND, ROOMS, PERIODS, address)) == [
        f'{address}/c/1#ABC234',
        f'{address}/c/2#WWW234',
        f'{address}/c/36#QQQQQ2',
    ]


@pytest.mark.parametrize('address', ADDRESSES)
def test_the_card_for_the_hall_leads_to_the_round(address):
    assert codes_on(join_card(ROUND, address)) == [f'{address}/c/#K7M4PX']


@pytest.mark.parametrize('address', ADDRESSES)
@pytest.mark.parametrize('make', [door_cards, join_card])
@pytest.mark.parametrize(('paper', 'wide'), [(Paper.A4, 150), (Paper.LETTER, 132.4)])
def test_a_printed_code_is_large_with_a_quiet_zone_of_four_modules(make, address, paper, wide):
    planned = replace(ROUND, paper=paper)
    pdf = make(planned, ROOMS[:1], PERIODS, address) if make is door_cards else make(planned, address)
    assert info_of(pdf)['Page size'].endswith({Paper.A4: '(A4)', Paper.LETTER: '(letter)'}[paper])
    dpi = 127  # 5 pixels a millimetre
    for page in rendered(pdf, dpi):
        corners = cv2.QRCodeDetector().detect(page)[1][0]
        module = 5 * wide / (len(qr_modules(code_on(page))) - 2 * 4)
        left, top = (corners.min(axis=0) - 2 * module).astype(int)
        right, bottom = (corners.max(axis=0) + 2 * module).astype(int)
        dark = page < 128
        rows, columns = np.nonzero(dark[top:bottom, left:right])
        assert (np.ptp(rows) + 1) / 5 == pytest.approx(wide, abs=0.4)
        assert (np.ptp(columns) + 1) / 5 == pytest.approx(wide, abs=0.4)
        upper, first, quiet = top + rows.min(), left + columns.min(), int(4 * module) - 1
        assert first - quiet >= 0
        size = round(5 * wide)
        assert first + size + quiet <= page.shape[1]
        around = dark[upper - quiet : upper + size + quiet, first - quiet : first + size + quiet].copy()
        around[quiet - 1 : -quiet + 1, quiet - 1 : -quiet + 1] = False
        assert not around.any()


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
