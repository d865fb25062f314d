"""The facilitator's day, live in a real browser, while phones send to the same server."""

import datetime as dt
import json
import re
import urllib.request
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from app.ids import new_id
from app.rounds.stages import Stage
from tests.browser.conftest import axe_findings
from tests.cases.people import set_up, where_it_is_eleven

TEXT = 'Three students turned to their partner before answering'


@pytest.fixture(scope='module')
def round_of_today(server):
    """A round that is going on: four groups of four, eight classrooms, the first visits running."""
    return server.seeded


async def seed(services):
    token = await set_up(services, timezone=where_it_is_eleven())
    return {'session': token} | await _round(services, await services.accounts.who(token))


async def _round(services, who):
    zone = (await services.schools.place(who)).school.timezone
    now = dt.datetime.now(ZoneInfo(zone))
    round_id = await services.rounds.create(who, title='Spring <round>', date=now.date())
    await services.rounds.groups.divide(who, round_id, 16)
    await services.rounds.classrooms.add(who, round_id, [{'room': f'B{n}'} for n in range(1, 9)])
    begin = now - dt.timedelta(minutes=10)
    bells = [begin + dt.timedelta(minutes=minutes) for minutes in (0, 60, 120)]
    rows = [{'name': f'Period {n}', 'start': f'{bells[n - 1]:%H:%M}', 'end': f'{bells[n]:%H:%M}'} for n in (1, 2)]
    await services.rounds.bells.add(who, round_id, rows)
    await services.rounds.rota.make(who, round_id)
    await services.rounds.go_to(who, round_id, Stage.OPEN)
    plan = await services.rounds.plan(who, round_id)
    return {'id': round_id, 'join_code': plan.round.join_code, 'groups': [group.id for group in plan.groups]}


@pytest.fixture
def day_page(round_of_today, signed_in):
    def open_day(size: str = 'laptop') -> Page:
        page = signed_in(round_of_today['session'], f'/rounds/{round_of_today["id"]}/day', size)
        expect(page.get_by_role('heading', name='Spring <round>')).to_be_visible()
        expect(page.get_by_role('heading', name='Group A')).to_be_visible()
        return page

    return open_day


class Phone:
    """Another device: speaks to the server as a phone does."""

    def __init__(self, server, round_of_today, name):
        self.server, self.token = server, ''
        body = {'code': round_of_today['join_code'], 'display_name': name, 'school': 'Harbour View Academy'}
        self.token = self.send('/join', body)['token']

    def send(self, path, body, method='POST'):
        headers = {'Content-Type': 'application/json'} | (
            {'Authorization': f'Bearer {self.token}'} if self.token else {}
        )
        address = f'{self.server.address}/api/v1{path}'
        request = urllib.request.Request(address, json.dumps(body).encode(), headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b'{}')

    def note(self, text=TEXT, unsent=0):
        note = {
            'id': new_id(),
            'rev': 1,
            'classroom': 1,
            'lens': None,
            'text': text,
            'written_at': '2026-11-22T10:00:00Z',
        }
        return self.send('/notes', {'notes': [note], 'unsent': unsent})


def number(page: Page, label: str):
    return page.locator('.number').filter(has_text=re.compile(label)).locator('.value')


def group(page: Page, name: str):
    return page.get_by_role('listitem').filter(has=page.get_by_role('heading', name=name))


def test_the_numbers_follow_the_phones_and_show_neither_text_nor_name(server, round_of_today, day_page):
    page = day_page()
    expect(number(page, 'have joined')).to_have_text('0 of 16')
    expect(group(page, 'Group A')).to_contain_text(re.compile(r'Now.*Room B\d \(door \d\), until \d\d:\d\d'))
    phone = Phone(server, round_of_today, 'Priya Nair')
    expect(number(page, 'have joined')).to_have_text('1 of 16')
    expect(page.get_by_text('1 observer has not chosen a group yet.')).to_be_visible()
    phone.send('/me', {'group': round_of_today['groups'][1]}, 'PUT')
    expect(group(page, 'Group B')).to_contain_text('1 of 4 joined')
    phone.note(unsent=3)
    expect(number(page, 'notes received')).to_have_text('1')
    expect(group(page, 'Group B')).to_contain_text('1 note')
    expect(group(page, 'Group B')).to_contain_text('3 still on phones (just now)')
    phone.note(unsent=0)
    expect(group(page, 'Group B')).to_contain_text('none on phones')
    assert TEXT not in page.content()
    assert 'Priya' not in page.content()


