"""Makes the README's screenshots from the app itself, with the sample round: `make shots`."""

import datetime as dt
import json
import subprocess
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from app.rounds.stages import Stage, stage_name
from app.schools.timezones import timezones
from tests.browser.conftest import FLAGS, SIZES, sign_in_or_set_up
from tests.browser.phones import join, next_note, pill, write
from tests.browser.serving import Server
from tests.browser.test_plan import section
from tests.needs import chromium

SHOTS = Path(__file__).parent.parent / 'docs' / 'shots'
NOTES = (
    'Teacher asks “why?”, waits 6 seconds; two of 26 students raise a hand.',
    'Four students copy the method from the board. None says what it is for.',
    'Pair by the window: “It’s bigger because you multiply by more than one.”',
    'Worksheet: 12 tasks, each with one number to fill in.',
)


def main() -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / 'data', address='https://rounds.example.org')
        server.start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            _shoot_all(server, browser)
        finally:
            browser.close()
            server.stop()
    for file in sorted(SHOTS.glob('*.png')):
        _make_small(file)
        print(f'{file.relative_to(SHOTS.parent.parent)}: {file.stat().st_size // 1024} KB')


def _shoot_all(server: Server, browser: Browser) -> None:
    laptop = _context(browser, 'laptop').new_page()
    _set_up(laptop, server)
    _shoot(_context(browser, 'laptop').new_page(), f'{server.address}/', 'start')
    laptop.get_by_role('button', name='Open the sample round').click()
    laptop.wait_for_url('**/rounds/*/control')
    round_id = laptop.url.split('/')[-2]
    address = f'{server.address}/rounds/{round_id}'
    _to(laptop, Stage.PLANNED)
    laptop.goto(address)
    section(laptop, 'Rota')
    laptop.locator('.rota-scroll:visible').scroll_into_view_if_needed()
    _shoot(laptop, '', 'plan')
    _to(laptop, Stage.OPEN)
    laptop.goto(f'{address}/day')
    laptop.locator('.totals').evaluate('(one) => one.scrollIntoView()')
    _shoot(laptop, '', 'day')
    _shoot_phone(_context(browser, 'phone').new_page(), server, json.loads(server.run('codes', round_id))['join'])
    _to(laptop, Stage.ANALYSIS)
    _shoot(laptop, f'{address}/control', 'control')
    hall = _context(browser, 'projector', storage_state=laptop.context.storage_state()).new_page()
    _shoot(hall, f'{address}/projection', 'projection')
    _to(laptop, Stage.CLOSED)
    laptop.goto(f'{address}/outcome')
    laptop.get_by_role('heading', name='Theories of action').evaluate('(one) => one.scrollIntoView()')
    _shoot(laptop, '', 'outcome')
    document = SHOTS / 'document'
    server.run('report', round_id, '-o', f'{document}.pdf')
    subprocess.run(['pdftoppm', '-png', '-r', '72', '-singlefile', f'{document}.pdf', document], check=True)
    document.with_suffix('.pdf').unlink()


def _set_up(page: Page, server: Server) -> None:
    """A school where it is some minutes past nine, so that the sample's visits are going on."""
    timezone = next(zone for zone in timezones() if dt.datetime.now(ZoneInfo(zone)).hour == 9)
    sign_in_or_set_up(page, server, timezone=timezone)


def _to(page: Page, stage: Stage) -> None:
    choice = page.get_by_label('Stage of the sample')
    choice.select_option(stage_name(stage))
    page.wait_for_load_state('networkidle')


def _shoot_phone(page: Page, server: Server, code: str) -> None:
    """A classroom's page with notes that are received, being sent, and still on the phone."""
    join(page, f'{server.address}/c/#{code}', 'Maya Okafor')
    page.locator('.card.room').first.click()
    for text in NOTES[:2]:
        write(page, text)
        page.get_by_role('button', name='Students', exact=True).click()
        next_note(page)
    expect(pill(page)).to_contain_text('All received')
    with page.expect_request('**/api/v1/notes'):
        page.route('**/api/v1/notes', lambda _route: None)  # an answer that does not come
        write(page, NOTES[2])
        next_note(page)
    write(page, NOTES[3])
    next_note(page)
    expect(page.locator('.note .state.wait')).to_be_visible()
    page.locator('#note').blur()
    page.set_viewport_size({'width': 390, 'height': 1080})
    page.evaluate('scrollTo(0, 0)')
    page.wait_for_timeout(4_500)  # until nothing is said any more
    _shoot(page, '', 'phone')


def _context(browser: Browser, size: str, **more: object) -> BrowserContext:
    width, height = SIZES[size]
    return browser.new_context(viewport={'width': width, 'height': height}, reduced_motion='reduce', **more)


def _shoot(page: Page, address: str, name: str) -> None:
    if address:
        page.goto(address)
        page.wait_for_load_state('networkidle')
    page.evaluate('document.fonts.ready')
    page.screenshot(path=SHOTS / f'{name}.png')


def _make_small(file: Path) -> None:
    """256 colours are more than these pages have."""
    with Image.open(file) as image:
        small = image.convert('RGB').quantize(256, dither=Image.Dither.NONE)
    small.save(file, optimize=True)


if __name__ == '__main__':
    main()
