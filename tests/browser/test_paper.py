"""Paper in place of a phone: sheets typed in by keyboard alone, rooms without phones, a tablet that goes round."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from app.rounds.model import Code, CodeKind
from tests.browser.phones import ON_DISK, SCHOOL, all_received, join, looked_at, next_note, pill, plan_days

SHEET = 'SHEET2'
OTHERS = 'SHEET3'
WITHOUT_PHONES = 3


async def seed(services):
    """A day; the sheets of group A in classroom 1 and of group B in classroom 2; no phones in classroom 3."""
    day = (await plan_days(services, 'open'))['open']
    async with services.store.round(day.id) as work:
        groups = {group.name: group.id for group in await work.groups.all()}
        rooms = {room.number: room for room in await work.classrooms.all()}
        await work.classrooms.put(replace(rooms[WITHOUT_PHONES], no_devices=True))
    async with services.store.index() as index:
        for code, group, number in ((SHEET, 'Group A', 1), (OTHERS, 'Group B', 2)):
            room = rooms[number].id
            given = Code(id=code, round=day.id, kind=CodeKind.SHEET, classroom=room, group=groups[group])
            await index.codes.put(given)
    return day


@pytest.fixture
def day(server):
    return server.seeded


class Keyboard:
    """Types, and counts what was pressed beyond the words."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, 0

    def words(self, text: str) -> None:
        self.page.keyboard.type(text)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1


def authors(day) -> dict[str, str]:
    names = {one.id: one.display_name for one in day.read(lambda work: work.observers.all())}
    return {note.text: names[note.observer] for note in day.notes()}


def to_paper(page: Page) -> None:
    """From the classrooms, which stand there once somebody has joined in the hall."""
    page.get_by_role('button', name='Type in paper sheets').press('Enter')
    expect(page.locator('#sheet')).to_be_focused()


def test_a_stack_of_sheets_is_typed_in_by_keyboard_alone_also_when_the_line_fails_in_the_middle(day, line, opened):
    writer = opened('phone')
    join(writer, f'{line.address}/c/#{day.hall}', 'Zed Writes')
    writer.goto('about:blank')
    page = opened('laptop')
    join(page, f'{line.address}/c/#{day.hall}', 'Ana Types')
    to_paper(page)
    keyboard = Keyboard(page)

    keyboard.words(SHEET.lower())
    keyboard.press('Enter')
    expect(page.get_by_role('radio', name='Ana Types')).to_be_focused()
    looked_at(page, 'paper-whose')
    while not page.get_by_role('radio', name='Zed Writes').is_checked():
        keyboard.press('ArrowDown')
    keyboard.press('Enter')
    expect(page.get_by_role('heading', level=1)).to_have_text('Classroom 1: the sheet of Zed Writes')
    expect(page.locator('#note')).to_be_focused()
    before = keyboard.keys
    notes = [f'{n} of 24 students ask a neighbour (line {n}).' for n in range(1, 16)]
    for n, words in enumerate(notes, 1):
        if n == 5:
            line.mode = 'drop'
        keyboard.words(words)
        keyboard.press(f'Alt+{n % 3 + 1}', 'Enter')  # at once: nothing is waited for
        if n == 10:
            expect(page.locator('.count')).to_contain_text('10 notes typed')
            expect(pill(page)).to_contain_text('not yet received')
            looked_at(page, 'paper-typing')
            line.mode = 'pass'
    assert keyboard.keys - before == 2 * len(notes), 'Enter and a lens: two strokes a note beyond its words'
    assert day.holds(*notes)
    all_received(page)
    expect(page.locator('.count')).to_contain_text('15 notes typed')
    assert {words: who for words, who in authors(day).items() if words in notes} == dict.fromkeys(notes, 'Zed Writes')
    kept = {note.text: note for note in day.notes()}
    assert len({kept[words].lens for words in notes}) == 3

    # The last one once more: it is put right by keyboard too.
    page.keyboard.press('ArrowUp')
    expect(page.locator('#again')).to_be_focused()
    keyboard.press('Control+a')
    keyboard.words('30 of 30 students ask nobody.')
    keyboard.press('Escape')
    expect(page.locator('#note')).to_be_focused()
    assert day.holds('30 of 30 students ask nobody.')
    all_received(page)

    # Two Enters in the empty field: the next sheet. Nothing of Zed's stays on this laptop.
    keyboard.press('Enter', 'Enter')
    expect(page.locator('#sheet')).to_be_focused()
    page.wait_for_function(f'async () => !(await ({ON_DISK})("students ask"))')
    page.get_by_role('navigation').get_by_role('button', name='My notes').click()
    expect(page.get_by_text('You have not written anything yet.')).to_be_visible()
    writer.goto(f'{line.address}/c/1')
    expect(writer.locator('.note')).to_have_count(15)


