"""What a school's phones ask of the server: `python -m tests.bench.bench_outbox`. A real server, real sockets.

Forty phones come back at the same moment with fifty notes each; and forty phones write for half a minute.
"""

import asyncio
import contextlib
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from tempfile import mkdtemp

import httpx

from app.ids import new_id
from app.services import Services
from tests.browser.phones import SCHOOL, Day, plan_days
from tests.browser.serving import Server

PHONES, EACH = 40, 50
A_SECOND, SECONDS = 50, 30
TEXT = 'S1 counts on her fingers, writes 7 + 5 = 12, looks at the board, rubs it out and asks S2 what the task is.'
#: Sends these notes of one phone; returns how long each of its requests took, in seconds.
Sending = Callable[[httpx.AsyncClient, list[dict[str, object]]], Awaitable[list[float]]]


def main() -> None:
    """Print both tables."""
    room = Path(mkdtemp(prefix='bench-', dir=Path.cwd()))
    server = Server(room / 'data')
    try:
        day = server.seed(seed)['open']
        server.start()
        asyncio.run(measure(server, day))
    finally:
        server.stop()
        shutil.rmtree(room)


async def seed(services: Services) -> dict[str, Day]:
    return await plan_days(services, 'open')


async def measure(server: Server, day: Day) -> None:
    """All of it, with the same forty phones."""
    async with contextlib.AsyncExitStack() as open_clients:
        phones = [await open_clients.enter_async_context(phone(server, day, n)) for n in range(PHONES)]
        print(f'\n{f"{PHONES} phones × {EACH} notes at once":50} {"requests":>9} {"last s":>8} {"p99 ms":>8}')
        await flush('one request a phone', phones, at_once, day)
        await flush('one note a request', phones, one_by_one, day)
        print(f'\n{f"{PHONES} phones, {A_SECOND} notes/s for {SECONDS} s":50} {"notes":>9} {"lost":>8} {"p99 ms":>8}')
        await soak(phones, day)


async def flush(name: str, phones: list[httpx.AsyncClient], send: Sending, day: Day) -> None:
    """All phones at the same moment: the time to the last receipt, and the 99th of 100 waits for an answer."""
    notes = [[a_note() for _ in range(EACH)] for _ in phones]
    began = time.perf_counter()
    waits = await asyncio.gather(*(send(phone, own) for phone, own in zip(phones, notes, strict=True)))
    last = time.perf_counter() - began
    every = [wait for some in waits for wait in some]
    print(f'{name:50} {len(every):9,} {last:8.2f} {p99(every):8.0f}')
    assert not missing(day, [note for some in notes for note in some])


async def at_once(phone: httpx.AsyncClient, notes: list[dict[str, object]]) -> list[float]:
    return [await sent(phone, notes)]


async def one_by_one(phone: httpx.AsyncClient, notes: list[dict[str, object]]) -> list[float]:
    return [await sent(phone, [note]) for note in notes]


async def soak(phones: list[httpx.AsyncClient], day: Day) -> None:
    """Notes by the clock, whether the ones before were answered or not."""
    began = time.perf_counter()
    notes = [a_note() for _ in range(A_SECOND * SECONDS)]

    async def at_its_time(place: int) -> float:
        await asyncio.sleep(max(0.0, began + place / A_SECOND - time.perf_counter()))
        return await sent(phones[place % len(phones)], [notes[place]])

    waits = await asyncio.gather(*(at_its_time(place) for place in range(len(notes))))
    print(f'{"one note a request":50} {len(waits):9,} {len(missing(day, notes)):8} {p99(waits):8.0f}')


async def sent(phone: httpx.AsyncClient, notes: list[dict[str, object]]) -> float:
    """Seconds until the receipts of all of them were here."""
    began = time.perf_counter()
    answer = None
    while answer is None:
        with contextlib.suppress(httpx.TransportError):  # a connection that had been idle for too long
            answer = await phone.post('/notes', json={'notes': notes, 'unsent': 0})
    waited = time.perf_counter() - began
    assert {receipt['id'] for receipt in answer.json()['received']} == {note['id'] for note in notes}
    return waited


@contextlib.asynccontextmanager
async def phone(server: Server, day: Day, number: int) -> AsyncIterator[httpx.AsyncClient]:
    """One that has joined."""
    async with httpx.AsyncClient(base_url=f'{server.address}/api/v1', timeout=60) as client:
        who = {'code': day.hall, 'display_name': f'Phone {number}', 'school': SCHOOL}
        client.headers['Authorization'] = f'Bearer {(await client.post("/join", json=who)).json()["token"]}'
        yield client


def a_note() -> dict[str, object]:
    return {'id': new_id(), 'rev': 1, 'classroom': 1, 'lens': 'students', 'text': TEXT}


def missing(day: Day, notes: list[dict[str, object]]) -> set[object]:
    """Which of these the server's disk does not hold."""
    return {note['id'] for note in notes} - {note.id for note in day.notes()}


def p99(waits: list[float]) -> float:
    """In milliseconds."""
    return sorted(waits)[int(len(waits) * 0.99)] * 1000


if __name__ == '__main__':
    main()
