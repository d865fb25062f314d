"""A whole day, from the first start to the downloaded document: a laptop, a projector and three phones."""

import datetime as dt
import io
import re
from pathlib import Path

from playwright.sync_api import Download, Page, expect
from pypdf import PdfReader

from app.rounds.clock import now_in
from tests.browser.conftest import sign_in_or_set_up
from tests.browser.debriefs import go_to, pdf_of
from tests.browser.phones import join, next_note, pill, write
from tests.browser.test_day import number
from tests.browser.test_plan import a_new_round, section, the_whole_plan
from tests.browser.watching import Watch, keep_picture, troubles
from tests.cases.people import where_it_is_eleven
from tests.cases.rendering import codes_on, read_text

PATTERN = 'Some students say how they know, when they are asked twice'
EXCEPTION = 'In one lesson nobody was asked twice'
PREDICTION = 'Such a student would finish tasks and seldom say why'
THEORY = {
    'when': 'we ask every student for a reason before the answer is judged',
    'so': 'students expect to be asked how they know',
    'then': 'students can explain their steps to one another',
    'wrong if': 'students go on waiting for the answer to be judged first',
}
STEP = 'Ask for one reason in every lesson'
NOTES = {
    'Zenobia': [
        ['Six of 24 students said how they know.', 'The teacher was lovely.'],
        ['At 9:42 Quirin saw four of 26 students write a reason.'],
    ],
    'Quirin': [['The teacher asked nine questions; three began with why.'], ['Two of 26 hands went up twice.']],
    'Ottoline': [['Seven of 22 students gave a partner a reason.', 'Boring.'], ['Pairs compared answers at 5 tables.']],
}
OTHER_WORDS = {
    'The teacher was lovely.': 'The teacher said “say more” to four students.',
    'At 9:42 Quirin saw four of 26 students write a reason.': 'Four of 26 students wrote a reason.',
}
LAST_WORDS = 'Pairs compared two answers at five of seven tables.'


def test_a_whole_day_from_the_first_start_to_the_document(server, opened):
    watch = Watch()
    laptop = watch.over(opened('laptop', reduced_motion='reduce'), 'laptop')
    laptop.goto(f'{server.address}/')
    expect(laptop.get_by_role('link', name='Set up Rounds')).to_be_visible()
    sign_in_or_set_up(laptop, server, timezone=where_it_is_eleven())
    hall_address, doors = planned(laptop, server)
    hall = watch.over(opened('projector', reduced_motion='reduce'), 'hall')
    phones = {name: watch.over(opened('phone'), name) for name in NOTES}

    the_visits(laptop, hall, phones, hall_address, doors)
    the_description(laptop, hall, phones)
    the_analysis(laptop, hall)
    the_prediction(laptop, hall, phones['Ottoline'])
    the_theory_and_the_next_step(laptop, hall)
    document = closed(laptop, hall)
    the_document_gives_nobody_away(document, doors)
    it_is_over_on_phones(phones['Quirin'], opened('phone'), hall_address)
    assert (watch.complaints, troubles(server)) == ([], [])


def it_is_over_on_phones(page: Page, newcomer: Page, hall_address: str) -> None:
    """Who was there is thanked and finds the own notes, and no field to write in; nobody else is asked for a name."""
    page.reload()
    expect(page.get_by_role('heading', level=1)).to_have_text('Closed')
    expect(page.get_by_text('Thank you.')).to_be_visible()
    expect(page.get_by_text('All notes are deleted 30 days after')).to_be_visible()
    expect(page.locator('#note')).to_have_count(0)
    expect(page.get_by_role('navigation').get_by_role('button')).to_have_text(['≡My notes', '▤Wall', '○You'])
    keep_picture(page, 'day', '90-over')
    page.get_by_role('navigation').get_by_role('button', name='My notes').click()
    expect(page.locator('.note').first).to_be_visible()
    newcomer.goto(hall_address)
    expect(newcomer.get_by_role('alert').filter(has_text='This round is over')).to_be_visible()
    expect(newcomer.locator('#name')).to_have_count(0)
    keep_picture(newcomer, 'day', '91-over')


