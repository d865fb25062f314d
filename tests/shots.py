"""Makes the README's screenshots from the app itself, with the sample round: `make shots`."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS, SIZES, sign_in_or_set_up
from tests.browser.serving import Server
from tests.needs import chromium

SHOTS = Path(__file__).parent.parent / 'docs' / 'shots'


def main() -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / 'data', address='https://rounds.example.org')
        server.start()
        try:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            laptop = _page(browser, 'laptop')
            sign_in_or_set_up(laptop, server)
            laptop.get_by_role('button', name='Open the sample round').click()
            laptop.wait_for_url('**/rounds/**')
            round_id = laptop.url.split('/rounds/')[1].split('/')[0]
            for name in ('day', 'control', 'outcome'):
                _shoot(laptop, f'{server.address}/rounds/{round_id}/{name}', f'{name}.png')
            _shoot(laptop, f'{server.address}/rounds/{round_id}', 'plan.png')
            hall = browser.new_context(
                viewport=dict(zip(('width', 'height'), SIZES['projector'], strict=True)),
                storage_state=laptop.context.storage_state(),
            ).new_page()
            _shoot(hall, f'{server.address}/rounds/{round_id}/projection', 'projection.png')
            _shoot(_page(browser, 'phone'), f'{server.address}/c/', 'phone.png')
            browser.close()
        finally:
            server.stop()


def _page(browser: Browser, size: str) -> Page:
    width, height = SIZES[size]
    return browser.new_context(viewport={'width': width, 'height': height}).new_page()


def _shoot(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.wait_for_load_state('networkidle')
    page.screenshot(path=SHOTS / name)


if __name__ == '__main__':
    main()
