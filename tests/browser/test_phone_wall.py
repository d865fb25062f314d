"""A phone at the wall: screening, red dots, predictions, and what the server refuses."""

import re

from playwright.sync_api import Page, expect

from tests.browser.phones import ON_DISK, join, plan_days


async def seed(services):
    return await plan_days(services, 'screening', 'red_dots', 'prediction')


def test_a_group_screens_its_cards_on_a_phone(server, opened):
    day = server.seeded['screening']
    page = opened('phone')
    join(page, day.door(1), 'Ny Screens')
    page.get_by_role('navigation').get_by_role('button', name='Wall').click()
    heading = page.get_by_role('heading', level=1)
    expect(heading).to_contain_text('cards of your group to screen')
    waiting = int(heading.inner_text().split()[0])
    _decide(page)
    expect(heading).to_contain_text(f'{waiting - 1} card')
    page.get_by_role('button', name='Drop it').click()
    expect(heading).to_contain_text(f'{waiting - 2} card')
    page.get_by_role('button', name='Find other words').click()
    page.fill('#reword', 'Four of 28 students gave a reason.')
    page.get_by_role('button', name='Keep these words').click()
    expect(heading).to_contain_text('to screen')
    page.reload()  # opens at the wall: that is where the stage is
    expect(heading).to_contain_text('to screen')


def test_no_card_takes_the_place_of_the_one_that_is_read(server, opened):
    day = server.seeded['screening']
    page = opened('phone', service_workers='block')
    join(page, f'{day.address}/c/#{day.hall}', 'Qu Reads', 'Group B')  # and on to the wall, where the stage is
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


def test_a_red_dot_is_a_tap_and_a_reason(server, opened):
    day = server.seeded['red_dots']
    page = opened('phone')
    join(page, day.door(1), 'Oz Dots')
    page.get_by_role('navigation').get_by_role('button', name='Wall').click()
    expect(page.get_by_role('heading', level=1)).to_have_text('Red dots')
    card = page.locator('.dots li').first
    words = card.locator('.words').inner_text()
    card.get_by_role('button', name='It judges').click()
    again = page.locator('.dots li', has_text=words)
    expect(again.get_by_role('button', name='It judges')).to_have_count(0)
    expect(again).to_contain_text('It judges instead of describing')


def test_a_prediction_rests_on_a_pattern(server, opened):
    day = server.seeded['prediction']
    page = opened('phone')
    join(page, day.door(1), 'Pi Predicts')
    page.get_by_role('navigation').get_by_role('button', name='Wall').click()
    page.fill('#prediction', 'Such a student would finish tasks without saying why.')
    page.get_by_role('button', name='Put it on the wall').click()
    expect(page.get_by_role('alert').filter(has_text='at least one pattern')).to_be_visible()
    page.locator('.chip').first.click()
    page.get_by_role('button', name='Put it on the wall').click()
    expect(page.locator('#sent')).to_contain_text('received')
    expect(page.locator('#prediction')).to_have_value('')
    predictions = day.read(lambda work: work.predictions.all())
    assert 'Such a student would finish tasks without saying why.' in [one.text for one in predictions]


def test_words_that_the_server_refuses_stay_on_the_phone(server, opened):
    day = server.seeded['prediction']
    page = opened('phone', service_workers='block')
    join(page, day.door(1), 'Ro Refused')
    page.get_by_role('navigation').get_by_role('button', name='Wall').click()
    page.route('**/api/v1/acts', lambda route: route.abort())
    page.fill('#prediction', 'first ' * 400)  # longer than fits
    page.locator('.chip').first.click()
    page.get_by_role('button', name='Put it on the wall').click()
    expect(page.locator('#prediction')).to_have_value('')
    page.fill('#prediction', 'A second thought')
    page.wait_for_function(f'() => ({ON_DISK})("A second thought")')
    page.reload()  # nobody is waiting for the answer any more
    page.unroute('**/api/v1/acts')
    refusal = page.locator('.notice.stop', has_text='Please shorten it')
    expect(refusal).to_contain_text('first first first')
    expect(page.locator('#prediction')).to_have_value('A second thought')

    page.fill('#prediction', '')
    page.wait_for_function(f'async () => !(await ({ON_DISK})("A second thought"))')
    page.reload()  # opens at the wall: that is where the stage is
    expect(page.locator('#prediction')).to_have_value(re.compile('^first first'))
    expect(refusal).to_have_count(0)
    page.reload()  # opens at the wall: that is where the stage is
    expect(page.locator('#prediction')).to_have_value(re.compile('^first first'))


def test_other_words_that_the_server_refuses_are_there_again(server, opened):
    day = server.seeded['screening']
    page = opened('phone', service_workers='block')
    join(page, f'{day.address}/c/#{day.hall}', 'Ty Rewords', 'Group B')  # and on to the wall, where the stage is
    card = page.locator('.wallcard .words').inner_text()
    page.get_by_role('button', name='Find other words').click()
    page.fill('#reword', 'second ' * 400)
    page.get_by_role('button', name='Keep these words').click()
    refusal = page.locator('.notice.stop', has_text='Please shorten it')
    expect(refusal).to_contain_text('second second')
    page.reload()  # opens at the wall: that is where the stage is
    expect(refusal).to_contain_text('second second')
    while page.locator('.wallcard .words').inner_text() != card:
        page.get_by_role('button', name='Another card first').click()
    page.get_by_role('button', name='Find other words').click()
    expect(page.locator('#reword')).to_have_value(re.compile('^second second'))
    page.get_by_role('button', name='Back').click()
    page.get_by_role('button', name='I do not need these words any more').click()
    expect(refusal).to_have_count(0)


def _decide(page: Page) -> None:
    """Put a card on the wall, also one that is asked about."""
    for question in ('Is it specific?', 'Is it free of judgement?'):
        page.get_by_role('group', name=question).get_by_role('button', name='Yes').click()
    page.locator('.decide').get_by_role('button', name=re.compile('[Oo]n the wall')).click()