def planned(laptop: Page, server) -> tuple[str, dict[int, str]]:
    """A round of today, planned by what the page says comes next; the addresses that its printed codes hold."""
    a_new_round(server, laptop, 'Autumn round')
    the_whole_plan(laptop)
    section(laptop, 'Focus')
    day = laptop.get_by_label('Day')
    day.fill(now_in(where_it_is_eleven()).date().isoformat())
    day.blur()
    said = laptop.locator('.plan-sheet').filter(has=day).locator('.plan-status')
    expect(said).to_have_text(re.compile(r'Kept \d\d:\d\d'))
    section(laptop, 'Print')
    keep_picture(laptop, 'day', '00-plan')
    cards = [printed(laptop, name) for name in ('Door cards', 'Join poster for the hall')]
    doors = {int(re.search(r'/c/(\d+)#', address)[1]): address for address in codes_on(cards[0])}
    assert sorted(doors) == [1, 2, 3, 4]
    (hall,) = codes_on(cards[1])
    assert laptop.locator('.hall-code').inner_text().replace(' ', '') == hall.split('#')[1]
    return hall, doors


def printed(laptop: Page, name: str) -> bytes:
    with laptop.expect_download() as download:
        laptop.get_by_role('link', name=name).click()
    return content_of(download.value)


