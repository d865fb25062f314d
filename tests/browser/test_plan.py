"""A facilitator plans a round in a real browser: alone, with a second laptop, and while the server is away."""

import datetime as dt
import io
import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from pypdf import PdfReader

from tests.cases.people import set_up
from tests.cases.rendering import codes_on

SECTIONS = {
    'focus': 'Focus',
    'groups': 'Schools and groups',
    'classrooms': 'Classrooms',
    'bells': 'Bells',
    'rota': 'Rota',
    'print': 'Print',
    'more': 'Guests, copy, delete',
}
ROOMS = (
    'Year\tRoom\tLesson\tPupils\n'
    + ''.join(f'Year {n}\tM{n}\tMathematics\t2{n % 7}\n' for n in range(7, 11))
    + 'Year 9\t\tHistory\n'
)


async def seed(services):
    """Rounds for each test: new ones, and ones of which all is planned."""
    session = await set_up(services)
    who = await services.accounts.who(session)
    day = dt.date.today() + dt.timedelta(days=9)
    new = [await services.rounds.create(who, 'Spring round', day) for _ in range(8)]
    planned = [await services.rounds.create(who, 'Spring round', day) for _ in range(3)]
    for round_id in planned:
        await services.rounds.groups.divide(who, round_id, 8)
        await services.rounds.classrooms.add(who, round_id, [{'room': f'M{n}'} for n in range(7, 11)])
        rows = [{'name': '', 'start': start, 'end': end} for start, end in (('8:50', '9:50'), ('9:55', '10:55'))]
        await services.rounds.bells.add(who, round_id, rows)
        await services.rounds.rota.make(who, round_id)
    return {'session': session, 'new': new, 'planned': planned}


@pytest.fixture
def plan_page(server, signed_in):
    """The page of a new round."""
    return signed_in(server.seeded['session'], f'/rounds/{server.seeded["new"].pop()}')


@pytest.fixture
def planned_page(server, signed_in):
    """The page of a round of which all is planned but its focus."""
    return signed_in(server.seeded['session'], f'/rounds/{server.seeded["planned"].pop()}')


def a_new_round(server, page: Page, title: str = 'Spring round') -> Page:
    page.goto(f'{server.address}/rounds/new')
    page.get_by_label('Title').fill(title)
    page.get_by_label('Day').fill((dt.date.today() + dt.timedelta(days=9)).isoformat())
    page.get_by_role('button', name='Begin the plan').click()
    expect(page.get_by_label('Problem of practice')).to_be_visible()
    return page


def test_what_is_typed_and_pressed_before_the_line_stands_arrives_in_its_order(server, signed_in):
    page = signed_in(server.seeded['session'], '/')
    lines = unanswered(page)
    page.goto(f'{server.address}/rounds/new')
    page.get_by_label('Title').press_sequentially('Autumn round', delay=13)
    page.get_by_role('button', name='Begin the plan').click()
    lines[0].connect_to_server()
    expect(page.get_by_role('heading', level=1)).to_have_text('Autumn round')


def test_what_is_typed_into_a_page_that_was_fetched_ahead_waits_until_the_line_has_said_whose_it_is(server, signed_in):
    page = signed_in(server.seeded['session'], '/')
    lines = unanswered(page)
    page.set_extra_http_headers({'Purpose': 'prefetch'})
    page.goto(f'{server.address}/rounds/new')
    page.get_by_label('Title').fill('Winter round')
    lines[0].connect_to_server()
    page.wait_for_function('() => window.did_handshake')
    page.get_by_label('Title').blur()
    page.get_by_role('button', name='Begin the plan').click()
    expect(page.get_by_role('heading', level=1)).to_have_text('Winter round')


def unanswered(page: Page) -> list[WebSocketRoute]:
    """The lines to the server that pages ask for; they stand when `connect_to_server` is called."""
    lines: list[WebSocketRoute] = []

    def asked(line: WebSocketRoute) -> None:
        lines.append(line)

    page.route_web_socket('**/_nicegui_ws/**', asked)
    return lines


def section(page: Page, name: str) -> None:
    page.locator('.plan-steps button').filter(has_text=name).click()
    expect(page.locator('.plan-steps [aria-current=step]')).to_contain_text(name)


def kept(page: Page):
    return page.locator('.plan-section:visible .plan-status').filter(has_text=re.compile(r'Kept \d\d:\d\d'))


