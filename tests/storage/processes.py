"""Processes that write, and what is found in a folder afterwards."""

import subprocess
import sys
from pathlib import Path

from storage import open_store
from storage.tinydb_store.store import TinyStore

from .builders import put_note

ROOT = Path(__file__).parents[2]


async def notes_in(data: Path) -> list[str]:
    store = await open_store(data)
    try:
        return await keys_of(store)
    finally:
        await store.close()


async def keys_of(store: TinyStore) -> list[str]:
    async with store.round('r') as work:
        return [found.id for found in await work.notes.all()]


def start_writers(data: Path, seed: str, *, size: int = 0, pause: float = 0) -> subprocess.Popen[bytes]:
    command = [sys.executable, '-m', 'tests.storage.writers', str(data), seed, str(size), str(pause)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)


async def written(data: Path, number: int, *, closed: bool = True) -> None:
    """A round with notes n0, n1, …, each synced by itself."""
    store = await open_store(data)
    await store.create_round('r')
    for n in range(number):
        await put_note(store, 'r', f'n{n}')
    if closed:
        await store.close()


def only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found
