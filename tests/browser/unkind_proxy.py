"""The network of a school: a proxy before the server that can be made to fail in every way a phone has to live with."""

import asyncio
import contextlib
import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable

#: What can be asked of it, beside `pass`.
FAULTS = (
    'refuse', 'drop', 'delay', 'cut_answer', 'lose_answer', 'double', 'black_hole', 'portal', 'bad_gateway',
    'unauthorized', 'too_large', 'too_many',
)  # fmt: skip
_PORTAL = b'<!doctype html><title>SchoolGuest</title><p>Please sign in to SchoolGuest.</p>'
_EXCUSE = b'<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>'
_UNKNOWN = json.dumps({'error': {'kind': 'not_signed_in', 'sentence': 'Join again.'}}).encode()
_PATIENCE = json.dumps({'error': {'kind': 'too_many', 'sentence': 'Wait a second.'}}).encode()
_CANNED = {
    'portal': ('200 OK', 'text/html', _PORTAL, ''),
    'bad_gateway': ('502 Bad Gateway', 'text/html', _EXCUSE, ''),
    'unauthorized': ('401 Unauthorized', 'application/json', _UNKNOWN, ''),
    'too_large': ('413 Request Entity Too Large', 'text/html', b'<h1>413</h1>', ''),
    'too_many': ('429 Too Many Requests', 'application/json', _PATIENCE, 'Retry-After: 1\r\n'),
}


class UnkindProxy:
    """Listens on a port of its own; `mode` is a fault or `pass`. One request a connection, so that each is counted."""

    def __init__(self, upstream: int) -> None:
        self.upstream = upstream
        self.seconds = 0.5  #: how long `delay` lasts
        self.largest = 0  #: for `too_large`: how many bytes of a body still pass
        self.counts: Counter[str] = Counter()  #: requests that came, by "METHOD /path"
        self.bodies: list[bytes] = []  #: of POST /notes, and when they came
        self.times: list[float] = []
        self.resumed: list[str] = []  #: where each event stream wanted to go on
        self.met = 0  #: how many POST /notes met a fault
        self.stored: Callable[[], None] | None = None  #: once: after the server answered notes, instead of its answer
        self._mode = 'pass'
        self._live: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._passing = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0
        self._call(self._open())

    @property
    def address(self) -> str:
        return f'http://127.0.0.1:{self.port}'

    @property
    def mode(self) -> str:
        return self._mode

    @mode.setter
    def mode(self, mode: str) -> None:
        assert mode == 'pass' or mode in FAULTS, mode
        self._call(self._change(mode))

    def close(self) -> None:
        self._call(self._shut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(20)
        self._loop.close()

    def _call(self, coroutine: Awaitable[None]) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(20)

    async def _open(self) -> None:
        self._door = socket.create_server(('127.0.0.1', self.port), backlog=100)
        self._door.setblocking(False)
        self.port = self._door.getsockname()[1]
        self._loop.add_reader(self._door, self._enter)
        self._passing.set()

    def _enter(self) -> None:
        """Whoever is let in has a task in the same turn: a server of asyncio can lose some when it is closed."""
        with contextlib.suppress(OSError):
            connection, _address = self._door.accept()
            connection.setblocking(False)
            task = self._loop.create_task(self._met(connection))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _shut_door(self) -> None:
        self._loop.remove_reader(self._door)
        self._door.close()

    async def _shut(self) -> None:
        self._shut_door()
        await self._settled()  # who was accepted a moment ago has begun, and can be hung up on
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._settled()

    async def _settled(self) -> None:
        """Nobody is connected any more; a transport says that it is closed in the loop's next turns."""
        for _turn in range(5):
            self._hang_up()
            await asyncio.sleep(0.02)

    def _hang_up(self) -> None:
        for writer in tuple(self._live):
            writer.transport.abort()

    async def _change(self, mode: str) -> None:
        before, self._mode = self._mode, mode
        if before == 'refuse' and mode != 'refuse':
            await self._open()
        if mode == 'refuse' and before != 'refuse':
            self._shut_door()
        if mode in ('refuse', 'drop'):
            self._hang_up()
        self._passing.clear() if mode == 'black_hole' else self._passing.set()

    async def _met(self, connection: socket.socket) -> None:
        reader, writer = await asyncio.open_connection(sock=connection)
        self._live.add(writer)
        try:
            await self._one(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            await self._closed(writer)

    async def _closed(self, writer: asyncio.StreamWriter) -> None:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        self._live.discard(writer)

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b'\r\n\r\n')
        lines = head.decode('latin-1').split('\r\n')
        method, path = lines[0].split(' ')[:2]
        named = {name.lower(): value.strip() for name, _colon, value in (line.partition(':') for line in lines[1:])}
        body = await reader.readexactly(int(named.get('content-length', 0)))
        self.counts[f'{method} {path}'] += 1
        notes = (method, path) == ('POST', '/api/v1/notes')
        if notes:
            self.bodies.append(body)
            self.times.append(time.monotonic())
        if path == '/api/v1/events':
            self.resumed.append(named.get('last-event-id', ''))
        kept = [line for line in lines[1:] if line and not line.lower().startswith('connection:')]
        request = '\r\n'.join([lines[0], *kept, 'Connection: close', '', '']).encode('latin-1') + body
        await self._treated(request, body, writer, notes=notes)

    async def _treated(self, request: bytes, body: bytes, writer: asyncio.StreamWriter, *, notes: bool) -> None:
        mode = self._mode
        self.met += notes and mode != 'pass'
        if mode in ('drop', 'refuse'):  # refused: who came in a moment before
            writer.transport.abort()
        elif mode in _CANNED and not (mode == 'too_large' and len(body) <= self.largest):
            status, kind, said, more = _CANNED[mode]
            head = f'HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(said)}\r\n{more}'
            writer.write(head.encode() + b'Connection: close\r\n\r\n' + said)
            await writer.drain()
        elif mode in ('cut_answer', 'lose_answer') or (self.stored and notes):
            answer = await self._whole(request)
            if self.stored and notes:
                after, self.stored = self.stored, None
                await asyncio.to_thread(after)
            elif mode == 'cut_answer':
                writer.write(answer[: len(answer) - 8])
                await writer.drain()
        else:
            await self._passing.wait()
            if mode == 'delay':
                await asyncio.sleep(self.seconds)
            if mode == 'double':
                await self._whole(request)
            await self._through(request, writer)

    async def _whole(self, request: bytes) -> bytes:
        """The server's answer, all of it; of one that never ends (the event stream) nothing."""
        if b'/api/v1/events' in request.split(b'\r\n', 1)[0]:
            return b''
        reader, upstream = await asyncio.open_connection('127.0.0.1', self.upstream)
        self._live.add(upstream)
        try:
            upstream.write(request)
            return await reader.read()
        finally:
            await self._closed(upstream)

    async def _through(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        reader, upstream = await asyncio.open_connection('127.0.0.1', self.upstream)
        self._live.add(upstream)
        try:
            upstream.write(request)
            while part := await reader.read(65536):
                await self._passing.wait()
                writer.write(part)
                await writer.drain()
        finally:
            await self._closed(upstream)
