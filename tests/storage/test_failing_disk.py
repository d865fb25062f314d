"""Disks that are full, fail or are slow."""

import asyncio
import errno
import time
from pathlib import Path
from random import Random

import pytest

from app.errors import NotKept, Taken
from storage import open_for_reading, open_store
from storage.tinydb_store.disk import RealDisk, RealFile
from storage.tinydb_store.store import TinyStore

from .builders import note, put_note
from .day import Diary, found_on, live, read
from .fake_disk import FakeDisk, FakeFolder
from .processes import notes_in, only, start_writers, written

pytestmark = pytest.mark.anyio


async def test_a_full_disk_refuses_in_a_sentence_and_loses_nothing(tmp_path):
    process = start_writers(tmp_path, 'full', size=300_000)
    output, _ = await asyncio.to_thread(process.communicate)
    assert process.returncode == 0
    *kept, refused, readable = output.decode().splitlines()
    kept = [line.removeprefix('kept ') for line in kept]
    assert (refused, readable) == ('refused', f'readable {len(kept)}')
    assert len(kept) > 100
    assert set(await notes_in(tmp_path)) == set(kept), 'what was refused did not come back either'


@pytest.mark.parametrize('call', ['sync', 'write', 'append', 'sync_folder', 'rename', 'create', 'remove'])
async def test_memory_is_what_a_failing_disk_holds_and_the_disk_is_not_asked_again(call):
    for seed in range(12):
        disk, diary, random = FailingDisk(call, after=Random(seed).randrange(60, 200)), Diary(), Random(seed)
        store = await live(disk, diary, seed, lambda: None)
        order, content = await read(store)
        assert diary.agrees((order, content), diary.acknowledged)
        assert order == diary.acknowledged
        disk.fails = False
        calls = disk.calls
        if await refuses(store):
            assert disk.calls == calls, 'it was asked again'
        else:
            assert diary.refused == 0
            diary.write(note('later', seq=order + 1), None)
            diary.acknowledged += 1
        for _cut in range(5):
            assert diary.agrees(await found_on(disk.after_power_cut(random)), diary.acknowledged)
        assert await found_on(disk.after_the_process()) == await read(store)
        await store.close()


async def refuses(store: TinyStore) -> bool:
    try:
        await put_note(store, 'r', 'later')
    except NotKept:
        return True
    return False


class FailingDisk(FakeDisk):
    """One kind of call fails from some moment on."""

    def __init__(self, root: FakeFolder | str | None = None, after: int = 0) -> None:
        super().__init__(root if isinstance(root, FakeFolder) else None)
        self.fails = isinstance(root, str)
        self.calls = 0

        def perhaps(name: str) -> None:
            self.calls += 1
            if self.fails and name == root and self.calls > after:
                raise OSError(errno.EIO, 'the disk fails')

        self.before_each = perhaps


async def test_a_failed_sync_refuses_all_who_wait_and_what_they_had_read(tmp_path):
    store = await TinyStore.open(tmp_path, disk := SlowDisk())
    await store.create_round('r')
    await put_note(store, 'r', 'before')
    disk.error = OSError(errno.EIO, 'the disk fails')

    async def look() -> list[str]:
        async with store.round('r') as work:
            return [kept.id for kept in await work.notes.all()]

    writing = asyncio.create_task(put_note(store, 'r', 'lost'))
    await asyncio.sleep(0)
    looking = asyncio.create_task(look())
    results = await asyncio.gather(writing, looking, return_exceptions=True)
    assert [type(result) for result in results] == [NotKept, NotKept]
    assert await look() == ['before'], 'reading goes on'
    assert 'disk' in store.refusal
    with pytest.raises(NotKept):
        await store.create_round('other')
    with pytest.raises(NotKept):
        await store.rewrite_round('r')
    await store.close()
    assert await notes_in(tmp_path) == ['before']


class SlowDisk(RealDisk):
    """Syncs of files take a while, or fail."""

    def __init__(self, seconds: float = 0) -> None:
        self.seconds = seconds
        self.syncs = 0
        self.error: OSError | None = None

    def append(self, path: Path, size: int) -> RealFile:
        return _SlowFile(self, super().append(path, size))


class _SlowFile:
    def __init__(self, disk: SlowDisk, file: RealFile) -> None:
        self._disk, self._file = disk, file
        self.write, self.close = file.write, file.close

    def sync(self) -> None:
        time.sleep(self._disk.seconds)
        self._disk.syncs += 1
        if self._disk.error is not None:
            raise self._disk.error
        self._file.sync()


async def test_a_slow_disk_syncs_for_all_who_wait_together(tmp_path):
    store = await TinyStore.open(tmp_path, disk := SlowDisk(seconds=0.005))
    await store.create_round('r')

    async def write(name: str) -> None:
        for number in range(5):
            await put_note(store, 'r', f'{name}-{number}')

    await asyncio.gather(*[write(f'w{n}') for n in range(40)])
    assert disk.syncs < 40, '200 notes, and far fewer syncs'
    await store.close()


async def test_a_batch_with_a_cancelled_caller_is_kept_for_the_others(tmp_path):
    store = await TinyStore.open(tmp_path, SlowDisk(seconds=0.05))
    await store.create_round('r')
    tasks = [asyncio.create_task(put_note(store, 'r', f'n{n}')) for n in range(5)]
    await asyncio.sleep(0.01)
    tasks[2].cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result) for result in results] == [int, int, asyncio.CancelledError, int, int]
    await store.close()
    assert await notes_in(tmp_path) == [f'n{n}' for n in range(5)], 'it had been left, so it has happened'


async def test_an_answer_that_rests_on_what_was_lost_is_not_given(tmp_path):
    store = await TinyStore.open(tmp_path, disk := SlowDisk(seconds=0.05))
    await store.create_round('r')
    disk.error = OSError(errno.EIO, 'the disk fails')

    failed = asyncio.Event()

    async def lose() -> None:
        try:
            await put_note(store, 'r', 'a')
        finally:
            failed.set()

    async def refuse_a_taken_name() -> None:
        async with store.round('r') as work:
            if await work.notes.get('a') is not None:
                raise Taken('This name is in use.')

    async def still_at_work() -> None:
        async with store.round('r') as work:
            assert await work.notes.get('a') is not None
            await work.notes.put(note('a', rev=2))
            await failed.wait()
            await work.notes.put(note('c'))

    works = [lose(), refuse_a_taken_name(), still_at_work()]
    results = await asyncio.gather(*works, return_exceptions=True)
    assert [type(result) for result in results] == [NotKept, NotKept, NotKept]
    async with store.round('r') as work:
        assert await work.notes.all() == []
    await store.close()
    assert await notes_in(tmp_path) == []


async def test_a_folder_that_cannot_be_used_is_named_in_a_sentence(tmp_path):
    (tmp_path / 'file').write_text('no folder')
    with pytest.raises(NotKept, match='cannot be used'):
        await open_store(tmp_path / 'file')
    await written(tmp_path / 'data', 1)
    only(tmp_path / 'data' / 'index', 'journal-*').unlink()
    with pytest.raises(NotKept, match='missing'):
        open_for_reading(tmp_path / 'data')


async def test_a_closed_store_says_that_the_app_is_being_stopped(tmp_path):
    store = await open_store(tmp_path)
    await store.create_round('r')
    await store.close()
    await store.close()
    with pytest.raises(NotKept, match='stopped'):
        await put_note(store, 'r', 'a')
