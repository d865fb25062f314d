"""How a phone looks: axe, three sizes, two colour schemes, large letters, targets, the strict policy."""

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SIZES
from tests.browser.phones import RECEIVED, SCHOOL, join, looked_at, next_note, plan_days, write

#: The pages of the bar, and what stands at their head.
HEADS = {'My notes': 'All my notes', 'You': '', 'Rooms': 'Classrooms'}


async def seed(services):
    return await plan_days(services, 'open')


@pytest.fixture
def day(server):
    return server.seeded['open']


def test_every_page_is_accessible_at_every_size_in_light_and_in_dark(day, opened):
    page = opened('phone')
    page.goto(f'{day.address}/c/')
    page.locator('#code').wait_for()
    at_every_size(page, 'code')
    page.goto('about:blank')
    page.goto(day.door(1))
    page.locator('#name').wait_for()
    at_every_size(page, 'join')
    page.fill('#name', 'Qi Looks')
    page.select_option('#school', label=SCHOOL)
    page.get_by_role('button', name='Join', exact=True).click()
    page.get_by_role('heading', name='Which group are you in?').wait_for()
    at_every_size(page, 'groups')
    page.get_by_role('button', name='Group A').click()
    page.locator('#note').wait_for()
    write(page, 'Four of 28 students gave a reason for their answer.')
    next_note(page)
    write(page, 'The task on the board: “Copy the method.”')
    expect(page.locator('.where')).to_have_text(RECEIVED)
    at_every_size(page, 'room')
    for name in HEADS:
        to_page(page, name, 'Qi Looks')
        expect(page.get_by_role('navigation').locator('[aria-current]')).to_have_text(re.compile(name))
        at_every_size(page, name.split()[-1].lower())


def to_page(page: Page, name: str, person: str) -> None:
    """By the bar, and until that page is there."""
    page.get_by_role('navigation').get_by_role('button', name=name).click()
    expect(page.get_by_role('heading', level=1)).to_have_text(HEADS[name] or person)


def at_every_size(page: Page, name: str) -> None:
    """No serious finding; the dark scheme has other colours and nothing else. Pictures are kept to be looked at."""
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({'width': width, 'height': height})
        page.emulate_media(color_scheme='light')
        looked_at(page, f'{size}-light-{name}')
        page.emulate_media(color_scheme='dark')
        looked_at(page, f'{size}-dark-{name}', 'color-contrast', 'link-in-text-block')


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
    for name in HEADS:
        to_page(page, name, 'Ro Large')
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
    expect(page.locator('#watch')).to_be_visible()
    for name in ('', *HEADS):
        if name:
            to_page(page, name, 'Sy Targets')
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
    worker = httpx.get(f'{day.address}/c/service_worker.js')
    assert "default-src 'none'" in worker.headers['content-security-policy']
    parts = [answer for answer in answers if answer.url.endswith(('.js', '.css', '.png'))]
    assert {answer.headers['x-content-type-options'] for answer in parts} == {'nosniff'}
    # A module's policy is that of the page that loads it: fifteen more would be a fifth of what a phone waits for.
    assert max(sum(len(name) + len(value) + 4 for name, value in answer.headers.items()) for answer in parts) < 300
    context.close()
