"""The sample round in every stage, moved by its stage picker, on every screen: without an account and with one."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from app.rounds.stages import ORDER, Stage, stage_name
from tests.browser.conftest import sign_in_or_set_up
from tests.browser.phones import join, next_note, pill, write
from tests.browser.watching import Watch, keep_picture, troubles

STAGES = [stage for stage in ORDER if stage is not Stage.PURGED]
#: Where the phone has something of its own to do.
AT_THE_WALL = {
    Stage.SCREENING: re.compile('to screen$'),
    Stage.RED_DOTS: 'Red dots',
    Stage.ANALYSIS: re.compile('Analysis|Sort in silence'),
    Stage.PREDICTION: re.compile('^If you were a student'),
    Stage.THEORIES: 'Theories of action',
    Stage.NEXT_LEVEL: 'Theories of action',
    Stage.CLOSED: 'Closed',
}


def open_sample(page: Page, server) -> str:
    """One click from the start page; the id of the round."""
    page.goto(f'{server.address}/')
    page.get_by_role('button', name='Open the sample round').click()
    page.wait_for_url(re.compile('/rounds/[^/]+/control$'))
    return page.url.split('/')[-2]


def pick(page: Page, stage: Stage) -> None:
    """Choose a stage in the strip."""
    page.get_by_label('Stage of the sample').select_option(stage_name(stage))


def shows(page: Page, what: str, stage: Stage) -> None:
    """The page stands there and is at this stage."""
    name = stage_name(stage)
    if what == 'projection':
        expect(page.locator('.projection h1')).to_have_text(name)
    elif what == 'outcome':
        expect(page.get_by_role('link', name='Download the PDF')).to_be_visible()
    elif what == '':
        expect(page.locator('.plan-head')).to_contain_text(name)
    elif stage is not Stage.PLANNED:
        expect(page.locator('.stages [aria-current=step]')).to_have_text(name)
    else:
        expect(page.get_by_role('button', name='Open the round')).to_be_visible()
    if what == 'control' and stage in (Stage.PLANNED, Stage.OPEN, Stage.SELECTION):
        expect(page.locator('.control').get_by_role('heading', name=name, level=2)).to_be_visible()
    if what in ('', 'day', 'control'):
        expect(page.get_by_label('Stage of the sample')).to_have_value(stage)


def test_the_sample_is_seen_in_every_stage_on_every_screen(server, opened):
    watch = Watch()
    control = watch.over(opened('laptop', reduced_motion='reduce'), 'control')
    round_id = open_sample(control, server)
    address = f'{server.address}/rounds/{round_id}'
    hall, fresh = (watch.over(control.context.new_page(), name) for name in ('hall', 'fresh'))
    hall.set_viewport_size({'width': 1920, 'height': 1080})
    hall.goto(f'{address}/projection')
    phone = watch.over(opened('phone'), 'phone')

    for stage in STAGES:
        pick(control, stage)
        shows(control, 'control', stage)
        shows(hall, 'projection', stage)
        keep_picture(control, 'sample', f'{stage.place:02}-{stage}-control')
        keep_picture(hall, 'sample', f'{stage.place:02}-{stage}-projection')
        for what in ('', 'day', 'control', 'projection', 'outcome'):
            fresh.goto(f'{address}/{what}'.rstrip('/'))
            shows(fresh, what, stage)
            if what in ('', 'day', 'outcome'):
                keep_picture(fresh, 'sample', f'{stage.place:02}-{stage}-{what or "plan"}')
        if stage is Stage.OPEN:
            hall_code = json.loads(server.run('codes', round_id))['join']
            join(phone, f'{server.address}/c/#{hall_code}', 'Ann Looks')
            phone.locator('.card.room').first.click()
            write(phone, 'Five of 26 students asked a question.')
            next_note(phone)
            expect(pill(phone)).to_contain_text('All received')
        if stage.place >= Stage.OPEN.place:
            phone_at(phone, stage)
            keep_picture(phone, 'sample', f'{stage.place:02}-{stage}-phone')
    pick(control, Stage.OPEN)
    phone.get_by_role('navigation').get_by_role('button', name='My notes').click()
    expect(phone.locator('.notes')).to_contain_text('Five of 26 students asked a question.')
    assert (watch.complaints, troubles(server)) == ([], [])


def phone_at(phone: Page, stage: Stage) -> None:
    """The phone has heard of the stage, and its page for it can be opened."""
    wall = phone.get_by_role('navigation').get_by_role('button', name='Wall')
    if stage in AT_THE_WALL:
        wall.click()
        expect(phone.get_by_role('heading', level=1)).to_have_text(AT_THE_WALL[stage])
    else:
        expect(wall).to_have_count(0)


@pytest.mark.soak
def test_a_school_moves_a_sample_of_its_own_from_every_page(server, opened):
    watch = Watch()
    control = watch.over(opened('laptop', reduced_motion='reduce'), 'control')
    sign_in_or_set_up(control, server)
    round_id = open_sample(control, server)
    day, plan = (watch.over(control.context.new_page(), name) for name in ('day', 'plan'))
    day.goto(f'{server.address}/rounds/{round_id}/day')
    plan.goto(f'{server.address}/rounds/{round_id}')
    for page, stage in ((day, Stage.OPEN), (plan, Stage.THEORIES), (control, Stage.PLANNED)):
        pick(page, stage)
        for other, what in ((day, 'day'), (plan, ''), (control, 'control')):
            shows(other, what, stage)
    assert (watch.complaints, troubles(server)) == ([], [])


def test_only_the_sample_has_a_stage_picker(server, facilitator_page):
    page = facilitator_page
    page.goto(f'{server.address}/rounds/new')
    page.get_by_label('Title').fill('Spring round')
    page.get_by_role('button', name='Begin the plan').click()
    expect(page.get_by_label('Problem of practice')).to_be_visible()
    assert page.locator('.sample-strip').count() == 0
