"""A phone that loses nothing: servers that die, browsers that are killed, answers that are none."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.phones import RECEIVED, join, join_again, next_note, pill, plan_days, return_code, write


async def seed(services):
    return await plan_days(services, 'open')


@pytest.fixture
def day(server):
    return server.seeded['open']


def test_three_rooms_and_a_server_that_dies_in_the_middle_lose_nothing(day, server, opened):
    page = opened('phone')
    join(page, day.door(1), 'Bo Three')
    before = day.texts()
    write(page, 'T1: the teacher asked eleven questions.')
    next_note(page)
    page.locator('[data-lens=students]').click()
    write(page, 'T2: four of six pairs ')
    server.kill()
    page.locator('#note').press_sequentially('talked about the task.')
    next_note(page)
    expect(pill(page)).to_contain_text('not yet received')
    expect(page.locator('.notes')).to_contain_text('on this phone')
    page.goto(day.door(3))  # the next door is scanned while there is no server at all
    expect(page.locator('#note')).to_be_visible()
    write(page, 'T3: written without a server.')
    next_note(page)
    write(page, 'T4: half a no')
    page.wait_for_timeout(2000)  # a key is on the disk within 250 ms, on a machine that does nothing else
    page.reload()
    expect(page.locator('#note')).to_have_value('T4: half a no')
    server.start()
    page.locator('#note').press_sequentially('te, then whole.')
    next_note(page)
    page.goto(day.door(5))
    write(page, 'T5: in the third room.')
    next_note(page)
    expect(pill(page)).to_contain_text('All received')
    page.get_by_role('button', name='My notes').click()
    expect(page.locator('.state.ok')).to_have_count(5)
    mine = [
        'T1: the teacher asked eleven questions.',
        'T2: four of six pairs talked about the task.',
        'T3: written without a server.',
        'T4: half a note, then whole.',
        'T5: in the third room.',
    ]
    assert day.texts() == sorted([*before, *mine])


def test_a_login_page_that_answers_two_hundred_is_no_receipt(day, opened):
    page = opened('phone', service_workers='block')
    join(page, day.door(1), 'Di Portal')
    portal = '<html><body>Please sign in to SchoolGuest</body></html>'
    page.route('**/api/v1/**', lambda route: route.fulfill(status=200, content_type='text/html', body=portal))
    write(page, 'Sent through a portal.')
    next_note(page)
    expect(page.locator('#notices')).to_contain_text('asks you to sign in')
    expect(pill(page)).to_contain_text('1 not yet received')
    page.unroute('**/api/v1/**')
    expect(pill(page)).to_contain_text('All received')
    assert day.texts().count('Sent through a portal.') == 1


def test_a_second_phone_of_the_same_observer_shows_what_the_first_wrote(day, opened):
    first = opened('phone')
    join(first, day.door(1), 'Ida Two')
    write(first, 'Written on the first phone.')
    next_note(first)
    expect(pill(first)).to_contain_text('All received')
    second = opened('phone')
    join_again(second, day.door(1), 'Ida Two', return_code(first))
    expect(second.locator('.notes')).to_contain_text('Written on the first phone.')
    second.locator('.note').click()
    second.locator('#again').press_sequentially(' And changed on the second.')
    second.get_by_role('button', name='Done').click()
    expect(pill(second)).to_contain_text('All received')
    first.get_by_role('button', name='My notes').click()
    expect(first.locator('.notes')).to_contain_text('And changed on the second.')


def test_what_could_not_be_read_is_told_again_though_the_round_was_asked_meanwhile(day, opened):
    first, second = opened('phone', service_workers='block'), opened('phone')
    join(first, day.door(1), 'Ivy Hears')
    join_again(second, day.door(1), 'Ivy Hears', return_code(first))
    first.goto(day.door(1))
    first.route('**/api/v1/events', lambda route: route.abort())
    first.route('**/api/v1/notes', lambda route: route.abort())
    first.reload()
    write(second, 'Written while the first phone heard nothing.')
    expect(second.locator('.where')).to_have_text(RECEIVED)
    with first.expect_response('**/api/v1/me'):
        first.reload()
    expect(first.locator('#note')).to_be_visible()
    first.unroute_all()
    expect(first.locator('.notes')).to_contain_text('Written while the first phone heard nothing.')


def test_a_browser_that_keeps_nothing_says_so_and_still_sends(day, opened):
    page = opened('phone')
    page.add_init_script('Object.defineProperty(self, "indexedDB", { value: undefined });')
    join(page, day.door(1), 'Uma Private')
    expect(page.locator('#notices')).to_contain_text('cannot keep anything on this phone')
    write(page, 'Sent from a private window.')
    expect(page.locator('.where')).to_have_text(RECEIVED)
    assert 'Sent from a private window.' in day.texts()


def test_what_the_server_has_deleted_does_not_stay_on_the_phone(day, opened):
    page = opened('phone', service_workers='block')
    join(page, day.door(1), 'Vic Purged')
    write(page, 'To be deleted after the round.')
    next_note(page)
    expect(page.locator('.note')).to_have_count(1)
    expect(pill(page)).to_contain_text('All received')
    gone = {'error': {'kind': 'gone', 'sentence': 'This round is over.'}}
    page.route('**/api/v1/**', lambda route: route.fulfill(status=410, json=gone))
    page.reload()
    expect(page.locator('#notices')).to_contain_text('This round is over.')
    expect(page.locator('.note')).to_have_count(0)


def test_a_phone_that_is_not_known_any_more_keeps_its_notes_and_joins_again(day, opened):
    page = opened('phone', service_workers='block')
    join(page, day.door(1), 'Wil Again')
    unknown = json.dumps({'error': {'kind': 'not_signed_in', 'sentence': 'Join again.'}})
    page.route(
        '**/api/v1/notes', lambda route: route.fulfill(status=401, content_type='application/json', body=unknown)
    )
    write(page, 'Written with a token that has ended.')
    next_note(page)
    expect(page.locator('#notices')).to_contain_text('no longer known to the round')
    page.unroute('**/api/v1/notes')
    page.get_by_role('button', name='Join again').click()
    expect(page.locator('#name')).to_have_value('Wil Again')
    page.get_by_role('button', name='Join', exact=True).click()
    expect(pill(page)).to_contain_text('All received')
    assert day.texts().count('Written with a token that has ended.') == 1
