"""What a hall full of phones costs: `python -m tests.bench.bench_hall`. One run, without phones and with them.

Three boards in Chromium (control and two projectors), 400 cards, 40 phones as event streams in a process of their own,
each of which reads its wall again when it hears of a change, as the real ones do. Timed is the way from the request of
one phone to the DOM of a projector, by one clock. How long the event loop was busy with one thing it says itself
(`watched.py`); what somebody waited who asked for a small file meanwhile has the wait for a core in it.
"""

import asyncio
import datetime as dt
import json
import random
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from app.debrief.model import CardState
from app.ids import hashed, new_id
from app.observation.model import Device
from app.services import Services
from tests.bench.watched import Turns
from tests.browser.conftest import FLAGS, SIZES
from tests.browser.serving import Server
from tests.cases.people import PHRASE, set_up
from tests.cases.sample_round import sample_file
from tests.needs import chromium

PHONES, CARDS, CHANGES, WAITING = 40, 400, 40, 120

NOTICE = """() => { const place = document.querySelector(".foot .numbers");
    window.seen = []; new MutationObserver(() => window.seen.push([place.textContent, Date.now()]))
        .observe(place, { characterData: true, childList: true, subtree: true }); }"""


@dataclass(frozen=True)
class Made:
    round: str
    tokens: list[str]
    waiting: list[tuple[str, str]]  #: (token, card): who screens what