def the_whole_plan(page: Page) -> None:
    """Filled in as somebody does it who has never done it before: by what the page says comes next."""
    page.get_by_label('Problem of practice').fill('Students rarely explain their reasoning')
    page.get_by_role('button', name='To Schools and groups').click()
    page.get_by_label('School, new').fill('Tidewell High School')
    page.get_by_label('School, new').press('Enter')
    expect(page.get_by_label('School, Tidewell High School')).to_have_value('Tidewell High School')
    page.get_by_label('Visitors in all').fill('8')
    page.get_by_role('button', name='Make the groups').click()
    page.get_by_role('button', name='To Classrooms').click()
    page.get_by_role('button', name='Paste from a spreadsheet').click()
    page.get_by_label('Paste here').fill(ROOMS)
    expect(page.get_by_text('Line 6: the room is missing')).to_be_visible()
    page.get_by_role('button', name='Add 4 lines').click()
    expect(page.get_by_label('Paste here')).not_to_have_value(re.compile('M7'))
    expect(page.get_by_label('Paste here')).to_have_value(re.compile('History'))
    page.get_by_role('button', name='Close').last.click()
    expect(page.get_by_label('Students, classroom 4 (M10)')).to_have_value('23')
    page.get_by_role('button', name='To Bells').click()
    for start, end in (('8:50', '9:50'), ('9.55', '1055')):
        page.get_by_label('Begins, new').fill(start)
        page.get_by_label('Ends, new').fill(end)
        page.get_by_label('Ends, new').press('Enter')
        expect(page.get_by_label('Begins, new')).to_have_value('')
    page.get_by_role('button', name='To Rota').click()
    page.get_by_role('button', name='Make the rota').click()
    expect(page.get_by_text('Nothing clashes')).to_be_visible()


def test_a_round_is_planned_step_by_step_and_its_cards_are_printed(server, plan_page):
    page = plan_page
    expect(page.get_by_text('Next, on this page: Write down what the visitors')).to_be_visible()
    the_whole_plan(page)
    expect(page.get_by_text('All is planned.')).to_be_visible()
    page.get_by_role('button', name='To Print').click()
    expect(page.get_by_role('button', name='To the day')).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role('link', name='Door cards').click()
    cards = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    assert len(cards.pages) == 4
    page.reload()
    section(page, 'Bells')
    expect(page.get_by_label('Ends, Period 2')).to_have_value('10:55')
    section(page, 'Classrooms')
    expect(page.get_by_label('Subject, classroom 4 (M10)')).to_have_value('Mathematics')


def test_a_table_is_filled_in_with_the_keyboard_alone(server, plan_page):
    page = plan_page
    section(page, 'Classrooms')
    page.get_by_label('Room, new').focus()
    for room in ('M4', 'S2', 'E6'):
        page.keyboard.type(room)
        page.keyboard.press('Tab')
        page.keyboard.type('Science')
        page.keyboard.press('Enter')
        expect(page.get_by_label('Room, new')).to_be_focused()
        expect(page.get_by_label('Room, new')).to_have_value('')
    expect(page.get_by_label('Room, classroom 3 (E6)')).to_be_visible()
    page.keyboard.press('ArrowUp')
    expect(page.get_by_label('Room, classroom 3 (E6)')).to_be_focused()
    page.keyboard.press('ControlOrMeta+a')
    page.keyboard.type('E7')
    page.keyboard.press('Shift+Enter')
    expect(page.get_by_label('Room, classroom 2 (S2)')).to_be_focused()
    expect(page.get_by_label('Room, classroom 3 (E7)')).to_have_value('E7')
    expect(kept(page)).to_be_visible()


def test_a_row_that_the_server_does_not_answer_is_sent_again_and_added_once(server, plan_page):
    page = plan_page
    section(page, 'Classrooms')
    page.get_by_label('Room, new').fill('M4')
    page.context.set_offline(True)
    page.get_by_label('Room, new').press('Enter')
    expect(page.get_by_text('Not kept yet: the server has not answered').first).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_label('Room, classroom 1 (M4)')).to_be_visible()
    expect(page.get_by_label('Room, new')).to_have_value('')
    page.reload()
    expect(page.get_by_label(re.compile('^Room, classroom'))).to_have_count(1)


def test_what_does_not_fit_is_said_at_the_field_and_stays_there_to_be_mended(server, plan_page):
    page = plan_page
    problem = page.get_by_label('Problem of practice')
    problem.fill('How ' * 200)
    expect(page.get_by_text('The problem of practice has 799 characters, and 600 fit.')).to_be_visible()
    expect(problem).to_have_value('How ' * 200)
    section(page, 'Rota')
    page.get_by_role('button', name='Make the rota').click()
    expect(page.locator('.q-notification')).to_be_visible()
    minutes = page.get_by_label('Minutes of a visit')
    minutes.fill('200')
    minutes.press('Enter')
    expect(page.get_by_text('The length of a visit has to be a whole number from 5 to 120.')).to_be_visible()
    expect(minutes).to_have_value('200')
    assert minutes.get_attribute('aria-invalid') == 'true'
    minutes.fill('25')
    minutes.press('Enter')
    expect(kept(page).first).to_be_visible()
    expect(page.locator('.q-notification')).to_have_count(0)  # what was refused is over with the next thing done


