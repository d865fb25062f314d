"""A work while it runs: what it touched, how that is undone, and the collections and ledger that it works with."""

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from app.debrief.model import Change
from app.errors import NotKept
from app.store import Kept

from .rows import Rows

if TYPE_CHECKING:
    from .place import JournalledPlace

T = TypeVar('T', bound=Kept)


class Running:
    """What the one running work of a place has changed so far."""

    __slots__ = ('_undo', 'drops', 'lost', 'puts', 'seq_before')

    def __init__(self, seq: int) -> None:
        self.puts: dict[str, dict[str, Any]] = {}  #: as they go into its line; removed before put, when replayed
        self.drops: dict[str, dict[str, None]] = {}
        self.seq_before = seq
        self.lost = ''  #: a sentence: an earlier work that this one may have read could not be kept
        self._undo: list[tuple[Rows[Any], str, Any, int | None]] = []

    @property
    def touched(self) -> bool:
        """Whether there is something to write, apart from the round's order."""
        return bool(self._undo)

    def put(self, rows: Rows[T], model: T) -> None:
        """Put a model and remember what was there."""
        key = model.id
        self._undo.append((rows, key, rows.get(key), rows.place(key)))
        rows.put(model)
        puts = self.puts.get(rows.name)
        if puts is None:
            puts = self.puts[rows.name] = {}
        puts[key] = model

    def remove(self, rows: Rows[T], key: str) -> None:
        """Remove a model, if it is there, and remember it."""
        before = rows.get(key)
        if before is None:
            return
        self._undo.append((rows, key, before, rows.place(key)))
        rows.remove(key)
        self.puts.get(rows.name, {}).pop(key, None)  # one that is put again stands at the end
        self.drops.setdefault(rows.name, {})[key] = None

    def undo(self) -> None:
        """Everything is as it was before the work."""
        for rows, key, before, place in reversed(self._undo):
            rows.restore(key, before, place)
        for rows in {id(rows): rows for rows, *_ in self._undo}.values():
            rows.settle()

    def changes(self) -> tuple[Change, ...]:
        """Every document that was changed, once, as it was and as it is."""
        first: dict[tuple[str, str], tuple[Rows[Any], Any]] = {}
        for rows, key, before, _place in self._undo:
            first.setdefault((rows.name, key), (rows, before))
        changes = []
        for (name, key), (rows, before) in first.items():
            after = rows.get(key)
            if before != after:
                plain = rows.kind.plain
                changes.append(
                    Change(
                        collection=name,
                        key=key,
                        before=None if before is None else plain(before),
                        after=None if after is None else plain(after),
                    )
                )
        return tuple(changes)


class TinyCollection(Generic[T]):
    """All models of one kind, for whichever work is running."""

    def __init__(self, place: 'JournalledPlace[Any]', rows: Rows[T]) -> None:
        self._place = place
        self._rows = rows

    async def get(self, key: str) -> T | None:
        """The model with this id, or None."""
        running(self._place)
        model = self._rows.get(key)
        return None if model is None else self._rows.kind.apart(model)

    async def all(self, **equal: object) -> list[T]:
        """Those whose fields equal what is given, in the order in which they were first put."""
        running(self._place)
        models, kind = self._rows.all(equal), self._rows.kind
        return [kind.apart(model) for model in models] if kind.holds_plain_data else models

    async def put(self, model: T) -> None:
        """Add it, or replace the one with its id."""
        running(self._place).put(self._rows, self._rows.kind.apart(model))

    async def remove(self, key: str) -> None:
        """Remove it; nothing happens if it is not there."""
        running(self._place).remove(self._rows, key)

    async def clear(self) -> None:
        """Remove all."""
        work = running(self._place)
        for key in list(self._rows.models):
            work.remove(self._rows, key)


class TinyLedger:
    """Implements `app.store.Ledger` for whichever work is running."""

    def __init__(self, place: 'JournalledPlace[Any]') -> None:
        self._place = place

    def next_seq(self) -> int:
        """The next number of the round's order."""
        running(self._place)
        self._place.seq += 1
        return self._place.seq

    def changes(self) -> tuple[Change, ...]:
        """Every document that this work has changed so far, as it was before the work and as it is now."""
        return running(self._place).changes()

    def set(self, collection: str, key: str, document: dict[str, Any] | None) -> None:
        """Put a document back as plain data; None removes it."""
        work, rows = running(self._place), self._place.rows[collection]
        if document is None:
            work.remove(rows, key)
            return
        model = rows.kind.read(document)
        if model.id != key:
            raise ValueError(f'A document of {collection} was set under an id that is not its own.')
        work.put(rows, rows.kind.apart(model))

    def document(self, collection: str, key: str) -> dict[str, Any] | None:
        """A document as plain data, as it is now in this work."""
        running(self._place)
        rows = self._place.rows[collection]
        model = rows.get(key)
        return None if model is None else rows.kind.plain(model)


def running(place: 'JournalledPlace[Any]') -> Running:
    """The running work. Raises `RuntimeError` when there is none, `NotKept` when the disk failed in its midst."""
    work = place.running
    if work is None:
        raise RuntimeError('This work has been left: read and write inside its `async with` block.')
    if work.lost:
        raise NotKept(work.lost)
    return work
