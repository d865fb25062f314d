"""Power cuts, at thousands of moments: what was acknowledged is there, and nothing is half there."""

import os
from collections.abc import Callable
from random import Random

import pytest
from pydantic import ValidationError

from app.errors import NotFound
from storage.tinydb_store import lines
from storage.tinydb_store.journal import Journal
from storage.tinydb_store.place import JournalledPlace
from storage.tinydb_store.store import TinyStore

from .builders import put_note
from .day import DATA, Diary, Later, found_on, live
from .fake_disk import FakeDisk, FakeHandle

pytestmark = pytest.mark.anyio
CUTS = 20_000 if os.environ.get('ROUNDS_SOAK') else 4_000


class Cuts:
    """Cuts the power of a disk at random moments, up to a number, and remembers what had been said by then."""

    def __init__(self, disk: FakeDisk, diary: Diary, random: Random, chance: float) -> None:
        self.found: list[tuple[FakeDisk, int]] = []
        self._disk, self._diary, self._random, self._chance = disk, diary, random, chance

    def perhaps(self, _call: str = '') -> None:
        acknowledged = self._diary.acknowledged  # before the disk is looked at: it may only have more
        while self._random.random() < self._chance:
            self.found.append((self._disk.after_power_cut(self._random), acknowledged))


async def survives(disk_class: type[FakeDisk], seed: int, cuts: int) -> int:
    """One day with about `cuts` power cuts, some of them while the store comes up after another; their number.

    Raises `AssertionError` when something acknowledged is missing, or something is half there.
    """
    diary, random = Diary(), Random(seed)
    disk = disk_class()
    first = Cuts(disk, diary, random, chance=0.5)
    disk.before_each = first.perhaps
    store = await live(disk, diary, seed, first.perhaps)
    await store.close()
    number = 0
    for cut, acknowledged in random.sample(first.found, min(cuts, len(first.found))):
        again = Cuts(cut, diary, random, chance=0.02)
        cut.before_each = again.perhaps
        if acknowledged == 0 and 'r' not in cut.names(DATA / 'rounds'):
            continue  # the round was not there yet
        if acknowledged == 0 and not any(name.startswith('checkpoint') for name in _names(cut)):
            continue
        assert diary.agrees(await found_on(cut), acknowledged)
        for second, _ in again.found:
            assert diary.agrees(await found_on(second), acknowledged)
        number += 1 + len(again.found)
    return number


def _names(disk: FakeDisk) -> list[str]:
    return [name for name in disk.names(DATA / 'rounds' / 'r') if not name.endswith('.part')]


@pytest.mark.slow
async def test_no_power_cut_takes_what_was_acknowledged_or_leaves_half_a_work():
    done, seed = 0, 0
    while done < CUTS:
        seed += 1
        done += await survives(FakeDisk, seed, cuts=100)


async def test_some_power_cuts_in_the_quick_part():
    assert await survives(FakeDisk, seed=0, cuts=100) >= 100


async def test_a_round_is_made_and_deleted_as_a_whole():
    for seed in range(60):
        for disk, expected in await make_and_delete(Random(seed)):
            assert await _notes_on(disk) in WHAT_MAY_BE_THERE[expected]


async def make_and_delete(random: Random) -> list[tuple[FakeDisk, str]]:
    """Power cuts while a round is made, written and deleted, each with what is expected after it."""
    disk, cuts, expected = FakeDisk(), [], ''

    def cut(_call: str = '') -> None:
        if random.random() < 0.4:
            cuts.append((disk.after_power_cut(random), expected))

    store = await TinyStore.open(DATA, disk, threads=Later(random))
    disk.before_each = cut
    steps = [
        ('perhaps, empty', store.create_round('r'), 'empty'),
        ('perhaps full', put_note(store, 'r', 'a'), 'full'),
        ('perhaps', store.delete_round('r'), 'gone'),
    ]
    for meanwhile, step, afterwards in steps:
        expected = meanwhile
        await step
        expected = afterwards
        cut()
    await store.close()
    return cuts


WHAT_MAY_BE_THERE: dict[str, list[list[str] | None]] = {
    'perhaps, empty': [None, []],
    'empty': [[]],
    'perhaps full': [[], ['a']],
    'full': [['a']],
    'perhaps': [None, ['a']],
    'gone': [None],
}


async def _notes_on(disk: FakeDisk) -> list[str] | None:
    try:
        order, content = await found_on(disk)
    except NotFound:
        return None
    assert order == len(content)
    return list(content)


class NeverSyncs(FakeDisk):
    """Says that it synced."""

    def append(self, path, size):
        return _NeverSynced(self, super().append(path, size)._file)

    def create(self, path):
        return _NeverSynced(self, super().create(path)._file)


class _NeverSynced(FakeHandle):
    def sync(self) -> None:
        pass


class NeverSyncsFolders(FakeDisk):
    """A renamed checkpoint may not be there after a power cut, while the old one is gone."""

    def sync_folder(self, folder):
        pass


async def _checkpoint_behind_the_journal(self) -> None:
    """Taken before memory holds what the journal that it replaces holds."""
    snapshot = self._snapshot()
    await self._wait(self.settled())
    async with self.turn:
        await self._wait(self.settled())
        journal = self._journal
        size = await self._in_thread(journal.write_checkpoint, snapshot)
        await self._in_thread(journal.switch, size, journal.size)


_switch = Journal.switch


def _checkpoint_without_what_came_meanwhile(self, checkpoint_size: int, _offset: int) -> None:
    _switch(self, checkpoint_size, self.size)


def _half_of_a_batch(self, lines: bytes) -> None:
    """Answers before the end of the batch is synced."""
    half = len(lines) // 2
    _append(self, lines[:half])
    self._file.write(lines[half:])
    self.size += len(lines) - half


_append = Journal.append

BROKEN: dict[str, Callable[[pytest.MonkeyPatch], type[FakeDisk]]] = {
    'never syncs': lambda patch: NeverSyncs,
    'never syncs folders': lambda patch: NeverSyncsFolders,
    'no checksum': lambda patch: patch.setattr(lines, 'checks', lambda checksum, payload: True) or FakeDisk,
    'checkpoint behind the journal': lambda patch: (
        patch.setattr(JournalledPlace, '_take_checkpoint', _checkpoint_behind_the_journal) or FakeDisk
    ),
    'checkpoint without what came meanwhile': lambda patch: (
        patch.setattr(Journal, 'switch', _checkpoint_without_what_came_meanwhile) or FakeDisk
    ),
    'half of a batch': lambda patch: patch.setattr(Journal, 'append', _half_of_a_batch) or FakeDisk,
}


@pytest.mark.parametrize(
    'broken', [pytest.param(name, marks=[pytest.mark.slow] if name == 'no checksum' else []) for name in BROKEN]
)
async def test_a_store_that_is_broken_on_purpose_is_caught(broken, monkeypatch):
    disk_class = BROKEN[broken](monkeypatch)
    for seed in range(40):
        try:
            await survives(disk_class, seed, cuts=50)
        except (AssertionError, NotFound, ValidationError):
            return
    pytest.fail('2,000 power cuts found nothing')
