"""The `async with` around a work: it waits for its turn, refuses to be nested, keeps all or nothing."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from types import TracebackType
from typing import Generic, TypeVar

from app.errors import NotFound
from app.texts import _

W = TypeVar('W')


class Place(ABC, Generic[W]):
    """One round, or the index: where one work runs at a time."""

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.gone = False  #: deleted while somebody waited for a turn

    @abstractmethod
    def begin(self) -> W:
        """A work begins."""

    @abstractmethod
    def undo(self) -> None:
        """The work has not happened."""

    @abstractmethod
    def keep(self) -> Awaitable[None] | None:
        """The work has happened; when the result has been awaited it is on disk. Raises, undone, if it cannot be."""

    @abstractmethod
    def settled(self) -> Awaitable[None] | None:
        """When this has been awaited, all that could be read is on disk."""


class Block(Generic[W]):
    """One work on the place of a store that `find` finds under `key`."""

    def __init__(self, store: object, find: Callable[[str], Awaitable[Place[W]]], key: str) -> None:
        self._store = store
        self._find = find
        self._key = key
        self._outer: Block[object] | None = None
        self._place: Place[W] | None = None
        self._open = False

    async def __aenter__(self) -> W:
        self._refuse_nesting()
        place = await self._find(self._key)
        await place.turn.acquire()
        if place.gone:
            place.turn.release()
            raise no_such_round()
        self._place = place
        self._open = True
        _innermost.set(self)  # type: ignore[arg-type]
        return place.begin()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        place = self._place
        assert place is not None
        self._open = False
        _innermost.set(self._outer)
        try:
            if error is None:
                on_disk = place.keep()
            else:
                place.undo()
                # Even "this name is taken" is only true when the name is on disk; who is cancelled waits for nothing.
                on_disk = place.settled() if isinstance(error, Exception) else None
        finally:
            place.turn.release()
        if on_disk is not None:
            await on_disk

    def _refuse_nesting(self) -> None:
        outer = _innermost.get()
        while outer is not None and not outer._open:  # left behind in a task that was started inside a block
            outer = outer._outer
        self._outer = outer
        while outer is not None:
            if outer._open and outer._store is self._store:
                raise RuntimeError(
                    'A work was begun inside another one of the same store: it could wait for itself for ever. '
                    'Leave the first `async with` block, then begin the second.'
                )
            outer = outer._outer


def no_such_round() -> NotFound:
    """The same for a round that was deleted and one that never was."""
    return NotFound(_('There is no such round here. Perhaps it was deleted; open it again from the list of rounds.'))


_innermost: ContextVar[Block[object] | None] = ContextVar('_innermost', default=None)
