"""When the network is gone for good: notes as codes for another phone or as a file, under their author, once."""

import hashlib
import hmac
import re

import cv2
import numpy as np
import pytest
import qrcode
from playwright.sync_api import Page, expect
from qrcode.util import MODE_8BIT_BYTE, QRData

from .phones import all_received, join, looked_at, next_note, pill, plan_days, write

GONE = '**/api/v1/notes'


async def seed(services):
    return (await plan_days(services, 'open'))['open']


@pytest.fixture
def day(server):
    return server.seeded


def without_network(opened, day, name: str, *texts: str) -> Page:
    """An author's phone from which no note gets out, with these on it; the page for handing them over."""
    page = opened('phone', service_workers='block', accept_downloads=True)
    join(page, day.door(1), name)
    page.route(GONE, lambda route: route.abort())
    for text in texts:
        page.fill('#note', text)
        next_note(page)
    expect(pill(page)).to_contain_text(f'{len(texts)} not yet received')
    page.get_by_role('button', name='Network gone for good?').click()
    expect(page.get_by_role('heading', level=1)).to_have_text('Hand the notes over')
    return page


def codes_of(page: Page) -> list[str]:
    """What another phone's camera reads, code after code."""
    page.get_by_role('button', name='As codes for another phone').click()
    found = []
    heading, further = page.locator('h2').first, page.get_by_role('button', name='Next code')
    for at in range(1, 40):
        expect(heading).to_contain_text(f'Code {at} of ')
        picture = cv2.imdecode(np.frombuffer(page.locator('.qr').screenshot(scale='device'), np.uint8), 1)
        large = cv2.resize(picture, None, fx=3, fy=3, interpolation=cv2.INTER_NEAREST)
        found.append(cv2.QRCodeDetectorAruco().detectAndDecode(large)[0])
        if not further.is_visible():
            return found
        further.click()
    raise AssertionError('too many codes')


def mine(day, part: str) -> list[str]:
    return [text for text in day.texts() if part in text]


def test_another_phone_carries_codes_and_shows_nothing_of_them(day, opened):
    seen = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(12)]  # words that no packing makes short
    texts = [f'Way out {n}: on the board stands {words}' for n, words in enumerate(seen)]
    page = without_network(opened, day, 'Ann Codes', *texts)
    codes = codes_of(page)
    looked_at(page, 'way-out-code')
    assert len(codes) > 1
    assert all(code.startswith(f'{day.address}/c/#import=') and len(code) < 800 for code in codes)
    carrier = opened('phone')
    for code in codes * 2:  # importing twice changes nothing
        carrier.goto('about:blank')
        carrier.goto(code)
        expect(carrier.locator('.carried')).to_contain_text(re.compile(r'✓ \d+ notes? handed in'))
        assert 'Way out' not in carrier.content()
        assert 'import' not in carrier.url, 'no packet stays in the history'
    looked_at(carrier, 'way-out-carried')
    assert mine(day, 'Way out') == sorted(texts)
    (author,) = {note.observer for note in day.notes() if 'Way out' in note.text}
    assert author in {one.id for one in day.read(lambda work: work.observers.all()) if one.display_name == 'Ann Codes'}
    page.unroute(GONE)
    all_received(page)
    expect(page.locator('#view')).to_contain_text('There is nothing to hand over')
    assert mine(day, 'Way out') == sorted(texts)


def test_codes_that_are_read_one_right_after_the_other_are_all_carried(day, opened):
    carrier = opened('phone')
    carrier.goto(f'{day.address}/c/')
    carried = carrier.evaluate(
        """async (values) => {
          const of = (name) => import(document.querySelector('script[src]').src.replace('start.js', `${name}.js`));
          const [{ showCarry }, { setting }] = await Promise.all([of('carry'), of('disk')]);
          self.fetch = () => Promise.reject(new TypeError('no network'));
          const tab = (value) => showCarry(document.createElement('div'), value, {});
          await Promise.all(values.map(tab));
          return (await setting('carried')).packets.sort();
        }""",
        ['first', 'second', 'third'],
    )
    assert carried == ['first', 'second', 'third']


@pytest.mark.soak
def test_a_phone_that_carries_without_a_network_itself_hands_in_later(day, server, opened):
    page = without_network(opened, day, 'Bo Far', 'Carried far: nine hands were up.')
    (code,) = codes_of(page)
    carrier = opened('phone')
    carrier.goto(f'{day.address}/c/')
    carrier.evaluate('() => navigator.serviceWorker.register("/c/service_worker.js", { scope: "/c/" })')
    carrier.evaluate('() => navigator.serviceWorker.ready.then(() => true)')
    server.stop()
    try:
        carrier.goto('about:blank')
        carrier.goto(code)
        expect(carrier.locator('.carried')).to_contain_text('Kept on this phone')
    finally:
        server.start()
    expect(carrier.locator('.carried')).to_contain_text('1 note handed in', timeout=60_000)
    assert mine(day, 'Carried far') == ['Carried far: nine hands were up.']


