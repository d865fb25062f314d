"""Installs what the browser tests need and the machine lacks: Chromium and poppler. Run by `make test`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

#: Chromium without a window: it draws at two thirds of the cost.
SHELL = 'chromium-headless-shell'


def chromium() -> str | None:
    """Path of a Chromium of the system; None: Playwright's own is used."""
    for name in (SHELL, 'chromium', 'chromium-browser', 'google-chrome'):
        found = shutil.which(name)
        if found:
            return found
    return None


def main() -> None:
    if not shutil.which('pdftoppm'):
        _install('poppler-utils')
    if not shutil.which(SHELL):
        _install(SHELL)
    if chromium() is None:
        _install('chromium')
    if chromium() is None and not _playwright_has_one():
        subprocess.run([sys.executable, '-m', 'playwright', 'install', 'chromium'], check=False)
        if not _playwright_has_one():
            sys.exit('The tests need Chromium: install it (on Debian: apt-get install chromium poppler-utils).')
    if not shutil.which('pdftoppm'):
        sys.exit('The tests need pdftoppm: install poppler-utils (on a Mac: brew install poppler).')


def _install(package: str) -> None:
    """By Debian's client, where there is one and it may; otherwise nothing."""
    if shutil.which('apt-get') and os.geteuid() == 0:
        subprocess.run(['apt-get', 'update', '-qq'], check=False, stdout=subprocess.DEVNULL)
        subprocess.run(['apt-get', 'install', '-y', '-qq', package], check=False, stdout=subprocess.DEVNULL)


def _playwright_has_one() -> bool:
    return any(Path.home().glob('.cache/ms-playwright/chromium*'))


if __name__ == '__main__':
    main()
