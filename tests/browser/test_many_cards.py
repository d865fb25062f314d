"""Four hundred cards that nobody has sorted: on a group's phone, on the facilitator's laptop, in the hall."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.debriefs import Debriefs, debriefs, full_wall
from tests.browser.phones import join
from tests.browser.serving import Server

CARDS = 400


@dataclass(frozen=True)
class Hall(Debriefs):
    """With the code to join by."""

    code: str


async def seed(services):
    made = await debriefs(services, full=full_wall(CARDS))
    who, key = await services.accounts.who(made.session), made.rounds['full']
    await services.sorting.begin_sorting(who, key, 'all')
    return Hall(made.session, made.rounds, (await services.rounds.plan(who, key)).round.join_code)


@pytest.fixture
def control(screen: Callable[..., Page]) -> Page:
    return screen('control', 'full')


def test_a_phone_sorts_the_last_of_four_hundred_cards(server: Server, opened: Callable[..., Page]):
    page = opened('phone')
    join(page, f'{server.address}/c/#{server.seeded.code}', 'Ann Sorts')
    said = page.get_by_role('status').filter(has_text='cards are on a pile')
    expect(said).to_have_text(f'0 of {CARDS} cards are on a pile')
    page.get_by_role('button', name='A new pile').click()
    expect(said).to_have_text(f'1 of {CARDS} cards are on a pile')
    page.get_by_text(f'{CARDS - 1} cards are not sorted yet').click()
    rows = page.locator('.rest .sortcard')
    expect(rows).to_have_count(CARDS - 1)
    last = rows.last.locator('.words').inner_text()
    rows.last.click()
    expect(page.locator('.hand')).to_contain_text(last)
    page.locator('.put').first.click()
    expect(said).to_have_text(f'2 of {CARDS} cards are on a pile')
    expect(page.get_by_role('button', name='Undo')).to_be_enabled()
    page.reload()
    expect(said).to_have_text(f'2 of {CARDS} cards are on a pile')
    page.locator('.pile').get_by_role('button', name='Look').click()
    expect(page.locator('.pile .inside')).to_contain_text(last)


def test_the_last_of_four_hundred_cards_begins_a_pattern_and_the_hall_pages_through_the_others(
    control: Page, screen: Callable[..., Page]
):
    hall = screen('projection', 'full')
    expect(hall.locator('.foot .numbers')).to_have_text(f'{CARDS} cards are not sorted yet')
    unsorted = control.get_by_role('region', name='Not sorted yet').locator('.card')
    expect(unsorted).to_have_count(CARDS)
    last = unsorted.last.locator('span').inner_text()
    unsorted.last.click()
    control.get_by_role('button', name='A new pattern from 1 card').click()
    control.get_by_label('The pattern in a sentence').fill('Some write a reason')
    control.locator('dialog').get_by_role('button', name='Keep').click()
    expect(hall.locator('.tile')).to_contain_text('Some write a reason')
    expect(control.get_by_role('region', name='Some write a reason').locator('.card span')).to_have_text(last)
    control.get_by_role('button', name='Show unsorted cards').click()
    before = ''
    for page in (1, 2, 3):
        expect(hall.locator('.foot .pages')).to_contain_text(f'{page} of')
        shown = hall.locator('.wall').inner_text()
        assert shown != before
        before = shown
        control.get_by_role('button', name='Next page on the screen').click()
