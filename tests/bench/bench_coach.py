"""How long the coach holds up a phone: `python -m tests.bench.bench_coach`, a processor four times slower."""

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from components.phone.files import phone_files
from tests.bench.bench_phone import SLOWER, imported
from tests.browser.conftest import FLAGS
from tests.browser.serving import Server
from tests.cases.coach.texts import NOTES
from tests.needs import chromium

TIMES = 5
LEAST, MOST = 35, 45  # words of a long note
PAUSES = 5  # notes that are typed in, each of which takes a rest of the hand
#: In the page: how long the modules take to load, then each piece of what is done when there is time, as the page does
#: it, the first note, and every note after it.
ASK = """async ([module, texts]) => {
  const clock = (text) => {
    const began = performance.now();
    coach(text);
    return performance.now() - began;
  };
  const began = performance.now();
  const { coach, warming } = await import(module);
  const loaded = performance.now() - began;
  const pieces = warming();
  const warmed = [];
  for (let done = false; !done; ) {
    const again = performance.now();
    done = pieces.next().done;
    warmed.push(performance.now() - again);
    await new Promise((go) => requestIdleCallback(go));
  }
  const took = [...texts, ...texts, ...texts, ...texts].map(clock);
  return { loaded, warmed, first: took[0], second: took.slice(1, texts.length), warm: took.slice(texts.length) };
}"""

#: In the page: how long it was held up by each act that had waited for a rest of the hand.
WATCH = """
  self.rests = [];
  const later = self.setTimeout;
  self.setTimeout = (act, wait, ...more) => later(wait !== 1000 ? act : () => {
    const began = performance.now();
    act();
    self.rests.push(performance.now() - began);
  }, wait, ...more);
"""


def main() -> None:
    """Print the table, beside how much else the machine did."""
    with TemporaryDirectory(prefix='bench-coach-') as room, sync_playwright() as playwright:
        server = Server(Path(room) / 'data')
        code = json.loads(server.run('codes', imported(server, Path(room))))['classrooms'][0]['code']
        server.start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            turns = [asked(browser, server.address) for _ in range(TIMES)]
            door = f'{server.address}/c/1#{code}'
            pauses = [time for turn in range(TIMES) for time in paused(browser, door, turn)]
        finally:
            browser.close()
            server.stop()
    print(
        f'\nThe coach: notes of {LEAST} to {MOST} words, {SLOWER} × slower processor, load {os.getloadavg()[0]:.1f}; ms'
    )
    show('loading its modules and data', [turn['loaded'] for turn in turns])
    show('a piece of reading its rules, when there is time', [time for turn in turns for time in turn['warmed']])
    show('the first note of a page', [turn['first'] for turn in turns])
    show('notes read once each', [time for turn in turns for time in turn['second']])
    show('notes read again', [time for turn in turns for time in turn['warm']])
    show('a pause in the field: read, underlined, asked', pauses)


def show(name: str, took: list[float]) -> None:
    took = sorted(took)
    print(
        f'  {name:48} median {took[len(took) // 2]:6.1f}  nine in ten {took[len(took) * 9 // 10]:6.1f}  ({len(took)})'
    )


def texts() -> list[str]:
    """Few notes are so long: the others are neighbours put together."""
    long = [note['text'] for note in NOTES if LEAST <= len(note['text'].split()) <= MOST]
    joined = [f'{one["text"]} {other["text"]}' for one, other in zip(NOTES[::2], NOTES[1::2], strict=False)]
    return [*long, *(text for text in joined if LEAST <= len(text.split()) <= MOST)]


def slow(browser: Browser) -> Page:
    page = browser.new_context(viewport={'width': 390, 'height': 844}, is_mobile=True, has_touch=True).new_page()
    page.add_init_script(WATCH)
    page.context.new_cdp_session(page).send('Emulation.setCPUThrottlingRate', {'rate': SLOWER})
    return page


def asked(browser: Browser, address: str) -> dict[str, list[float]]:
    """The module alone."""
    page = slow(browser)
    page.goto(f'{address}/c/')
    found = page.evaluate(ASK, [f'/c/a/{phone_files().build}/coach.js', texts()])
    page.context.close()
    return found


def paused(browser: Browser, door: str, turn: int) -> list[float]:
    """What the page does when the hand has rested: it reads the note, underlines, measures the lines, and asks."""
    page = slow(browser)
    page.goto(door)
    page.fill('#name', f'Ann {turn}')
    page.select_option('#school', index=1)
    page.get_by_role('button', name='Join', exact=True).click()
    page.get_by_role('button', name='Group A').click()
    page.locator('.behind').wait_for(state='attached')
    took = []
    for text in texts()[:PAUSES]:
        page.fill('#note', '')
        page.wait_for_function('() => !document.querySelector(".flagged")')
        page.evaluate('() => self.rests.splice(0)')
        page.fill('#note', f'Lovely. {text}')
        page.locator('.mirror .flagged').first.wait_for(state='attached')
        took.append(page.evaluate('() => Math.max(...self.rests)'))
    page.context.close()
    return took


if __name__ == '__main__':
    main()
