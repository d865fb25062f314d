"""A slow line between a browser and a server: so many bytes a second, so late, and all of them counted.

It lies in the network and not in the browser, since what a worker fetches escapes the browser's own throttle.
"""

import asyncio
import contextlib
import threading
from dataclasses import dataclass


@dataclass
class Line:
    """`rate` bytes a second come down the line, shared by its connections; `delay` is one round trip in seconds.

    A new connection costs a round trip of its own. `down` and `up` are the bytes that passed, headers included.
    """

    target: int
    rate: float = 180_000
    delay: float = 0.1
    down: int = 0
    up: int = 0
    answers: int = 0  #: times that something was asked

    def __enter__(self) -> 'Line':
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.port = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        self.address = f'http://127.0.0.1:{self.port}'
        return self

    def __exit__(self, *_error: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def forget(self) -> None:
        """Count from nothing again."""
        self.down = self.up = self.answers = 0

    async def _listen(self) -> int:
        self._free = 0.0
        self._open: set[asyncio.Task[None]] = set()
        self._server = await asyncio.start_server(self._connected, '127.0.0.1', 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def _close(self) -> None:
        self._server.close()
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _connected(self, near: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        writers = [answer]
        try:
            far, ask = await asyncio.open_connection('127.0.0.1', self.target)
            writers.append(ask)
            await asyncio.sleep(self.delay)
            await asyncio.gather(self._ask(near, ask), self._answer(far, answer))
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._open.discard(task)
            for writer in writers:
                writer.close()
            for writer in writers:
                with contextlib.suppress(OSError):
                    await writer.wait_closed()

    async def _ask(self, near: asyncio.StreamReader, ask: asyncio.StreamWriter) -> None:
        while said := await near.read(65536):
            self.up += len(said)
            self.answers += 1
            ask.write(said)
            await ask.drain()
        ask.close()

    async def _answer(self, far: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        """Each part is on its way for the delay, and then takes its turn on the line."""
        coming: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        async def read() -> None:
            while said := await far.read(4096):
                coming.put_nowait((loop.time() + self.delay, said))
            coming.put_nowait((0.0, b''))

        reading = asyncio.create_task(read())
        try:
            while (part := await coming.get())[1]:
                at, said = part
                self._free = max(self._free, at) + len(said) / self.rate
                await asyncio.sleep(max(0.0, self._free - loop.time()))
                self.down += len(said)
                answer.write(said)
                await answer.drain()
        finally:
            reading.cancel()
            answer.close()
