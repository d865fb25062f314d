"""What a durable note costs: `python -m tests.bench.bench_storage`. Everything in one run, since disks differ.

The ratios are to a bare loop that appends a line and syncs it, on the same disk in the same run.
"""

import asyncio
import os
import platform
import shutil
import sqlite3
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import orjson
from tinydb import TinyDB

from app.observation.model import Note
from storage import open_store
from storage.plain import kind
from storage.tinydb_store.store import TinyStore
from tests.storage.builders import note

WRITERS, EACH = 40, 50
JSON_EACH = 5  # TinyDB's own storage rewrites its file at every note: fewer, and said
TIMES = 5  # of which the median counts
TEXT = 'S1 counts on her fingers, writes 7 + 5 = 12, looks at the board, rubs it out and asks S2 what the task is.'


@dataclass(frozen=True)
class Measured:
    """Notes a second, and the 99th of 100 waiting times in milliseconds."""

    rate: float
    p99: float


def main() -> None:
    """Print both tables."""
    room = Path(mkdtemp(prefix='bench-', dir=os.environ.get('ROUNDS_BENCH_DIR', Path.cwd())))
    print(f'Python {platform.python_version()}, {os.cpu_count()} cores, {WRITERS} writers × {EACH} notes each')
    try:
        compare(room)
        asyncio.run(grow(room))
    finally:
        shutil.rmtree(room)


def compare(room: Path) -> None:
    """The store beside other ways to keep a note; they take turns, so that a busy machine is busy for all."""
    ways: dict[str, Callable[[Path], Measured]] = {
        'append + fdatasync, one note after the other': bare_loop,
        'this store (group commit)': lambda path: asyncio.run(this_store(path)),
        'SQLite, WAL, synchronous=FULL, a commit a note': sqlite,
        f'TinyDB JSONStorage, {WRITERS} × {JSON_EACH}, not synced': json_storage,
    }
    turns = [[way(room / f'{turn}-{place}') for place, way in enumerate(ways.values())] for turn in range(TIMES)]
    print(f'\n{"durably acknowledged":50} {"notes/s":>9} {"p99 ms":>8} {"× bare":>8}')
    for place, name in enumerate(ways):
        rate = statistics.median(turn[place].rate for turn in turns)
        p99 = statistics.median(turn[place].p99 for turn in turns)
        ratio = statistics.median(turn[place].rate / turn[0].rate for turn in turns)
        print(f'{name:50} {rate:9,.0f} {p99:8.1f} {ratio:8.2f}')


async def grow(room: Path) -> None:
    """What one more note costs when there are many, and when there are many rounds."""
    print(f'\n{"one more note":50} {"notes/s":>9} {"p99 ms":>8} {"alone ms":>8}')
    for number in (1_000, 10_000, 100_000):
        store = await filled(room / f'notes-{number}', rounds=1, notes=number)
        await show(f'with {number:,} notes in the round', store)
    for number in (1, 10, 100):
        store = await filled(room / f'rounds-{number}', rounds=number, notes=1_000)
        await show(f'with {number:,} rounds of 1,000 notes open', store)


async def show(name: str, store: TinyStore) -> None:
    """One line of the second table; closes the store."""
    measured = [await write(store, f'more-{turn}') for turn in range(TIMES)]
    alone = []
    for number in range(100):
        start = time.perf_counter()
        await put(store, f'alone-{number}')
        alone.append(time.perf_counter() - start)
    rate = statistics.median(each.rate for each in measured)
    p99 = statistics.median(each.p99 for each in measured)
    print(f'{name:50} {rate:9,.0f} {p99:8.1f} {statistics.median(alone) * 1000:8.2f}')
    await store.close()


async def filled(folder: Path, *, rounds: int, notes: int) -> TinyStore:
    """A store with so many rounds, of so many notes each."""
    store = await open_store(folder)
    for number in range(rounds):
        name = f'r{number}' if number else 'r'
        await store.create_round(name)
        for start in range(0, notes, 1_000):
            async with store.round(name) as work:
                for key in range(start, start + 1_000):
                    await work.notes.put(a_note(f'filled-{key}', work.ledger.next_seq()))
    return store


async def this_store(folder: Path) -> Measured:
    """A fresh store, one round."""
    store = await open_store(folder)
    await store.create_round('r')
    measured = await write(store, 'note')
    await store.close()
    return measured


async def write(store: TinyStore, name: str) -> Measured:
    """All writers at once, each one note after the other."""
    waits: list[float] = []

    async def writer(number: int) -> None:
        for n in range(EACH):
            start = time.perf_counter()
            await put(store, f'{name}-{number}-{n}')
            waits.append(time.perf_counter() - start)

    start = time.perf_counter()
    await asyncio.gather(*[writer(number) for number in range(WRITERS)])
    return result(waits, time.perf_counter() - start)


async def put(store: TinyStore, key: str) -> None:
    """What the service does with a note that it receives."""
    async with store.round('r') as work:
        if await work.notes.get(key) is None:
            await work.notes.put(a_note(key, work.ledger.next_seq()))


def bare_loop(path: Path) -> Measured:
    """One after the other, one sync a note: nobody can be faster without sharing a sync."""
    waits = []
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    begin = time.perf_counter()
    for number in range(WRITERS * EACH):
        start = time.perf_counter()
        os.write(descriptor, orjson.dumps(a_note(f'note-{number}', number)) + b'\n')
        os.fdatasync(descriptor)
        waits.append(time.perf_counter() - start)
    measured = result(waits, time.perf_counter() - begin)
    os.close(descriptor)
    return measured


def sqlite(path: Path) -> Measured:
    """Threads that take turns on one connection: kinder than a connection each, which would wait for locks."""
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    connection.execute('PRAGMA journal_mode=WAL')
    connection.execute('PRAGMA synchronous=FULL')
    connection.execute('CREATE TABLE notes (id TEXT PRIMARY KEY, document TEXT)')

    def insert(key: str, number: int) -> None:
        connection.execute('INSERT INTO notes VALUES (?, ?)', (key, orjson.dumps(a_note(key, number)).decode()))

    measured = in_threads(insert, EACH)
    connection.close()
    return measured


def json_storage(path: Path) -> Measured:
    """TinyDB as it comes."""
    database = TinyDB(path)
    plain = kind(Note).plain
    measured = in_threads(lambda key, number: database.insert(plain(a_note(key, number))), JSON_EACH)
    database.close()
    return measured


def in_threads(insert: Callable[[str, int], object], each: int) -> Measured:
    """All writers at once, as threads."""
    turn, waits = threading.Lock(), []

    def writer(number: int) -> None:
        for n in range(each):
            start = time.perf_counter()
            with turn:
                insert(f'note-{number}-{n}', n)
            waits.append(time.perf_counter() - start)

    threads = [threading.Thread(target=writer, args=(number,)) for number in range(WRITERS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return result(waits, time.perf_counter() - start)


def result(waits: list[float], seconds: float) -> Measured:
    """From the waiting times of all notes and the time that all took."""
    return Measured(rate=len(waits) / seconds, p99=sorted(waits)[int(len(waits) * 0.99)] * 1000)


def a_note(key: str, seq: int) -> Note:
    """A note of usual length."""
    return note(key, seq=seq, text=TEXT, observer=f'o{seq % 40}')


if __name__ == '__main__':
    main()
