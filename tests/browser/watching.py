"""What a page complains of while it is used, and pictures of it for people to look at."""

import os
import re

from playwright.sync_api import ConsoleMessage, Page, Response

from tests.browser.serving import ROOT, Server

SHOTS = ROOT / '.test-data'
PICTURES = bool(os.environ.get('ROUNDS_PICTURES'))


class Watch:
    """Collects what the consoles of its pages say: errors, exceptions, and answers that were refused."""

    def __init__(self) -> None:
        self.complaints: list[str] = []

    def over(self, page: Page, name: str) -> Page:
        """Listen to `page`, which is called `name` in what is said."""

        def said(message: ConsoleMessage) -> None:
            if message.type in ('error', 'warning'):
                self.complaints.append(f'{name}: {message.type}: {message.text}')

        def answered(response: Response) -> None:
            if response.status >= 400:
                self.complaints.append(f'{name}: {response.status} {response.request.method} {response.url}')

        page.on('console', said)
        page.on('pageerror', lambda error: self.complaints.append(f'{name}: {error}'))
        page.on('response', answered)
        return page


def troubles(server: Server) -> list[str]:
    """What the server has logged of its own failures."""
    return re.findall(r'^(?:Traceback|.*\b(?:ERROR|CRITICAL)\b).*(?:\n.+){0,12}', server.log.read_text(), re.MULTILINE)


def keep_picture(page: Page, folder: str, name: str) -> None:
    """With ROUNDS_PICTURES=1: a picture under `.test-data/`, of what is seen without scrolling."""
    if not PICTURES:
        return
    place = SHOTS / folder
    place.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=place / f'{name}.png')
