"""A day on a disk that may lose power at any moment: what was done, what was acknowledged, what must be there."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from app.errors import NotKept
from app.observation.model import Note
from storage.tinydb_store.store import TinyStore

from .builders import note
from .fake_disk import FakeDisk

DATA = Path('/data')
CHECKPOINT_AFTER = 2_000  # bytes: several in a day
WRITERS, WORKS = 6, 10
Content = dict[str, Note]


class Later(Executor):
    """In place of threads: each call is carried out some turns of the event loop later, the same at each run."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def submit(self, act: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Carry it out after up to a few turns."""
        future: Future[Any] = Future()
        self._wait(self._random.randrange(6), future, lambda: act(*arguments, **named))
        return future

    def _wait(self, turns: int, future: Future[Any], act: Callable[[], Any]) -> None:
        if turns:
            asyncio.get_running_loop().call_soon(self._wait, turns - 1, future, act)
            return
        try:
            result = act()
        except Exception as error:
            future.set_exception(error)
        else:
            future.set_result(result)


@dataclass
class Diary:
    """Works in the order in which they ran: work `n` made `contents[n]` of `contents[n - 1]`."""

    contents: list[Content] = field(default_factory=lambda: [{}])
    acknowledged: int = 0  #: all works up to this one
    refused: int = 0

    def write(self, put: Note | None, removed: str | None) -> None:
        content = dict(self.contents[-1])
        if removed is not None:
            content.pop(removed, None)
        if put is not None:
            content[put.id] = put
        self.contents.append(content)

    def agrees(self, found: tuple[int, Content], acknowledged: int) -> bool:
        """Whether what was found is what some first part of the works left, all acknowledged ones among them."""
        order, content = found
        return acknowledged <= order < len(self.contents) and content == self.contents[order]


async def live(disk: FakeDisk, diary: Diary, seed: int, acknowledged: Callable[[], None]) -> TinyStore:
    """Writers put, change and remove notes; after each acknowledgement `acknowledged` is called."""
    store = await TinyStore.open(DATA, disk, checkpoint_after=CHECKPOINT_AFTER, threads=Later(Random(seed)))
    await store.create_round('r')
    writers = [_write(store, diary, Random(f'{seed}-{writer}'), acknowledged) for writer in range(WRITERS)]
    await asyncio.gather(*writers)
    return store


async def _write(store: TinyStore, diary: Diary, random: Random, acknowledged: Callable[[], None]) -> None:
    for _work in range(WORKS):
        removed = f'note-{random.randrange(12)}' if random.random() < 0.2 else None
        text = random.choice('abcdefgh') * random.randrange(1, 200)
        try:
            async with store.round('r') as work:
                put = note(f'note-{random.randrange(12)}', seq=work.ledger.next_seq(), text=text)
                if removed is not None:
                    await work.notes.remove(removed)
                await work.notes.put(put)
                assert put.seq <= len(diary.contents)
                if put.seq == len(diary.contents):  # less only after a failure, and then it is refused
                    diary.write(put, removed)
        except NotKept:
            diary.refused += 1
            return
        diary.acknowledged = max(diary.acknowledged, put.seq)
        acknowledged()
        if random.random() < 0.3:
            await asyncio.sleep(0)


async def found_on(disk: FakeDisk) -> tuple[int, Content]:
    """The round's order and content, as a store that is opened on the disk sees it."""
    store = await TinyStore.open(DATA, disk, checkpoint_after=CHECKPOINT_AFTER, threads=Later(Random(0)))
    try:
        found = await read(store)
        assert store.damage == [], 'a power cut was taken for damage'
        return found
    finally:
        await store.close()


async def read(store: TinyStore) -> tuple[int, Content]:
    """The round's order and content; nothing is changed by looking."""
    with suppress(_OnlyLooking):
        async with store.round('r') as work:
            content = {found.id: found for found in await work.notes.all()}
            order = work.ledger.next_seq() - 1
            raise _OnlyLooking
    return order, content


class _OnlyLooking(Exception):
    """Leaves the work without keeping it."""
