"""A process of its own: 40 writers who say on standard output what was acknowledged, until something ends them.

`python -m tests.storage.writers DATA SEED FILE_SIZE PAUSE`: with a size, the disk is full when a file reaches it; after
a refusal it says what can still be read, and ends. Each writer rests for the pause (seconds) after a note.
"""

import asyncio
import os
import resource
import sys
from pathlib import Path

from app.errors import NotKept
from storage.tinydb_store.disk import RealDisk
from storage.tinydb_store.store import TinyStore

from .builders import card, note, put_note

WRITERS = 40
CHECKPOINT_AFTER = 60_000  # bytes: many in a second


async def main(data: Path, seed: str, size: int, pause: float) -> None:
    if size:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    store = await TinyStore.open(data, RealDisk(), checkpoint_after=10**9 if size else CHECKPOINT_AFTER)
    await store.create_round('r')
    results = await asyncio.gather(
        *[_write(store, f'{seed}-{n}', pause) for n in range(WRITERS)], return_exceptions=True
    )
    assert all(isinstance(result, NotKept) for result in results), results
    try:
        await put_note(store, 'r', f'{seed}-after')
    except NotKept:
        _say('refused')
    async with store.round('r') as work:
        _say(f'readable {len(await work.notes.all())}')
    await store.close()


async def _write(store: TinyStore, name: str, pause: float) -> None:
    number = 0
    while True:
        key = f'{name}-{number}'
        async with store.round('r') as work:
            seq = work.ledger.next_seq()
            await work.notes.put(note(key, seq=seq, text=f'{key} ' * 9))
            await work.cards.put(card(key, place=seq))
        _say(f'kept {key}')
        number += 1
        await asyncio.sleep(pause)


def _say(sentence: str) -> None:
    os.write(1, f'{sentence}\n'.encode())  # at once: what was said before a kill has been said


if __name__ == '__main__':
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))
