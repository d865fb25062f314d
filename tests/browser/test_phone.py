"""An observer's phone in a real Chromium: joining, writing, and a server that comes and goes."""

import asyncio
import json
import os
import re
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

import storage
from app.observation.model import Note
from app.rounds.model import Code, CodeKind
from app.services import build_services
from app.settings import Settings
from tests.needs import chromium as system_chromium

from .conftest import FLAGS, SIZES, axe_findings
from .serving import ROOT, Server

SAMPLE = ROOT / 'app' / 'documents' / 'sample' / 'sample-round.json'
SHOTS = ROOT / '.test-data' / 'phone'
SCHOOL = 'Tidewell High School'
RECEIVED = re.compile(r'received \d\d:\d\d')


class Day:
    """A round in one stage in a server's data, with its codes."""

    def __init__(self, server: Server, round_id: str, codes: list[Code], numbers: dict[str, int]) -> None:
        self.server = server
        self.id = round_id
        self.hall = next(code.id for code in codes if code.kind is CodeKind.JOIN)
        self.doors = {numbers[code.classroom]: code.id for code in codes if code.kind is CodeKind.CLASSROOM}

    def door(self, number: int) -> str:
        return f'{self.server.address}/c/{number}#{self.doors[number]}'

    def notes(self) -> list[Note]:
        """Every note that the server holds on its disk, deleted ones left out."""
        return [note for note in self.read(lambda work: work.notes.all()) if not note.deleted]

    def texts(self) -> list[str]:
        return sorted(note.text for note in self.notes())

    def read(self, ask):
        async def reading():
            store = storage.open_for_reading(self.server.data)
            try:
                async with store.round(self.id) as work:
                    return await ask(work)
            finally:
                await store.close()

        return in_a_thread(reading())


def in_a_thread(coroutine):
    """Its result; the thread of the tests has a loop already, that of the browser."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, coroutine).result(60)


async def plan_days(server: Server) -> dict[str, Day]:
    """The sample's round in each stage in which a phone has something to do."""
    store = await storage.open_store(server.data)
    services = build_services(Settings(data=server.data, address=server.address), store, 'TEST22')
    days = {}
    try:
        for stage in ('open', 'selection', 'screening', 'red_dots', 'prediction'):
            content = json.loads(SAMPLE.read_text('utf-8'))
            content['round']['stage'] = stage
            if stage in ('open', 'selection'):
                content |= {'notes': [], 'patterns': [], 'predictions': [], 'theories_of_action': []}
                content['next_level_of_work'] = []
            for note in content['notes'] if stage == 'screening' else ():
                note.pop('card', None)
            round_id, _warnings = await services.exchange.import_file('', json.dumps(content).encode())
            async with store.index() as index:
                codes = await index.codes.all(round=round_id)
            async with store.round(round_id) as work:
                numbers = {room.id: room.number for room in await work.classrooms.all()}
            days[stage] = Day(server, round_id, codes, numbers)
    finally:
        await services.documents.aclose()
        await store.close()
    return days


@pytest.fixture(scope='module')
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, Day]]]:
    server = Server(tmp_path_factory.mktemp('phones') / 'data')
    days = in_a_thread(plan_days(server))
    server.start()
    yield server, days
    server.stop()


@pytest.fixture
def day(instance) -> Day:
    return instance[1]['open']


@pytest.fixture
def server(instance) -> Server:
    return instance[0]


def join(page: Page, address: str, name: str, group: str | None = 'Group A') -> None:
    """Scan, type a name, choose the school, tap the group."""
    page.goto(address)
    page.fill('#name', name)
    page.select_option('#school', label=SCHOOL)
    page.get_by_role('button', name='Join', exact=True).click()
    page.get_by_role('heading', name='Which group are you in?').wait_for()
    page.get_by_role('button', name=group or 'I do not know yet').click()
    page.get_by_role('heading', name='Which group are you in?').wait_for(state='detached')


def write(page: Page, text: str) -> None:
    field = page.locator('#note')
    field.click()
    field.press_sequentially(text)


def next_note(page: Page) -> None:
    page.get_by_role('button', name='Next note').click()
    expect(page.locator('#note')).to_have_value('')


def pill(page: Page) -> Locator:
    return page.locator('#unsent')


