"""Tapes of all that a reader is sent: a page with its files and frames, a phone with its answers and events."""

import io
import json
import threading
from dataclasses import dataclass, field

import httpx
import pypdf
from playwright.sync_api import Page, Request

from app.ids import new_id
from tests.browser.serving import Server

MINUTE = '07:43:2'  #: in which phones write, by their own clocks


@dataclass
class Tape:
    """What one reader was sent: where it came from, and the text of it."""

    items: list[tuple[str, str]] = field(default_factory=list)
    answered: list[Request] = field(default_factory=list)

    def keep(self, where: str, content: bytes | str) -> None:
        if isinstance(content, bytes) and content.startswith(b'%PDF'):
            pages = pypdf.PdfReader(io.BytesIO(content)).pages
            self.items.append((f'{where}, as text', '\n'.join(page.extract_text() for page in pages)))
        text = content.decode('utf-8', 'replace') if isinstance(content, bytes) else content
        self.items.append((where, text))

    def listen(self, page: Page) -> None:
        """Keep every answer to this page (see `read`), and every frame of its sockets."""

        def answered(request: Request) -> None:  # Playwright takes no method of a list
            self.answered.append(request)

        page.on('requestfinished', answered)
        page.on(
            'websocket',
            lambda socket: socket.on('framereceived', lambda frame: self.keep(f'frame of {page.url}', frame)),
        )

    def read(self) -> None:
        """Keep the bodies of the answers that have come in since."""
        while self.answered:
            request = self.answered.pop()
            answer = request.response()
            if answer is not None and answer.status not in (204, 303, 304, 307):
                self.keep(request.url, answer.body())

    def holds(self, word: str, where: str = '') -> bool:
        return any(word in text for place, text in self.items if where in place)

    def leaks(self, words: set[str]) -> list[str]:
        """Each of the words that is on the tape, with where it stands and what stands around it."""
        found = []
        for where, text in self.items:
            for word in words:
                at = text.find(word)
                if at >= 0:
                    found.append(f'{word!r} in {where}: …{text[max(0, at - 60) : at + len(word) + 60]}…')
        return found


class Phone:
    """A phone as the API knows it, with all that it is sent."""

    def __init__(self, server: Server, code: str, name: str) -> None:
        self.server, self.name, self.tape = server, name, Tape()
        self.token, self.notes = '', {}
        self.client = httpx.Client(timeout=60, verify=False)
        self.ask('POST', '/look', {'code': code})
        self.joining = {'code': code, 'display_name': name, 'school': 'Harbour View Academy'}
        home = self.ask('POST', '/join', self.joining)
        self.token, self.observer = home['token'], home['observer']
        self.tokens = [self.token]
        self.events = threading.Thread(target=self._hear, daemon=True)
        self.events.start()

    def ask(self, method: str, path: str, body: object = None) -> dict:
        headers = {'Content-Type': 'application/json'}
        headers |= {'Authorization': f'Bearer {self.token}'} if self.token else {}
        content = body if isinstance(body, bytes) else json.dumps(body) if body is not None else None
        address = f'{self.server.address}/api/v1{path}'
        answer = self.client.request(method, address, content=content, headers=headers)
        self.tape.keep(path, answer.content)
        return answer.json()

    def _hear(self) -> None:
        """The stream of events, until the server ends."""
        address, headers = f'{self.server.address}/api/v1/events', {'Authorization': f'Bearer {self.token}'}
        try:
            with httpx.stream('GET', address, headers=headers, timeout=None) as answer:
                for part in answer.iter_bytes():
                    self.tape.keep('/events', part)
        except httpx.HTTPError:
            pass

    def send(self, key: str, text: str, rev: int = 1, *, room: int = 1, **more: object) -> None:
        """Send a revision of the note that the test calls `key`."""
        note = {'id': self.notes.setdefault(key, new_id()), 'rev': rev, 'classroom': room, 'lens': None, 'text': text}
        note |= {'written_at': f'2026-11-22T{MINUTE}1+00:00', **more}
        answer = self.ask('POST', '/notes', {'notes': [note], 'unsent': 2})
        assert answer.get('received'), answer

    def act(self, kind: str, **more: object) -> None:
        answer = self.ask('POST', '/acts', {'acts': [{'id': new_id(), 'kind': kind, **more}]})
        assert answer.get('received'), answer

    def card(self, words: str, part: str = 'to_screen') -> str:
        """The id of the card that says this."""
        wall = self.ask('GET', '/wall')
        found = [card['id'] for card in wall[part] if words in card['text']]
        assert found, (words, wall)
        return found[0]
