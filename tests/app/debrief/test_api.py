"""The wall and the acts of phones over HTTP."""

import json
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI

from app.debrief import api
from app.errors import NotKept
from app.ids import hashed, new_id
from app.observation.model import Device
from app.rounds.stages import Stage
from pages.failures import answer_failures
from tests.app.debrief.hall import NOW, ROUND

pytestmark = pytest.mark.anyio


class FullDisk:
    """A store in which no work is kept."""

    def __init__(self, store):
        self.store = store

    @asynccontextmanager
    async def round(self, round_id):
        async with self.store.round(round_id) as work:
            yield work
            raise NotKept('The disk is full.')


@pytest.fixture
async def phone(hall):
    """An HTTP client with Ruth's token."""
    async with hall.store.round(ROUND) as work:
        await work.devices.put(Device(id=hashed('secret'), observer='o-Ruth', created_at=NOW))
    outer = FastAPI()
    answer_failures(outer)
    outer.include_router(api.router(hall.debrief, hall.observation))
    headers = {'Authorization': f'Bearer {ROUND}.secret'}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(outer), base_url='http://rounds', headers=headers
    ) as client:
        yield client


async def test_a_phone_reads_its_groups_wall(hall, phone):
    await hall.note('Tom', 'Three explain')
    await hall.at(Stage.SCREENING)
    wall = (await phone.get('/api/v1/wall')).json()
    assert wall['stage'] == 'screening'
    assert [card['text'] for card in wall['to_screen']] == ['Three explain']


async def test_a_phone_reads_the_cards_of_its_sorting_once_and_the_evidence_on_request(hall, phone):
    cards = await hall.accepted('Three explain', 'Nobody speaks')
    await hall.at(Stage.ANALYSIS)
    await hall.sorting.begin_sorting(hall.who, ROUND)
    first = (await phone.get('/api/v1/wall')).json()['sorting']
    assert {card['text'] for card in first['cards']} == {'Three explain', 'Nobody speaks'}
    again = (await phone.get('/api/v1/wall', params={'have': first['deck']})).json()['sorting']
    assert (again['deck'], again['cards']) == (first['deck'], None)
    pattern = await hall.debrief.add_pattern(hall.who, ROUND, 'They explain', cards[:1])
    assert (await phone.get(f'/api/v1/patterns/{pattern}')).status_code == 404
    await hall.at(Stage.PREDICTION)
    shown = (await phone.get(f'/api/v1/patterns/{pattern}')).json()
    assert [card['text'] for card in shown['evidence']] == ['Three explain']
    refused = await phone.get('/api/v1/patterns/gone')
    assert (refused.status_code, refused.json()['error']['kind']) == (404, 'not_found')
    assert (await phone.get(f'/api/v1/patterns/{pattern}', headers={'Authorization': 'no'})).status_code == 401


async def test_one_bad_act_is_not_in_the_way_of_its_neighbours(hall, phone):
    good = (await hall.card(await hall.note('Tom', 'Three explain'))).id
    timed = (await hall.card(await hall.note('Tom', 'At 9:42 they explain'))).id
    await hall.at(Stage.SCREENING)
    acts = [
        {'id': new_id(), 'kind': 'accept', 'card': timed},
        {'id': new_id(), 'kind': 'predict', 'text': 'x', 'patterns': []},
        {'id': new_id(), 'kind': 'accept', 'card': 'gone'},
        {'kind': 'accept'},
        {'id': new_id(), 'kind': 'accept', 'card': good},
    ]
    answer = (await phone.post('/api/v1/acts', json={'acts': acts})).json()
    assert answer['received'] == [{'id': acts[4]['id'], 'state': 'done'}]
    assert [refused['reason'] for refused in answer['refused']] == [
        'asked_out',
        'wrong_stage',
        'not_found',
        'bad_input',
    ]
    assert answer['refused'][0]['asked_out'] == [{'start': 3, 'end': 7, 'kind': 'time'}]
    again = (await phone.post('/api/v1/acts', json={'acts': acts[4:]})).json()
    assert again['received'] == [{'id': acts[4]['id'], 'state': 'same'}]


@pytest.mark.parametrize('token', ['', 'Bearer', f'Bearer {ROUND}.wrong', 'Basic x'])
async def test_nobody_reads_or_acts_without_a_token_of_the_round(phone, token):
    for answer in (
        await phone.get('/api/v1/wall', headers={'Authorization': token}),
        await phone.post('/api/v1/acts', json={'acts': [{'id': 'x'}]}, headers={'Authorization': token}),
    ):
        assert answer.status_code == 401


@pytest.mark.parametrize('body', [{}, {'acts': 'x'}, {'acts': ['x']}, {'acts': [{}] * 201}])
async def test_what_holds_no_acts_is_refused(phone, body):
    assert (await phone.post('/api/v1/acts', json=body)).status_code == 422


async def test_half_a_character_from_a_broken_client_hurts_nobody(hall, phone):
    card = (await hall.card(await hall.note('Tom', 'Three explain'))).id
    await hall.at(Stage.SCREENING)
    body = json.dumps({'acts': [{'id': new_id(), 'kind': 'reword', 'card': card, 'text': 'five \ud800 explain'}]})
    answer = await phone.post('/api/v1/acts', content=body, headers={'Content-Type': 'application/json'})
    assert answer.status_code == 200
    assert (await hall.group('Tom'))['to_screen'][0]['text'] == 'five  explain'


async def test_acts_that_the_disk_refused_are_not_answered_so_that_the_phone_keeps_them(hall, phone):
    card = (await hall.card(await hall.note('Tom', 'Three explain'))).id
    await hall.at(Stage.SCREENING)
    acts = {'acts': [{'id': new_id(), 'kind': 'accept', 'card': card}]}
    full = FastAPI()
    answer_failures(full)
    full.include_router(api.router(replace(hall.debrief, store=FullDisk(hall.store)), hall.observation))
    transport = httpx.ASGITransport(full)
    async with httpx.AsyncClient(transport=transport, base_url='http://rounds', headers=phone.headers) as client:
        answer = await client.post('/api/v1/acts', json=acts)
    assert answer.status_code == 503
    assert 'refused' not in answer.json()


async def test_half_an_emoji_in_an_act_is_answered_in_a_sentence(hall, phone):
    await hall.at(Stage.PREDICTION)
    content = b'{"acts": [{"id": "\\ud83d", "kind": "predict", "text": "\\ud83d", "patterns": ["\\ud83d"]}]}'
    answer = await phone.post('/api/v1/acts', content=content, headers={'Content-Type': 'application/json'})
    assert answer.status_code == 200
    assert [refused['reason'] for refused in answer.json()['refused']] == ['bad_input']