def test_a_room_that_falls_out_is_read_first_and_then_everybody_knows(day_page):
    page, other = day_page(), day_page('phone')
    page.get_by_role('button', name='A room falls out').click()
    dialog = page.get_by_role('dialog')
    confirm = dialog.get_by_role('button', name='Change it and tell the phones')
    expect(confirm).to_be_disabled()
    dialog.get_by_role('combobox', name='Classroom').click()
    page.get_by_role('option', name=re.compile('Room B8 ')).click()
    expect(dialog.get_by_role('status')).to_contain_text('Room B8 is not visited any more today.')
    expect(other.get_by_text('Not visited')).to_have_count(0)
    confirm.click()
    expect(dialog).to_have_count(0)
    for screen in (page, other):
        expect(screen.get_by_text('Not visited: Room B8 (door 8).')).to_be_visible()


def test_a_change_that_cannot_be_is_answered_with_a_sentence(day_page):
    page = day_page()
    page.get_by_role('button', name='Join two groups').click()
    dialog = page.get_by_role('dialog')
    for name in ('This group …', '… goes on with'):
        dialog.get_by_role('combobox', name=name).click()
        page.get_by_role('option', name='Group A').click()
        expect(page.get_by_role('option')).to_have_count(0)
    expect(dialog.get_by_role('status')).to_contain_text('cannot be joined with itself')
    expect(dialog.get_by_role('button', name='Change it and tell the phones')).to_be_disabled()
    page.keyboard.press('Escape')
    expect(dialog).to_have_count(0)


def test_a_fire_drill_is_two_taps(day_page):
    page = day_page()
    page.get_by_role('button', name='Fire drill').click()
    dialog = page.get_by_role('dialog')
    expect(dialog.get_by_role('status')).to_contain_text('Group A: the visit to room')
    dialog.get_by_role('button', name='20 minutes').click()
    expect(dialog.get_by_role('spinbutton', name='Minutes')).to_have_value('20')
    dialog.get_by_role('button', name='Change it and tell the phones').click()
    expect(page.get_by_text('Changed, and the phones are told.')).to_be_visible()


def test_a_latecomer_sees_the_hall_s_code(day_page, round_of_today):
    page = day_page('phone')
    page.get_by_role('button', name='Latecomer').click()
    dialog = page.get_by_role('dialog')
    code = round_of_today['join_code']
    expect(dialog.get_by_text(f'{code[:3]} {code[3:]}')).to_be_visible()
    dialog.get_by_role('combobox', name='Make room in a group').click()
    page.get_by_role('option', name=re.compile('Group C')).click()
    expect(dialog.get_by_role('status')).to_contain_text('Group C expects 5 people then.')
    dialog.get_by_role('button', name='Change it and tell the phones').click()
    expect(group(page, 'Group C')).to_contain_text('of 5 joined')


def test_what_a_change_would_do_is_shown_for_everybody(day_page):
    page = day_page()
    page.get_by_role('button', name='Fire drill').click()
    dialog = page.get_by_role('dialog')
    expect(dialog.get_by_role('button', name='Change it and tell the phones')).to_be_enabled()
    page.wait_for_function('document.getAnimations().length === 0')
    assert axe_findings(page) == []


def test_the_next_stage_opens_after_what_is_unfinished_was_read(day_page):
    page, other = day_page(), day_page('phone')
    page.get_by_role('button', name='Go on: Selection').click()
    dialog = page.get_by_role('dialog')
    expect(dialog).to_contain_text('Before “Selection” opens')
    dialog.get_by_role('button', name='Go on all the same').click()
    for screen in (page, other):
        expect(screen.locator('[aria-current=step]')).to_have_text('Selection')
    page.get_by_role('button', name='Go on: Screening').click()
    expect(page.get_by_role('dialog')).to_contain_text('1 observer has chosen fewer than 5 notes')
    page.get_by_role('button', name='Go on all the same').click()
    expect(page.get_by_role('link', name='To the debrief’s control view')).to_be_visible()
    expect(page.get_by_role('button', name='Fire drill')).to_have_count(0)
