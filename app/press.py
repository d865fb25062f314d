"""Where slow work is done: in a process of its own. A page of a document costs 60 to 80 ms under the interpreter's
lock, and the likeness of 400 cards more.

Not a pool of `multiprocessing`: that would load the whole app into its workers to find its main module, and leave them
behind when the app is killed. This process knows the modules of its jobs only, and ends when its input does.
"""

import asyncio
import os
import pickle
import signal
import sys
import traceback
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

from app.errors import RoundsError
from app.texts import language

Made = TypeVar('Made')

_ROOT = Path(__file__).parent.parent
_LENGTH = 8  #: bytes before each message that say how long it is


class Press:
    """Does one job after the other; the process is started by the first."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)
        self._process: Process | None = None

    async def make(self, make: Callable[..., Made], *given: object) -> Made:
        """What `make(*given)` returns, in the language of whoever asks; `make` is a function of a module.

        Raises the `RoundsError` that it raised. Any other failure is a `RuntimeError` that names the place in the
        code and nothing of what it was given, since it ends in a log.
        """
        result: Made
        failure: RoundsError | str | None
        async with self._turn:
            result, failure = pickle.loads(await self._ask(pickle.dumps((language.get(), make, given))))
        if isinstance(failure, RoundsError):
            raise failure
        if failure is not None:
            raise RuntimeError(f'Could not be made: {failure}')
        return result

    async def aclose(self) -> None:
        """End the process, and what it is making; nobody waits for it any more."""
        process, self._process = self._process, None
        if process is not None:
            if process.returncode is None:
                process.kill()
            await process.communicate()

    async def _ask(self, job: bytes) -> bytes:
        process = self._process = self._process or await self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(len(job).to_bytes(_LENGTH) + job)
            await process.stdin.drain()
            length = int.from_bytes(await process.stdout.readexactly(_LENGTH))
            return await process.stdout.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError):
            await self.aclose()
            return pickle.dumps((None, 'its process ended'))
        except BaseException:  # whoever asked has gone away: what comes now is no answer to the next
            await self.aclose()
            raise

    async def _start(self) -> Process:
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get('PYTHONPATH'))))
        environment = {**os.environ, 'PYTHONPATH': path}
        return await asyncio.create_subprocess_exec(
            sys.executable, '-m', __name__, stdin=PIPE, stdout=PIPE, env=environment
        )


def work(jobs: BinaryIO, answers: BinaryIO) -> None:
    """What the process does: one job after the other, until there are no more."""
    while length := int.from_bytes(jobs.read(_LENGTH)):
        answer = pickle.dumps(_made(jobs.read(length)))
        answers.write(len(answer).to_bytes(_LENGTH) + answer)
        answers.flush()


def _made(job: bytes) -> tuple[object, RoundsError | str | None]:
    try:
        name, make, given = pickle.loads(job)
        language.set(name)
        return make(*given), None
    except RoundsError as error:
        return None, error
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)[-3:]
        places = ', '.join(f'{Path(frame.filename).name}:{frame.lineno}' for frame in frames)
        return None, f'{type(error).__name__} at {places}'


if __name__ == '__main__':
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the app, which closes the input then
    answers_to = os.fdopen(os.dup(sys.stdout.fileno()), 'wb')
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that is printed by chance gets among the answers
    work(sys.stdin.buffer, answers_to)
