"""What holds for every answer of the server: headers that forbid, origins that are checked, bodies that are bounded."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

import orjson

from app.texts import _

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

#: Longest body of a request, bytes; what is meant to be shorter says so itself.
LONGEST_BODY = 512 * 1024
#: The one address to which a file is sent; what is too large for a picture is refused there with a kind word.
LONGER_BODIES = {'/account/logo': 16 * 1024 * 1024}
_NO_ANSWER = 'No response returned.'  #: how Starlette says that a request ended without an answer

HEADERS = {
    # A head can tell parents that no page of this app is able to take a picture or to listen.
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), display-capture=()',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',  # with no-referrer a browser names no origin when it sends a form
    'x-frame-options': 'DENY',
    # NiceGUI's pages need inline scripts and its Vue compiles templates; the phone's routes set a strict policy.
    'content-security-policy': (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; connect-src 'self' ws: wss:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
}

#: What no browser opens as a page has the policy of the page that asked for it, and is short instead: parts of a page
#: say only that they are what they say they are, data also forbid.
_PARTS = (b'text/javascript', b'text/css', b'image/png', b'font/', b'application/manifest+json')
_DATA = (b'application/json', b'text/event-stream')


class Guard:
    """ASGI middleware around the whole app."""

    def __init__(self, app: App, *, address: str = '') -> None:
        self.app = app
        self.own_host = urlsplit(address).netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what comes from other sites or is too large; add the headers to everything else."""
        if scope['type'] not in ('http', 'websocket'):
            await self.app(scope, receive, send)
            return
        headers = {name.decode('latin-1'): value.decode('latin-1') for name, value in scope['headers']}
        changes = scope['type'] == 'websocket' or scope['method'] not in ('GET', 'HEAD', 'OPTIONS')
        if changes and not self._from_here(headers):
            await _refuse(scope, send, 403, 'not_from_here', _('This was sent from another site, so it was refused.'))
        elif not _fits(headers.get('content-length', ''), longest := LONGER_BODIES.get(scope['path'], LONGEST_BODY)):
            sentence = _('That is more than one request may carry. Send it in smaller parts.')
            await _refuse(scope, send, 413, 'too_large', sentence)
        else:
            await self._answered(scope, _Bounded(receive, longest), _with_headers(send))

    async def _answered(self, scope: Scope, receive: '_Bounded', send: Send) -> None:
        """Somebody who reloads a page before it was answered is no failure, though Starlette's middleware says so."""
        try:
            await self.app(scope, receive, send)
        except RuntimeError as error:
            if not receive.gone or str(error) != _NO_ANSWER:
                raise

    def _from_here(self, headers: dict[str, str]) -> bool:
        """Browsers name the origin of every such request; a tool that names none holds no cookie of a visitor."""
        origin = headers.get('origin')
        if origin is None:
            return headers.get('sec-fetch-site', 'same-origin') in ('same-origin', 'none')
        return urlsplit(origin).netloc in {headers.get('host', ''), self.own_host} - {''}


def _fits(length: str, longest: int) -> bool:
    return not length or (length.isascii() and length.isdigit() and int(length) <= longest)


class _Bounded:
    """What is received; a body without a length is cut off as soon as it is too long. `gone`: the browser has left."""

    def __init__(self, receive: Receive, longest: int) -> None:
        self.receive = receive
        self.longest = longest
        self.seen = 0
        self.gone = False

    async def __call__(self) -> Message:
        message = await self.receive()
        if message['type'] == 'http.disconnect':
            self.gone = True
        elif message['type'] == 'http.request':
            self.seen += len(message.get('body', b''))
            if self.seen > self.longest:
                return {'type': 'http.disconnect'}
        return message


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message['type'] == 'http.response.start':
            there = {name.lower(): value for name, value in message.get('headers', ())}
            asked = _asked_of(there.get(b'content-type', b''))
            more = [(name.encode(), HEADERS[name].encode()) for name in asked if name.encode() not in there]
            message = {**message, 'headers': [*message.get('headers', ()), *more]}
        await send(message)

    return sent


def _asked_of(kind: bytes) -> Iterable[str]:
    if kind.startswith(_PARTS):
        return ('x-content-type-options',)
    return ('permissions-policy', 'x-content-type-options') if kind.startswith(_DATA) else HEADERS


async def _refuse(scope: Scope, send: Send, status: int, kind: str, sentence: str) -> None:
    if scope['type'] == 'websocket':
        await send({'type': 'websocket.close', 'code': 1008})
        return
    body = orjson.dumps({'error': {'kind': kind, 'sentence': sentence}})
    headers = [(b'content-type', b'application/json'), (b'content-length', str(len(body)).encode())]
    send = _with_headers(send)
    await send({'type': 'http.response.start', 'status': status, 'headers': headers})
    await send({'type': 'http.response.body', 'body': body})
