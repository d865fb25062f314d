"""One round, or the index, in memory and on disk: works are applied at once and written in batches.

A work that has been left is in memory and waits in a queue. What waits is written and synced together by one thread,
then all who wait are answered; meanwhile the next ones queue. If that fails, memory goes back to what is on disk.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from app.errors import NotKept
from app.store import Collection, Kept
from app.texts import _
from storage.block import Place
from storage.plain import encode

from .journal import Journal, Snapshot
from .lines import line, synced_line
from .recovery import Recovered
from .rows import Rows
from .work import Running, TinyCollection

T = TypeVar('T', bound=Kept)
W = TypeVar('W')
R = TypeVar('R')

log = logging.getLogger(__name__)


@dataclass
class Health:
    """Whether the disk keeps what it is given. A disk that has failed once is not asked again before a restart."""

    refusal: str = ''

    def refuse(self, error: OSError) -> None:
        """Accept nothing more."""
        log.error('The disk refused (%s): nothing new is kept until the app is started again', error.strerror)
        self.refusal = _(
            'The server’s disk has refused to keep something, so nothing new is accepted until whoever runs the server '
            'has looked at the disk and started the app again. What was received before is safe.'
        )


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What the places of one store share. `checkpoint_after`: bytes of a journal before it is folded up."""

    threads: Executor
    health: Health
    checkpoint_after: int


@dataclass(kw_only=True, slots=True)
class Applied:
    """A work that is in memory and not on disk yet."""

    n: int
    line: bytes
    work: Running
    waiting: list[asyncio.Future[None]] = field(default_factory=list)


