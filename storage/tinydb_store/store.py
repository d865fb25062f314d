"""The store on disk: an index and a folder a round, each a journalled TinyDB; opened when first asked for."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from app.errors import NotFound, NotKept
from app.store import IndexWork, RoundWork
from app.texts import _
from storage.block import Block, no_such_round

from .beside import read_beside_a_writer, take
from .database import PlaceDatabase
from .disk import Disk, File
from .journal import ASIDE, Journal, create, open_journal
from .place import Health, JournalledPlace, Surroundings
from .recovery import ROUND_ID, Recovered
from .work import TinyLedger

DELETED = '.deleted'
THREADS = 8
CHECKPOINT_AFTER = 4 * 2**20  # bytes of a journal; one twice as large opens in half a second
R = TypeVar('R')

log = logging.getLogger(__name__)


class TinyStore:
    """Implements `app.store.Store` on a folder; made by `TinyStore.open` or `TinyStore.open_for_reading`."""

    def __init__(self, data: Path, disk: Disk, *, lock: File | None, checkpoint_after: int, threads: Executor) -> None:
        self.data = data
        self._disk = disk
        self._lock = lock  #: None: reading only
        self._threads = threads
        self._surroundings = Surroundings(threads=threads, health=Health(), checkpoint_after=checkpoint_after)
        self._index: JournalledPlace[IndexWork] | None = None
        self._rounds: dict[str, JournalledPlace[RoundWork]] = {}
        #: a round is opened, made and deleted by one at a time; a door is gone when nobody stands at it
        self._doors: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._closed = False

    @classmethod
    async def open(
        cls, data: Path, disk: Disk, *, checkpoint_after: int = CHECKPOINT_AFTER, threads: Executor | None = None
    ) -> 'TinyStore':
        """Take the folder (made if need be). Raises `NotKept` if another process has it or the disk refuses.

        `checkpoint_after`: bytes of a journal before it is folded up; `threads`: where the disk is waited for.
        """
        threads = threads or _threads()
        lock = None
        try:
            lock = await asyncio.get_running_loop().run_in_executor(threads, take, disk, data)
            store = cls(data, disk, lock=lock, checkpoint_after=checkpoint_after, threads=threads)
            store._index = await store._in_thread(store._prepare)
        except BaseException as error:
            threads.shutdown()
            if lock is not None:
                lock.close()
            if isinstance(error, OSError):
                sentence = _('The data folder {folder} cannot be used: {why}. Please choose another one or mend it.')
                raise NotKept(sentence.format(folder=data, why=error.strerror)) from error
            raise
        return store

    @classmethod
    def open_for_reading(cls, data: Path, disk: Disk) -> 'TinyStore':
        """Look at the folder beside a process that has it. Raises `NotFound` where there is no data."""
        store = cls(data, disk, lock=None, checkpoint_after=0, threads=_threads())
        store._index = store._open(data / 'index', store._index_work)
        if store._index is None:
            store._threads.shutdown()
            sentence = _('There is no data in {folder}. Please name the folder that the app was started with (--data).')
            raise NotFound(sentence.format(folder=data))
        return store

    def index(self) -> AbstractAsyncContextManager[IndexWork]:
        """A work on networks, schools, accounts, sessions, heads, codes and links."""
        return Block(self, self._find_index, '')

    def round(self, round_id: str) -> AbstractAsyncContextManager[RoundWork]:
        """A work on one round; raises `NotFound` where there is none."""
        return Block(self, self._find, round_id)

    @property
    def refusal(self) -> str:
        """Why nothing new is accepted, in a sentence; empty as long as the disk keeps what it is given."""
        return self._surroundings.health.refusal

    @property
    def damage(self) -> list[str]:
        """A sentence for each file in which something acknowledged cannot be read; what is good of it is in use.

        Reads every folder where this store was opened for reading; otherwise files are checked when they are opened.
        """
        sentence = _(
            'The file {name} is damaged. What could be read of it is in use; if you miss something, restore a backup.'
        )
        return [sentence.format(name=path) for path in self._damaged()]

    def database(self, work: IndexWork | RoundWork) -> PlaceDatabase:
        """The TinyDB behind a running work, for TinyDB's own queries."""
        places = [self._index, *self._rounds.values()]
        return next(PlaceDatabase(place) for place in places if place is not None and place.is_of(work))

    async def create_round(self, round_id: str) -> None:
        """An empty place for a new round, on disk when this returns; one that is there is left as it is."""
        folder = self._folder(round_id)
        async with self._door(round_id):
            if round_id in self._rounds:
                return
            self._require_writing()
            try:
                place = await self._in_thread(self._open, folder, self._round_work(round_id))
                if place is None:
                    await self._in_thread(create, self._disk, folder)
                    place = await self._in_thread(self._open, folder, self._round_work(round_id))
            except OSError as error:
                raise NotKept(_('The server’s disk refused to make a new round. Please make room on it.')) from error
            assert place is not None
            self._rounds[round_id] = place

    async def delete_round(self, round_id: str) -> None:
        """Everything of the round is gone from the disk when this returns; nothing happens if there is none."""
        folder = self._folder(round_id)
        async with self._door(round_id):
            self._require_writing()
            place = self._rounds.pop(round_id, None)
            if place is not None:
                await place.close()
            try:
                await self._in_thread(_delete, self._disk, folder)
            except OSError as error:
                sentence = _('The server’s disk refused to delete the round completely. Please try again.')
                raise NotKept(sentence) from error

    async def rewrite_round(self, round_id: str) -> None:
        """After a purge: no byte of what was removed is left in this round's files."""
        await (await self._find(round_id)).rewrite()

    async def rewrite_index(self) -> None:
        """The same for the index."""
        await (await self._find_index('')).rewrite()

    async def close(self) -> None:
        """Everything is on disk and the folder is free for another process."""
        if self._closed:
            return
        self._closed = True
        for place in [*self._rounds.values(), self._index]:
            if place is not None:
                await place.close()
        self._threads.shutdown()
        if self._lock is not None:
            self._lock.close()

    async def _find_index(self, _key: str) -> JournalledPlace[IndexWork]:
        self._require_open()
        assert self._index is not None
        return self._index

    async def _find(self, round_id: str) -> JournalledPlace[RoundWork]:
        place = self._rounds.get(round_id)
        if place is not None and not self._closed:
            return place
        self._require_open()
        folder = self._folder(round_id)
        async with self._door(round_id):
            place = self._rounds.get(round_id)
            if place is None:
                place = await self._in_thread(self._open_round, round_id, folder)
                self._rounds[round_id] = place
            return place

    def _open_round(self, round_id: str, folder: Path) -> JournalledPlace[RoundWork]:
        try:
            place = self._open(folder, self._round_work(round_id))
        except OSError as error:
            log.error('%s cannot be opened (%s)', folder, error.strerror)
            sentence = _(
                'The server’s disk refused to open this round. Whoever runs the server has to look at the disk.'
            )
            raise NotKept(sentence) from error
        if place is None:
            raise no_such_round()
        return place

    def _open(self, folder: Path, work: Callable[[JournalledPlace[Any]], R]) -> JournalledPlace[R] | None:
        """In a thread: what is in the folder; None where there is nothing."""
        journal, found = self._open_journal(folder)
        return None if found is None else JournalledPlace(found, journal, self._surroundings, work)

    def _open_journal(self, folder: Path) -> tuple[Journal | None, Recovered | None]:
        if self._lock is None:
            return None, read_beside_a_writer(self._disk, folder)
        return open_journal(self._disk, folder) or (None, None)

    def _damaged(self) -> list[Path]:
        rounds = self.data / 'rounds'
        found = []
        for folder in [self.data / 'index', *[rounds / name for name in self._disk.names(rounds)]]:
            found += [folder / name for name in self._disk.names(folder) if ASIDE in name]
            if self._lock is None and (recovered := read_beside_a_writer(self._disk, folder)):
                found += recovered.damaged
        return found

    def _prepare(self) -> JournalledPlace[IndexWork]:
        rounds, index = self.data / 'rounds', self.data / 'index'
        for name in self._disk.names(rounds):
            if name.endswith(DELETED):
                self._disk.remove_folder(rounds / name)
        self._disk.make_folder(rounds)
        place = self._open(index, self._index_work)
        if place is None:
            create(self._disk, index)
            self._disk.sync_folder(self.data.parent)
            place = self._open(index, self._index_work)
        assert place is not None
        return place

    def _index_work(self, place: JournalledPlace[Any]) -> IndexWork:
        return IndexWork(place.open)

    def _round_work(self, round_id: str) -> Callable[[JournalledPlace[Any]], RoundWork]:
        return lambda place: RoundWork(round_id, place.open, TinyLedger(place))

    def _folder(self, round_id: str) -> Path:
        if not ROUND_ID.fullmatch(round_id):
            raise no_such_round()
        return self.data / 'rounds' / round_id

    def _door(self, round_id: str) -> asyncio.Lock:
        return self._doors.setdefault(round_id, asyncio.Lock())

    def _require_open(self) -> None:
        if self._closed:
            raise NotKept(_('The app is being stopped. Please try again in a moment.'))

    def _require_writing(self) -> None:
        self._require_open()
        if self._lock is None:
            raise NotKept(_('This data folder was opened for reading only, so nothing in it can be changed.'))
        if self.refusal:
            raise NotKept(self.refusal)

    async def _in_thread(self, act: Callable[..., R], *arguments: Any) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._threads, act, *arguments)


def _threads() -> Executor:
    return ThreadPoolExecutor(THREADS, thread_name_prefix='rounds-disk')


def _delete(disk: Disk, folder: Path) -> None:
    """Renamed first: half a round is never taken for one."""
    if folder.name not in disk.names(folder.parent):
        return
    away = folder.with_name(folder.name + DELETED)
    disk.remove_folder(away)
    disk.rename(folder, away)
    disk.sync_folder(folder.parent)
    disk.remove_folder(away)
    disk.sync_folder(folder.parent)
