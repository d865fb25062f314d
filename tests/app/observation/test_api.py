"""The phones' API as a phone sees it: status, JSON, sentences."""

import asyncio
import contextlib
import socket
from dataclasses import replace

import httpx
import orjson
import pytest
import uvicorn
from fastapi import FastAPI

from app.observation import api
from app.rounds.stages import Stage
from app.settings import Settings
from pages.failures import answer_failures

from .conftest import HALL, ROUND

pytestmark = pytest.mark.anyio
WORDS = 'Six of 24 students wrote in full sentences.'


@pytest.fixture
def outer(day):
    outer = FastAPI(openapi_url='/api/openapi.json')
    answer_failures(outer)
    outer.include_router(api.router(day.observation, day.sheets, Settings(proxies=('127.0.0.1',))))
    return outer


@pytest.fixture
async def phone(outer):
    transport = httpx.ASGITransport(app=outer)
    async with httpx.AsyncClient(transport=transport, base_url='http://rounds/api/v1') as client:
        yield client


@pytest.fixture
async def joined(phone):
    """A phone with its token."""
    answer = await phone.post('/join', json={'code': HALL, 'display_name': 'Ann', 'school': 'Tidewell'})
    phone.headers['Authorization'] = f'Bearer {answer.json()["token"]}'
    return phone


def a_note(name='a', **more):
    return {'id': name * 22, 'rev': 1, 'classroom': 1, 'lens': 'students', 'text': WORDS, **more}


async def test_joining_answers_all_that_the_phone_shows(phone):
    answer = await phone.post('/join', json={'code': 'DR2223', 'display_name': 'Ann', 'school': 's2'})
    body = answer.json()
    assert answer.status_code == 200
    assert body['token'].startswith(f'{ROUND}.')
    assert body['observer']['display_name'] == 'Ann'
    assert body['observer']['school'] == 's2'
    assert body['observer']['group'] is None
    assert len(body['observer']['return_code']) == 6
    assert body['round']['stage'] == 'open'
    assert body['round']['stage_name'] == 'Visits'
    assert body['round']['lenses'] == ['teacher', 'students', 'task']
    assert body['round']['choose'] == {'least': 5, 'most': 10}
    assert body['round']['minutes'] == 20
    assert body['classroom'] == 2
    assert [room['number'] for room in body['classrooms']] == [1, 2, 3]
    assert body['rota'] == [{'group': 'g1', 'classroom': 1, 'start': '09:00', 'end': '09:20'}]


async def test_a_group_that_was_joined_into_another_is_offered_to_nobody_else(day, joined, phone):
    await joined.put('/me', json={'group': 'g2'})
    async with day.store.round(ROUND) as work:
        await work.groups.put(replace(await work.groups.get('g2'), size=0))
    assert [group['id'] for group in (await joined.get('/me')).json()['groups']] == ['g1', 'g2']
    assert [group['id'] for group in (await phone.post('/look', json={'code': HALL})).json()['groups']] == ['g1']
    assert (await joined.put('/me', json={'group': 'g2'})).status_code == 200
    assert (await joined.put('/me', json={'group': 'g1'})).status_code == 200
    refused = await joined.put('/me', json={'group': 'g2'})
    assert refused.status_code == 422
    assert 'not in the plan any more' in refused.json()['error']['sentence']


async def test_looking_at_a_code_gives_no_token_and_no_rooms(phone):
    body = (await phone.post('/look', json={'code': HALL})).json()
    assert set(body) == {'round', 'schools', 'groups', 'classroom'}


async def test_wrong_codes_are_counted_for_the_address_behind_the_proxy(phone):
    for _ in range(20):
        answer = await phone.post('/look', json={'code': 'WRNG22'}, headers={'X-Forwarded-For': '192.0.2.1'})
        assert answer.status_code == 404
        assert answer.json()['error']['sentence']
    answer = await phone.post('/look', json={'code': 'WRNG22'}, headers={'X-Forwarded-For': '1.1.1.1, 192.0.2.1'})
    assert answer.status_code == 429
    assert int(answer.headers['Retry-After']) > 0
    answer = await phone.post('/look', json={'code': 'WRNG22'}, headers={'X-Forwarded-For': '192.0.2.2'})
    assert answer.status_code == 404


async def test_a_name_in_use_is_a_conflict_with_the_way_out(joined):
    answer = await joined.post('/join', json={'code': HALL, 'display_name': 'ann', 'school': 's2'})
    assert answer.status_code == 409
    assert answer.json()['error']['kind'] == 'taken'


async def test_without_a_token_nothing_is_received_or_told(phone):
    for answer in (
        await phone.post('/notes', json={'notes': []}),
        await phone.get('/notes'),
        await phone.get('/me'),
        await phone.put('/me', json={'group': 'g1'}),
        await phone.get('/events'),
        await phone.get('/notes', headers={'Authorization': 'Basic abc'}),
    ):
        assert answer.status_code == 401
        assert answer.json()['error']['kind'] == 'not_signed_in'


async def test_a_note_is_received_and_read_back(joined):
    sent = {'notes': [a_note(written_at='2026-11-24T09:02:00+00:00')], 'unsent': 0}
    answer = (await joined.post('/notes', json=sent)).json()
    assert answer['refused'] == []
    assert answer['received'] == [{'id': 'a' * 22, 'rev': 1, 'seq': 1, 'state': 'stored', 'chosen': False}]
    [note] = (await joined.get('/notes')).json()['notes']
    assert (note['text'], note['classroom'], note['lens'], note['rev']) == (WORDS, 1, 'students', 1)