@pytest.mark.soak
def test_a_note_too_long_for_one_code_finds_together_again(day, opened):
    words = 'Long: ' + ' '.join(hashlib.sha256(str(n).encode()).hexdigest() for n in range(28))
    page = without_network(opened, day, 'Cy Long', words)
    codes = codes_of(page)
    assert len(codes) > 1
    carrier = opened('phone')
    for code in reversed(codes):
        carrier.goto('about:blank')
        carrier.goto(code)
        expect(carrier.locator('.carried')).to_contain_text(re.compile('belong|handed in'))
    expect(carrier.locator('.carried')).to_contain_text('1 note handed in')
    assert mine(day, 'Long: ') == [words]


@pytest.mark.soak
def test_a_file_is_brought_in_on_any_page_or_by_the_operator(day, server, opened, tmp_path):
    texts = ['In a file: قال الطالب 👩🏽‍🏫', 'In a file: the task asks for three reasons.']
    page = without_network(opened, day, 'Di File', *texts)
    with page.expect_download() as loading:
        page.get_by_role('button', name='As a file').click()
    file = tmp_path / loading.value.suggested_filename
    loading.value.save_as(file)
    assert 'Di File' not in file.read_text()
    assert 'task' not in file.read_text()
    expect(page.locator('#view')).to_contain_text(f'{day.address.removeprefix("http://")}/c/#import')
    desk = opened('laptop')
    desk.goto(f'{day.address}/c/')
    desk.get_by_role('button', name='Bring in notes from another phone’s file').click()
    desk.set_input_files('#file', {'name': 'x.txt', 'mimeType': 'text/plain', 'buffer': b'{"format": "other"}'})
    expect(desk.get_by_role('alert')).to_contain_text('not a file with notes')
    desk.set_input_files('#file', file)
    expect(desk.locator('.carried')).to_contain_text('2 notes handed in')
    looked_at(desk, 'way-out-desk')
    assert mine(day, 'In a file') == sorted(texts)
    server.stop()
    try:
        assert 'Notes brought in: 2' in server.run('rescue', str(file))
    finally:
        server.start()
    assert mine(day, 'In a file') == sorted(texts)


@pytest.mark.soak
def test_without_compression_the_way_out_works_all_the_same(day, opened):
    page = opened('phone', service_workers='block')
    page.add_init_script('delete self.CompressionStream')
    join(page, day.door(1), 'Ed Old')
    page.route(GONE, lambda route: route.abort())
    write(page, 'From an older browser.')
    next_note(page)
    page.get_by_role('button', name='Network gone for good?').click()
    (code,) = codes_of(page)
    carrier = opened('phone')
    carrier.goto(code)
    expect(carrier.locator('.carried')).to_contain_text('1 note handed in')
    assert mine(day, 'From an older browser.') == ['From an older browser.']


@pytest.fixture
def module(day, opened):
    """`module('qr.js', 'async (it) => …', argument)`: what a phone's module answers in a page."""
    page = opened('phone')
    page.goto(f'{day.address}/c/')
    base = page.locator('script[src$="/start.js"]').get_attribute('src').rpartition('/')[0]

    def ask(name: str, act: str, argument: object = None) -> object:
        return page.evaluate(f'async ([base, it]) => ({act})(await import(`${{base}}/{name}`), it)', [base, argument])

    return ask


@pytest.mark.parametrize('length', [5, 17, 78, 230, 700, 2900])
def test_a_code_is_that_of_a_library(module, length):
    text = ('https://rounds.example.org/c/#import=' + 'aZ09-_' * 500)[:length]
    drawn = module('qr.js', '(it, text) => [0, 1, 2, 3, 4, 5, 6, 7].map((mask) => it.qr(text, mask))', text)
    for mask, rows in enumerate(drawn):
        known = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, border=0, mask_pattern=mask)
        known.add_data(QRData(text.encode(), mode=MODE_8BIT_BYTE))
        known.make(fit=True)
        assert [[bool(dark) for dark in row] for row in rows] == known.get_matrix()
    assert module('qr.js', '(it, text) => it.qr(text)', text) in drawn


def test_the_seal_is_made_of_known_parts(module, day):
    sizes = [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]
    made = module('seal.js', """(it, sizes) => sizes.map((size) => {
        const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 7) % 256);
        return [Array.from(it.sha256(bytes)), Array.from(it.hmac(bytes, bytes))];
    })""", sizes)  # fmt: skip
    for size, (digest, mac) in zip(sizes, made, strict=True):
        given = bytes(i * 7 % 256 for i in range(size))
        assert bytes(digest) == hashlib.sha256(given).digest()
        assert bytes(mac) == hmac.digest(given, given, 'sha256')
