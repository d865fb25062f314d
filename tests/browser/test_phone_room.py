"""In the classroom: the visit's time, counting, the thumb's row, a keyboard of its own, any way the phone is held."""

import datetime as dt
import re
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.bench.slow_line import Line

from .phones import MODULES, ON_DISK, all_received, join, looked_at, next_note, plan_days, write

LEFT = re.compile(r'\d+ min left')
RUNS = re.compile(r'\d:(0[1-9]|[1-5]\d)')


async def seed(services):
    """A day on which group A is in classroom 1 for half an hour from now, wherever in the world that is no midnight."""
    days = await plan_days(services, 'open')
    now = dt.datetime.now(dt.UTC)
    zone = next(name for name in ('UTC', 'Asia/Tokyo') if 2 <= now.astimezone(ZoneInfo(name)).hour <= 21)
    here = now.astimezone(ZoneInfo(zone))
    async with services.store.round(days['open'].id) as work:
        plan = await work.plans.get(work.round_id)
        await work.plans.put(replace(plan, date=here.date(), timezone=zone))
        numbers = {room.id: room.number for room in await work.classrooms.all()}
        for visit in await work.visits.all():
            start = here - dt.timedelta(minutes=5) + dt.timedelta(minutes=40 * (numbers[visit.classroom] != 1))
            end = start + dt.timedelta(minutes=35)
            start, end = (moment.time().replace(second=0, microsecond=0) for moment in (start, end))
            await work.visits.put(replace(visit, start=start, end=end))
    return days['open']


@pytest.fixture
def day(server):
    return server.seeded


def in_room(opened, day, name: str, size: tuple[int, int] = (360, 740), **more) -> Page:
    page = opened('phone', **more)
    page.set_viewport_size({'width': size[0], 'height': size[1]})
    join(page, day.door(1), name)
    expect(page.locator('#watch')).to_be_visible()
    return page


def test_counter_and_stopwatch_put_words_into_the_note_and_outlive_a_reload(day, opened):
    page = in_room(opened, day, 'Ann Counts')
    write(page, 'Hands up:')
    page.get_by_role('button', name='Count', exact=True).click()
    more = page.get_by_role('button', name='Count one more')
    for _hand in range(8):
        more.click()
    page.get_by_role('button', name='One less').click()
    page.fill('#of', '24')
    page.locator('#watch').click()
    expect(page.locator('#watch')).to_contain_text(RUNS)
    expect(page.locator('.where')).to_contain_text('received')
    looked_at(page, 'room-counter')
    page.wait_for_function(f"""() => ({ON_DISK})('"of":"24","open":true,"began":1')""")
    page.reload()
    expect(page.locator('#counter output')).to_have_text('7')
    page.get_by_role('button', name='Put into the note: 7 of 24').click()
    expect(page.locator('#note')).to_have_value('Hands up: 7 of 24 ')
    expect(page.locator('#counter output')).to_have_text('0')
    page.locator('#watch').click()
    expect(page.locator('#note')).to_have_value(re.compile(r'^Hands up: 7 of 24 (\d+ min )?(\d+ s )?$'))
    words = page.locator('#note').input_value().strip()
    next_note(page)
    all_received(page)
    assert day.holds(words)


def test_the_visit_says_how_long_it_still_is_also_on_a_phone_whose_clock_is_a_year_behind(day, opened):
    page = opened('phone', service_workers='block')
    page.clock.install(time=dt.datetime.now(dt.UTC) - dt.timedelta(days=365))
    join(page, day.door(1), 'Bo Late')
    expect(page.locator('#time')).to_contain_text(LEFT)
    expect(page.locator('#time')).to_contain_text('until')
    page.get_by_role('button', name='Next: classroom 3').click()
    expect(page.locator('#view')).to_have_attribute('data-room', '3')
    expect(page.locator('#time')).to_have_text(re.compile(r'^\d\d:\d\d–\d\d:\d\d$'))


def test_two_minutes_before_the_end_there_is_a_quiet_mark_and_then_it_is_over(day, opened):
    page = opened('phone')
    page.goto(f'{day.address}/c/')
    base = page.locator('script[src$="/start.js"]').get_attribute('src').rpartition('/')[0]
    said = page.evaluate(
        """async (base) => {
          const { standing } = await import(`${base}/visit.js`);
          const visit = { start: '10:20', end: '10:40', began: -1 };
          return [12.5, 2, 0.9, 0, -3].map((left) => standing({ ...visit, left }))
            .concat(standing({ ...visit, left: 25, began: 5 }));
        }""",
        base,
    )
    assert [one['text'] for one in said] == [
        '13 min left', '2 minutes left', '1 minute left', 'The visit is over', 'The visit is over', '10:20–10:40',
    ]  # fmt: skip
    assert [one['kind'] for one in said] == ['', 'soon', 'soon', 'over', 'over', '']
    assert all(one['sign'].strip() for one in said if one['kind']), 'never by a colour alone'
    lasted = page.evaluate(
        """async (base) => {
          const { lasted, counted } = await import(`${base}/tools.js`);
          const times = [800, 59400, 60000, 200000].map(lasted);
          return [...times, counted({ n: 7, of: '024' }), counted({ n: 3, of: '' })];
        }""",
        base,
    )
    assert lasted == ['1 s', '59 s', '1 min', '3 min 20 s', '7 of 24', '3']


