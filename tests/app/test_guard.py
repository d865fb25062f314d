"""What holds for every answer: forbidding headers, checked origins, bounded bodies."""

import httpx
import pytest
from fastapi import FastAPI, Request, Response, WebSocket
from fastapi.responses import HTMLResponse, PlainTextResponse
from starlette.middleware.base import BaseHTTPMiddleware

from app.guard import HEADERS, LONGEST_BODY, Guard

pytestmark = pytest.mark.anyio


def _guarded() -> Guard:
    inner = FastAPI()

    @inner.post('/kept')
    async def kept(request: Request) -> dict[str, int]:
        return {'bytes': len(await request.body())}

    @inner.get('/strict')
    async def strict() -> object:
        return PlainTextResponse('x', headers={'Content-Security-Policy': "default-src 'none'"})

    @inner.get('/page')
    async def page() -> object:
        return HTMLResponse('x')

    @inner.get('/part.js')
    async def part() -> object:
        return Response('x', media_type='text/javascript')

    @inner.get('/crash')
    async def crash() -> None:
        raise ZeroDivisionError

    @inner.websocket('/live')
    async def live(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text('hello')
        await socket.close()

    return Guard(inner, address='https://rounds.example.org')


@pytest.fixture
async def client():
    transport = httpx.ASGITransport(_guarded())  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url='http://10.0.0.5:8080') as client:
        yield client


async def test_every_answer_forbids_camera_and_microphone(client):
    for answer in (await client.post('/kept'), await client.get('/nowhere'), await client.get('/strict')):
        policy = answer.headers['permissions-policy']
        assert policy == 'camera=(), microphone=(), geolocation=(), display-capture=()'
        assert answer.headers['x-content-type-options'] == 'nosniff'


async def test_a_crash_is_answered_with_the_same_headers():
    transport = httpx.ASGITransport(_guarded(), raise_app_exceptions=False)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url='http://here') as client:
        answer = await client.get('/crash')
    assert answer.status_code == 500
    assert answer.headers['permissions-policy'] == HEADERS['permissions-policy']


async def test_a_route_with_a_stricter_policy_keeps_it(client):
    assert (await client.get('/strict')).headers.get_list('content-security-policy') == ["default-src 'none'"]
    assert (await client.get('/page')).headers['content-security-policy'] == HEADERS['content-security-policy']


async def test_what_no_browser_opens_as_a_page_is_short(client):
    assert 'content-security-policy' not in (await client.post('/kept')).headers
    part = await client.get('/part.js')
    assert part.headers['x-content-type-options'] == 'nosniff'
    assert not {'permissions-policy', 'content-security-policy', 'x-frame-options'} & set(part.headers)


@pytest.mark.parametrize('origin', ['http://10.0.0.5:8080', 'https://rounds.example.org'])
async def test_what_this_site_sends_is_accepted(client, origin):
    assert (await client.post('/kept', headers={'Origin': origin})).status_code == 200


@pytest.mark.parametrize(
    'origin', ['https://evil.example', 'null', 'http://10.0.0.5:8081', 'https://rounds.example.org.evil']
)
async def test_what_another_site_sends_is_refused_in_a_sentence(client, origin):
    answer = await client.post('/kept', headers={'Origin': origin})
    assert answer.status_code == 403
    assert 'another site' in answer.json()['error']['sentence']


async def test_a_form_of_another_site_without_an_origin_is_refused_by_what_the_browser_says(client):
    assert (await client.post('/kept', headers={'Sec-Fetch-Site': 'cross-site'})).status_code == 403


async def test_a_body_that_is_too_long_is_refused(client):
    answer = await client.post('/kept', content=b'x' * (LONGEST_BODY + 1))
    assert answer.status_code == 413
    assert (await client.post('/kept', content=b'x' * LONGEST_BODY)).json() == {'bytes': LONGEST_BODY}


async def test_a_length_that_is_no_number_is_refused_and_not_a_crash(client):
    answer = await client.post('/kept', headers={'Content-Length': 'many'})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ('origin', 'first'), [('http://here', 'websocket.accept'), ('https://evil', 'websocket.close')]
)
async def test_a_socket_from_another_site_is_closed(origin, first):
    sent = []
    coming = iter([{'type': 'websocket.connect'}, {'type': 'websocket.disconnect'}])

    async def receive():
        return next(coming)

    async def send(message):
        sent.append(message)

    headers = [(b'host', b'here'), (b'origin', origin.encode())]
    scope = {'type': 'websocket', 'path': '/live', 'headers': headers, 'query_string': b'', 'subprotocols': []}
    await _guarded()(scope, receive, send)
    assert sent[0]['type'] == first


async def _without_answer(told: str) -> None:
    """A request that ends without an answer, behind a middleware like NiceGUI's own, after the server was `told`."""

    async def silent(scope, receive, send) -> None:
        await receive()

    async def received() -> dict[str, object]:
        return {'type': told, 'body': b'', 'more_body': False}

    async def sent(message) -> None:
        raise AssertionError(message)

    async def passed_on(request, call_next):
        return await call_next(request)

    scope = {'type': 'http', 'method': 'GET', 'path': '/', 'headers': [], 'query_string': b''}
    await Guard(BaseHTTPMiddleware(silent, dispatch=passed_on))(scope, received, sent)


async def test_a_browser_that_leaves_before_the_answer_is_no_failure():
    await _without_answer('http.disconnect')


async def test_a_page_that_forgets_to_answer_is_a_failure():
    with pytest.raises(RuntimeError, match='No response'):
        await _without_answer('http.request')
