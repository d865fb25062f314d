"""Browsers with a folder of their own, that are killed and started again as phones do with them."""

import os
import signal
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import FLAGS, SIZES
from tests.needs import chromium as system_chromium


def open_profile(chromium: Browser, profile: Path, **options: Any) -> BrowserContext:
    """A phone's browser on this folder."""
    for left in profile.glob('Singleton*'):
        left.unlink()
    width, height = SIZES['phone']
    return chromium.browser_type.launch_persistent_context(
        profile, executable_path=system_chromium(), args=FLAGS, viewport={'width': width, 'height': height}, **options
    )


def kill(profile: Path) -> None:
    """End every process of the browser that was started on this folder, as a phone does that needs the memory."""
    for entry in Path('/proc').iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / 'cmdline').read_bytes()
            except OSError:
                continue
            if str(profile).encode() in command:
                os.kill(int(entry.name), signal.SIGKILL)
