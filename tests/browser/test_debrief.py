"""The debrief on the facilitator's laptop, on a second one and on the projector."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.debriefs import debriefs, go_to, pdf_of, small_round, whole_round

#: From now on the browser answers nothing for some seconds.
HOLDS_STILL = '() => setTimeout(() => { const end = Date.now() + 3000; while (Date.now() < end); })'


async def seed(services):
    return await debriefs(services, small=small_round(), whole=whole_round())


def test_a_whole_debrief_is_seen_live_on_every_screen(screen: Callable[..., Page]):
    control, second, hall = (screen(what, 'small') for what in ('control', 'control', 'projection'))

    # Description: one card is accepted, one reworded and accepted, one marked.
    expect(hall.locator('.foot .numbers')).to_have_text('10 cards on the wall')
    control.get_by_role('button', name='Accept: onto the wall').click()
    expect(hall.locator('.foot .numbers')).to_have_text('11 cards on the wall')
    control.locator('.tabs').get_by_role('button', name='Sent back').click()
    control.get_by_role('button', name='Reword').click()
    control.get_by_label('The card’s words').fill('Nine of 26 students write a reason')
    control.get_by_role('button', name='Keep').click()
    control.locator('.tabs').get_by_role('button', name='To screen').click()
    expect(control.locator('.aloud')).to_have_text('Nine of 26 students write a reason')
    control.locator('.read').focus()
    control.keyboard.press('a')
    expect(hall.locator('.foot .numbers')).to_have_text('12 cards on the wall')
    expect(second.locator('.tabs').get_by_role('button', name='On the wall')).to_contain_text('12')
    go_to(control, 'Red dots')
    expect(control.locator('.tabs').get_by_role('button', name='On the wall')).to_have_attribute('aria-pressed', 'true')
    control.get_by_role('button', name='Red dot: send back').click()
    control.locator('dialog').get_by_role('button', name='Red dot: send back').click()
    expect(hall.locator('.foot .numbers')).to_have_text('11 cards on the wall')

    # Analysis: what waits is said before the next stage opens; the second laptop goes along.
    control.locator('.next-step').click()
    expect(control.locator('.q-dialog')).to_contain_text('1 card was sent back and waits for other words.')
    control.get_by_role('button', name='Go on all the same').click()
    expect(hall.locator('h1')).to_have_text('Analysis')
    expect(second.locator('.sorting')).to_be_visible()
    cards = control.get_by_role('region', name='Not sorted yet').locator('.card')
    cards.nth(0).click()
    cards.nth(1).click()
    control.get_by_role('button', name='A new pattern from 2 cards').click()
    control.get_by_label('The pattern in a sentence').fill('Some write a reason')
    control.locator('dialog').get_by_role('button', name='Keep').click()
    expect(hall.locator('.tile')).to_contain_text('Some write a reason')
    cards.nth(0).drag_to(control.get_by_role('region', name='Some write a reason'))
    expect(hall.locator('.tile')).to_contain_text('3 cards')
    expect(second.get_by_role('region', name='Some write a reason').locator('.card')).to_have_count(3)

    # Prediction, theory, next step.
    go_to(control, 'Prediction')
    expect(hall.locator('.question')).to_contain_text('If you were a student at this school')
    control.get_by_label('The prediction').fill('They would know how to give a reason')
    control.get_by_role('button', name='Keep').click()
    expect(control.locator('.predicting .problem')).to_contain_text('choose at least one pattern')
    control.get_by_role('checkbox', name='Some write a reason').check()
    control.get_by_role('button', name='Keep').click()
    expect(control.locator('.predicting .words')).to_have_text('They would know how to give a reason')
    expect(control.get_by_label('The prediction')).to_have_value('')  # what is not kept yet would hold the desk
    control.get_by_role('button', name='Next page on the screen').click()
    expect(hall.locator('.tile')).to_contain_text('They would know how to give a reason')
    go_to(control, 'Theories of action')
    expect(control.locator('.theorizing')).to_be_visible()
    assert control.get_by_label('Compare with').count() == 0
    control.get_by_label('New draft').fill('we ask for a reason')
    control.get_by_role('button', name='Begin').click()
    control.get_by_label('so …').fill('students look for one')
    control.get_by_label('then …').fill('students can explain what they do')
    control.get_by_label('Look again on').fill('2027-03-01')
    expect(hall.locator('.theory')).to_contain_text('students can explain what they do')
    expect(control.get_by_label('Compare with')).to_be_visible()
    expect(control.locator('.form .sign.kept')).to_have_count(3)  # what is not kept yet would hold the desk
    go_to(control, 'Next level of work')
    control.get_by_role('button', name='A next step: Next week, Teachers').click()
    control.get_by_label('What is done?').fill('Ask for one reason in each lesson')
    control.locator('dialog').get_by_role('button', name='Keep').click()
    expect(hall.locator('.steps')).to_contain_text('Ask for one reason in each lesson')
    control.get_by_role('region', name='Next week, Teachers').get_by_role('button', name='Change').click()
    control.get_by_label('When?').select_option(label='Next month')
    control.locator('dialog').get_by_role('button', name='Keep').click()
    expect(control.get_by_role('region', name='Next month, Teachers')).to_contain_text('Ask for one reason')
    expect(hall.get_by_role('list', name='Next month, Teachers')).to_contain_text('Ask for one reason')
    before = hall.locator('.projection').inner_text()
    hall.reload()
    expect(hall.locator('.steps')).to_contain_text('Ask for one reason in each lesson')
    assert hall.locator('.projection').inner_text() == before
    control.locator('.next-step').click()
    expect(control.locator('.q-dialog')).to_contain_text('deleted 30 days after the close')
    control.locator('.q-dialog').get_by_role('button', name='Close the round').click()
    expect(hall.locator('.closing')).to_contain_text('Thank you.')
    control.get_by_role('link', name='To the outcome').click()
    expect(control.get_by_role('heading', name='Theory of action 1')).to_be_visible()
    assert pdf_of(control).startswith(b'%PDF')
    go_to(second, 'Analysis')


def test_all_that_was_done_in_the_analysis_can_be_undone_and_done_again(screen: Callable[..., Page]):
    control = screen('control', 'whole')
    go_to(control, 'Analysis')
    control.locator('.parts').get_by_role('button', name='Patterns').click()
    start = control.locator('.columns').inner_text()
    first = control.locator('.pile:not(.unsorted)').first
    first.locator('.card').nth(0).click()
    first.locator('.card').nth(1).click()
    control.get_by_role('button', name='A new pattern from 2 cards').click()
    control.get_by_label('The pattern in a sentence').fill('Taken apart')
    control.locator('dialog').get_by_role('button', name='Keep').click()
    expect(control.locator('dialog')).to_have_count(0)
    control.get_by_role('button', name='Change “Taken apart”').click()
    control.get_by_label('What speaks against it').fill('Not in one room')
    control.locator('dialog').get_by_role('button', name='Keep').click()
    expect(control.locator('dialog')).to_have_count(0)
    control.get_by_role('button', name='Change “Taken apart”').click()
    control.get_by_role('button', name='Remove the pattern').click()
    expect(control.get_by_role('region', name='Taken apart')).to_have_count(0)
    done = control.locator('.columns').inner_text()
    for said in ('Remove', 'Note an exception', 'Take'):
        control.get_by_role('button', name=f'Undo: {said}').click()
    expect(control.locator('.columns')).to_have_text(start, use_inner_text=True)
    for said in ('Take', 'Note an exception', 'Remove'):
        control.get_by_role('button', name=f'Redo: {said}').click()
    expect(control.locator('.columns')).to_have_text(done, use_inner_text=True)
    for said in ('Remove', 'Note an exception', 'Take'):
        control.get_by_role('button', name=f'Undo: {said}').click()
    expect(control.locator('.columns')).to_have_text(start, use_inner_text=True)


def test_what_is_being_typed_stays_when_another_laptop_opens_the_next_stage(screen: Callable[..., Page]):
    control, second = screen('control', 'whole'), screen('control', 'whole')
    go_to(control, 'Prediction')
    expect(second.get_by_label('The prediction')).to_be_visible()
    second.get_by_label('The prediction').fill('They would know half a')
    second.locator('.parts').get_by_role('button', name='Predictions').click()  # open already: nothing is drawn anew
    second.evaluate(HOLDS_STILL)  # as a line may
    go_to(control, 'Theories of action')
    expect(second.locator('.moved-on')).to_contain_text('The round is at “Theories of action” now')
    expect(second.get_by_label('The prediction')).to_have_value('They would know half a')
    second.get_by_role('button', name='Go there').click()
    expect(second.locator('.theorizing')).to_be_visible()


def test_two_who_write_the_same_field_are_shown_both_words(screen: Callable[..., Page]):
    control, second = screen('control', 'whole'), screen('control', 'whole')
    go_to(control, 'Theories of action')
    mine, theirs = control.get_by_label('then …'), second.get_by_label('then …')
    expect(theirs).to_be_visible()
    # A field that is left alone is kept after three seconds: the one that is to be kept first is begun first.
    mine.fill('students write what they think')
    theirs.fill('students say what they think')
    mine.blur()
    expect(control.locator('.form .field .kept')).to_be_visible()
    theirs.blur()
    expect(second.locator('.differs')).to_contain_text('students write what they think')
    expect(theirs).to_have_value('students say what they think')
    second.get_by_role('button', name='Keep mine').click()
    expect(mine).to_have_value('students say what they think')


@pytest.mark.parametrize(
    ('stage', 'opener'),
    [
        ('Red dots', 'Reword'),
        ('Analysis', 'Change “Exit slips'),
        pytest.param('Red dots', 'Red dot: send back', marks=pytest.mark.soak),
        pytest.param('Analysis', 'New pattern', marks=pytest.mark.soak),
        pytest.param('Prediction', 'Change', marks=pytest.mark.soak),
        pytest.param('Next level of work', 'A next step: Next week, Leaders', marks=pytest.mark.soak),
    ],
)
def test_dialogs_give_the_focus_back(screen: Callable[..., Page], stage: str, opener: str):
    control = screen('control', 'whole')
    go_to(control, stage)
    if stage == 'Red dots':
        control.locator('.tabs').get_by_role('button', name='On the wall').click()
    button = control.get_by_role('button', name=opener).first
    button.focus()
    expect(button).to_be_focused()
    control.keyboard.press('Enter')
    expect(control.locator('dialog')).to_be_visible()
    control.keyboard.press('Escape')
    expect(control.locator('dialog')).to_have_count(0)
    expect(button).to_be_focused()
