"""The app in a process of its own, a second after it is asked for: forked from one that has read all of its modules.

Reading them anew takes some seconds of a processor, and the tests start the app half a hundred times.
What is forked is a real process all the same: it is stopped, killed and started again like any other.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Forked:
    """One such process, asked as one of `subprocess` is."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """None while it lives; how it ended is not known."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return -1
        return None

    def send_signal(self, how: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, how)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self, seconds: float) -> None:
        """Until it has ended. Raises `subprocess.TimeoutExpired`."""
        end = time.monotonic() + seconds
        while self.poll() is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired(f'process {self.pid}', seconds)
            time.sleep(0.01)


class Origin:
    """The process that the others are forked from; it ends with the tests."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def start(self, arguments: list[str], environment: dict[str, str], log: Path) -> Forked:
        """`rounds ARGUMENTS` in this environment, with what it prints added to `log`."""
        if self._process is None:
            command = [sys.executable, '-m', 'tests.browser.forked']
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        assert self._process.stdin
        assert self._process.stdout
        order = {'arguments': arguments, 'environment': environment, 'log': str(log)}
        self._process.stdin.write(json.dumps(order) + '\n')
        self._process.stdin.flush()
        return Forked(int(self._process.stdout.readline()))


def main() -> None:
    import app.main  # noqa: F401 (what `serve` reads later is read once for all)
    from app.__main__ import main as rounds

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who has ended is gone: nobody asks how
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become(order)
            rounds()
        print(pid, flush=True)


def _become(order: dict) -> None:
    """From here on this process is the app, and knows nothing of where it came from."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(order['log'], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for given, own in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(given, own)
    os.environ.clear()
    os.environ.update(order['environment'])
    sys.argv = ['rounds', *order['arguments']]


if __name__ == '__main__':
    main()
