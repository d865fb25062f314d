"""What somebody reads whose address leads nowhere, or who meets a fault of ours."""

import httpx
import pytest
from fastapi import FastAPI, HTTPException

from pages.failures import answer_failures

pytestmark = pytest.mark.anyio


@pytest.fixture
async def client():
    outer = FastAPI()
    answer_failures(outer)

    @outer.get('/crash')
    @outer.get('/api/v1/crash')
    async def crash() -> None:
        raise ZeroDivisionError('a secret')

    @outer.post('/api/v1/unread')
    async def unread() -> None:
        raise HTTPException(400, 'There was an error parsing the body')  # FastAPI's, of a body nested too deeply

    transport = httpx.ASGITransport(outer, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url='http://10.0.0.5:8080') as client:
        yield client


async def test_an_address_that_leads_nowhere_is_answered_with_a_sentence_and_a_way_on(client):
    for answer in (await client.get('/nowhere'), await client.post('/crash')):
        assert answer.status_code in (404, 405)
        assert 'There is no such page' in answer.text
        assert 'href="/"' in answer.text


async def test_of_the_api_it_is_an_error_like_any_other(client):
    answer = await client.get('/api/v1/nowhere')
    assert answer.status_code == 404
    assert answer.json()['error']['kind'] == 'not_found'


async def test_a_body_that_cannot_be_read_is_refused_in_a_sentence_of_ours(client):
    answer = await client.post('/api/v1/unread')
    assert (answer.status_code, answer.json()['error']['sentence']) == (422, 'The request is not JSON.')


async def test_a_crash_says_what_to_do_and_not_what_went_wrong(client):
    page, part = await client.get('/crash'), await client.get('/api/v1/crash')
    assert (page.status_code, part.status_code) == (500, 500)
    assert 'Please try again in a moment.' in page.text
    assert part.json()['error']['kind'] == 'crashed'
    assert 'secret' not in page.text + part.text
