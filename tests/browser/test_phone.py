"""An observer's phone in a real Chromium: joining, finding the room, writing."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.phones import MODULES, RECEIVED, SCHOOL, all_received, join, looked_at, next_note, plan_days, write


async def seed(services):
    return await plan_days(services, 'open', 'selection')


@pytest.fixture
def day(server):
    return server.seeded['open']


def test_joining_takes_a_scan_a_name_and_a_school(day, opened):
    page = opened('phone')
    began = time.monotonic()
    join(page, day.door(1), 'Ann Quick')
    expect(page.locator('#note')).to_be_visible()
    write(page, 'Six of 24 students')
    assert time.monotonic() - began < 20
    assert page.url == f'{day.address}/c/1'
    expect(page.locator('.focus')).to_contain_text('rarely explain their reasoning')
    expect(page.locator('.where')).to_have_text(RECEIVED)


def test_a_room_off_the_rota_asks_once_and_accepts(day, opened):
    page = opened('phone')
    join(page, day.door(1), 'Ed Elsewhere')
    page.goto(day.door(2))
    dialog = page.get_by_role('dialog')
    expect(dialog).to_contain_text('not on your group’s rota')
    looked_at(page, 'off-the-rota')
    dialog.get_by_role('button', name='Write here').click()
    write(page, 'In the room next door.')
    expect(page.locator('.where')).to_have_text(RECEIVED)
    page.goto(day.door(1))
    expect(page.locator('#note')).to_have_value('')
    page.goto(day.door(2))
    expect(page.locator('#note')).to_have_value('In the room next door.')
    expect(dialog).to_have_count(0)


def test_the_next_room_of_the_rota_is_one_tap(day, opened):
    page = opened('phone')
    join(page, day.door(1), 'Flo Next')
    page.get_by_role('button', name='Next: classroom 3').click()
    expect(page.locator('#view')).to_have_attribute('data-room', '3')
    page.go_back()
    expect(page.locator('#view')).to_have_attribute('data-room', '1')


def test_a_door_code_can_be_typed(day, opened):
    page = opened('phone')
    join(page, f'{day.address}/c/#{day.hall}', 'Gil Typed')
    code = day.doors[3]
    page.fill('#door', f'{code[:3].lower()} {code[3:]}')
    page.get_by_role('button', name='Open').click()
    expect(page.locator('#view')).to_have_attribute('data-room', '3')


def test_a_wrong_code_and_a_taken_name_are_said_with_the_way_out(day, opened):
    page = opened('phone')
    page.goto(f'{day.address}/c/#WRNG22')
    expect(page.get_by_role('alert')).to_contain_text('No round has this code')
    page.fill('#code', day.hall)
    page.get_by_role('button', name='Go on').click()
    page.fill('#name', 'Hal Taken')
    page.select_option('#school', label=SCHOOL)
    page.get_by_role('button', name='Join', exact=True).click()
    page.get_by_role('button', name='You').click()
    code = page.locator('.return .code').inner_text()
    second = opened('phone')
    second.goto(day.door(1))
    second.fill('#name', 'hal taken')
    second.select_option('#school', label=SCHOOL)
    second.get_by_role('button', name='Join', exact=True).click()
    expect(second.get_by_role('alert')).to_contain_text('return code')
    looked_at(second, 'taken')
    second.fill('#return', code)
    second.get_by_role('button', name='Join', exact=True).click()
    expect(second.get_by_role('heading', name='Which group are you in?')).to_be_visible()


def test_a_note_is_changed_and_deleted_and_stays_so(day, opened):
    page = opened('phone')
    join(page, day.door(1), 'Jo Change')
    write(page, 'To be chnged.')
    next_note(page)
    page.locator('.note').click()
    looked_at(page, 'change')
    page.fill('#again', 'Changed.')
    page.get_by_role('button', name='Done').click()
    expect(page.locator('.note .words')).to_have_text('Changed.')
    page.locator('.note').click()
    page.get_by_role('button', name='Delete').click()
    page.get_by_role('button', name='Really delete it?').click()
    expect(page.locator('.note')).to_have_count(0)
    all_received(page)
    page.reload()
    expect(page.get_by_text('None yet.')).to_be_visible()
    assert 'Changed.' not in day.texts()


def test_two_tabs_never_write_at_the_same_draft(day, opened):
    page = opened('phone')
    join(page, day.door(1), 'Kit Tabs')
    write(page, 'In the first tab')
    other = page.context.new_page()
    other.goto(f'{day.address}/c/1')
    expect(other.locator('#note')).to_have_value('')
    write(other, 'In the second tab')
    page.locator('#note').press_sequentially(', and on.')
    next_note(page)
    next_note(other)
    all_received(page)
    expect(other.locator('.note .words')).to_have_text(['In the second tab', 'In the first tab, and on.'])


def test_what_is_typed_is_text_and_a_novel_is_not_cut(day, opened):
    page = opened('phone')
    join(page, day.door(1), 'Lu <b>Bold</b>')
    words = '<img src=x onerror=alert(1)> قال الطالب 👩🏽‍🏫'
    page.fill('#note', words)
    next_note(page)
    expect(page.locator('.note .words')).to_have_text(words)
    page.fill('#note', 'x' * 2005)
    expect(page.locator('.much')).to_have_text('5 characters too many. Make two notes of it.')
    page.get_by_role('button', name='Next note').click()
    expect(page.locator('#note')).to_have_value('x' * 2005)
    page.fill('#note', 'x' * 2000)
    next_note(page)
    all_received(page)


def test_notes_are_chosen_for_the_wall_and_counted(server, opened):
    day = server.seeded['selection']
    page = opened('phone')
    join(page, day.door(1), 'Mo Chooses')
    for n in range(3):
        write(page, f'{n + 2} of six students spoke.')
        next_note(page)
    all_received(page)
    page.get_by_role('navigation').get_by_role('button', name='Choose').click()
    expect(page.get_by_role('heading', level=1)).to_have_text('Choose 5 to 10 notes for the wall')
    page.locator('.pick').first.click()
    expect(page.locator('.count')).to_contain_text('1 chosen')
    page.locator('.pick').nth(1).click()
    expect(page.locator('.count')).to_contain_text('3 more make 5')
    all_received(page)
    looked_at(page, 'choose')
    mine = [note for note in day.notes() if note.text.endswith('of six students spoke.')]
    assert [note.chosen for note in mine] == [True, True, False]


#: The one note has other words, and the page is drawn anew if it does not wait.
OTHER_WORDS = f"""async () => {{
  {MODULES}
  const [{{ change, notesOf }}, {{ session }}] = await Promise.all(['outbox', 'session'].map(of));
  const [note] = await notesOf(session.id);
  await change(note.id, {{ text: 'Two of two students spoke.' }});
  await new Promise((go) => setTimeout(go, 200));
}}"""


def test_a_press_is_not_lost_where_the_page_is_drawn_anew_meanwhile(server, opened):
    page = opened('phone')
    join(page, server.seeded['selection'].door(1), 'Pia Presses')
    page.fill('#note', 'One of two students spoke.')
    next_note(page)
    all_received(page)
    note, pick = page.locator('.notes .note'), page.locator('.pick')
    pressed_meanwhile(page, note)
    expect(page.locator('#again')).to_be_visible()
    page.get_by_role('button', name='Done').click()
    expect(note).to_contain_text('Two of two students spoke.')
    note.focus()
    page.evaluate(OTHER_WORDS.replace('Two of two', 'Two of six'))
    expect(note).to_contain_text('Two of six students spoke.')
    expect(note).to_be_focused()
    page.get_by_role('navigation').get_by_role('button', name='Choose').click()
    pressed_meanwhile(page, pick)
    expect(pick).to_have_attribute('aria-pressed', 'true')


def pressed_meanwhile(page, button):
    button.hover()
    page.mouse.down()
    page.evaluate(OTHER_WORDS)
    page.mouse.up()
