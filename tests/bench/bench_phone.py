"""What a phone loads before somebody can type: `python -m tests.bench.bench_phone`.

180 KB/s, 100 ms a round trip, a processor four times slower; beside the app's own NiceGUI page in the same run.
"""

import json
import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from tests.bench.slow_line import Line
from tests.browser.conftest import FLAGS
from tests.browser.serving import ROOT, Server
from tests.needs import chromium

SAMPLE = ROOT / 'app' / 'documents' / 'sample' / 'sample-round.json'
TIMES = 5  # of which the median counts
#: The page's own watch: when each field was there, from the moment at which its address was opened. It says so by
#: itself: who asks a page for an element puts 330 KB of script into it first, 60 ms of its slowed processor.
WATCH = """
    self.seen = {};
    new MutationObserver(() => {
      for (const id of ['name', 'note']) {
        if (id in self.seen || !document.getElementById(id)) continue;
        self.seen[id] = performance.now();
        console.debug(`seen ${id}`);
      }
    }).observe(document, { childList: true, subtree: true });
"""
SLOWER = 4


@dataclass(frozen=True)
class Loaded:
    """Bytes down and up (headers included), answers, and seconds that somebody waited."""

    down: int
    up: int
    answers: int
    seconds: float


def main() -> None:
    """Print the table."""
    with TemporaryDirectory(prefix='bench-phone-') as room, sync_playwright() as playwright:
        server = Server(Path(room) / 'data')
        round_id = imported(server, Path(room))
        codes = json.loads(server.run('codes', round_id))
        door = f'/c/1#{codes["classrooms"][0]["code"]}'
        server.start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        print(f'\n{"180 KB/s, 100 ms, 4 × slower processor":50} {"KB down":>8} {"KB up":>7} {"asked":>6} {"s":>6}')
        try:
            turns = [measure(browser, server.port, door, turn) for turn in range(TIMES)]
        finally:
            browser.close()
            server.stop()
    for name in turns[0]:
        show(name, [turn[name] for turn in turns])


def imported(server: Server, room: Path) -> str:
    """The sample round while notes are taken; its id."""
    content = json.loads(SAMPLE.read_text('utf-8'))
    content['round']['stage'] = 'open'
    content |= {'notes': [], 'patterns': [], 'predictions': [], 'theories_of_action': [], 'next_level_of_work': []}
    file = room / 'round.json'
    file.write_text(json.dumps(content))
    return server.run('import', str(file)).split()[-1]


def show(name: str, loaded: list[Loaded]) -> None:
    """One line: medians, and the slowest."""
    middle = {key: statistics.median(vars(one)[key] for one in loaded) for key in vars(loaded[0])}
    slowest = max(one.seconds for one in loaded)
    sizes = f'{middle["down"] / 1000:8.1f} {middle["up"] / 1000:7.1f} {middle["answers"]:6.0f}'
    print(f'{name:50} {sizes} {middle["seconds"]:6.2f}  (slowest {slowest:.2f})')


def measure(browser: Browser, port: int, door: str, turn: int) -> dict[str, Loaded]:
    """Each way once, in contexts of their own."""
    with Line(port) as line:
        first, again = phone(browser, line, door, turn)
        nicegui = page(browser, line, '/', '.q-page, main, form')
    return {**first, 'second visit: the field of the room': again, 'a NiceGUI page of the same app': nicegui}


def phone(browser: Browser, line: Line, door: str, turn: int) -> tuple[dict[str, Loaded], Loaded]:
    """From the scanned door to the first letter of the name, then to the first of a note; and the next visit."""
    context = browser.new_context(viewport={'width': 390, 'height': 844}, is_mobile=True, has_touch=True)
    shown, slowed = slow(context)
    line.forget()
    begin = time.perf_counter()
    named = seen(shown, line, door, 'name')
    shown.fill('#name', f'Ann {turn}')
    shown.select_option('#school', index=1)
    waited = time.perf_counter()
    shown.get_by_role('button', name='Join', exact=True).click()
    shown.get_by_role('button', name='Group A').wait_for()
    waited = time.perf_counter() - waited
    more = time.perf_counter()
    shown.get_by_role('button', name='Group A').click()
    shown.locator('#note').wait_for()
    all_in = taken(line, more)
    ready = Loaded(all_in.down, all_in.up, all_in.answers, named.seconds + waited + all_in.seconds)
    shown.evaluate('() => navigator.serviceWorker.ready.then(() => true)')
    shown.wait_for_timeout(2500)  # all that comes after typing
    later = taken(line, begin)
    again = second(context, shown, slowed, line, door)
    context.close()
    return {
        'first visit: the name (scan → first letter)': named,
        'first visit: the note (all waiting, join and group)': ready,
        'first visit: with all that comes after typing': Loaded(later.down, later.up, later.answers, 0),
    }, again


def second(context: BrowserContext, before: Page, slowed: CDPSession, line: Line, door: str) -> Loaded:
    """The next door, or the same, in a new tab of the same phone."""
    before.close()
    shown, _slowed = slow(context)
    line.forget()
    return seen(shown, line, door, 'note')


def page(browser: Browser, line: Line, path: str, ready: str) -> Loaded:
    """Any page of the app, until it can be used."""
    context = browser.new_context(viewport={'width': 390, 'height': 844}, is_mobile=True, has_touch=True)
    shown, _slowed = slow(context)
    line.forget()
    begin = time.perf_counter()
    shown.goto(line.address + path, wait_until='commit')
    shown.locator(ready).first.wait_for()
    shown.wait_for_function('() => window.socket?.connected ?? window.did_handshake ?? true')
    loaded = taken(line, begin)
    context.close()
    return loaded


def slow(context: BrowserContext) -> tuple[Page, CDPSession]:
    """A page on a slow processor."""
    made = context.new_page()
    made.add_init_script(WATCH)
    session = context.new_cdp_session(made)
    session.send('Emulation.setCPUThrottlingRate', {'rate': SLOWER})
    return made, session


def seen(shown: Page, line: Line, path: str, field: str) -> Loaded:
    """What it took until this field was there; nothing is asked of the page before."""
    with shown.expect_console_message(lambda said: said.text == f'seen {field}'):
        shown.goto(line.address + path, wait_until='commit')
    passed = line.down, line.up, line.answers
    return Loaded(*passed, shown.evaluate('(field) => self.seen[field]', field) / 1000)


def taken(line: Line, begin: float) -> Loaded:
    """What it took until now."""
    return Loaded(line.down, line.up, line.answers, time.perf_counter() - begin)


if __name__ == '__main__':
    main()
