"""Set-up, sign-in, invitations and the sample, in a real browser. The tests of this file follow one another."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import axe_findings
from tests.cases.people import SETUP_CODE

PHRASE = 'quiet harbour at dawn'


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.fill(f'[name={name}]', value)


def send(page: Page) -> None:
    page.click('main button[type=submit]')


def sign_in(page: Page, server, email: str = 'ama@harbour.example', phrase: str = PHRASE) -> None:
    page.goto(f'{server.address}/sign-in')
    fill(page, email=email, passphrase=phrase)
    send(page)
    page.wait_for_url(f'{server.address}/')


def test_the_first_start_is_set_up_by_a_form_that_forgets_nothing(server, opened):
    page = opened('phone', timezone_id='Australia/Sydney')
    page.goto(f'{server.address}/')
    expect(page.get_by_role('button', name='Open the sample round')).to_be_visible()
    page.get_by_role('link', name='Set up Rounds').click()
    expect(page.locator('[name=timezone]')).to_have_value('Australia/Sydney')
    assert axe_findings(page) == []
    fill(page, code='wrong2', network='Five <i>Bays</i> 🌊', school='Harbour View', name='Ama Boateng')
    fill(page, email='Ama@Harbour.example', passphrase=PHRASE)
    page.select_option('[name=timezone]', 'Europe/London')
    send(page)
    expect(page.locator('#code-problem')).to_contain_text('not the set-up code')
    expect(page.locator('[name=code]')).to_be_focused()
    expect(page.locator('[name=network]')).to_have_value('Five <i>Bays</i> 🌊')
    expect(page.locator('[name=timezone]')).to_have_value('Europe/London')
    expect(page.locator('[name=passphrase]')).to_have_value('')
    assert axe_findings(page) == []
    fill(page, code=SETUP_CODE.lower(), passphrase=PHRASE)
    send(page)
    page.wait_for_url(f'{server.address}/')
    expect(page.get_by_text('Five <i>Bays</i> 🌊')).to_be_visible()
    (cookie,) = page.context.cookies()
    assert (cookie['name'], cookie['httpOnly'], cookie['sameSite']) == ('rounds_session', True, 'Lax')


def test_who_is_set_up_is_not_set_up_again(server, opened):
    page = opened()
    page.goto(f'{server.address}/set-up')
    expect(page).to_have_url(f'{server.address}/sign-in')


def test_signing_in_leads_back_to_the_page_that_was_asked_for(server, opened):
    page = opened()
    page.goto(f'{server.address}/account')
    expect(page).to_have_url(re.compile(r'/sign-in\?next=/account$'))
    fill(page, email='ama@harbour.example', passphrase='not this one at all')
    send(page)
    expect(page.get_by_role('alert')).to_contain_text('do not match')
    expect(page.locator('[name=email]')).to_have_value('ama@harbour.example')
    fill(page, passphrase=PHRASE)
    send(page)
    expect(page).to_have_url(f'{server.address}/account')
    page.get_by_role('button', name='Sign out', exact=True).click()
    expect(page.get_by_role('link', name='Sign in')).to_be_visible()
    page.goto(f'{server.address}/account')
    expect(page).to_have_url(re.compile('/sign-in'))


@pytest.mark.parametrize(
    'elsewhere', ['//evil.example', 'https://evil.example', '/%5Cevil.example', '/%09/evil.example']
)
def test_signing_in_leads_nowhere_else(server, opened, elsewhere):
    page = opened()
    page.goto(f'{server.address}/sign-in?next={elsewhere}')
    fill(page, email='ama@harbour.example', passphrase=PHRASE)
    send(page)
    expect(page.get_by_role('heading', name='Your rounds')).to_be_visible()
    assert page.url.startswith(f'{server.address}/')


def test_the_forms_work_without_any_script(server, opened):
    page = opened('phone', java_script_enabled=False)
    sign_in(page, server)
    page.goto(f'{server.address}/account')
    page.fill('[name=name]', 'Ama B.')
    page.locator('form[action="/account/name"] button').click()
    expect(page.get_by_role('status')).to_have_text('Your name is kept.')
    expect(page.locator('[name=name]')).to_have_value('Ama B.')


def test_a_colleague_and_a_new_school_come_in_by_links_that_work_once(server, opened):
    page = opened()
    sign_in(page, server)
    page.goto(f'{server.address}/account')
    page.get_by_role('button', name='Invite a colleague').click()
    colleague_link = page.locator('#copy').input_value()
    page.get_by_role('button', name='Invite another school').click()
    expect(page.locator('#copy')).not_to_have_value(colleague_link)
    school_link = page.locator('#copy').input_value()
    assert axe_findings(page) == []
    page.goto(f'{server.address}/account')
    assert colleague_link.rsplit('/')[-1] not in page.content()

    colleague = opened('phone')
    colleague.goto(colleague_link)
    expect(colleague.locator('main')).to_contain_text('for Harbour View in the network')
    assert axe_findings(colleague) == []
    fill(colleague, name='Bo Lindqvist', email='ama@harbour.example', passphrase='lamps along the pier')
    send(colleague)
    expect(colleague.locator('#email-problem')).to_contain_text('has an account already')
    fill(colleague, email='bo@harbour.example', passphrase='lamps along the pier')
    send(colleague)
    colleague.wait_for_url(f'{server.address}/')
    colleague.goto(colleague_link)
    expect(colleague.locator('main')).to_contain_text('has been used')

    guest = opened('phone', timezone_id='Europe/Stockholm')
    guest.goto(school_link)
    fill(guest, school='Tidewell High', name='Joan Ellis', email='joan@tidewell.example')
    fill(guest, passphrase='slow tides turn twice')
    send(guest)
    guest.wait_for_url(f'{server.address}/')
    expect(guest.get_by_text('Tidewell High')).to_be_visible()


def test_a_passphrase_is_changed_and_other_browsers_are_signed_out(server, opened):
    here, elsewhere = opened(), opened()
    for page in (here, elsewhere):
        sign_in(page, server, 'bo@harbour.example', 'lamps along the pier')
    here.goto(f'{server.address}/account')
    fill(here, old='lamps along the pier', new='short')
    here.locator('[name=new]').evaluate('field => field.removeAttribute("minlength")')
    here.get_by_role('button', name='Change it').click()
    expect(here.locator('#new-problem')).to_contain_text('too short')
    fill(here, old='lamps along the pier', new='seven grey gulls on a wall')
    here.get_by_role('button', name='Change it').click()
    expect(here.get_by_role('status')).to_contain_text('The new passphrase is kept')
    elsewhere.goto(f'{server.address}/account')
    expect(elsewhere).to_have_url(re.compile('/sign-in'))
    sign_in(elsewhere, server, 'bo@harbour.example', 'seven grey gulls on a wall')


def test_the_sample_opens_by_one_click_and_lets_nobody_further(server, opened):
    page = opened()
    page.goto(f'{server.address}/')
    page.get_by_role('button', name='Open the sample round').click()
    page.wait_for_url(re.compile('/rounds/[^/]+/control$'))
    expect(page.get_by_role('navigation', name='This round')).to_be_visible()
    page.goto(f'{server.address}/account')
    expect(page).to_have_url(re.compile('/sign-in'))


def test_the_sample_of_a_signed_in_school_is_its_own(server, opened):
    page = opened()
    sign_in(page, server)
    page.get_by_role('button', name='Open the sample round').click()
    page.wait_for_url(re.compile('/rounds/[^/]+/control$'))
    page.goto(f'{server.address}/')
    expect(page.get_by_role('listitem').filter(has_text='Sample')).to_be_visible()


def test_a_form_that_did_not_arrive_whole_is_answered_on_a_page(server, opened):
    page = opened()
    broken = {'Content-Type': 'multipart/form-data'}
    answer = page.request.post(f'{server.address}/sign-in', headers=broken, data='nothing of a form')
    assert answer.status == 422
    assert 'This form did not arrive whole' in answer.text()


def test_a_form_that_another_site_sends_is_refused(server, opened):
    page = opened()
    sign_in(page, server)
    answer = page.request.post(f'{server.address}/sign-out-everywhere', headers={'Origin': 'https://evil.example'})
    assert answer.status == 403
    page.goto(f'{server.address}/account')
    expect(page).to_have_url(f'{server.address}/account')
