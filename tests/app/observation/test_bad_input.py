"""What people and phones send that cannot be taken: a sentence, the right status, and nothing that was there lost."""

from dataclasses import replace

import httpx
import orjson
import pytest
from fastapi import FastAPI

from app.observation import api
from app.observation.receiving import LONGEST_NOTE
from app.rounds.model import Code, CodeKind
from app.rounds.stages import Stage
from app.settings import Settings
from pages.failures import answer_failures

from .conftest import HALL, ROUND

pytestmark = pytest.mark.anyio
WORDS = 'Six of 24 students wrote in full sentences.'
OTHER = 'another-round'


@pytest.fixture
async def phone(day):
    """A phone that has joined and whose first note was received."""
    outer = FastAPI()
    answer_failures(outer)
    outer.include_router(api.router(day.observation, day.sheets, Settings()))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=outer), base_url='http://rounds/api/v1') as client:
        answer = await client.post('/join', json={'code': HALL, 'display_name': 'Ann', 'school': 'Tidewell'})
        client.headers['Authorization'] = f'Bearer {answer.json()["token"]}'
        await client.post('/notes', json={'notes': [a_note('a')]})
        yield client


@pytest.fixture
async def other_round(day):
    """A second round of the instance, with a code of its own."""
    await day.store.create_round(OTHER)
    async with day.store.round(ROUND) as work:
        plan = await work.plans.get(ROUND)
    async with day.store.round(OTHER) as work:
        await work.plans.put(replace(plan, id=OTHER, title='Another round', join_code='THER22'))
    async with day.store.index() as work:
        await work.codes.put(Code(id='THER22', round=OTHER, kind=CodeKind.JOIN))


def a_note(name='b', **more):
    return {'id': name * 22, 'rev': 1, 'classroom': 1, 'lens': 'students', 'text': WORDS, **more}


async def held(phone):
    return {note['id'][0]: note['text'] for note in (await phone.get('/notes')).json()['notes']}