def looked_at(page: Page, name: str) -> None:
    """No serious finding; a picture is kept for people to look at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f'{name}.png')
    assert axe_findings(page) == []


def test_joining_takes_a_scan_a_name_and_a_school(day, opened):
    page = opened('phone')
    began = time.monotonic()
    join(page, day.door(1), 'Ann Quick')
    expect(page.locator('#note')).to_be_visible()
    write(page, 'Six of 24 students')
    assert time.monotonic() - began < 20
    assert page.url == f'{day.server.address}/c/1'
    expect(page.locator('.focus')).to_contain_text('rarely explain their reasoning')
    expect(page.locator('.where')).to_have_text(RECEIVED)


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
    page.reload()
    expect(page.locator('#note')).to_have_value('T4: half a no')
    server.start()
    page.locator('#note').press_sequentially('te, then whole.')
    next_note(page)
    page.goto(day.door(5))
    write(page, 'T5: in the third room.')
    next_note(page)
    expect(pill(page)).to_contain_text('All received', timeout=20_000)
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


def test_a_browser_that_is_killed_right_after_a_key_reopens_with_the_words(day, server, chromium, tmp_path):
    def open_phone():
        width, height = SIZES['phone']
        return chromium.browser_type.launch_persistent_context(
            tmp_path / 'profile',
            executable_path=system_chromium(),
            args=FLAGS,
            viewport={'width': width, 'height': height},
        )

    context = open_phone()
    page = context.pages[0]
    join(page, day.door(1), 'Cy Killed')
    write(page, 'First note.')
    next_note(page)
    expect(pill(page)).to_contain_text('All received')
    page.locator('[data-lens=task]').click()
    write(page, 'The task asks for three reas')
    time.sleep(0.25)  # the promise: on the disk within 250 ms
    _kill(tmp_path / 'profile')
    server.stop()
    try:
        for left in (tmp_path / 'profile').glob('Singleton*'):
            left.unlink()
        context = open_phone()
        page = context.pages[0]
        page.goto(f'{server.address}/c/1')
        expect(page.locator('#note')).to_have_value('The task asks for three reas')
        expect(page.locator('[data-lens=task]')).to_have_attribute('aria-pressed', 'true')
        expect(page.locator('.notes')).to_contain_text('First note.')
    finally:
        server.start()
    expect(pill(page)).to_contain_text('All received', timeout=20_000)
    context.close()


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
    expect(pill(page)).to_contain_text('All received', timeout=15_000)
    assert day.texts().count('Sent through a portal.') == 1


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
    join(page, f'{day.server.address}/c/#{day.hall}', 'Gil Typed')
    code = day.doors[3]
    page.fill('#door', f'{code[:3].lower()} {code[3:]}')
    page.get_by_role('button', name='Open').click()
    expect(page.locator('#view')).to_have_attribute('data-room', '3')


def test_a_wrong_code_and_a_taken_name_are_said_with_the_way_out(day, opened):
    page = opened('phone')
    page.goto(f'{day.server.address}/c/#WRNG22')
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


def test_a_second_phone_of_the_same_observer_shows_what_the_first_wrote(day, opened):
    first = opened('phone')
    join(first, day.door(1), 'Ida Two')
    write(first, 'Written on the first phone.')
    next_note(first)
    expect(pill(first)).to_contain_text('All received')
    first.get_by_role('button', name='You').click()
    code = first.locator('.return .code').inner_text()
    second = opened('phone')
    second.goto(day.door(1))
    second.fill('#name', 'Ida Two')
    second.select_option('#school', label=SCHOOL)
    second.get_by_text('I have joined before').click()
    second.fill('#return', code)
    second.get_by_role('button', name='Join', exact=True).click()
    expect(second.locator('.notes')).to_contain_text('Written on the first phone.')
    second.locator('.note').click()
    second.locator('#again').press_sequentially(' And changed on the second.')
    second.get_by_role('button', name='Done').click()
    expect(pill(second)).to_contain_text('All received')
    first.get_by_role('button', name='My notes').click()
    expect(first.locator('.notes')).to_contain_text('And changed on the second.')


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
    expect(pill(page)).to_contain_text('All received')
    page.reload()
    expect(page.get_by_text('None yet.')).to_be_visible()
    assert 'Changed.' not in day.texts()


def test_two_tabs_never_write_at_the_same_draft(day, opened):
    page = opened('phone')
    join(page, day.door(1), 'Kit Tabs')
    write(page, 'In the first tab')
    other = page.context.new_page()
    other.goto(f'{day.server.address}/c/1')
    expect(other.locator('#note')).to_have_value('')
    write(other, 'In the second tab')
    write(page, ', and on.')
    next_note(page)
    next_note(other)
    expect(pill(page)).to_contain_text('All received')
    expect(other.locator('.note')).to_have_count(2)
    assert set(other.locator('.note .words').all_inner_texts()) == {'In the second tab', 'In the first tab, and on.'}


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
    expect(pill(page)).to_contain_text('All received')


def test_notes_are_chosen_for_the_wall_and_counted(instance, opened):
    day = instance[1]['selection']
    page = opened('phone')
    join(page, day.door(1), 'Mo Chooses')
    for n in range(3):
        write(page, f'{n + 2} of six students spoke.')
        next_note(page)
    expect(pill(page)).to_contain_text('All received')
    page.get_by_role('navigation').get_by_role('button', name='Choose').click()
    expect(page.get_by_role('heading', level=1)).to_have_text('Choose 5 to 10 notes for the wall')
    page.locator('.pick').first.click()
    expect(page.locator('.count')).to_contain_text('1 chosen')
    page.locator('.pick').nth(1).click()
    expect(page.locator('.count')).to_contain_text('3 more make 5')
    expect(pill(page)).to_contain_text('All received')
    looked_at(page, 'choose')
    mine = [note for note in day.notes() if note.text.endswith('of six students spoke.')]
    assert [note.chosen for note in mine] == [True, True, False]


def test_a_group_screens_its_cards_on_a_phone(instance, opened):
    day = instance[1]['screening']
    page = opened('phone')
    join(page, day.door(1), 'Ny Screens')
    page.get_by_role('navigation').get_by_role('button', name='Wall').click()
    heading = page.get_by_role('heading', level=1)
    expect(heading).to_contain_text('cards of your group to screen')
    looked_at(page, 'screening')
    waiting = int(heading.inner_text().split()[0])
    _decide(page)
    expect(heading).to_contain_text(f'{waiting - 1} card')
    page.get_by_role('button', name='Drop it').click()
    expect(heading).to_contain_text(f'{waiting - 2} card')
    page.get_by_role('button', name='Find other words').click()
    page.fill('#reword', 'Four of 28 students gave a reason.')
    looked_at(page, 'reword')
    page.get_by_role('button', name='Keep these words').click()
    expect(heading).to_contain_text('to screen')
    page.reload()
    page.get_by_role('navigation').get_by_role('button', name='Wall').click()
    expect(heading).to_contain_text('to screen')


def test_no_card_takes_the_place_of_the_one_that_is_read(instance, opened):
    day = instance[1]['screening']
    page = opened('phone', service_workers='block')
    join(page, f'{day.server.address}/c/#{day.hall}', 'Qu Reads', 'Group B')
    page.get_by_role('navigation').get_by_role('button', name='Wall').click()
    heading, words = page.get_by_role('heading', level=1), page.locator('.wallcard .words')
    first, waiting = words.inner_text(), int(heading.inner_text().split()[0])
    held = []
    page.route('**/api/v1/acts', lambda route: held.append(route))  # noqa: PLW0108 (Playwright marks the function)
    page.get_by_role('button', name='Find other words').click()
    page.fill('#reword', 'Five of 28 students gave a reason.')
    with page.expect_request('**/api/v1/acts'):
        page.get_by_role('button', name='Keep these words').click()
    expect(heading).to_contain_text(f'{waiting - 1} card')
    expect(words).not_to_have_text(first)
    second = words.inner_text()
    held[0].continue_()  # the server answers late: the card is to be screened again, in its new words
    expect(heading).to_contain_text(f'{waiting} card')
    expect(words).to_have_text(second)


def test_a_red_dot_is_a_tap_and_a_reason(instance, opened):
    day = instance[1]['red_dots']
    page = opened('phone')
    join(page, day.door(1), 'Oz Dots')
    page.get_by_role('navigation').get_by_role('button', name='Wall').click()
    expect(page.get_by_role('heading', level=1)).to_have_text('Red dots')
    card = page.locator('.dots li').first
    words = card.locator('.words').inner_text()
    card.locator('.pick').click()
    looked_at(page, 'red-dots')
    card.get_by_role('button', name='It judges').click()
    again = page.locator('.dots li', has_text=words)
    expect(again.get_by_role('button', name='It judges')).to_have_count(0)


def test_a_prediction_rests_on_a_pattern(instance, opened):
    day = instance[1]['prediction']
    page = opened('phone')
    join(page, day.door(1), 'Pi Predicts')
    page.get_by_role('navigation').get_by_role('button', name='Wall').click()
    page.fill('#prediction', 'Such a student would finish tasks without saying why.')
    page.get_by_role('button', name='Put it on the wall').click()
    expect(page.get_by_role('alert').filter(has_text='at least one pattern')).to_be_visible()
    looked_at(page, 'prediction')
    page.locator('.chip').first.click()
    page.get_by_role('button', name='Put it on the wall').click()
    expect(page.locator('#sent')).to_contain_text('received')
    expect(page.locator('#prediction')).to_have_value('')
    predictions = day.read(lambda work: work.predictions.all())
    assert 'Such a student would finish tasks without saying why.' in [one.text for one in predictions]


def test_words_that_the_server_refuses_stay_on_the_phone(instance, opened):
    day = instance[1]['prediction']
    page = opened('phone', service_workers='block')
    join(page, day.door(1), 'Ro Refused')
    page.get_by_role('navigation').get_by_role('button', name='Wall').click()
    page.route('**/api/v1/acts', lambda route: route.abort())
    page.fill('#prediction', 'first ' * 400)  # longer than fits
    page.locator('.chip').first.click()
    page.get_by_role('button', name='Put it on the wall').click()
    expect(page.locator('#prediction')).to_have_value('')
    page.fill('#prediction', 'A second thought')
    page.reload()  # nobody is waiting for the answer any more
    page.unroute('**/api/v1/acts')
    page.get_by_role('navigation').get_by_role('button', name='Wall').click()
    refusal = page.locator('.notice.stop', has_text='Please shorten it')
    expect(refusal).to_contain_text('first first first')
    expect(page.locator('#prediction')).to_have_value('A second thought')

    page.fill('#prediction', '')
    page.reload()
    page.get_by_role('navigation').get_by_role('button', name='Wall').click()
    expect(page.locator('#prediction')).to_have_value(re.compile('^first first'))
    expect(refusal).to_have_count(0)
    page.reload()
    page.get_by_role('navigation').get_by_role('button', name='Wall').click()
    expect(page.locator('#prediction')).to_have_value(re.compile('^first first'))


def test_other_words_that_the_server_refuses_are_there_again(instance, opened):
    day = instance[1]['screening']
    page = opened('phone', service_workers='block')
    join(page, f'{day.server.address}/c/#{day.hall}', 'Ty Rewords', 'Group B')
    page.get_by_role('navigation').get_by_role('button', name='Wall').click()
    card = page.locator('.wallcard .words').inner_text()
    page.get_by_role('button', name='Find other words').click()
    page.fill('#reword', 'second ' * 400)
    page.get_by_role('button', name='Keep these words').click()
    refusal = page.locator('.notice.stop', has_text='Please shorten it')
    expect(refusal).to_contain_text('second second')
    page.reload()
    page.get_by_role('navigation').get_by_role('button', name='Wall').click()
    expect(refusal).to_contain_text('second second')
    while page.locator('.wallcard .words').inner_text() != card:
        page.get_by_role('button', name='Another card first').click()
    page.get_by_role('button', name='Find other words').click()
    expect(page.locator('#reword')).to_have_value(re.compile('^second second'))
    page.get_by_role('button', name='Back').click()
    page.get_by_role('button', name='I do not need these words any more').click()
    expect(refusal).to_have_count(0)


@pytest.mark.parametrize('size', ['phone', 'laptop', 'projector'])
@pytest.mark.parametrize('scheme', ['light', 'dark'])
def test_every_page_is_accessible_at_every_size(day, opened, size, scheme):
    page = opened(size, color_scheme=scheme)
    at = f'{size}-{scheme}'
    page.goto(f'{day.server.address}/c/')
    page.locator('#code').wait_for()
    looked_at(page, f'{at}-code')
    page.goto('about:blank')
    page.goto(day.door(1))
    page.locator('#name').wait_for()
    looked_at(page, f'{at}-join')
    page.fill('#name', f'Q {at}')
    page.select_option('#school', label=SCHOOL)
    page.get_by_role('button', name='Join', exact=True).click()
    page.get_by_role('heading', name='Which group are you in?').wait_for()
    looked_at(page, f'{at}-groups')
    page.get_by_role('button', name='Group A').click()
    page.locator('#note').wait_for()
    write(page, 'Four of 28 students gave a reason for their answer.')
    next_note(page)
    write(page, 'The task on the board: “Copy the method.”')
    expect(page.locator('.where')).to_have_text(RECEIVED)
    looked_at(page, f'{at}-room')
    for name in ('My notes', 'You', 'Rooms'):
        page.get_by_role('navigation').get_by_role('button', name=name).click()
        expect(page.get_by_role('navigation').locator('[aria-current]')).to_have_text(re.compile(name))
        looked_at(page, f'{at}-{name.split()[-1].lower()}')


def test_large_text_on_a_small_phone_needs_no_sideways_scrolling(day, opened):
    page = opened('phone')
    page.set_viewport_size({'width': 360, 'height': 640})
    join(page, day.door(1), 'Ro Large')
    page.evaluate('() => { document.documentElement.style.fontSize = "200%"; }')
    page.context.route('**/api/v1/notes', lambda route: route.abort())
    write(page, 'Four of 28 students.')
    expect(page.locator('#unsent')).to_contain_text('1 not yet received')
    assert page.evaluate('document.documentElement.scrollWidth') <= 360, 'also while a note is on its way'
    page.context.unroute('**/api/v1/notes')
    looked_at(page, 'large-room')
    for name in ('My notes', 'You', 'Rooms'):
        page.get_by_role('navigation').get_by_role('button', name=name).click()
        looked_at(page, f'large-{name.split()[-1].lower()}')
        assert page.evaluate('document.documentElement.scrollWidth') <= 360


def test_targets_are_at_least_44_pixels(day, opened):
    page = opened('phone')
    join(page, day.door(1), 'Sy Targets')
    write(page, 'Four of 28 students.')
    next_note(page)
    small = """() => [...document.querySelectorAll('button, input, select, textarea, summary')]
        .map((one) => [one.textContent || one.id, one.getBoundingClientRect()])
        .filter(([, box]) => box.height && (box.height < 44 || box.width < 44)).map(([name]) => name)"""
    for name in ('', 'My notes', 'You', 'Rooms'):
        if name:
            page.get_by_role('navigation').get_by_role('button', name=name).click()
        assert page.evaluate(small) == []


def test_the_phone_stands_under_the_strict_policy_and_its_parts_are_short(day, chromium):
    context = chromium.new_context()
    page = context.new_page()
    troubles: list[str] = []
    page.on('console', lambda message: troubles.append(message.text) if message.type == 'error' else None)
    page.on('pageerror', lambda error: troubles.append(str(error)))
    answers = []
    page.on('response', lambda answer: answers.append(answer) if '/c/' in answer.url else None)
    join(page, day.door(1), 'Ty Policy')
    write(page, 'Four of 28 students.')
    expect(page.locator('.where')).to_have_text(RECEIVED)
    assert troubles == []
    assert len(answers) > 10
    opened_by_themselves = [
        answer for answer in answers if answer.headers['content-type'][:9] in ('text/html', 'image/svg')
    ]
    assert opened_by_themselves
    for answer in opened_by_themselves:
        assert "default-src 'none'" in answer.headers['content-security-policy']
        assert 'camera=()' in answer.headers['permissions-policy']
    worker = httpx.get(f'{day.server.address}/c/service_worker.js')
    assert "default-src 'none'" in worker.headers['content-security-policy']
    parts = [answer for answer in answers if answer.url.endswith(('.js', '.css', '.png'))]
    assert {answer.headers['x-content-type-options'] for answer in parts} == {'nosniff'}
    # A module's policy is that of the page that loads it: fifteen more would be a fifth of what a phone waits for.
    assert max(sum(len(name) + len(value) + 4 for name, value in answer.headers.items()) for answer in parts) < 300
    context.close()


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
    expect(pill(page)).to_contain_text('All received', timeout=15_000)
    assert day.texts().count('Written with a token that has ended.') == 1


def _decide(page: Page) -> None:
    """Put a card on the wall, also one that is asked about."""
    page.get_by_role('button', name=re.compile('[Oo]n the wall')).click()


def _kill(profile: Path) -> None:
    """End every process of the browser that this test started on this folder."""
    for entry in Path('/proc').iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / 'cmdline').read_bytes()
            except OSError:
                continue
            if str(profile).encode() in command:
                os.kill(int(entry.name), signal.SIGKILL)