def main() -> None:
    """Print the rows."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / 'data')
        made = server.seed(_seeded)
        server.program = ['-m', 'tests.bench.watched']
        server.start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            _measure(server, browser, made)
        finally:
            browser.close()
            server.stop()


def _measure(server: Server, browser: Browser, made: Made) -> None:
    page = _signed_in(browser, server)
    address = f'{server.address}/rounds/{made.round}'
    for what in ('control', 'projection'):
        for turn in ('first', 'second'):
            with Waits(server) as waits, Turns(server.log) as turns:
                took = _opened(page, f'{address}/{what}')
            print(f'open {what} with {CARDS} cards, {turn} time: {took:.0f} ms; {_stalls(turns, waits)}')
    boards = [page, _board(browser, page, f'{address}/projection'), _board(browser, page, f'{address}/projection')]
    boards[0].goto(f'{address}/control')
    hall = boards[1]
    hall.evaluate(NOTICE)
    waiting = iter(made.waiting)
    _row('no phones', server, hall, waiting)
    before = _memory(server)
    phones = subprocess.Popen(
        [sys.executable, '-m', 'tests.bench.bench_hall', 'phones', server.address],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert phones.stdin
    assert phones.stdout
    phones.stdin.write(json.dumps(made.tokens) + '\n')
    phones.stdin.flush()
    phones.stdout.readline()
    idle = _processor(server)
    time.sleep(10)
    idle = (_processor(server) - idle) / 10 / PHONES
    print(
        f'a connected phone: {(_memory(server) - before) / PHONES:.0f} KB of memory, {idle * 1e6:.0f} µs/s while idle'
    )
    _row(f'{PHONES} phones', server, hall, waiting)
    print(f'a connected phone after that: {(_memory(server) - before) / PHONES:.0f} KB')
    phones.kill()


def _row(name: str, server: Server, hall: Page, waiting) -> None:
    took = []
    spent = _processor(server)
    with Waits(server) as waits, Turns(server.log) as turns:
        for _ in range(CHANGES):
            token, card = next(waiting)
            before = hall.evaluate('() => window.seen.length')
            act = {'id': new_id(), 'kind': 'accept', 'card': card, 'confirmed': True}
            sent = time.time()
            _ask(server.address, token, '/acts', {'acts': [act]})
            hall.wait_for_function('(before) => window.seen.length > before', arg=before, polling=20)
            took.append(hall.evaluate('(before) => window.seen[before][1]', before) - sent * 1000)
            time.sleep(random.uniform(0.1, 0.4))
    spent = (_processor(server) - spent) / CHANGES
    p95 = statistics.quantiles(took, n=20)[-1]
    print(
        f'{name}: from a phone to the projector p50 {statistics.median(took):.0f} ms, p95 {p95:.0f} ms; '
        f'server {spent * 1000:.0f} ms a change; {_stalls(turns, waits)}'
    )


def _stalls(turns: Turns, waits: 'Waits') -> str:
    longest = turns.longest
    others = f'others waited up to {waits.most:.0f} ms, nine in ten up to {waits.nine_in_ten:.0f}'
    swept = f', {longest.swept:.0f} of them collecting garbage' if longest.swept >= 1 else ''
    return f'the event loop worked at most {longest.worked:.0f} ms on one thing ({longest.what}{swept}); {others}'


class Waits:
    """Asks for a small file all the time: how long the event loop kept another one waiting."""

    def __init__(self, server: Server) -> None:
        self.server, self.over = server, threading.Event()
        self.times: list[float] = []

    @property
    def most(self) -> float:
        return max(self.times)

    @property
    def nine_in_ten(self) -> float:
        return sorted(self.times)[len(self.times) * 9 // 10]

    def __enter__(self) -> 'Waits':
        self.thread = threading.Thread(target=self._ask)
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self.thread.join()

    def _ask(self) -> None:
        with httpx.Client(base_url=self.server.address) as client:
            while not self.over.is_set():
                start = time.perf_counter()
                client.get('/c/manifest.webmanifest')
                self.times.append((time.perf_counter() - start) * 1000)
                time.sleep(0.005)


def _opened(page: Page, address: str) -> float:
    start = time.perf_counter()
    page.goto(address)
    page.locator('.projection, .control .board').first.wait_for()
    return (time.perf_counter() - start) * 1000


def _signed_in(browser: Browser, server: Server) -> Page:
    page = browser.new_context(viewport=_size('laptop')).new_page()
    page.goto(f'{server.address}/sign-in')
    page.fill('[name=email]', 'ama@harbour.example')
    page.fill('[name=passphrase]', PHRASE)
    page.click('button[type=submit]')
    page.wait_for_url(f'{server.address}/')
    return page


def _board(browser: Browser, page: Page, address: str) -> Page:
    context = browser.new_context(
        viewport=_size('projector'), storage_state=page.context.storage_state(), bypass_csp=True
    )
    board = context.new_page()
    board.goto(address)
    board.locator('.foot .numbers').wait_for()
    return board


def _size(name: str) -> dict[str, int]:
    width, height = SIZES[name]
    return {'width': width, 'height': height}


def _ask(address: str, token: str, path: str, body: object) -> None:
    request = urllib.request.Request(
        f'{address}/api/v1{path}',
        data=json.dumps(body).encode(),
        headers={'Authorization': f'Bearer {token}', 'Content-Type': 'application/json'},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        refused = json.loads(answer.read())['refused']
    assert not refused, refused


def _memory(server: Server) -> float:
    """Resident memory of the server, KB."""
    assert server.process
    status = Path(f'/proc/{server.process.pid}/status').read_text()
    return float(status.split('VmRSS:')[1].split()[0])


def _processor(server: Server) -> float:
    """Seconds of processor time that the server has used."""
    assert server.process
    fields = Path(f'/proc/{server.process.pid}/stat').read_text().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


async def _seeded(services: Services) -> Made:
    token = await set_up(services)
    who = await services.accounts.who(token)
    content = sample_file()
    content['round']['stage'] = 'screening'
    accepted = [note for note in content['notes'] if note.get('card', {}).get('state') == 'accepted']
    content['notes'] = [
        {**note, 'id': f'{note["id"]}-{again}', 'text': f'{note["text"]} ({again})', 'pattern': None}
        for again in range(CARDS // len(accepted) + 1)
        for note in accepted
    ][:CARDS]
    person = content['observers'][0]
    people = [{**person, 'id': f'more-{n}', 'display_name': f'Visitor {n}'} for n in range(PHONES)]
    content['observers'] += people
    content['groups'][0]['observers'] += [one['id'] for one in people]
    round_id, _warnings = await services.exchange.import_file(who.school, json.dumps(content).encode())
    tokens, of_group = [], {}
    async with services.store.round(round_id) as work:
        for observer in await work.observers.all():
            secret = new_id()
            await work.devices.put(Device(id=hashed(secret), observer=observer.id, created_at=dt.datetime.now(dt.UTC)))
            of_group[observer.group] = f'{round_id}.{secret}'
            if observer.display_name.startswith('Visitor'):
                tokens.append(f'{round_id}.{secret}')
        cards = (await work.cards.all())[:WAITING]
        for card in cards:
            await work.cards.put(replace(card, state=CardState.CHOSEN))
    return Made(round_id, tokens, [(of_group[card.group], card.id) for card in cards])


async def _phones(address: str, tokens: list[str]) -> None:
    """Listen as phones do; say so when all are there."""
    there = asyncio.Semaphore(0)

    async def listen(token: str) -> None:
        headers = {'Authorization': f'Bearer {token}'}
        async with httpx.AsyncClient(base_url=address, timeout=None, headers=headers) as client:
            await client.get('/api/v1/wall')
            async with client.stream('GET', '/api/v1/events') as stream:
                there.release()
                async for line in stream.aiter_lines():
                    if line.startswith('data:') and json.loads(line[5:]).get('kind') in ('card', 'stage', 'vote'):
                        await asyncio.sleep(random.uniform(0, 0.4))
                        await client.get('/api/v1/wall')

    listening = [asyncio.create_task(listen(token)) for token in tokens]
    for _token in tokens:
        await there.acquire()
    print('all there', flush=True)
    await asyncio.gather(*listening)


if __name__ == '__main__':
    if sys.argv[1:2] == ['phones']:
        asyncio.run(_phones(sys.argv[2], json.loads(sys.stdin.readline())))
    else:
        main()