@pytest.mark.parametrize(
    'bad',
    [
        'no object',
        None,
        {},
        a_note('b', id='short'),
        a_note('b', id='<script>' * 4),
        a_note('b', rev=0),
        a_note('b', rev=True),
        a_note('b', rev='1'),
        a_note('b', classroom='1'),
        a_note('b', text=5),
        a_note('b', text=''),
        a_note('b', text='\u0000\u0007'),
        a_note('b', classroom=99),
    ],
)
async def test_a_batch_with_one_bad_note_keeps_the_others(joined, bad):
    answer = await joined.post('/notes', json={'notes': [a_note('a'), bad, a_note('c')]})
    assert answer.status_code == 200
    body = answer.json()
    assert [receipt['id'][0] for receipt in body['received']] == ['a', 'c']
    assert len(body['refused']) == 1
    assert body['refused'][0]['reason']
    assert body['refused'][0]['sentence']


async def test_a_lone_surrogate_is_taken_out(joined):
    body = b'{"notes":[{"id":"%s","rev":1,"classroom":1,"text":"a\\ud800b"}]}' % (b'a' * 22)
    answer = await joined.post('/notes', content=body)
    assert answer.status_code in (200, 422)
    assert answer.json()


async def test_emoji_and_right_to_left_text_come_back_as_they_were(joined):
    words = 'קבוצה של 4 👩🏽‍🏫 <script>alert(1)</script> & "so"'
    await joined.post('/notes', json={'notes': [a_note(text=words)]})
    assert (await joined.get('/notes')).json()['notes'][0]['text'] == words


async def test_too_many_notes_or_bytes_are_refused_whole(joined):
    assert (await joined.post('/notes', json={'notes': [a_note()] * 201})).status_code == 413
    assert (await joined.post('/notes', content=b' ' * (128 * 1024 + 1))).status_code == 413
    assert (await joined.post('/notes', content=b' ' * (1024 * 1024))).status_code == 413
    assert (await joined.get('/notes')).json()['notes'] == []


@pytest.mark.parametrize('body', [b'', b'<html>', b'[]', b'{"notes": 5}', b'\xff'])
async def test_what_is_not_as_described_is_refused_in_a_sentence(joined, body):
    answer = await joined.post('/notes', content=body)
    assert answer.status_code == 422
    assert answer.json()['error']['kind'] == 'bad_input'


async def test_a_purged_round_is_gone(joined, day):
    await day.at(Stage.PURGED)
    assert (await joined.post('/notes', json={'notes': [a_note()]})).status_code == 410


async def test_forty_identical_posts_at_once_give_one_note(joined):
    answers = await asyncio.gather(*(joined.post('/notes', json={'notes': [a_note()]}) for _ in range(40)))
    states = [answer.json()['received'][0]['state'] for answer in answers]
    assert (states.count('stored'), states.count('same')) == (1, 39)


async def test_the_api_describes_itself(phone):
    described = (await phone.get('http://rounds/api/openapi.json')).json()
    posted = described['paths']['/api/v1/notes']['post']['requestBody']['content']['application/json']['schema']
    assert 'written_at' in posted['properties']['notes']['items']['properties']
    assert {'/api/v1/look', '/api/v1/join', '/api/v1/notes', '/api/v1/me', '/api/v1/events'} <= set(described['paths'])


async def test_the_event_stream_tells_and_goes_on_where_it_stopped(outer, day):
    token, home = await day.join()
    headers = {'Authorization': f'Bearer {token}', 'Last-Event-ID': home.seen}
    async with served(outer) as address, httpx.AsyncClient(base_url=address, headers=headers) as phone:
        await day.at(Stage.SELECTION)
        first, last = await first_event(phone, {})
        assert first == {'seq': first['seq'], 'kind': 'stage'}
        day.announcer.announce(ROUND, 'rota')
        second, _last = await first_event(phone, {'Last-Event-ID': last})
        assert second['kind'] == 'rota'
        third, _last = await first_event(phone, {'Last-Event-ID': 'before-7'})
        assert third['kind'] == 'reload'


async def first_event(phone, headers):
    async with phone.stream('GET', '/api/v1/events', headers=headers, timeout=5) as stream:
        assert stream.headers['content-type'].startswith('text/event-stream')
        last = ''
        async for line in stream.aiter_lines():
            if line.startswith('id: '):
                last = line[4:]
            if line.startswith('data: '):
                return orjson.loads(line[6:]), last
    raise AssertionError('the stream ended')


@contextlib.asynccontextmanager
async def served(outer):
    config = uvicorn.Config(outer, log_level='error', lifespan='off', timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    with socket.create_server(('127.0.0.1', 0)) as listening:  # connections wait in it until the server takes them
        running = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield f'http://127.0.0.1:{listening.getsockname()[1]}'
        finally:
            server.should_exit = True
            await running


async def test_half_an_emoji_holds_up_neither_its_note_nor_the_request(joined):
    body = orjson.dumps({'notes': [a_note(text='cut HERE'), a_note('b')]}).replace(b'HERE', rb'\ud83d')
    for state in ('stored', 'same'):
        answer = (await joined.post('/notes', content=body)).json()
        assert [receipt['state'] for receipt in answer['received']] == [state, state]
        assert answer['refused'] == []
    assert [note['text'] for note in (await joined.get('/notes')).json()['notes']] == ['cut', WORDS]


@pytest.mark.parametrize(
    'body', [b'', b'{', b'[' * 5000, b'\xff', b'{"notes": NaN}', b'[]', b'{"notes": [], "unsent": "3"}']
)
async def test_a_body_that_is_no_request_is_refused_in_a_sentence(joined, body):
    answer = await joined.post('/notes', content=body)
    assert answer.status_code == 422
    assert answer.json()['error']['sentence'].startswith('The request is not')