def test_with_a_keyboard_the_next_note_needs_no_tap(day, opened):
    page = in_room(opened, day, 'Cy Keys', size=(844, 390))
    write(page, 'Typed on keys.')
    page.keyboard.press('Control+Enter')
    expect(page.locator('#note')).to_have_value('')
    expect(page.locator('#note')).to_be_focused()
    expect(page.locator('.notes')).to_contain_text('Typed on keys.')
    page.keyboard.press('Tab')
    page.keyboard.press('Space')
    expect(page.locator('[data-lens=teacher]')).to_have_attribute('aria-pressed', 'true')


def test_what_the_thumb_needs_stays_in_sight_however_long_the_note_is(day, opened):
    page = in_room(opened, day, 'Di Thumb')
    page.fill('#note', 'One line after the other.\n' * 40)
    for size in ((360, 740), (390, 844)):
        page.set_viewport_size({'width': size[0], 'height': size[1]})
        page.evaluate('scrollTo(0, 0)')
        for part in ('[data-lens=task]', '#watch', '#next'):
            expect(page.locator(part)).to_be_in_viewport(ratio=1)
        expect(page.locator('.focus')).to_be_in_viewport(ratio=1)
        assert page.evaluate('document.documentElement.scrollWidth') <= size[0]
    # A tap beside the field does not take the keyboard away.
    page.locator('#note').focus()
    page.locator('[data-lens=task]').click()
    page.get_by_role('button', name='Count', exact=True).click()
    expect(page.locator('#note')).to_be_focused()


def test_what_is_unfolded_stays_so_when_the_plan_is_read_anew(day, opened):
    page = in_room(opened, day, 'Eve Unfolds')
    problem = page.locator('.focus button')
    problem.click()
    expect(problem).to_have_attribute('aria-expanded', 'true')
    next_room = page.get_by_role('button', name='Next: classroom')
    next_room.evaluate('(button) => { self.before = button; }')
    page.evaluate(f'async () => {{ {MODULES} await (await of("session")).refresh(); }}')
    expect(problem).to_have_attribute('aria-expanded', 'true')
    assert next_room.evaluate('(button) => button === self.before')


def test_who_hands_on_sees_when_the_last_note_is_received(day, opened):
    page = in_room(opened, day, 'Fay Hands', service_workers='block')
    page.route('**/api/v1/notes', lambda route: route.abort())
    write(page, 'Two of five ask.')
    next_note(page)
    page.get_by_role('button', name='You').click()
    page.get_by_role('button', name='Somebody else writes now').click()
    waits = page.get_by_text('1 note is not received yet')
    expect(waits).to_be_visible()
    page.unroute('**/api/v1/notes')
    expect(waits).to_have_count(0)
    expect(page.get_by_role('button', name='Hand on')).to_be_visible()


@pytest.mark.soak
@pytest.mark.parametrize(
    ('name', 'size', 'scheme', 'letters'),
    [
        ('small-dark', (360, 740), 'dark', '100%'),
        ('lying', (844, 390), 'light', '100%'),
        ('keyboard-open', (360, 410), 'light', '100%'),
        ('large', (360, 740), 'light', '200%'),
    ],
)
def test_the_room_however_the_phone_is_held(day, opened, name, size, scheme, letters):
    page = in_room(opened, day, f'Ed {name}', size=size, color_scheme=scheme)
    page.evaluate('(size) => { document.documentElement.style.fontSize = size; }', letters)
    write(page, 'Four of 28 students gave a reason.')
    page.get_by_role('button', name='Count', exact=True).click()
    expect(page.locator('#counter')).to_be_visible()
    looked_at(page, f'room-{name}')
    assert page.evaluate('document.documentElement.scrollWidth') <= size[0]
    small = """() => [...document.querySelectorAll('#view button, #view input')]
        .map((one) => [one.textContent || one.id, one.getBoundingClientRect()])
        .filter(([, box]) => box.height && (box.height < 44 || box.width < 44))"""
    assert page.evaluate(small) == []


def test_what_comes_over_the_line_before_one_can_write_is_light(day, server, opened):
    with Line(server.port, rate=1e9, delay=0) as line:
        page = opened('phone')
        page.goto(day.door(1).replace(day.address, line.address))
        expect(page.locator('#name')).to_be_visible()
        page.wait_for_load_state('load')
        assert 20_000 < line.down < 40_000, 'headers included, from the scanned code to the first letter'