def content_of(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def the_visits(laptop: Page, hall: Page, phones: dict[str, Page], hall_address: str, doors: dict[int, str]) -> None:
    """The round is opened; visitors join at the hall and at a door, write in two classrooms, and choose."""
    section(laptop, 'Print')
    laptop.get_by_role('button', name='To the day').click()
    laptop.get_by_role('button', name='Open the round').click()
    expect(laptop.locator('.stages [aria-current=step]')).to_have_text('Visits')
    laptop.get_by_role('link', name='Debrief').click()
    laptop.get_by_role('button', name='Make a link').click()
    hall.goto(laptop.get_by_label('The link, shown only now').input_value())
    expect(hall.locator('.code')).to_have_text(re.compile(hall_address[-3:]))
    laptop.get_by_role('link', name='The day', exact=True).click()
    rooms = {}
    for name, phone in phones.items():
        group = 'Group B' if name == 'Ottoline' else 'Group A'
        # The second one has missed the hall, and scans the door at which the group stands.
        join(phone, doors[rooms['Zenobia'][0]] if name == 'Quirin' else hall_address, name, group)
        if name == 'Quirin':
            rooms[name] = rooms['Zenobia']
        else:
            phone.get_by_role('heading', name='Your rota').wait_for()
            own = phone.locator('.cards').first.locator('.card').all()
            rooms[name] = [int(card.get_attribute('data-room')) for card in own]
            keep_picture(phone, 'day', f'01-rota-{name}')
            phone.locator('.card.room').first.click()
        expect(phone.locator('#view')).to_have_attribute('data-room', str(rooms[name][0]))
    expect(number(laptop, 'have joined')).to_have_text('3 of 8')
    expect(hall.locator('.counts')).to_contain_text('3')
    keep_picture(hall, 'day', '02-joined-projection')
    for name, phone in phones.items():
        first, second = NOTES[name]
        for words in first:
            write(phone, words)
            next_note(phone)
        phone.get_by_role('button', name=f'Next: classroom {rooms[name][1]}').click()
        expect(phone.locator('#view')).to_have_attribute('data-room', str(rooms[name][1]))
        for words in second:
            write(phone, words)
            next_note(phone)
        expect(pill(phone)).to_contain_text('All received')
    keep_picture(phones['Zenobia'], 'day', '03-notes-phone')
    expect(number(laptop, 'received')).to_have_text('8')
    keep_picture(laptop, 'day', '04-day')
    go_to(laptop, 'Selection')
    for name, phone in phones.items():
        phone.get_by_role('button', name='Go there').click()
        written = [words for room in NOTES[name] for words in room]
        expect(phone.locator('.pick')).to_have_count(len(written))
        for words in written:
            phone.locator('.pick', has_text=words).click()
        expect(phone.locator('.count')).to_contain_text(f'{len(written)} chosen')
        expect(pill(phone)).to_contain_text('All received')
    keep_picture(phones['Zenobia'], 'day', '05-choose-phone')
    expect(hall.locator('.count strong')).to_have_text('8')


def the_description(laptop: Page, hall: Page, phones: dict[str, Page]) -> None:
    """Groups screen on their phones, the facilitator screens the rest; a red dot by the other group sends one back."""
    go_to(laptop, 'Screening')
    laptop.get_by_role('link', name='To the debrief’s control view').click()
    zenobia, ottoline = phones['Zenobia'], phones['Ottoline']
    for phone in (zenobia, ottoline):
        phone.get_by_role('button', name='Go there').click()
    keep_picture(zenobia, 'day', '06-screening-phone')
    while screened(zenobia):
        pass
    dropped(ottoline, 'Boring.')
    expect(laptop.locator('.tabs').get_by_role('button', name='Dropped')).to_contain_text('1')
    keep_picture(laptop, 'day', '07-screening-control')
    for left in (1, 0):
        laptop.get_by_role('button', name='Accept: onto the wall').click()
        expect(laptop.locator('.tabs').get_by_role('button', name='To screen')).to_contain_text(str(left))
    expect(hall.locator('.foot .numbers')).to_have_text('7 cards on the wall')

    go_to(laptop, 'Red dots')
    phones['Quirin'].get_by_role('navigation').get_by_role('button', name='Wall').click()
    card = phones['Quirin'].locator('.dots li', has_text='5 tables')
    expect(card).to_be_visible()
    keep_picture(phones['Quirin'], 'day', '08-red-dot-phone')
    card.get_by_role('button', name='It is not specific').click()
    expect(hall.locator('.foot .numbers')).to_have_text('6 cards on the wall')
    laptop.locator('.tabs').get_by_role('button', name='Sent back').click()
    expect(laptop.locator('.reason').first).to_contain_text('Sent back')
    keep_picture(laptop, 'day', '09-red-dot-control')
    laptop.get_by_role('button', name='Reword').click()
    laptop.get_by_label('The card’s words').fill(LAST_WORDS)
    laptop.locator('dialog').get_by_role('button', name='Keep', exact=True).click()
    laptop.locator('.tabs').get_by_role('button', name='To screen').click()
    laptop.get_by_role('button', name='Accept: onto the wall').click()
    expect(hall.locator('.foot .numbers')).to_have_text('7 cards on the wall')
    if LAST_WORDS not in hall.locator('.wall').inner_text():  # six make a page, and their order is random
        laptop.get_by_role('button', name='Next page on the screen').click()
    expect(hall.locator('.wall')).to_contain_text(LAST_WORDS)
    keep_picture(hall, 'day', '10-wall-projection')


def screened(phone: Page) -> bool:
    """One card of the group, as its words ask for it; false when none is left."""
    card = phone.locator('.wallcard .words')
    expect(card.or_(phone.get_by_text('No card of your group is waiting.'))).to_be_visible()
    if not card.count():
        return False
    words = card.inner_text()
    if words in OTHER_WORDS:
        phone.get_by_role('button', name='Find other words').click()
        phone.fill('#reword', OTHER_WORDS[words])
        phone.get_by_role('button', name='Keep these words').click()
    else:
        for question in ('Is it specific?', 'Is it free of judgement?'):
            phone.get_by_role('group', name=question).get_by_role('button', name='Yes').click()
        phone.locator('.decide').get_by_role('button', name=re.compile('on the wall', re.IGNORECASE)).click()
    expect(phone.locator('.wallcard .words', has_text=words)).to_have_count(0)
    return True


def dropped(phone: Page, words: str) -> None:
    card = phone.locator('.wallcard .words')
    while card.inner_text() != words:
        before = card.inner_text()
        phone.get_by_role('button', name='Another card first').click()
        expect(card).not_to_have_text(before)
    phone.get_by_role('button', name='Drop it').click()
    expect(card.filter(has_text=words)).to_have_count(0)


def the_analysis(laptop: Page, hall: Page) -> None:
    """Five cards become a pattern with an exception, two stay outside; one more is moved in."""
    go_to(laptop, 'Analysis')
    unsorted = laptop.get_by_role('region', name='Not sorted yet')
    for words in ('said how they know', 'wrote a reason', 'gave a partner a reason', 'say more'):
        unsorted.locator('.card', has_text=words).click()
    laptop.get_by_role('button', name='A new pattern from 4 cards').click()
    laptop.get_by_label('The pattern in a sentence').fill('Students are engaged')
    expect(laptop.locator('dialog .hint')).to_contain_text('“engaged” What did they do or say?')
    laptop.get_by_label('The pattern in a sentence').fill(PATTERN)
    expect(laptop.locator('dialog .hint')).to_be_empty()
    laptop.locator('dialog').get_by_role('button', name='Keep').click()
    expect(hall.locator('.tile')).to_contain_text('4 cards from 3 visits')
    unsorted.locator('.card', has_text='went up twice').click()
    laptop.get_by_label('Move to').select_option(label=PATTERN)
    laptop.get_by_role('button', name='Move', exact=True).click()
    expect(hall.locator('.tile')).to_contain_text('5 cards')
    laptop.get_by_role('button', name=f'Change “{PATTERN}”').click()
    laptop.get_by_label('What speaks against it').fill(EXCEPTION)
    laptop.locator('dialog').get_by_role('button', name='Keep').click()
    expect(hall.locator('.tile')).to_contain_text(EXCEPTION)
    keep_picture(laptop, 'day', '11-analysis-control')
    laptop.get_by_role('button', name=f'Show “{PATTERN}” on the screen').click()
    expect(hall.locator('.about .rests')).to_contain_text('5 cards from 3 visits')
    keep_picture(hall, 'day', '12-pattern-projection')


def the_prediction(laptop: Page, hall: Page, phone: Page) -> None:
    go_to(laptop, 'Prediction')
    expect(hall.locator('.question')).to_be_visible()
    keep_picture(hall, 'day', '13-question-projection')
    phone.fill('#prediction', PREDICTION)  # a phone that is at the wall follows by itself
    phone.get_by_role('button', name=PATTERN).click()
    keep_picture(phone, 'day', '14-prediction-phone')
    phone.get_by_role('button', name='Put it on the wall').click()
    expect(laptop.locator('.predicting .words')).to_have_text(PREDICTION)
    laptop.get_by_role('button', name='Next page on the screen').click()
    expect(hall.locator('.tile')).to_contain_text(PREDICTION)


def the_theory_and_the_next_step(laptop: Page, hall: Page) -> None:
    go_to(laptop, 'Theories of action')
    laptop.get_by_label('New draft').fill(THEORY['when'])
    laptop.get_by_role('button', name='Begin').click()
    laptop.get_by_label('so …').fill(THEORY['so'])
    laptop.get_by_label('then …').fill(THEORY['then'])
    laptop.get_by_label('We would know we were wrong if').fill(THEORY['wrong if'])
    laptop.get_by_label('Look again on').fill(f'{dt.date.today() + dt.timedelta(days=90)}')
    laptop.get_by_role('checkbox', name=PATTERN).check()
    for words in THEORY.values():
        expect(hall.locator('.theory')).to_contain_text(words)
    expect(laptop.locator('.form .sign.kept')).to_have_count(5)  # what is not kept yet would hold the desk
    expect(hall.locator('.theory .cites')).to_contain_text(PATTERN)
    keep_picture(laptop, 'day', '15-theory-control')
    keep_picture(hall, 'day', '16-theory-projection')
    go_to(laptop, 'Next level of work')
    laptop.get_by_role('button', name='A next step: Next week, Teachers').click()
    laptop.get_by_label('What is done?').fill(STEP)
    laptop.locator('dialog').get_by_role('checkbox', name=THEORY['when']).check()
    laptop.locator('dialog').get_by_role('button', name='Keep').click()
    laptop.get_by_label('The school takes this up').check()
    expect(hall.locator('.steps .taken')).to_be_visible()
    keep_picture(laptop, 'day', '17-next-level-control')
    keep_picture(hall, 'day', '18-next-level-projection')


def closed(laptop: Page, hall: Page) -> bytes:
    """The round is closed; the document as it is downloaded."""
    laptop.get_by_role('button', name='Close the round').click()
    expect(laptop.locator('.q-dialog')).to_contain_text('deleted 30 days after the close')
    laptop.locator('.q-dialog').get_by_role('button', name='Close the round').click()
    expect(hall.locator('.closing')).to_be_visible()
    laptop.get_by_role('link', name='To the outcome').click()
    expect(laptop.get_by_role('heading', name='Theory of action 1')).to_be_visible()
    keep_picture(laptop, 'day', '19-outcome')
    return pdf_of(laptop)


def the_document_gives_nobody_away(document: bytes, doors: dict[int, str]) -> None:
    said = read_text(document)
    for words in (PATTERN, EXCEPTION, PREDICTION, *THEORY.values(), STEP, 'Harbour View Academy'):
        assert words in said
    assert 'Six of 24 students said how they know.' in said or OTHER_WORDS['The teacher was lovely.'] in said
    everything = ' '.join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)
    words = set(re.findall(r'\w+', everything))
    assert words.isdisjoint({'M7', 'M8', 'M9', 'M10', 'Mathematics', *NOTES})
    assert words.isdisjoint(address.split('#')[1] for address in doors.values())
    assert not re.search(r'\b\d{1,2}[:.h]\d{2}\b', everything)
    for withdrawn in ('Boring', *OTHER_WORDS):
        assert withdrawn not in said
