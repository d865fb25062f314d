"""Processes that are killed, disks that are full or fail, files that are damaged, others who want the folder."""

import asyncio
import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from app.errors import NotFound, NotKept, Taken
from storage import open_for_reading, open_store
from storage.tinydb_store.disk import RealDisk, RealFile
from storage.tinydb_store.store import TinyStore

from .builders import note, put_note
from .day import Diary, found_on, live, read
from .fake_disk import FakeDisk, FakeFolder

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]
SOAK = bool(os.environ.get('ROUNDS_SOAK'))


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


@pytest.mark.slow
async def test_kill_9_under_40_writers_takes_nothing_that_was_acknowledged(tmp_path):
    random, said = Random(9), []
    for attempt in range(40 if SOAK else 5):
        process = start_writers(tmp_path, f's{attempt}')
        first = await asyncio.to_thread(process.stdout.readline)
        await asyncio.sleep(random.uniform(0, 0.4))
        os.kill(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        lines = (first + output).decode().splitlines()
        said += [line.removeprefix('kept ') for line in lines]
        store = await open_store(tmp_path)
        async with store.round('r') as work:
            notes, cards = await work.notes.all(), await work.cards.all()
            assert {kept.id for kept in notes} >= set(said)
            assert [kept.id for kept in cards] == [kept.id for kept in notes], 'half of a work'
            assert [kept.seq for kept in notes] == list(range(1, len(notes) + 1))
        assert store.damage == []
        await store.close()
    assert len(said) > 200


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


async def test_a_second_process_is_refused_at_once_in_a_sentence(tmp_path):
    store = await open_store(tmp_path)
    process = start_writers(tmp_path, 'second')
    process.stdout.close()
    assert await asyncio.to_thread(process.wait) != 0
    with pytest.raises(NotKept, match='in use by another Rounds process'):
        await open_store(tmp_path)
    await store.close()
    await (await open_store(tmp_path)).close()


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


async def test_damage_in_the_middle_is_set_aside_said_and_costs_only_what_is_damaged(tmp_path, caplog):
    await written(tmp_path, 10)
    journal = only(tmp_path / 'rounds' / 'r', 'journal-*')
    bytes_of_the_journal = bytearray(journal.read_bytes())
    bytes_of_the_journal[bytes_of_the_journal.index(b'"n4"') + 1] ^= 1
    journal.write_bytes(bytes_of_the_journal)
    reading = open_for_reading(tmp_path)
    assert len(reading.damage) == 1
    await reading.close()
    assert journal.read_bytes() == bytes_of_the_journal, 'reading changes nothing'

    good = [f'n{n}' for n in range(10) if n != 4]
    assert await notes_in(tmp_path) == good
    assert 'is damaged' in caplog.text
    aside = only(tmp_path / 'rounds' / 'r', '*.corrupt-*')
    assert aside.read_bytes() == bytes_of_the_journal
    store = await open_store(tmp_path)
    assert [aside.name in sentence for sentence in store.damage] == [True]
    assert await put_note(store, 'r', 'more') == 11, 'no number of the order is given twice'
    await store.rewrite_round('r')
    assert store.damage == []
    await store.close()
    assert await notes_in(tmp_path) == [*good, 'more']


async def test_a_damaged_checkpoint_costs_only_what_is_damaged(tmp_path):
    await written(tmp_path, 10)
    store = await open_store(tmp_path)
    await store.rewrite_round('r')
    await put_note(store, 'r', 'after')
    await store.close()
    checkpoint = only(tmp_path / 'rounds' / 'r', 'checkpoint-*')
    checkpoint.write_bytes(checkpoint.read_bytes().replace(b'"n4"', b'"n\0"'))
    assert await notes_in(tmp_path) == [*[f'n{n}' for n in range(10) if n != 4], 'after']
    assert only(tmp_path / 'rounds' / 'r', 'checkpoint-*.corrupt-*')


async def test_a_journal_that_somebody_removed_is_said(tmp_path):
    await written(tmp_path, 3)
    only(tmp_path / 'rounds' / 'r', 'journal-*').unlink()
    store = await open_store(tmp_path)
    async with store.round('r') as work:
        assert await work.notes.all() == []
    assert len(store.damage) == 1
    await put_note(store, 'r', 'more')
    await store.close()


@pytest.mark.parametrize(
    'rest', [b'', b'00', b'12345678 {"n":4,"seq":4}', b'\0' * 4096, b'12345678 {}\n', b'\xff\n\xff']
)
async def test_a_torn_tail_is_no_damage_and_is_written_over(tmp_path, rest):
    await written(tmp_path, 3)
    journal = only(tmp_path / 'rounds' / 'r', 'journal-*')
    journal.write_bytes(journal.read_bytes() + rest)
    store = await open_store(tmp_path)
    assert await put_note(store, 'r', 'n3') == 4
    assert store.damage == []
    await store.close()
    assert await notes_in(tmp_path) == ['n0', 'n1', 'n2', 'n3']


async def test_reading_beside_a_writer_sees_all_that_was_acknowledged(tmp_path):
    process = start_writers(tmp_path, 'w', pause=0.05)
    said: list[str] = []
    try:
        for _look in range(40):
            said.append((await asyncio.to_thread(process.stdout.readline)).decode().strip().removeprefix('kept '))
            store = open_for_reading(tmp_path)
            async with store.round('r') as work:
                notes = [kept.id for kept in await work.notes.all()]
                assert [kept.id for kept in await work.cards.all()] == notes, 'half of a work'
            assert set(said) <= set(notes)
            assert store.damage == []
            await store.close()
    finally:
        process.kill()
        process.communicate()


async def test_a_store_opened_for_reading_refuses_to_change_anything(tmp_path):
    await written(tmp_path, 1)
    before = {path: path.read_bytes() for path in tmp_path.rglob('*') if path.is_file()}
    store = open_for_reading(tmp_path)
    with pytest.raises(NotKept, match='reading only'):
        await put_note(store, 'r', 'a')
    with pytest.raises(NotKept, match='reading only'):
        await store.create_round('new')
    with pytest.raises(NotKept, match='reading only'):
        await store.delete_round('r')
    with pytest.raises(NotKept, match='reading only'):
        await store.rewrite_round('r')
    await store.close()
    assert {path: path.read_bytes() for path in tmp_path.rglob('*') if path.is_file()} == before
    with pytest.raises(NotFound, match='no data'):
        open_for_reading(tmp_path / 'elsewhere')
    assert not (tmp_path / 'elsewhere').exists()


async def test_after_a_rewrite_no_byte_of_what_was_removed_is_left(tmp_path):
    store = await open_store(tmp_path)
    await store.create_round('r')
    await put_note(store, 'r', 'secret', text='The quick brown sentence')
    await put_note(store, 'r', 'kept', text='Another one')
    (tmp_path / 'rounds' / 'r' / 'journal-1.corrupt-x').write_bytes(b'The quick brown sentence')
    async with store.round('r') as work:
        await work.notes.remove('secret')
    await store.rewrite_round('r')
    content = b''.join(path.read_bytes() for path in tmp_path.rglob('*') if path.is_file())
    assert b'quick brown' not in content
    assert b'Another one' in content
    await put_note(store, 'r', 'more')
    await store.close()
    assert await notes_in(tmp_path) == ['kept', 'more']


async def test_a_deleted_round_leaves_nothing_and_what_a_crash_left_of_one_goes_at_the_next_start(tmp_path):
    await written(tmp_path, 3)
    store = await open_store(tmp_path)
    await store.delete_round('r')
    assert list((tmp_path / 'rounds').iterdir()) == []
    await store.close()
    await written(tmp_path, 3)
    (tmp_path / 'rounds' / 'r').rename(tmp_path / 'rounds' / 'r.deleted')
    store = await open_store(tmp_path)
    with pytest.raises(NotFound):
        await put_note(store, 'r', 'a')
    assert list((tmp_path / 'rounds').iterdir()) == []
    await store.close()


async def test_a_closed_store_says_that_the_app_is_being_stopped(tmp_path):
    store = await open_store(tmp_path)
    await store.create_round('r')
    await store.close()
    await store.close()
    with pytest.raises(NotKept, match='stopped'):
        await put_note(store, 'r', 'a')


async def test_a_folder_that_cannot_be_used_is_named_in_a_sentence(tmp_path):
    (tmp_path / 'file').write_text('no folder')
    with pytest.raises(NotKept, match='cannot be used'):
        await open_store(tmp_path / 'file')
    await written(tmp_path / 'data', 1)
    only(tmp_path / 'data' / 'index', 'journal-*').unlink()
    with pytest.raises(NotKept, match='missing'):
        open_for_reading(tmp_path / 'data')


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


async def test_a_line_that_was_taken_out_is_noticed(tmp_path):
    await written(tmp_path, 5)
    journal = only(tmp_path / 'rounds' / 'r', 'journal-*')
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b''.join(text for text in lines if b'"n2"' not in text))
    store = await open_store(tmp_path)
    assert await keys_of(store) == ['n0', 'n1', 'n3', 'n4']
    assert len(store.damage) == 1
    await store.close()