def test_a_code_that_opens_no_sheet_is_said_and_ones_own_sheet_is_ones_own(day, opened):
    page = opened('phone')
    join(page, f'{day.address}/c/#{day.hall}', 'Bea Alone')
    to_paper(page)
    problem = page.get_by_role('alert').filter(has_text='.')
    for code, said in (
        ('WRNG22', 'No sheet of this round'),
        (OTHERS, 'This sheet is of Group B'),
        (day.hall, 'not the'),
    ):
        page.fill('#sheet', code)
        page.keyboard.press('Enter')
        expect(problem).to_contain_text(said)
    looked_at(page, 'paper-code')
    page.fill('#sheet', SHEET)
    page.keyboard.press('Enter')
    expect(page.get_by_role('radio', name='Bea Alone')).to_be_focused()
    page.keyboard.press('Enter')
    expect(page.get_by_role('heading', level=1)).to_have_text('Classroom 1: your sheet')
    expect(page.locator('#note')).to_be_focused()
    page.keyboard.type('Kept by a key.')
    looked_at(page, 'paper-own')
    page.get_by_role('button', name='Keep it').click()
    assert day.holds('Kept by a key.')
    assert authors(day)['Kept by a key.'] == 'Bea Alone'
    page.get_by_role('navigation').get_by_role('button', name='My notes').click()
    expect(page.locator('.note')).to_have_count(1)


def test_a_tablet_goes_from_hand_to_hand_and_everybody_comes_back_to_their_own(day, line, opened):
    page = opened('phone')
    page.set_viewport_size({'width': 820, 'height': 1180})
    join(page, day.door(1, line.address), 'Cem First')
    page.fill('#note', 'Cem wrote this.')
    next_note(page)
    all_received(page)
    page.context.route('**/api/v1/notes', lambda route: route.abort())
    page.fill('#note', 'Cem had this unsent.')
    next_note(page)
    page.fill('#note', 'Cem was still typing')
    expect(page.locator('.where')).to_contain_text('on this phone')
    expect(pill(page)).to_contain_text('2 not yet received')  # so many are told of when the tablet is handed on
    page.get_by_role('navigation').get_by_role('button', name='You').click()
    page.get_by_role('button', name='Somebody else writes now').click()
    expect(page.get_by_text('not received yet')).to_be_visible()
    code = page.locator('.return .code').inner_text()
    looked_at(page, 'hand-on')
    page.get_by_role('button', name='Hand on').click()
    expect(page.get_by_role('heading', name='Who writes now?')).to_be_visible()
    expect(page.locator('#name')).to_have_value('')
    expect(page.get_by_text('Cem')).to_have_count(0)
    looked_at(page, 'hand-on-who')
    page.fill('#name', 'Dag Second')
    page.select_option('#school', label=SCHOOL)
    page.get_by_role('button', name='Join', exact=True).click()
    page.get_by_role('button', name='Group A').click()
    page.get_by_role('heading', name='Which group are you in?').wait_for(state='detached')
    page.goto(f'{line.address}/c/1')
    expect(page.locator('#note')).to_have_value('')
    expect(page.locator('.notes')).to_contain_text('None yet.')
    page.go_back()
    expect(page.get_by_text('Cem')).to_have_count(0)
    page.goto(f'{line.address}/c/1')
    page.fill('#note', 'Dag wrote this.')
    next_note(page)
    page.context.unroute('**/api/v1/notes')
    all_received(page)
    written = authors(day)
    assert {text for text, who in written.items() if who == 'Cem First'} == {
        'Cem wrote this.', 'Cem had this unsent.', 'Cem was still typing',
    }  # fmt: skip
    assert written['Dag wrote this.'] == 'Dag Second'

    page.get_by_role('navigation').get_by_role('button', name='You').click()
    page.get_by_role('button', name='Somebody else writes now').click()
    page.get_by_role('button', name='Hand on').click()
    page.fill('#name', 'Cem First')
    page.select_option('#school', label=SCHOOL)
    page.fill('#return', code)
    page.get_by_role('button', name='Join', exact=True).click()
    page.get_by_role('navigation').get_by_role('button', name='My notes').click()
    expect(page.locator('.note')).to_have_count(3)
    expect(page.get_by_text('Dag')).to_have_count(0)


def test_a_room_without_phones_is_written_on_paper_and_remembered(day, opened):
    page = opened('phone')
    join(page, day.door(WITHOUT_PHONES), 'Eli Paper')
    notice = page.locator('.notice', has_text='No phones in this room')
    later = notice.get_by_role('button', name='Write later')
    expect(later).to_be_visible()
    looked_at(page, 'no-phones')
    later.click()
    reminder = page.get_by_role('button', name=f'Classroom {WITHOUT_PHONES}: type in what you wrote on paper')
    expect(reminder).to_be_visible()
    looked_at(page, 'no-phones-reminder')
    page.reload()
    reminder.click()
    expect(page.get_by_text('You write on paper in this room.')).to_be_visible()
    page.fill('#note', 'Seen without a phone.')
    next_note(page)
    all_received(page)
    page.get_by_role('navigation').get_by_role('button', name='Rooms').click()
    expect(page.get_by_role('heading', name='Classrooms', exact=True)).to_be_visible()
    expect(reminder).to_have_count(0)
