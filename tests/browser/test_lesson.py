"""The page that the slip of a host teacher leads to."""

from playwright.sync_api import expect

from app.documents.print_pack.pack import Part
from app.rounds.stages import Stage
from tests.browser.conftest import axe_findings
from tests.cases.people import set_up
from tests.cases.rendering import codes_on
from tests.cases.sample_round import FILE


async def seed(services):
    """Two sample rounds of a first facilitator's school: one whose visits are over, one that is open."""
    token = await set_up(services)
    who = await services.accounts.who(token)
    over, _warnings = await services.exchange.import_file(who.school, FILE.read_bytes())
    still, _warnings = await services.exchange.import_file(who.school, FILE.read_bytes())
    await services.rounds.go_to(who, still, Stage.OPEN)
    slips = [await services.printing.part(who, key, Part.SLIPS, 1) for key in (over, still)]
    return [codes_on(slip)[0] for slip in slips]


def test_a_teacher_scans_the_slip_and_reads_the_notes_of_the_own_lesson(server, opened):
    address = server.seeded[0]
    page = opened('phone')
    asked = []
    page.on('request', lambda request: asked.append(request.url))
    page.goto(address)
    expect(page.get_by_role('heading', name='The notes of your lesson')).to_be_visible()
    expect(page.locator('.lines li').first).to_be_visible()
    assert page.url == f'{server.address}/lesson'
    code = address.split('#')[1]
    assert not any(code in sent for sent in asked if '#' not in sent), 'a code is in no address that is sent'
    assert axe_findings(page) == []
    assert page.evaluate('document.documentElement.scrollWidth') <= 390


def test_a_teacher_says_no_and_a_wrong_code_is_said(server, opened):
    page = opened('phone')
    page.goto(f'{server.address}/lesson')
    page.get_by_label('The code of your lesson').fill('222222')
    page.get_by_role('button', name='Open').click()
    expect(page.get_by_role('alert')).to_contain_text('No lesson has this code')
    expect(page.get_by_label('The code of your lesson')).to_have_value('222222')
    page.get_by_label('The code of your lesson').fill(server.seeded[1].split('#')[1])
    page.get_by_role('button', name='Open').click()
    expect(page.get_by_text('from when the visits are over')).to_be_visible()
    page.get_by_role('button', name='Leave my lesson out').click()
    expect(page.get_by_role('status')).to_contain_text('nobody will visit it')
    assert axe_findings(page) == []
