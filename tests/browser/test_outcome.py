"""The outcome's page: a logo is sent, files are downloaded with a sign, a version is released and stays."""

import base64

from playwright.sync_api import expect

from app.rounds.stages import Stage
from tests.browser.conftest import sign_in_or_set_up
from tests.browser.test_sample_round import pick, shows
from tests.cases.outcomes import a_logo
from tests.cases.rendering import read_text
from tests.cases.tagged import read_aloud


def test_a_school_sends_its_logo_downloads_the_draft_and_releases_it(server, opened, tmp_path):
    page = opened('laptop')
    sign_in_or_set_up(page, server)
    _send_logo(page, server)
    page.goto(server.address)
    page.get_by_role('button', name='Open the sample round').click()
    page.wait_for_url('**/rounds/*/control')
    pick(page, Stage.CLOSED)
    shows(page, 'control', Stage.CLOSED)
    page.goto(page.url.replace('control', 'outcome'))
    expect(page.get_by_role('img', name='Logo of')).to_be_visible()
    expect(page.get_by_text('this has not been released yet')).to_be_visible()

    draft = _downloaded(page, 'Download the PDF', tmp_path)
    assert next(figure.alt.partition(' of ')[0] for figure in read_aloud(draft).all('Figure')) == 'Logo'
    expect(page.locator('.files .making')).to_have_text('It is in your downloads.')
    for name in ('For Word', 'For Excel', 'As CSV'):
        assert _downloaded(page, name, tmp_path).startswith(b'PK')

    page.get_by_role('button', name='Release version 1').click()
    expect(page.get_by_text('What stands below is version 1.')).to_be_visible(timeout=30_000)
    released = _downloaded(page, 'Version 1,', tmp_path)
    assert 'Version 1, released on' in read_text(released)
    assert _downloaded(page, 'Download the PDF', tmp_path) == released


def test_a_file_that_cannot_be_made_is_said_in_a_sentence(server, opened):
    page = opened('laptop')
    sign_in_or_set_up(page, server)
    page.goto(f'{server.address}/account')
    page.get_by_role('link', name='Rounds').first.click()
    page.get_by_role('button', name='Open the sample round').click()
    page.wait_for_url('**/rounds/*/control')
    page.goto(page.url.replace('control', 'outcome'))
    link = page.get_by_role('link', name='For Word')
    link.evaluate('(one) => { one.href = one.href.split("?")[0] + "?version=99"; }')
    link.click()
    expect(page.locator('.files .making')).to_have_text('There is no such version of this document.')


def _send_logo(page, server):
    page.goto(f'{server.address}/account')
    page.set_input_files('#logo', files=[{'name': 'a.png', 'mimeType': 'image/png', 'buffer': b'no picture'}])
    page.get_by_role('button', name='Keep the logo').click()
    expect(page.get_by_text('This file is no picture that can be read.')).to_be_visible(timeout=30_000)
    picture = base64.b64decode(a_logo())
    page.set_input_files('#logo', files=[{'name': 'a.png', 'mimeType': 'image/png', 'buffer': picture}])
    page.get_by_role('button', name='Keep the logo').click()
    expect(page.get_by_text('The logo is kept.')).to_be_visible(timeout=30_000)
    expect(page.get_by_role('img', name='Logo of')).to_be_visible()


def _downloaded(page, name, folder):
    with page.expect_download() as download:
        page.get_by_role('link', name=name).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file.read_bytes()