def test_two_laptops_that_write_in_one_field_lose_nothing(server, plan_page, signed_in):
    page = plan_page
    other = signed_in(server.seeded['session'], page.url.removeprefix(server.address))
    field, theirs = page.get_by_label('Problem of practice'), other.get_by_label('Problem of practice')
    expect(theirs).to_be_visible()
    other.context.set_offline(True)
    theirs.fill('Theirs')
    theirs.blur()
    field.fill('Mine')
    field.blur()
    expect(kept(page).first).to_be_visible()
    other.context.set_offline(False)
    expect(other.get_by_text('On the other screen: Mine')).to_be_visible()
    expect(theirs).to_have_value('Theirs')
    other.get_by_role('button', name='Keep mine').click()
    expect(field).to_have_value('Theirs')


def test_a_second_laptop_follows_without_touching_what_is_typed(server, plan_page, signed_in):
    page = plan_page
    other = signed_in(server.seeded['session'], page.url.removeprefix(server.address))
    title = other.get_by_label('Title')
    expect(title).to_be_visible()
    title.focus()
    other.keyboard.press('End')
    other.keyboard.type(' <b>2</b>')
    page.get_by_label('Problem of practice').fill('Students rarely explain')
    page.get_by_label('Problem of practice').blur()
    expect(other.get_by_label('Problem of practice')).to_have_value('Students rarely explain')
    expect(title).to_have_value('Spring round <b>2</b>')
    expect(title).to_be_focused()
    expect(page.get_by_role('heading', level=1)).to_have_text('Spring round <b>2</b>')


def test_a_change_of_the_rota_that_clashes_says_why(planned_page):
    page = planned_page
    section(page, 'Rota')
    page.get_by_role('button', name=re.compile('^Group A, 08:55')).click()
    page.get_by_label('From', exact=True).fill('08:51')
    page.get_by_role('button', name='Keep', exact=True).click()
    expect(page.get_by_text('begins in the first 5 minutes')).to_be_visible()
    page.get_by_label('From', exact=True).fill('08:56')
    page.get_by_label('To', exact=True).fill('09:14')
    page.get_by_role('button', name='Keep', exact=True).click()
    expect(page.get_by_role('button', name=re.compile('^Group A, 08:56–09:14'))).to_be_visible()


def test_what_is_typed_while_the_server_is_away_is_kept_when_it_is_back(server, plan_page):
    page = plan_page
    field = page.get_by_label('Problem of practice')
    server.stop()
    field.fill('Typed while nobody listened')
    field.blur()
    expect(page.get_by_text('Not kept yet: the server has not answered').first).to_be_visible()
    server.start()
    expect(kept(page).first).to_be_visible()
    page.reload()
    expect(field).to_have_value('Typed while nobody listened')


def test_a_round_is_deleted_only_after_it_was_said_what_goes(server, planned_page):
    page, address = planned_page, planned_page.url.split('?')[0]
    section(page, 'Guests, copy, delete')
    page.get_by_role('button', name='Delete the round').click()
    expect(page.get_by_text('the plan with 4 classrooms')).to_be_visible()
    page.get_by_label('Type the title to go on').fill('Spring')
    page.get_by_role('button', name='Delete all of it').click()
    expect(page.get_by_text('This is not the title of the round.')).to_be_visible()
    page.get_by_label('Type the title to go on').fill('Spring round')
    page.get_by_role('button', name='Delete all of it').click()
    expect(page).to_have_url(f'{server.address}/')
    assert page.goto(address).status == 404


def test_a_leaked_code_is_replaced_on_the_page(server, planned_page):
    page = planned_page
    section(page, 'Print')
    hall, door = page.locator('.hall-code'), page.locator('.codes .plan-code').nth(1)
    before = hall.inner_text(), door.inner_text(), slip_of(page, 2)
    page.get_by_role('button', name='New code for the hall').click()
    page.get_by_role('button', name='Make a new code').click()
    expect(hall).not_to_have_text(before[0])
    for where in ('door', 'slip'):
        page.get_by_role('button', name='New code for classroom 2').click()
        page.get_by_role('button', name=f'New code for the {where}').click()
        expect(page.get_by_role('dialog')).to_have_count(0)
        expect(door).not_to_have_text(before[1])  # the buttons are drawn anew with it
    assert slip_of(page, 2) != before[2]
    page.get_by_role('button', name='New link to the projection').click()
    expect(page.locator('.plan-command')).to_contain_text(f'{server.address}/show/')
    page.goto(before[2])
    expect(page.get_by_role('alert')).to_contain_text('This code was replaced')


def slip_of(page: Page, number: int) -> str:
    """The address on the slip of this classroom's teacher."""
    with page.expect_download() as download:
        page.get_by_role('link', name=f'Print the slip for the teacher of classroom {number}').click()
    [address] = codes_on(download.value.path().read_bytes())
    return address
