"""A debrief of fourteen people in four groups, from selection to next steps: two phones, laptops, a projector, and the
others through the API; with a tab that froze, a second facilitator and a server that was killed in the middle."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from app.ids import new_id
from app.rounds.clock import now_in
from tests.browser.conftest import axe_findings
from tests.browser.debriefs import a_pattern, go_to
from tests.browser.people_in_hall import NOTES_EACH, Made, Phone, fourteen, on_a_phone
from tests.browser.watching import keep_picture, troubles
from tests.cases.people import PHRASE, where_it_is_eleven

LATER = 10
#: Until a page has found the server again, ms: twenty times the usual.
AGAIN = 120_000


@pytest.fixture
def made(server) -> Made:
    server.stop()
    made = server.seed(fourteen)
    server.start()
    return made


def signed_in(opened, server, email: str) -> Page:
    page = opened('laptop', reduced_motion='reduce')
    page.goto(f'{server.address}/sign-in')
    page.fill('[name=email]', email)
    page.fill('[name=passphrase]', PHRASE)
    page.click('button[type=submit]')
    page.wait_for_url(f'{server.address}/')
    return page


def test_a_debrief_of_fourteen_people_from_selection_to_next_steps(server, opened, made: Made):
    control = signed_in(opened, server, 'ama@harbour.example')
    control.goto(f'{server.address}/rounds/{made.round}/control')
    hall = opened('projector', storage_state=control.context.storage_state(), reduced_motion='reduce')
    hall.goto(f'{server.address}/rounds/{made.round}/projection')
    phones = made.phones
    assert len(phones) == 14

    # The time is planned with the keyboard alone, and every screen shows what is left of it.
    go_to(control, 'Selection')
    planned_with_the_keyboard(control)
    expect(hall.locator('.time')).to_contain_text('minutes left')
    expect(control.locator('.script blockquote').first).to_contain_text('alone')

    # Selection and screening: two real phones, twelve through the API.
    two = [on_a_phone(opened, server, made, phone) for phone in (phones[0], phones[-1])]
    for phone in phones:
        phone.choose()
    expect(hall.locator('.count strong')).to_have_text(str(14 * NOTES_EACH))
    go_to(control, 'Screening')
    for phone in phones:
        for card in phone.ask('/wall')['to_screen']:
            phone.act('accept', card=card['id'], confirmed=True)
    expect(hall.locator('.foot .numbers')).to_have_text(f'{14 * NOTES_EACH} cards on the wall')
    go_to(control, 'Red dots')
    dotted = phones[0].ask('/wall')['red_dots'][0]['id']
    phones[0].act('red_dot', card=dotted, reason='judgement')
    expect(hall.locator('.foot .numbers')).to_have_text(f'{14 * NOTES_EACH - 1} cards on the wall')
    hall_shows(control, hall)
    keep_picture(control, 'hall', '2-control')

    # Sorting: two patterns, then the server is killed while the projector's tab is frozen; its clock moves on.
    go_to(control, 'Analysis')
    for title in ('They explain to one another', 'The first answer stands'):
        a_pattern(control, title)
    expect(hall.locator('.tile')).to_have_count(2)
    before = minutes_left(control)
    freezer = hall.context.new_cdp_session(hall)
    freezer.send('Page.setWebLifecycleState', {'state': 'frozen'})
    server.kill()
    server.program = ['-m', 'tests.browser.later', str(LATER)]
    server.start()
    freezer.send('Page.setWebLifecycleState', {'state': 'active'})
    # As many minutes less as the clock has moved, and those that starting again may take on a loaded machine.
    less = re.compile(rf'^({"|".join(str(before - LATER - more) for more in range(6))}) min')
    expect(control.locator('.time-bar .left')).to_have_text(less, timeout=AGAIN)
    expect(hall.locator('.time')).to_have_text(less, timeout=AGAIN)
    expect(hall.locator('.tile')).to_have_count(2, timeout=AGAIN)
    a_pattern(control, 'Tasks ask for a number')
    expect(hall.locator('.tile')).to_have_count(3)

    # An earlier minute is looked at and brought back, and one press of undo goes to now again.
    control.get_by_role('button', name='Earlier minutes').click()
    control.locator('.earlier li button').first.click()
    expect(control.get_by_role('button', name='Bring this back')).to_be_visible()
    keep_picture(control, 'hall', '3-earlier')
    assert axe_findings(control) == []
    control.keyboard.press('Escape')
    expect(control.locator('.q-dialog')).to_have_count(0)

    the_vote(control, hall, two, phones)
    the_room(control, opened, server, made)

    go_to(control, 'Prediction')
    pattern = phones[3].ask('/wall')['patterns'][0]['id']
    phones[3].act('predict', text='They would finish tasks', patterns=[pattern])
    expect(control.locator('.predicting .words')).to_have_text('They would finish tasks')
    two[0].get_by_role('navigation').get_by_role('button', name='Wall').click()
    two[0].get_by_label('Your prediction').fill('They would wait for the answer')
    two[0].locator('.chip').first.click()
    two[0].get_by_role('button', name='Put it on the wall').click()
    expect(control.locator('.predicting .words')).to_have_count(2)
    the_theories(control, hall)
    go_to(control, 'Next level of work')
    control.get_by_role('button', name='A next step: Next week, Teachers').click()
    control.get_by_label('What is done?').fill('Ask for one reason in each lesson')
    control.locator('dialog').get_by_role('button', name='Keep').click()
    expect(hall.locator('.steps')).to_contain_text('Ask for one reason in each lesson')
    assert troubles(server) == []


def planned_with_the_keyboard(control: Page) -> None:
    ends = now_in(where_it_is_eleven()) + dt.timedelta(minutes=100)
    opener = control.get_by_role('button', name='Plan the time')
    opener.focus()
    expect(opener).to_be_focused()
    control.keyboard.press('Enter')
    control.get_by_label('The debrief ends at').fill(f'{ends:%H:%M}')
    keep_picture(control, 'hall', '1-time')
    assert axe_findings(control) == []
    control.keyboard.press('Enter')
    expect(control.locator('dialog')).to_have_count(0)
    steps = control.locator('.time-bar .steps li')
    before = steps.nth(3).inner_text()
    more = control.get_by_role('button', name='Five minutes more')
    more.focus()
    for _ in range(2):
        control.keyboard.press('Enter')
    expect(steps.nth(3)).not_to_have_text(before)
    less = control.get_by_role('button', name='Five minutes less')
    less.focus()
    for _ in range(2):
        control.keyboard.press('Enter')
    expect(steps.nth(3)).to_have_text(before, use_inner_text=True)


def hall_shows(control: Page, hall: Page) -> None:
    """Norms, question and pause: at any moment, and away again."""
    shows = control.get_by_label('Show for a moment')
    for key, words in (('norms', 'never of a teacher'), ('question', 'Could somebody'), ('focus', 'explain')):
        shows.select_option(value=key)
        expect(hall.locator('.statement')).to_contain_text(words)
    shows.select_option(value='')
    control.get_by_role('button', name='Pause: hide the wall').click()
    expect(hall.locator('.part')).to_contain_text('A short pause')
    expect(hall.locator('.note')).to_have_count(0)
    control.get_by_role('button', name='Show the wall again').click()
    expect(hall.locator('.note').first).to_be_visible()


def minutes_left(control: Page) -> int:
    return int(control.locator('.time-bar .left').inner_text().split()[0])


def the_vote(control: Page, hall: Page, two: list[Page], phones: list[Phone]) -> None:
    control.get_by_role('button', name='Vote on patterns').click()
    expect(hall.locator('.voting')).to_contain_text('2 dots for each of you')
    for phone in phones[1:-1]:
        vote = phone.ask('/wall')['vote']
        phone.act('vote', vote=vote['id'], options=[vote['options'][0]['id']])
    expect(hall.locator('.voting')).to_contain_text('12 of 14 have voted')
    # Hands are counted while others still vote on their phones.
    control.get_by_role('button', name='Count raised hands').click()
    control.locator('.hands').get_by_label('The first answer stands').fill('2')
    keep_picture(control, 'hall', '6-hands')
    assert axe_findings(control) == []
    for page in two:
        keep_picture(page, 'hall', '0-phone-before')
        page.goto(f'{phones[0].address}/c/')  # a phone that slept through it all, opened again
        page.get_by_role('navigation').get_by_role('button', name='Wall').click()
        page.locator('.vote .pick').nth(1).click()
        expect(page.locator('.vote .count')).to_have_text('1 dot left')
    expect(hall.locator('.voting')).to_contain_text('14 of 14 have voted')
    assert axe_findings(two[0]) == []
    keep_picture(two[0], 'hall', '4-vote-phone')
    keep_picture(hall, 'hall', '5-vote-wall')
    assert hall.locator('.options b').count() == 0
    expect(control.locator('.hands').get_by_label('The first answer stands')).to_have_value('2')
    control.locator('.hands').get_by_role('button', name='Keep').click()
    expect(control.locator('.q-dialog')).to_have_count(0)
    control.get_by_role('button', name='Close the vote').click()
    expect(control.get_by_role('button', name='Reveal on the wall')).to_be_visible()
    late = phones[-1].ask('/acts', {'acts': [{'id': new_id(), 'kind': 'vote', 'vote': vote['id'], 'options': []}]})
    assert 'This vote is closed' in late['refused'][0]['sentence']
    control.get_by_role('button', name='Reveal on the wall').click()
    expect(hall.locator('.options b').first).to_have_text('12')
    assert axe_findings(hall) == []
    keep_picture(hall, 'hall', '7-revealed')
    keep_picture(control, 'hall', '7-control')
    control.get_by_role('button', name='Put the vote away').click()
    expect(hall.locator('.tile').first).to_be_visible()


def the_room(control: Page, opened, server, made: Made) -> None:
    """Another facilitator asks for the room on her own laptop, gets it, and gives it back."""
    second = signed_in(opened, server, 'joan@harbour.example')
    second.goto(f'{server.address}/rounds/{made.round}/control')
    expect(second.locator('.next-step')).to_have_count(0)
    second.get_by_role('button', name='Ask for the room').click()
    control.get_by_role('button', name='Hand over to Joan Ellis').click()
    expect(second.locator('.next-step')).to_be_visible()
    expect(control.locator('.next-step')).to_have_count(0)
    control.get_by_role('button', name='Ask for the room').click()
    second.get_by_role('button', name='Hand over to Ama Boateng').click()
    expect(control.locator('.next-step')).to_be_visible()
    second.context.close()


def the_theories(control: Page, hall: Page) -> None:
    go_to(control, 'Theories of action')
    expect(control.locator('.theorizing')).to_be_visible()
    assert control.get_by_label('Compare with').count() == 0
    for when in ('we ask for a reason', 'we wait three seconds'):
        control.get_by_label('New draft').fill(when)
        control.get_by_role('button', name='Begin').click()
        expect(control.get_by_label('When we … the action')).to_have_value(when)
    control.get_by_label('Side by side with').select_option(label='we ask for a reason')
    expect(hall.locator('.theory')).to_have_count(2)
    keep_picture(hall, 'hall', '8-side-by-side')
    keep_picture(control, 'hall', '8-control')
    for opener in ('Take apart', 'What stood here before'):
        control.get_by_role('button', name=opener).click()
        expect(control.locator('dialog')).to_be_visible()
        assert axe_findings(control) == []
        control.keyboard.press('Escape')
        expect(control.locator('dialog')).to_have_count(0)
    control.get_by_role('button', name='Join it into this draft').click()
    expect(hall.locator('.theory')).to_have_count(1)
    expect(hall.locator('.theory')).to_contain_text('we ask for a reason')
    control.get_by_role('button', name='Undo: Join').click()
    expect(hall.locator('.theory')).to_have_count(2)
