"""A new version of the phone's page: silent before the first input, and never between somebody and their words."""

import shutil

import pytest
from playwright.sync_api import Page, expect

from .phones import all_received, join, next_note, plan_days, write
from .serving import ROOT


async def seed(services):
    return (await plan_days(services, 'open'))['open']


@pytest.fixture
def day(server):
    return server.seeded


@pytest.fixture
def newer(server, tmp_path):
    """`newer('2')`: the server goes on with another version of the phone's files."""
    for room in ('app', 'components', 'pages', 'storage'):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns('__pycache__'))

    def update(version: str) -> None:
        server.stop()
        with (tmp_path / 'components' / 'phone' / 'phone.css').open('a') as styles:
            styles.write(f'\n.version-{version} {{ color: inherit; }}\n')
        server.code = tmp_path
        server.start()

    yield update
    server.stop()
    server.code = ROOT
    server.start()


def build(page: Page) -> str:
    return page.locator('script[src$="/start.js"]').get_attribute('src') or ''


def with_worker(page: Page) -> None:
    page.evaluate('() => navigator.serviceWorker.ready.then(() => true)')
    expect(page.locator('#view[data-room]')).to_be_visible()


def test_a_new_version_takes_over_silently_before_the_first_input(day, opened, newer):
    page = opened('phone')
    join(page, day.door(1), 'Ann New')
    write(page, 'Written in the version before.')
    next_note(page)
    all_received(page)
    with_worker(page)
    page.reload()
    with_worker(page)
    before = build(page)
    newer('2')
    page.reload()
    expect(page.locator('script[src$="/start.js"]')).not_to_have_attribute('src', before, timeout=60_000)
    expect(page.locator('.notes')).to_contain_text('Written in the version before.')
    expect(page.locator('#newer')).to_have_count(0)


@pytest.mark.soak
def test_after_the_first_input_it_waits_until_the_notes_are_in_and_the_words_stay(day, opened, newer):
    page = opened('phone')
    join(page, day.door(1), 'Bo New')
    with_worker(page)
    page.reload()
    with_worker(page)
    before = build(page)
    write(page, 'Half a sen')
    newer('3')
    page.evaluate('() => navigator.serviceWorker.ready.then((one) => one.update())')
    expect(page.locator('#newer')).to_be_visible(timeout=60_000)
    expect(page.locator('#note')).to_have_value('Half a sen')
    assert build(page) == before
    all_received(page)
    page.get_by_role('button', name='Update').click()
    expect(page.locator('script[src$="/start.js"]')).not_to_have_attribute('src', before, timeout=60_000)
    expect(page.locator('#note')).to_have_value('Half a sen')


def test_the_manifest_offers_shortcuts_and_icons_that_are_there(day, opened):
    page = opened('phone')
    join(page, day.door(1), 'Cy Installed')
    manifest = page.request.get(f'{day.address}/c/manifest.webmanifest').json()
    assert {'any', 'maskable'} == {icon['purpose'] for icon in manifest['icons']}
    for icon in [*manifest['icons'], *(one for shortcut in manifest['shortcuts'] for one in shortcut['icons'])]:
        assert page.request.get(day.address + icon['src']).ok
    titles = {'Rooms': 'Classrooms', 'My notes': 'All my notes'}
    for shortcut in manifest['shortcuts']:
        page.goto(day.address + shortcut['url'])
        expect(page.get_by_role('heading', level=1)).to_have_text(titles[shortcut['name']])
    page.get_by_role('navigation').get_by_role('button', name='You').click()
    expect(page.locator('#view')).to_contain_text('During the visits stay here in the browser')
