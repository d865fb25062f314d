"""A store that forgets: for tests, and for reading a file without keeping it.

It is written apart from the one on disk, as simply as can be, so that the contract suite compares two things.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, Generic, TypeVar

from app.debrief.model import Change
from app.store import Collection, IndexWork, Kept, RoundWork

from .block import Block, Place, no_such_round
from .plain import Kind, encode, kind

T = TypeVar('T', bound=Kept)
W = TypeVar('W')


class MemoryStore:
    """Implements `app.store.Store`; everything is gone with the object."""

    def __init__(self) -> None:
        self._index: MemoryPlace[IndexWork] = MemoryPlace(lambda place: IndexWork(place.open))
        self._rounds: dict[str, MemoryPlace[RoundWork]] = {}

    def index(self) -> AbstractAsyncContextManager[IndexWork]:
        """A work on networks, schools, accounts, sessions, heads, codes and links."""
        return Block(self, self._find_index, '')

    def round(self, round_id: str) -> AbstractAsyncContextManager[RoundWork]:
        """A work on one round; raises `NotFound` where there is none."""
        return Block(self, self._find, round_id)

    async def create_round(self, round_id: str) -> None:
        """An empty place for a new round; one that is there is left as it is."""
        if round_id not in self._rounds:
            self._rounds[round_id] = MemoryPlace(lambda place: RoundWork(round_id, place.open, place))

    async def delete_round(self, round_id: str) -> None:
        """Everything of the round is gone; nothing happens if there is none."""
        place = self._rounds.get(round_id)
        if place is None:
            return
        async with place.turn:
            place.gone = True
            self._rounds.pop(round_id, None)

    async def rewrite_round(self, round_id: str) -> None:
        """Nothing is on a disk; raises `NotFound` where there is no round."""
        await self._find(round_id)

    async def rewrite_index(self) -> None:
        """Nothing is on a disk."""

    async def close(self) -> None:
        """Nothing is open."""

    async def _find_index(self, _key: str) -> Place[IndexWork]:
        return self._index

    async def _find(self, round_id: str) -> Place[RoundWork]:
        if round_id not in self._rounds:
            raise no_such_round()
        return self._rounds[round_id]


class MemoryPlace(Place[W]):
    """One round, or the index, and its ledger: dictionaries, copied when a work begins to change them."""

    def __init__(self, work: Callable[['MemoryPlace[Any]'], W]) -> None:
        super().__init__()
        self._work = work
        self._kinds: dict[str, Kind[Any]] = {}
        self._rows: dict[str, dict[str, Any]] = {}
        self._before: dict[str, dict[str, Any]] = {}
        self._touched: dict[tuple[str, str], None] = {}
        self._seq = self._seq_before = 0
        self._running: object = None

    def open(self, name: str, model: type[T], *indexed: str) -> Collection[T]:
        """A collection for the work that is about to begin."""
        self._kinds[name] = kind(model)
        self._rows.setdefault(name, {})
        return MemoryCollection(self, name, self._running)

    def begin(self) -> W:
        """A work begins."""
        self._running = object()
        self._before = {}
        self._touched = {}
        self._seq_before = self._seq
        return self._work(self)

    def undo(self) -> None:
        """The work has not happened."""
        self._rows.update(self._before)
        self._seq = self._seq_before
        self._running = None

    def keep(self) -> None:
        """The work has happened; raises `BadInput`, undone, for what could not be written to a disk."""
        try:
            encode([self._rows[name].get(key) for name, key in self._touched])
        except Exception:
            self.undo()
            raise
        self._running = None

    def settled(self) -> None:
        """Nothing is on its way to a disk."""

    def rows(self, name: str, running: object) -> dict[str, Any]:
        """The models of a collection; raises `RuntimeError` for a work that has been left."""
        self._require_running(running)
        return self._rows[name]

    def write(self, name: str, key: str, model: Any) -> None:
        """Put a model, or remove it with None; remembers what was there."""
        self._before.setdefault(name, dict(self._rows[name]))
        self._touched.setdefault((name, key))
        if model is None:
            self._rows[name].pop(key, None)
        else:
            self._rows[name][key] = model

    def next_seq(self) -> int:
        """The next number of the round's order."""
        self._require_running()
        self._seq += 1
        return self._seq

    def changes(self) -> tuple[Change, ...]:
        """Every document that this work has changed so far, as it was before the work and as it is now."""
        changes = []
        for name, key in self._touched:
            before, after = self._before[name].get(key), self._rows[name].get(key)
            if before != after:
                plain = self._kinds[name].plain
                changes.append(
                    Change(
                        collection=name,
                        key=key,
                        before=None if before is None else plain(before),
                        after=None if after is None else plain(after),
                    )
                )
        return tuple(changes)

    def set(self, collection: str, key: str, document: dict[str, Any] | None) -> None:
        """Put a document back as plain data; None removes it."""
        self._require_running()
        model = None if document is None else self._kinds[collection].read(document)
        if model is not None and model.id != key:
            raise ValueError(f'A document of {collection} was set under an id that is not its own.')
        self.write(collection, key, model and self._kinds[collection].apart(model))

    def document(self, collection: str, key: str) -> dict[str, Any] | None:
        """A document as plain data, as it is now in this work."""
        self._require_running()
        model = self._rows[collection].get(key)
        return None if model is None else self._kinds[collection].plain(model)

    def _require_running(self, running: object = None) -> None:
        if self._running is None or running not in (None, self._running):
            raise RuntimeError('This work has been left: read and write inside its `async with` block.')


class MemoryCollection(Generic[T]):
    """All models of one kind, in one work."""

    def __init__(self, place: MemoryPlace[Any], name: str, running: object) -> None:
        self._place = place
        self._name = name
        self._running = running

    async def get(self, key: str) -> T | None:
        """The model with this id, or None."""
        model: T | None = self._rows().get(key)
        return None if model is None else self._apart(model)

    async def all(self, **equal: object) -> list[T]:
        """Those whose fields equal what is given, in the order in which they were first put."""
        rows = self._rows().values()
        return [self._apart(model) for model in rows if all(getattr(model, name) == equal[name] for name in equal)]

    async def put(self, model: T) -> None:
        """Add it, or replace the one with its id."""
        self._rows()
        self._place.write(self._name, model.id, self._apart(model))

    async def remove(self, key: str) -> None:
        """Remove it; nothing happens if it is not there."""
        self._rows()
        self._place.write(self._name, key, None)

    async def clear(self) -> None:
        """Remove all."""
        for key in list(self._rows()):
            self._place.write(self._name, key, None)

    def _rows(self) -> dict[str, T]:
        rows: dict[str, T] = self._place.rows(self._name, self._running)
        return rows

    def _apart(self, model: T) -> T:
        apart: T = kind(type(model)).apart(model)
        return apart