@pytest.mark.parametrize(
    ('text', 'kept'),
    [
        ('x' * LONGEST_NOTE, 'x' * LONGEST_NOTE),
        ('👩🏽‍🏫' * (LONGEST_NOTE // 4), '👩🏽‍🏫' * (LONGEST_NOTE // 4)),  # four code points each
        ('قال الطالب: «لماذا؟» \u200f(مرّتين)', 'قال الطالب: «لماذا؟» \u200f(مرّتين)'),
        ('Zwei\u0000 \u0007von\u001b 24', 'Zwei von 24'),
        ('One line\r\nand another', 'One line\nand another'),
        ('{{ 7 * 7 }} <script>alert(1)</script> \'; DROP TABLE "notes" --', None),
    ],
    ids=['2,000 letters', 'emoji', 'right to left', 'control characters', 'two lines', 'markup'],
)
async def test_what_is_unusual_is_kept_as_it_was_meant(phone, text, kept):
    answer = (await phone.post('/notes', json={'notes': [a_note(text=text)]})).json()
    assert answer['refused'] == []
    assert (await held(phone))['b'] == (text if kept is None else kept)


@pytest.mark.parametrize(
    ('change', 'reason', 'sentence'),
    [
        ({'text': 'x' * (LONGEST_NOTE + 1)}, 'too_long', '2,001 characters; 2,000 fit'),
        ({'text': 'A novel. ' * 10_000}, 'too_long', 'Make two notes of it'),
        ({'text': ' \u200b\t\n'}, 'empty', 'no words'),
        ({'classroom': 9}, 'unknown_classroom', 'no classroom 9'),
        ({'id': 'a' * 22, 'text': 'Other words.'}, 'other_text', 'Both can be kept'),
        ({'id': 'a b c'}, 'malformed', 'look at “id”'),
        ({'rev': 2**31}, 'malformed', 'look at “rev”'),
    ],
    ids=['2,001', 'novel', 'nothing seen', 'classroom', 'other words', 'id', 'revision'],
)
async def test_a_note_that_cannot_be_taken_says_why_and_holds_up_no_other(phone, change, reason, sentence):
    answer = await phone.post('/notes', json={'notes': [a_note('b', **change), a_note('c')]})
    body = answer.json()
    assert answer.status_code == 200
    assert [refusal['reason'] for refusal in body['refused']] == [reason]
    assert sentence in body['refused'][0]['sentence']
    assert await held(phone) == {'a': WORDS, 'c': WORDS}


@pytest.mark.parametrize(
    ('body', 'status', 'sentence'),
    [
        ({'notes': [a_note('b')] * 201}, 413, '200 notes fit into one request'),
        ({'notes': [a_note('b', text='x' * 2**20)]}, 413, '128 KB fit into one request'),
        ({'notes': 'many'}, 422, 'look at “notes”'),
        ({}, 422, 'look at “notes”'),
    ],
    ids=['201 notes', '1 MB', 'no list', 'nothing'],
)
async def test_a_request_that_cannot_be_taken_is_refused_whole_with_what_to_do(phone, body, status, sentence):
    answer = await phone.post('/notes', content=orjson.dumps(body))
    assert answer.status_code == status
    assert sentence in answer.json()['error']['sentence']
    assert await held(phone) == {'a': WORDS}


async def test_a_code_of_another_round_opens_that_one_and_leaves_this_one_as_it_is(phone, other_round):
    looked = (await phone.post('/look', json={'code': 'ther 22'})).json()
    assert looked['round']['title'] == 'Another round'
    await phone.post('/join', json={'code': 'THER22', 'display_name': 'Ann', 'school': 'Tidewell'})
    assert await held(phone) == {'a': WORDS}, 'the token of this round is still good, and knows nothing of the other'


@pytest.mark.parametrize(
    ('code', 'status', 'sentence'),
    [('WRNG22', 404, 'No round has this code'), ('RMVED2', 410, 'replaced by a new one'), ('', 404, '6 characters')],
    ids=['unknown', 'replaced', 'none'],
)
async def test_a_code_that_opens_nothing_says_what_to_do(phone, code, status, sentence):
    for path, more in (('/look', {}), ('/join', {'display_name': 'Bo', 'school': 'Tidewell'})):
        answer = await phone.post(path, json={'code': code, **more})
        assert answer.status_code == status
        assert sentence in answer.json()['error']['sentence']


async def test_the_codes_and_tokens_of_a_round_that_is_over_say_so(phone, day):
    await day.at(Stage.PURGED)
    for answer in (
        await phone.post('/look', json={'code': HALL}),
        await phone.post('/join', json={'code': 'DR2222', 'display_name': 'Bo', 'school': 'Tidewell'}),
        await phone.post('/notes', json={'notes': [a_note('b')]}),
        await phone.get('/notes'),
    ):
        assert answer.status_code == 410
        assert 'This round is over' in answer.json()['error']['sentence']


async def test_a_round_that_was_deleted_is_gone_for_its_phones(phone, day):
    await day.store.delete_round(ROUND)
    answer = await phone.post('/notes', json={'notes': [a_note('b')]})
    assert answer.status_code == 410
    assert 'has been deleted' in answer.json()['error']['sentence']


@pytest.mark.parametrize('name', ['Ann', ' ann ', 'ANN'])
async def test_a_name_that_is_taken_says_the_two_ways_out(phone, name):
    answer = await phone.post('/join', json={'code': HALL, 'display_name': name, 'school': 'Tidewell'})
    assert answer.status_code == 409
    assert 'return code' in answer.json()['error']['sentence']
    assert 'add a letter to your name' in answer.json()['error']['sentence']
    assert await held(phone) == {'a': WORDS}


async def test_a_token_that_was_revoked_sends_nothing_and_what_it_sent_stays(phone, day):
    async with day.store.round(ROUND) as work:
        [device] = await work.devices.all()
        await work.devices.remove(device.id)
    answer = await phone.post('/notes', json={'notes': [a_note('b')]})
    assert answer.status_code == 401
    assert 'Join again; notes that are still on the phone are kept' in answer.json()['error']['sentence']
    async with day.store.round(ROUND) as work:
        assert [note.text for note in await work.notes.all()] == [WORDS]
