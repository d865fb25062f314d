"""WebKit by plain WebDriver: what Playwright cannot drive, Debian's own build of the engine that iPhones have."""

import contextlib
import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.browser.serving import free_port

_ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
_BROWSERS = ('/usr/lib/*/webkit2gtk-4.1/MiniBrowser', '/usr/lib/*/webkit2gtk-4.0/MiniBrowser')
#: Seconds; much longer than anything here takes.
PATIENT = 60


def why_not() -> str:
    """What this machine lacks, in a sentence; empty when WebKit can be driven."""
    missing = [name for name in ('WebKitWebDriver', 'Xvfb') if not shutil.which(name)]
    if missing or _browser() is None:
        lacking = ' and '.join(missing) or 'MiniBrowser'
        return f'WebKit was not tried: {lacking} is not installed (on Debian: webkit2gtk-driver, xvfb).'
    return ''


def _browser() -> Path | None:
    return next((path for pattern in _BROWSERS for path in Path('/').glob(pattern[1:])), None)


class WebKit:
    """One window of it. Elements are named by CSS."""

    def __init__(self, address: str) -> None:
        self.address = address
        options = {'binary': str(_browser()), 'args': ['--automation']}
        asked = {'capabilities': {'alwaysMatch': {'webkitgtk:browserOptions': options}}}
        self.session = self._ask('POST', '/session', asked)['sessionId']

    def go(self, address: str) -> None:
        self._of('POST', '/url', {'url': address})

    def reload(self) -> None:
        self._of('POST', '/refresh', {})

    def run(self, script: str, *values: object) -> Any:
        """What a function body returns in the page; a promise is waited for."""
        return self._of('POST', '/execute/sync', {'script': script, 'args': list(values)})

    def type(self, css: str, text: str) -> None:
        """Real keys, one after the other."""
        self._of('POST', f'/element/{self._find(css)}/value', {'text': text})

    def click(self, css: str) -> None:
        self._of('POST', f'/element/{self._find(css)}/click', {})

    def click_button(self, text: str) -> None:
        """The button with this text, as soon as there is one."""
        found = 'return [...document.querySelectorAll("button")].some((one) => one.textContent.trim() === arguments[0])'
        self.until(lambda: self.run(found, text), f'a button {text!r}')
        self.run(
            '[...document.querySelectorAll("button")].find((one) => one.textContent.trim() === arguments[0]).click()',
            text,
        )

    def text(self, css: str) -> str:
        return self.run('return document.querySelector(arguments[0])?.textContent ?? ""', css)

    def value(self, css: str) -> str:
        return self.run('return document.querySelector(arguments[0])?.value ?? ""', css)

    def until(self, holds: Any, what: str) -> None:
        """Ask again until it holds."""
        end = time.monotonic() + PATIENT
        while not holds():
            assert time.monotonic() < end, f'waited for {what}; the page says: {self.text("body")[:600]}'
            time.sleep(0.1)

    def says(self, css: str, words: str) -> None:
        self.until(lambda: words in self.text(css), f'{words!r} in {css}')

    def close(self) -> None:
        self._of('DELETE', '', None)

    def _find(self, css: str) -> str:
        self.until(lambda: self.run('return Boolean(document.querySelector(arguments[0]))', css), css)
        found: str = self._of('POST', '/element', {'using': 'css selector', 'value': css})[_ELEMENT]
        return found

    def _of(self, method: str, path: str, body: object) -> Any:
        return self._ask(method, f'/session/{self.session}{path}', body)

    def _ask(self, method: str, path: str, body: object) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, {'Content-Type': 'application/json'}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENT) as answer:
                return json.load(answer)['value']
        except urllib.error.HTTPError as error:
            raise AssertionError(f'{method} {path}: {error.read().decode()[:600]}') from error


@contextlib.contextmanager
def webkit() -> Iterator[WebKit]:
    """A WebKit on a screen that nobody sees."""
    display, port = f':{free_port() % 20000 + 100}', free_port()
    environment = os.environ | {
        'DISPLAY': display, 'WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS': '1', 'LIBGL_ALWAYS_SOFTWARE': '1',
        'WEBKIT_DISABLE_COMPOSITING_MODE': '1', 'GIO_USE_PROXY_RESOLVER': 'dummy', 'NO_AT_BRIDGE': '1',
    }  # fmt: skip
    quiet = {'stdout': subprocess.DEVNULL, 'stderr': subprocess.DEVNULL, 'env': environment}
    screen = subprocess.Popen(['Xvfb', display, '-screen', '0', '800x900x24', '-nolisten', 'tcp'], **quiet)
    driver = subprocess.Popen(['WebKitWebDriver', f'--port={port}'], **quiet)
    try:
        browser = _started(f'http://127.0.0.1:{port}')
        yield browser
        browser.close()
    finally:
        for process in (driver, screen):
            process.terminate()
            process.wait(20)


def _started(address: str) -> WebKit:
    end = time.monotonic() + PATIENT
    while True:
        try:
            return WebKit(address)
        except (AssertionError, OSError):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
