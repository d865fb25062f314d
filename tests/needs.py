"""Installs what the browser tests need and the machine lacks: Chromium and poppler. Run by `make test`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

DEBIAN = {'chromium': 'chromium', 'pdftoppm': 'poppler-utils'}


def chromium() -> str | None:
    """Path of a Chromium of the system; None: Playwright's own is used."""
    for name in ('chromium', 'chromium-browser', 'google-chrome'):
        found = shutil.which(name)
        if found:
            return found
    return None


def main() -> None:
    missing = [package for command, package in DEBIAN.items() if not shutil.which(command)]
    if missing and shutil.which('apt-get') and os.geteuid() == 0:
        subprocess.run(['apt-get', 'update', '-qq'], check=False, stdout=subprocess.DEVNULL)
        subprocess.run(['apt-get', 'install', '-y', '-qq', *missing], check=False, stdout=subprocess.DEVNULL)
    if chromium() is None and not any(Path.home().glob('.cache/ms-playwright/chromium*')):
        subprocess.run([sys.executable, '-m', 'playwright', 'install', 'chromium'], check=False)
    if chromium() is None and not any(Path.home().glob('.cache/ms-playwright/chromium*')):
        sys.exit('The tests need Chromium: install it (on Debian: apt-get install chromium poppler-utils).')
    if not shutil.which('pdftoppm'):
        sys.exit('The tests need pdftoppm: install poppler-utils (on a Mac: brew install poppler).')


if __name__ == '__main__':
    main()