class JournalledPlace(Place[W], Generic[W]):
    """The models of one folder, the work that runs on them, and the queue to the disk."""

    def __init__(
        self,
        found: Recovered,
        journal: Journal | None,
        surroundings: Surroundings,
        work: Callable[['JournalledPlace[Any]'], W],
    ) -> None:
        """`journal` is None where the folder is only read. Decodes all of `found`: not to be made in the event loop."""
        super().__init__()
        self.rows: dict[str, Rows[Any]] = {}
        self.running: Running | None = None
        self.seq = found.seq
        self._journal = journal
        self._surroundings = surroundings
        self._strange = dict(found.tables)
        self._work = work(self)  # opens the collections; what is left is of a newer version and kept as it is
        self._n = found.n
        self._queue: list[Applied] = []
        self._in_flight: list[Applied] = []
        self._writing = False
        self._checkpoint: asyncio.Task[None] | None = None

    def open(self, name: str, model: type[T], *indexed: str) -> Collection[T]:
        """A collection, made once: works run one at a time."""
        rows = self.rows[name] = Rows(name, model, indexed, self._strange.pop(name, {}))
        return TinyCollection(self, rows)

    def is_of(self, work: object) -> bool:
        """Whether this is where the work runs."""
        return work is self._work

    def begin(self) -> W:
        """A work begins."""
        self.running = Running(self.seq)
        return self._work

    def undo(self) -> None:
        """The work has not happened."""
        work, self.running = self.running, None
        if work is not None and not work.lost:
            work.undo()
            self.seq = work.seq_before

    def keep(self) -> Awaitable[None] | None:
        """The work has happened; when the result has been awaited it is on disk."""
        work = self.running
        assert work is not None
        if not work.touched and self.seq == work.seq_before and not work.lost:
            self.running = None
            return self.settled()
        try:
            self._require_writing(work)
            written = self._line(work)
        except Exception:
            self.undo()
            raise
        self.running = None
        self._n += 1
        self._queue.append(Applied(n=self._n, line=written, work=work))
        if not self._writing:
            self._writing = True
            # Whoever is ready to run joins this batch.
            asyncio.get_running_loop().call_soon(self._write_batch)
        return self.settled()

    def settled(self) -> Awaitable[None] | None:
        """When this has been awaited, all that could be read is on disk. It raises `NotKept` if that failed."""
        unsynced = self._queue or self._in_flight
        if not unsynced:
            return None
        future = asyncio.get_running_loop().create_future()
        unsynced[-1].waiting.append(future)
        return future

    def _require_writing(self, work: Running) -> None:
        if self._journal is None:
            raise NotKept(_('This data folder was opened for reading only, so nothing in it can be changed.'))
        if work.lost or self._surroundings.health.refusal:
            raise NotKept(work.lost or self._surroundings.health.refusal)

    def _line(self, work: Running) -> bytes:
        entry: dict[str, Any] = {'n': self._n + 1, 'seq': self.seq}
        if work.drops:
            entry['drop'] = {name: list(keys) for name, keys in work.drops.items()}
        if work.puts:
            entry['put'] = work.puts
        return line(encode(entry))

    def _write_batch(self) -> None:
        batch, self._queue = self._queue, []
        self._in_flight = batch
        lines = b''.join([synced_line(batch[0].n - 1), *[applied.line for applied in batch]])
        assert self._journal is not None
        writing = asyncio.get_running_loop().run_in_executor(self._surroundings.threads, self._journal.append, lines)
        writing.add_done_callback(self._written)

    def _written(self, writing: asyncio.Future[None]) -> None:
        error = writing.exception()
        if error is not None:
            self._fail(error)
            return
        batch, self._in_flight = self._in_flight, []
        for applied in batch:
            for future in applied.waiting:
                if not future.done():
                    future.set_result(None)
        self._writing = bool(self._queue)
        if self._writing:
            asyncio.get_running_loop().call_soon(self._write_batch)  # after those who have just been answered
        self._fold_up_if_due()

    def _fail(self, error: BaseException) -> None:
        """Memory goes back to what is on disk: newest first, beginning with a work that has not been left yet."""
        if not isinstance(error, OSError):
            log.critical('The journal could not be written', exc_info=error)
            error = OSError(0, type(error).__name__)
        self._surroundings.health.refuse(error)
        sentence = self._surroundings.health.refusal
        lost = [*self._in_flight, *self._queue]
        self._in_flight, self._queue, self._writing = [], [], False
        if self.running is not None:
            self.running.undo()
            self.running.lost = sentence
        for applied in reversed(lost):
            applied.work.undo()
        self.seq, self._n = lost[0].work.seq_before, lost[0].n - 1
        for future in [future for applied in lost for future in applied.waiting]:
            if not future.done():
                future.set_exception(NotKept(sentence))

    async def rewrite(self) -> None:
        """Nothing of the past is left in the folder's files. Raises `NotKept` when the disk refuses."""
        journal = self._journal
        if journal is None or self._surroundings.health.refusal:
            raise NotKept(self._surroundings.health.refusal or _('This data folder was opened for reading only.'))
        await self.rest()
        self._checkpoint = asyncio.create_task(self._fold_up())
        before = journal.generation
        await self.rest()
        try:
            if journal.generation == before:
                raise OSError(0, 'no checkpoint could be written')
            await self._in_thread(journal.forget_the_past)
        except OSError as error:
            raise NotKept(
                _(
                    'The server’s disk refused to rewrite a file, so what was deleted may still be in it. Please make '
                    'room on the disk and run “rounds purge” again.'
                )
            ) from error

    async def rest(self) -> None:
        """No checkpoint is being taken any more."""
        while self._checkpoint is not None and not self._checkpoint.done():
            await asyncio.wait([self._checkpoint])

    async def close(self) -> None:
        """Everything is on disk, and the journal says so itself."""
        await self.rest()
        async with self.turn:
            self.gone = True
            await self._quietly(self.settled())
            journal = self._journal
            if journal is not None:
                if journal.size and not self._surroundings.health.refusal:
                    await self._quietly(self._in_thread(journal.append, synced_line(self._n)))
                await self._in_thread(journal.close)

    def _fold_up_if_due(self) -> None:
        journal = self._journal
        assert journal is not None
        if self._checkpoint is None and journal.size > max(
            self._surroundings.checkpoint_after, journal.checkpoint_size
        ):
            self._checkpoint = asyncio.create_task(self._fold_up())

    async def _fold_up(self) -> None:
        """Take a checkpoint; works go on but for two short moments."""
        try:
            await self._take_checkpoint()
        except NotKept:
            pass  # said already to those who wait
        finally:
            self._checkpoint = None

    async def _take_checkpoint(self) -> None:
        journal = self._journal
        assert journal is not None
        async with self.turn:
            await self._wait(self.settled())
            if self.gone or self._surroundings.health.refusal:
                return
            # Now memory holds exactly what is in the journal up to here: no work runs, none waits, none is in flight.
            snapshot, offset = self._snapshot(), journal.size
        try:
            size = await self._in_thread(journal.write_checkpoint, snapshot)
        except OSError as error:
            log.error('%s: no checkpoint could be written (%s); the journal goes on', journal.folder, error.strerror)
            journal.checkpoint_size = 2 * journal.size  # try again when it has doubled
            await self._quietly(self._in_thread(journal.give_up_checkpoint))
            return
        async with self.turn:
            await self._wait(self.settled())
            if self.gone or self._surroundings.health.refusal:
                return
            try:
                await self._in_thread(journal.switch, size, offset)
            except OSError as error:
                self._surroundings.health.refuse(error)

    def _snapshot(self) -> Snapshot:
        tables = {name: rows.models.copy() for name, rows in self.rows.items() if rows.models}
        return Snapshot(n=self._n, seq=self.seq, tables=self._strange | tables)

    async def _in_thread(self, act: Callable[..., R], *arguments: Any) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._surroundings.threads, act, *arguments)

    async def _wait(self, awaitable: Awaitable[None] | None) -> None:
        if awaitable is not None:
            await awaitable

    async def _quietly(self, awaitable: Awaitable[None] | None) -> None:
        """Await it; what the disk refuses now has been said before, or harms nobody."""
        try:
            await self._wait(awaitable)
        except (NotKept, OSError):
            log.warning('The disk refused something that can be done without')
