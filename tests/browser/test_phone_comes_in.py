"""How the phone's page comes in over a line that breaks off, and how its pages follow each other."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.phones import SCHOOL, join, join_again, looked_at, next_note, plan_days, return_code, write

#: The disk answers nobody until `letGo`; `drawn` is when it has answered all who asked meanwhile.
HOLD = """() => new Promise((begun) => {
  const asked = indexedDB.open('rounds');
  const all = () => asked.result.transaction([...asked.result.objectStoreNames], 'readwrite');
  asked.onsuccess = () => {
    let held = true;
    const store = all().objectStore('settings');
    const again = () => held && (store.get('who').onsuccess = again);
    again();
    self.letGo = () => (held = false);
    self.drawn = () => new Promise((done) => (all().oncomplete = () => setTimeout(() => (asked.result.close(), done(true)), 200)));
    begun(true);
  };
})"""  # noqa: E501 (one line of the page's own language)


async def seed(services):
    return (await plan_days(services, 'open'))['open']


@pytest.fixture
def day(server):
    return server.seeded


@pytest.mark.parametrize('missing', ['texts', 'join'])
def test_a_page_that_came_in_without_one_of_its_files_is_opened_again_by_itself(day, opened, missing):
    page = opened('phone', service_workers='block')
    page.route(f'**/{missing}.js', lambda route: route.abort())
    page.goto(day.door(1))
    expect(page.locator('#view')).to_contain_text('by itself' if missing == 'texts' else 'comes as soon as')
    looked_at(page, f'without-{missing}')
    page.unroute_all()
    expect(page.locator('#name')).to_be_visible()  # the scanned code is still in the address
    page.goto('about:blank')  # the same address with a code would draw the form anew under who fills it in
    join(page, day.door(1), f'Una {missing}')


def test_what_comes_later_comes_though_the_line_broke_off_when_it_was_due(day, opened):
    page, other = opened('phone', service_workers='block'), opened('phone')
    page.route('**/live.js', lambda route: route.abort())
    page.route('**/tools.js', lambda route: route.fulfill(content_type='text/html', body='<p>Sign in to SchoolGuest.'))
    page.route('**/notes_list.js', lambda route: route.fulfill(status=502, content_type='text/html', body='nginx'))
    with page.expect_event('requestfailed'):
        join(page, day.door(1), 'Una Later')
    write(page, 'Written before the rest had come.')
    next_note(page)
    page.get_by_role('navigation').get_by_role('button', name='My notes').click()
    expect(page.locator('#view')).to_contain_text('comes as soon as there is a connection')
    looked_at(page, 'not-here-yet')
    page.get_by_role('navigation').get_by_role('button', name='Rooms').click()
    page.locator('[data-room="1"]').click()
    expect(page.locator('.notes')).to_contain_text('Written before the rest had come.')
    page.unroute_all()
    expect(page.locator('#watch')).to_be_visible()
    join_again(other, day.door(1), 'Una Later', return_code(page))
    page.get_by_role('navigation').get_by_role('button', name='My notes').click()
    write(other, 'Heard of by the stream.')
    expect(page.locator('.notes').first).to_contain_text('Heard of by the stream.')


def test_head_and_foot_are_seen_with_the_page_and_not_before(day, opened):
    page = opened('phone')
    join(page, day.door(1), 'Una Once')
    page.add_init_script("""
      self.seen = {};
      new MutationObserver((changes) => {
        const withPage = Boolean(document.querySelector('#note'));
        for (const { target } of changes) if (!target.hidden) self.seen[target.id] ??= withPage;
      }).observe(document, { attributeFilter: ['hidden'], subtree: true });
    """)
    page.goto(day.door(3))
    expect(page.get_by_role('navigation')).to_be_visible()
    assert page.evaluate('self.seen') == {'head': True, 'foot': True}


def test_who_has_gone_elsewhere_while_a_group_is_being_kept_stays_there(day, opened):
    page, held = opened('phone', service_workers='block'), []
    page.goto(day.door(1))
    page.fill('#name', 'Una Elsewhere')
    page.select_option('#school', label=SCHOOL)
    page.get_by_role('button', name='Join', exact=True).click()
    page.get_by_role('button', name='Group A').wait_for()

    def hold(route: Route) -> None:
        held.append(route)

    page.route('**/api/v1/me', hold)
    with page.expect_request('**/api/v1/me'):
        page.get_by_role('button', name='Group A').click()
    page.get_by_role('navigation').get_by_role('button', name='You').click()
    heading = page.get_by_role('heading', level=1)
    expect(heading).to_have_text('Una Elsewhere')
    with page.expect_response('**/api/v1/me'):
        held[0].continue_()
    page.wait_for_timeout(1000)  # it would have gone to the classroom
    expect(heading).to_have_text('Una Elsewhere')


def test_a_page_that_was_overtaken_draws_over_nobody(day, opened):
    page = opened('phone', service_workers='block')
    join(page, day.door(1), 'Una Quick')
    bar, heading = page.get_by_role('navigation'), page.get_by_role('heading', level=1)
    bar.get_by_role('button', name='You').click()
    expect(heading).to_have_text('Una Quick')
    page.evaluate(HOLD)
    bar.get_by_role('button', name='Rooms').click()
    expect(bar.get_by_role('button', name='Rooms')).to_have_attribute('aria-current', 'page')
    bar.get_by_role('button', name='You').click()
    expect(bar.get_by_role('button', name='You')).to_have_attribute('aria-current', 'page')
    page.evaluate('() => self.letGo()')
    expect(heading).to_have_text('Una Quick')
    page.evaluate('() => self.drawn()')
    expect(heading).to_have_text('Una Quick')
