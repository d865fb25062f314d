"""Practising before the first visit whether a sentence describes or judges: alone on a phone, or the whole hall."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import axe_findings
from tests.browser.phones import join, next_note, plan_days, practised

#: How much the phone's disk holds, by store.
KEPT = """() => new Promise((go) => {
    const open = indexedDB.open('rounds');
    open.onsuccess = async () => {
        const db = open.result;
        const counts = {};
        for (const name of db.objectStoreNames) {
            counts[name] = await new Promise((done) => {
                db.transaction(name).objectStore(name).count().onsuccess = (event) => done(event.target.result);
            });
        }
        db.close();
        go({...counts, local: localStorage.length, session: sessionStorage.length});
    };
})"""


async def seed(services):
    return await plan_days(services, 'open')


def test_practice_is_one_link_away_before_the_first_visit_and_keeps_nothing(opened, server):
    page = opened('phone')
    page.goto(f'{server.address}/c/')
    page.get_by_role('button', name='Practise first').click()
    expect(page.get_by_text('1 of 5')).to_be_visible()
    laid_out = page.locator('.choices').evaluate('(one) => getComputedStyle(one).display')
    assert laid_out == 'grid', 'the practice has its looks before anything was written'
    assert axe_findings(page) == []
    page.get_by_role('button', name='Leave the practice').click()
    expect(page.locator('#code')).to_be_visible()
    day = server.seeded['open']
    join(page, f'{day.address}/c/#{day.hall}', 'Eva')
    expect(page.locator('.room strong').first).to_be_visible()
    sent = []
    page.on('request', lambda request: sent.append(request.method))
    page.get_by_role('button', name='Before the first visit').click()
    kept = page.evaluate(KEPT)
    practised(page)
    assert axe_findings(page) == []
    assert page.evaluate(KEPT) == kept
    assert 'POST' not in sent
    page.get_by_role('button', name='Go on').click()
    page.locator('.room').first.click()
    page.fill('#note', '19 of 24 students write for six minutes.')
    next_note(page)
    page.get_by_role('button', name='Rooms').click()
    expect(page.get_by_role('heading', name='Classrooms', exact=True)).to_be_visible()
    expect(page.get_by_role('button', name='Before the first visit')).to_have_count(0)


def test_the_whole_hall_practises_with_hands_raised(facilitator_page, opened, server):
    control, wall = facilitator_page, opened('projector')
    wall.context.add_cookies(control.context.cookies())
    round_id = server.seeded['open'].id
    control.goto(f'{server.address}/rounds/{round_id}/control')
    wall.goto(f'{server.address}/rounds/{round_id}/projection')
    control.get_by_role('button', name='Begin the practice').click()
    expect(wall.locator('.practising')).to_contain_text('1 of 5')
    expect(wall.locator('.practising')).to_contain_text('Hands up')
    control.get_by_label('Describes').fill('14')
    control.get_by_label('Judges').fill('9')
    control.get_by_label('Judges').press('Tab')
    control.get_by_role('button', name='Show the answer').click()
    expect(wall.locator('.verdict')).to_contain_text(re.compile('It (judges|describes)'))
    expect(wall.locator('.hands')).to_have_text('Hands: 14 for “describes”, 9 for “judges”')
    assert axe_findings(wall) == []
    assert axe_findings(control) == []
    for n in range(2, 6):
        control.get_by_role('button', name='Next statement').click()
        expect(wall.locator('.practising')).to_contain_text(f'{n} of 5')
        expect(wall.locator('.hands')).to_have_count(0)
        expect(control.get_by_text(f'{n} of 5:')).to_be_visible()  # the buttons are drawn anew with it
    control.get_by_role('button', name='End the practice').click()
    expect(wall.locator('.practising')).to_have_count(0)
    expect(wall.locator('.join')).to_be_visible()
