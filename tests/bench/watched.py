"""`python -m tests.bench.watched serve …`: the app, whose event loop writes down what it was busy with for long.

Asked from outside, a server on two cores that a browser shares with it seems to stall whenever it waits for a core.
Here each callback of the loop is timed by the processor time of its own thread: for that long nobody else could be
served, because this process worked, whatever else the machine did. What collecting garbage took is in it.
"""

import asyncio
import gc
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LEAST = 0.005  # seconds; what is shorter is in nobody's way
SIGN = 'event loop:'
_run = asyncio.Handle._run
_swept = [0.0]


@dataclass(frozen=True, order=True)
class Turn:
    """One callback: milliseconds that it worked, of them in collecting garbage, that passed, and what it was."""

    worked: float
    swept: float
    took: float
    what: str


class Turns:
    """The long turns of a server's event loop while this is open."""

    def __init__(self, log: Path) -> None:
        self.log = log

    def __enter__(self) -> 'Turns':
        self.begin = self.log.stat().st_size
        return self

    def __exit__(self, *_error: object) -> None:
        with self.log.open('rb') as log:
            log.seek(self.begin)
            lines = log.read().decode(errors='replace').splitlines()
        told = [line.split(SIGN)[1].split(maxsplit=3) for line in lines if SIGN in line]
        self.turns = sorted((Turn(float(one[0]), float(one[1]), float(one[2]), one[3]) for one in told), reverse=True)

    @property
    def longest(self) -> Turn:
        return self.turns[0] if self.turns else Turn(LEAST * 1000, 0, LEAST * 1000, 'nothing longer')


def _timed(handle: asyncio.Handle) -> None:
    _swept[0] = 0.0
    began, worked = time.perf_counter(), time.thread_time()
    _run(handle)
    worked = time.thread_time() - worked
    if worked >= LEAST:
        took = time.perf_counter() - began
        told = ' '.join(f'{seconds * 1000:.1f}' for seconds in (worked, _swept[0], took))
        print(f'{SIGN} {told} {_named(handle)}', file=sys.stderr, flush=True)


def _sweeping(phase: str, _info: dict[str, int]) -> None:
    _swept[0] += time.thread_time() if phase == 'stop' else -time.thread_time()


def _named(handle: asyncio.Handle) -> str:
    callback: Any = handle._callback
    task = getattr(callback, '__self__', None)
    return task.get_name() if isinstance(task, asyncio.Task) else getattr(callback, '__qualname__', str(callback))


if __name__ == '__main__':
    from app.__main__ import main

    gc.callbacks.append(_sweeping)
    asyncio.Handle._run = _timed  # type: ignore[method-assign]
    main()
