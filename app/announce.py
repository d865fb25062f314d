"""Who hears that something has changed: a fan-out inside this process that knows no NiceGUI.

Services announce after the commit. What is announced is a hint (kind and number): whoever hears it reads the store.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from secrets import token_hex

#: How many hints a round remembers for a client that comes back; one that missed more reloads its state.
REMEMBERED = 256


@dataclass(frozen=True, kw_only=True)
class Hint:
    """Something of this `kind` changed. `seq` counts the hints of one round in this process.

    Kinds: stage, rota, words, card, vote, note, people, plan, screen, receipt. `observer` narrows a hint to one
    observer; `device` is the one that caused it and knows already.
    """

    round: str
    seq: int
    kind: str
    observer: str = ''
    device: str = ''


@dataclass
class _Room:
    seq: int = 0
    past: deque[Hint] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    listeners: set[asyncio.Queue[Hint]] = field(default_factory=set)


class Announcer:
    """One for the process. `run` tells hints of this process from those before a restart."""

    def __init__(self) -> None:
        self.run = token_hex(4)
        self._rooms: dict[str, _Room] = {}

    def announce(self, round_id: str, kind: str, observer: str = '', device: str = '') -> None:
        """Tell all who listen to this round; never waits, never fails."""
        room = self._rooms.setdefault(round_id, _Room())
        room.seq += 1
        hint = Hint(round=round_id, seq=room.seq, kind=kind, observer=observer, device=device)
        room.past.append(hint)
        for queue in room.listeners:
            queue.put_nowait(hint)

    @contextmanager
    def listening(self, round_id: str) -> Iterator[asyncio.Queue[Hint]]:
        """A queue that gets every hint of the round from now on."""
        queue: asyncio.Queue[Hint] = asyncio.Queue()
        room = self._rooms.setdefault(round_id, _Room())
        room.listeners.add(queue)
        try:
            yield queue
        finally:
            room.listeners.discard(queue)

    async def hear(self, round_id: str, *, since: int | None = None, pause: float = 0.1) -> AsyncIterator[set[str]]:
        """The kinds that changed: a change at once, what follows it within `pause` seconds together.

        `since`: the number of the last hint that the listener has read the store after; what came later is told first.
        """
        with self.listening(round_id) as queue:
            for hint in [] if since is None else self.since(round_id, since) or []:
                queue.put_nowait(hint)
            while True:
                kinds = {(await queue.get()).kind}
                await asyncio.sleep(0)
                while not queue.empty():
                    kinds.add(queue.get_nowait().kind)
                yield kinds
                await asyncio.sleep(pause)

    def latest(self, round_id: str) -> int:
        """The number of the round's last hint: what is read from the store after this call is at least as new."""
        return self._rooms[round_id].seq if round_id in self._rooms else 0

    def since(self, round_id: str, seq: int) -> list[Hint] | None:
        """The hints after `seq`; None when some of them are forgotten and the whole state must be read again."""
        room = self._rooms.setdefault(round_id, _Room())
        if seq > room.seq or (room.past and seq < room.past[0].seq - 1) or (not room.past and seq != room.seq):
            return None
        return [hint for hint in room.past if hint.seq > seq]
