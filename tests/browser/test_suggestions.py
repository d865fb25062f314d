"""Suggestions on the facilitator's board: asked for, taken or waved away, and undone like every act."""

import json

import pytest
from playwright.sync_api import expect

from pages.who_asks import COOKIE
from tests.browser.conftest import axe_findings
from tests.cases.people import set_up
from tests.cases.sample_round import sample_file


async def seed(services):
    """The sample round in analysis, with three cards of one pattern sorted; its id, and a session."""
    token = await set_up(services)
    who = await services.accounts.who(token)
    round_id, _warnings = await services.exchange.import_file(who.school, json.dumps(half_sorted()).encode())
    return round_id, token


def half_sorted():
    content = sample_file()
    content['round'] |= {'stage': 'analysis', 'settings': content['round'].get('settings', {}) | {'suggestions': True}}
    kept = [note['id'] for note in content['notes'] if note.get('pattern') == 'recall-tasks'][:3]
    for note in content['notes']:
        if note['id'] not in kept:
            note['pattern'] = None
    content['patterns'] = [one for one in content['patterns'] if one['key'] == 'recall-tasks']
    return content | {key: [] for key in ('predictions', 'theories_of_action', 'next_level_of_work')}


@pytest.fixture
def board(server, opened):
    """The control view."""
    round_id, token = server.seeded
    page = opened('laptop')
    page.context.add_cookies([{'name': COOKIE, 'value': token, 'url': server.address}])
    page.goto(f'{server.address}/rounds/{round_id}/control')
    return page


def test_a_suggestion_is_taken_waved_away_and_undone(board):
    pattern = board.get_by_role('region', name='Tasks ask for a word, a date or a number', exact=True)
    expect(pattern.locator('.card')).to_have_count(3)
    board.get_by_role('button', name='Suggest …').click()
    box = board.get_by_role('dialog')
    take = box.get_by_role('button', name='Put it there')
    expect(take).to_be_focused(timeout=90_000)
    expect(box).to_contain_text('They share:')
    assert axe_findings(board) == []
    first = box.locator('.suggested').first.inner_text()
    take.click()
    expect(pattern.locator('.card')).to_have_count(4)
    expect(pattern).to_contain_text(first)
    expect(box.locator('.suggested').first).not_to_have_text(first)
    waved = box.locator('.suggested').first.inner_text()
    box.get_by_role('button', name='Not this one').click()
    expect(box.locator('.suggested').first).not_to_have_text(waved)
    expect(pattern.locator('.card')).to_have_count(4)
    box.get_by_role('button', name='Close').click()
    board.get_by_role('button', name='Undo').click()
    expect(pattern.locator('.card')).to_have_count(3)
