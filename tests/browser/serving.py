"""A real server in a process of its own, that tests stop, kill and start again."""

import asyncio
import contextlib
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import storage
from app.services import Services, build_services
from app.settings import Settings
from tests.browser.forked import Forked, Origin
from tests.builders import QUICK_MEMORY
from tests.cases.people import SETUP_CODE

ROOT = Path(__file__).parents[2]
#: A start takes about 3 s on two quiet cores; a hundred times that means that it hangs.
LONGEST_START = 300
_ANY = ssl._create_unverified_context()  # whether it answers is asked, not who it is
R = TypeVar('R')
_origin = Origin()


class Server:
    """`python -m app serve` on a free port of loopback, with a data folder that outlives it.

    `name`: the host under which browsers know it; `tls`: files of a certificate and its key, for https.
    """

    def __init__(
        self, data: Path, *, address: str = '', name: str = '127.0.0.1', tls: tuple[Path, Path] | None = None
    ) -> None:
        self.data = data
        self.port = free_port()
        self.tls = tls
        self.address = f'{"https" if tls else "http"}://{name}:{self.port}'
        self.public = address or self.address
        self.log = data.with_suffix('.log')
        self.code = ROOT  #: where the app's own files are: another folder is another version
        self.program = ['-m', 'app']  #: what Python runs: another one is the app on a moved clock
        self.process: subprocess.Popen[bytes] | Forked | None = None
        self.seeded: Any = None

    def seed(self, write: Callable[[Services], Awaitable[R]]) -> R:
        """What `write(services)` returns, which puts something into the data folder before the server is started.

        Where clicking is not what is tested, this takes milliseconds.
        """
        assert self.process is None

        async def written() -> R:
            store = await storage.open_store(self.data)
            services = build_services(
                Settings(data=self.data, address=self.address, passphrase_memory=QUICK_MEMORY), store, SETUP_CODE
            )
            try:
                return await write(services)
            finally:
                await services.documents.aclose()
                await store.close()

        return in_a_thread(written())

    def start(self) -> None:
        """Start it and wait until it answers."""
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(('NICEGUI', 'PYTEST', 'ROUNDS'))
        }
        environment |= {'ROUNDS_SETUP_CODE': SETUP_CODE, 'ROUNDS_ADDRESS': self.public, 'PYTHONUNBUFFERED': '1'}
        environment |= {'ROUNDS_PASSPHRASE_MEMORY': '19'}
        arguments = ['serve', '--host', '127.0.0.1', '--port', str(self.port), '--data', str(self.data)]
        if self.tls:
            arguments += ['--tls-cert', str(self.tls[0]), '--tls-key', str(self.tls[1])]
        self.process = self._begin(arguments, environment)
        end = time.monotonic() + LONGEST_START
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f'the server ended:\n{self.log.read_text()[-4000:]}')
            with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                own = f'{self.address.split(":")[0]}://127.0.0.1:{self.port}/api/openapi.json'
                urllib.request.urlopen(own, timeout=2, context=_ANY if self.tls else None).close()
                return
            time.sleep(0.05)
        raise RuntimeError(f'the server did not answer:\n{self.log.read_text()[-4000:]}')

    def _begin(self, arguments: list[str], environment: dict[str, str]) -> 'subprocess.Popen[bytes] | Forked':
        if (self.program, self.code, sys.platform) == (['-m', 'app'], ROOT, 'linux'):
            return _origin.start(arguments, environment, self.log)
        with self.log.open('ab') as log:
            command = [sys.executable, *self.program, *arguments]
            return subprocess.Popen(command, cwd=self.code, env=environment, stdout=log, stderr=log)

    def stop(self) -> None:
        """End it as an operator does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def run(self, *arguments: str) -> str:
        """`rounds ARGUMENTS` on the same data folder; returns its standard output."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(('NICEGUI', 'PYTEST'))}
        environment |= {'ROUNDS_ADDRESS': self.public}
        done = subprocess.run(
            [sys.executable, '-m', 'app', *arguments, '--data', str(self.data)],
            cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(20)
        self.process = None


def in_a_thread(coroutine: Coroutine[Any, Any, R]) -> R:
    """Its result; the thread of the tests has a loop already, that of the browser."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, coroutine).result()


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        port: int = probe.getsockname()[1]
        return port
