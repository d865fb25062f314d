"""The outbox in WebKit, the engine of iPhones, as Debian builds it; driven by plain WebDriver where it is installed."""

import pytest

from tests.browser import webdriver
from tests.browser.phones import plan_days
from tests.browser.unkind_proxy import UnkindProxy

pytestmark = pytest.mark.skipif(bool(webdriver.why_not()), reason=webdriver.why_not())


async def seed(services):
    return await plan_days(services, 'open')


@pytest.mark.soak
def test_in_webkit_every_note_is_kept_through_a_dead_line_and_arrives_once(server):
    day = server.seeded['open']
    line = UnkindProxy(server.port)
    door = day.door(1, line.address)
    with webdriver.webkit() as phone:
        phone.go(door)
        phone.type('#name', 'Wei Webkit')
        school = 'const list = document.querySelector("#school"); list.selectedIndex = 1;'
        phone.run(school)
        phone.click('form.join button[type=submit]')
        phone.click_button('Group A')
        phone.type('#note', 'Written in WebKit.')
        phone.click('#next')
        rows_received(phone, 1)
        line.mode = 'lose_answer'
        phone.type('#note', 'Its answer was lost.')
        phone.click('#next')
        phone.says('#notices', 'No connection')
        phone.says('.notes', 'on this phone')
        worker = 'return navigator.serviceWorker ? navigator.serviceWorker.ready.then(() => true) : false'
        has_worker = phone.run(worker)
        phone.type('#note', 'Half a sen')
        if has_worker:
            line.mode = 'refuse'
            phone.reload()
            phone.until(lambda: phone.value('#note') == 'Half a sen', 'the words that were typed')
        line.mode = 'pass'
        phone.type('#note', 'tence.')
        phone.click('#next')
        rows_received(phone, 3)
        phone.says('#unsent', 'All received')
    line.close()
    assert has_worker, 'a page of 127.0.0.1 has a worker'
    assert day.texts() == ['Half a sentence.', 'Its answer was lost.', 'Written in WebKit.']


def rows_received(phone: webdriver.WebKit, count: int) -> None:
    """Each is in the list with its receipt: “All received” alone may be said of the notes before this one."""
    phone.until(lambda: phone.text('.notes').count('received ') == count, f'{count} notes with a receipt')
