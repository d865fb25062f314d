"""A real Chromium against a real server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from pages.who_asks import COOKIE
from tests.browser.serving import Server
from tests.browser.unkind_proxy import UnkindProxy
from tests.cases.people import SETUP_CODE
from tests.needs import chromium as system_chromium

SIZES = {'phone': (390, 844), 'laptop': (1280, 800), 'projector': (1920, 1080)}
FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
         '--disable-component-update', '--disable-sync']  # fmt: skip
LONGEST_FIRST = ['test_axe', 'test_sample_round', 'test_whole_day', 'test_plan']
#: A wait ends when what it waits for is there; one that takes this long on a loaded machine hangs.
LONGEST_WAIT = 60_000
expect.set_options(timeout=LONGEST_WAIT)
#: Drawn once, and nothing moves any more, but for what moves for ever or in a page that nobody sees.
STILL = """() => Promise.race([new Promise((go) => setTimeout(go, 2000)), new Promise((go) =>
    requestAnimationFrame(() => requestAnimationFrame(go))).then(() => Promise.allSettled(document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime !== Infinity).map((one) => one.finished)))])"""
#: Of what is the same again and again the first few are asked.
REPEATED = ['.board li:nth-child(n+7)', '.pile .card:nth-of-type(n+4)', '.pile:nth-of-type(n+4) .card']


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All in this folder drives a browser. Files stay whole (`--dist loadfile`), and the longest come first."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: LONGEST_FIRST.index(item.path.stem) if item.path.stem in LONGEST_FIRST else 9)


@pytest.fixture(scope='module')
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the tests of a file; a test that stops it starts it again.

    A file's `async def seed(services)` fills the data folder before the start; what it returns is `server.seeded`.
    """
    made = Server(tmp_path_factory.mktemp('instance') / 'data')
    if hasattr(request.module, 'seed'):
        made.seeded = made.seed(request.module.seed)
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope='module')
def proxy(server: Server) -> Iterator[UnkindProxy]:
    made = UnkindProxy(server.port)
    yield made
    made.close()


@pytest.fixture
def line(proxy: UnkindProxy) -> Iterator[UnkindProxy]:
    """The network between phones and `server`, that can be made to fail; kind again after the test."""
    proxy.bodies.clear()
    yield proxy
    proxy.mode, proxy.largest, proxy.seconds, proxy.stored = 'pass', 0, 0.5, None


@pytest.fixture(scope='module')
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system_chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """`opened('phone')`: a page of its own browser context, at that size; closed after the test. Nothing moves."""
    contexts: list[BrowserContext] = []

    def open_page(size: str = 'laptop', **options: object) -> Page:
        width, height = SIZES[size]
        more = {'has_touch': True, 'is_mobile': True} if size == 'phone' else {}
        still = {'reduced_motion': 'reduce', 'viewport': {'width': width, 'height': height}}
        context = chromium.new_context(**{**still, **more, **options})
        context.set_default_timeout(LONGEST_WAIT)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def signed_in(server: Server, opened: Callable[..., Page]) -> Callable[..., Page]:
    """`signed_in(session, '/rounds/new', 'phone')`: a page of its own browser context, with that session."""

    def open_page(session: str, path: str, size: str = 'laptop', **options: object) -> Page:
        page = opened(size, **options)
        page.context.add_cookies([{'name': COOKIE, 'value': session, 'url': server.address}])
        page.goto(server.address + path)
        return page

    return open_page


@pytest.fixture
def screen(server: Server, signed_in: Callable[..., Page]) -> Callable[..., Page]:
    """`screen('control', 'small')`: a page of its own on one of the seeded rounds (see `debriefs`), at its size."""

    def show(what: str, name: str) -> Page:
        size = 'projector' if what == 'projection' else 'laptop'
        page = signed_in(server.seeded.session, f'/rounds/{server.seeded.rounds[name]}/{what}', size)
        drawn(page)
        return page

    return show


@pytest.fixture
def facilitator_page(server: Server, opened: Callable[..., Page]) -> Page:
    """A laptop that is signed in as the first facilitator; sets the instance up on first use."""
    page = opened('laptop')
    sign_in_or_set_up(page, server)
    return page


def sign_in_or_set_up(page: Page, server: Server, *, timezone: str = 'Europe/London') -> None:
    """The first facilitator signs in, or makes the first account where there is none."""
    page.goto(f'{server.address}/sign-in')
    if page.url.endswith('/set-up'):
        page.fill('[name=code]', SETUP_CODE)
        page.fill('[name=network]', 'Five Bays Learning Network')
        page.fill('[name=school]', 'Harbour View Academy')
        page.select_option('[name=timezone]', timezone)
        page.fill('[name=name]', 'Ama Boateng')
    page.fill('[name=email]', 'ama@harbour.example')
    page.fill('[name=passphrase]', 'quiet harbour at dawn')
    page.click('button[type=submit]')
    page.wait_for_url(f'{server.address}/')


def drawn(page: Page) -> None:
    """The page has its heading. A live page need never fall silent, so silence is not waited for."""
    page.wait_for_load_state('load')
    expect(page.locator('h1, .stages').first).to_be_visible()


def axe_findings(page: Page, *rules: str, within: str = '') -> list[str]:
    """What axe finds that is serious or critical, a line each.

    `rules`: these alone, where nothing else can have changed since the page was asked last; `within`: a selector.
    """
    options = {'resultTypes': ['violations']} | ({'runOnly': list(rules)} if rules else {})
    context = {'include': [[within]]} if within else {'exclude': [[one] for one in REPEATED]}
    if not page.evaluate('() => "axe" in window'):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(STILL)  # a colour that changes has no contrast yet
    found = page.evaluate(
        """([context, options]) => axe.run(context, options).then((found) => found.violations
            .filter((one) => ["serious", "critical"].includes(one.impact))
            .flatMap(({ id, impact, help, nodes }) => nodes.map(({ html }) => ({ id, impact, help, html }))))""",
        [context, options],
    )
    return [f'{one["id"]} ({one["impact"]}): {one["help"]}: {one["html"][:160]}' for one in found]
