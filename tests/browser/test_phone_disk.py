"""The phone's own disk: killed right after a key, full, closed, cleared, in the way, and left by the release before."""

import contextlib
import json
import time
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

from tests.browser.phones import RECEIVED, all_received, join, looked_at, next_note, pill, plan_days, write
from tests.browser.profiles import kill, open_profile
from tests.browser.unkind_proxy import UnkindProxy

PATIENT = 60_000
FROZEN = sorted((Path(__file__).parents[1] / 'cases').glob('phone_database_*.json'))
ONLY_HERE = '! only in this page'
#: Makes a database as a release before has left it.
LEAVE = """([{ version, stores }]) => new Promise((done, failed) => {
  const asked = indexedDB.open('rounds', version);
  asked.onerror = () => failed(asked.error);
  asked.onupgradeneeded = () => {
    for (const [name, { keyPath, indexes, rows }] of Object.entries(stores)) {
      const store = asked.result.createObjectStore(name, { keyPath });
      for (const [index, path] of indexes) store.createIndex(index, path);
      for (const row of rows) store.put(row);
    }
  };
  asked.onsuccess = () => (asked.result.close(), done());
})"""

#: Takes away what was written on this phone, and leaves who it is.
EMPTY = """() => new Promise((done, failed) => {
  const asked = indexedDB.open('rounds');
  asked.onsuccess = () => {
    const losing = asked.result.transaction(['notes', 'drafts'], 'readwrite');
    for (const name of ['notes', 'drafts']) losing.objectStore(name).clear();
    losing.oncomplete = () => (asked.result.close(), done());
    losing.onabort = () => failed(losing.error);
  };
})"""


async def seed(services):
    return await plan_days(services, 'open')


@pytest.fixture
def day(server):
    return server.seeded['open']


def quota(page: Page, line: UnkindProxy, size: int | None) -> None:
    """So many bytes and no more for this page; None: as many as the disk has."""
    session = page.context.new_cdp_session(page)
    session.send('Storage.overrideQuotaForOrigin', {'origin': line.address, **({'quotaSize': size} if size else {})})


def clear(page: Page, line: UnkindProxy) -> None:
    """As "clear data" does, and a browser on a phone that is short of room."""
    session = page.context.new_cdp_session(page)
    session.send('Storage.clearDataForOrigin', {'origin': line.address, 'storageTypes': 'indexeddb'})


def test_a_browser_killed_at_a_key_loses_at_most_that_key_and_opens_any_room_offline(day, line, chromium, tmp_path):
    profile = tmp_path / 'profile'
    context = open_profile(chromium, profile)
    page = context.pages[0]
    join(page, day.door(1, line.address), 'Ann Killed')
    page.locator('[data-lens=task]').click()
    expect(page.locator('#unsent')).to_contain_text('Ready')
    page.evaluate('() => navigator.serviceWorker.ready.then(() => true)')
    line.mode = 'refuse'
    typed = 'The task asks for three reas'
    write(page, typed[:-1])
    wait_for_draft(page, 'text', typed[:-1])  # a machine that stands still in a burst of keys says nothing of one key
    page.locator('#note').press_sequentially(typed[-1])
    kill(profile)  # no time at all after the last key
    context = open_profile(chromium, profile)
    page = context.pages[0]
    page.goto(f'{line.address}/c/1')
    kept = page.locator('#note').input_value(timeout=PATIENT)
    assert kept in (typed, typed[:-1])
    page.locator('[data-lens=students]').click()
    page.locator('#note').focus()
    page.evaluate('() => document.getElementById("note").setSelectionRange(4, 8)')
    expect(page.locator('.where')).to_contain_text('on this phone')
    wait_for_draft(page, 'start', 4)
    kill(profile)
    context = open_profile(chromium, profile)
    page = context.pages[0]
    page.goto(f'{line.address}/c/1')
    expect(page.locator('#note')).to_have_value(kept, timeout=PATIENT)
    expect(page.locator('[data-lens=students]')).to_have_attribute('aria-pressed', 'true')
    assert page.evaluate(
        '() => { const { selectionStart: a, selectionEnd: b } = document.getElementById("note"); return [a, b]; }'
    ) == [4, 8]
    page.goto(day.door(3, line.address))  # never opened before, and there is no network
    expect(page.locator('#view')).to_have_attribute('data-room', '3', timeout=PATIENT)
    expect(page.locator('#note')).to_have_value('')
    page.fill('#note', 'In a room that was never opened before.')
    next_note(page)
    line.mode = 'pass'
    all_received(page)
    assert day.holds(kept, 'In a room that was never opened before.')
    context.close()


def test_a_full_disk_is_said_and_the_words_stay_and_are_sent(day, line, opened):
    page = opened('phone', service_workers='block')
    quota(page, line, 100_000)
    join(page, day.door(1, line.address), 'Bo Full')
    page.fill('#note', 'Before the disk was full.')
    next_note(page)
    all_received(page)
    quota(page, line, 1)  # Chromium asks for it anew when the room it knew of is used up
    page.fill('#note', 'A novel. ' * 20_000)
    expect(page.locator('#notices')).to_contain_text('storage is full', timeout=PATIENT)
    assert page.locator('#note').input_value() == 'A novel. ' * 20_000
    page.fill('#note', '')
    write(page, 'While the disk is full.')
    expect(page.locator('#note')).to_have_value('While the disk is full.')
    expect(page.locator('.where')).to_have_text(RECEIVED, timeout=PATIENT)
    page.route('**/api/v1/notes', lambda route: route.abort())
    next_note(page)
    write(page, 'Full, and no network.')
    expect(page.locator('.where')).to_have_text(ONLY_HERE)
    looked_at(page, 'disk-full')
    next_note(page)
    expect(page.locator('.notes li').first).to_contain_text(ONLY_HERE)
    quota(page, line, None)
    expect(page.locator('#notices')).not_to_contain_text('storage is full', timeout=PATIENT)
    expect(page.locator('.notes li').first).to_contain_text('on this phone')
    page.reload()
    expect(page.locator('.notes li').first).to_contain_text('Full, and no network.', timeout=PATIENT)
    page.unroute('**/api/v1/notes')
    all_received(page)
    assert day.holds('Before the disk was full.', 'While the disk is full.', 'Full, and no network.')


def test_a_disk_that_is_cleared_under_the_page_is_filled_again_and_said(day, line, opened):
    page = opened('phone')
    join(page, day.door(1, line.address), 'Cy Cleared')
    page.evaluate('navigator.serviceWorker.ready.then(() => true)')
    line.mode = 'refuse'
    page.fill('#note', 'Not sent when the disk was cleared.')
    next_note(page)
    expect(page.locator('#notices')).to_contain_text('No connection')
    write(page, 'Half a sen')
    clear(page, line)
    page.locator('#note').press_sequentially('tence.')
    expect(page.locator('#notices')).to_contain_text('has just cleared what it kept', timeout=PATIENT)
    expect(page.locator('.notes li').first).to_contain_text('Not sent when the disk was cleared.')
    wait_for_draft(page, 'text', 'Half a sentence.')
    disk_takes(page)
    page.reload()
    expect(page.locator('#note')).to_have_value('Half a sentence.', timeout=PATIENT)
    line.mode = 'pass'
    all_received(page)
    assert day.holds('Not sent when the disk was cleared.', 'Half a sentence.')


def test_words_whose_note_the_disk_has_lost_are_a_note_again_when_the_next_is_begun(day, line, opened):
    page = opened('phone')
    join(page, day.door(1, line.address), 'Lo Lost')
    page.evaluate('navigator.serviceWorker.ready.then(() => true)')
    line.mode = 'refuse'
    write(page, 'A note already, and then the disk lost it.')
    expect(page.locator('#notices')).to_contain_text('No connection', timeout=PATIENT)  # it was to be sent: a note
    page.evaluate(EMPTY)
    next_note(page)
    expect(page.locator('.notes li').first).to_contain_text('A note already, and then the disk lost it.')
    line.mode = 'pass'
    all_received(page)
    assert 'A note already, and then the disk lost it.' in day.texts()


def test_a_note_that_is_deleted_when_the_disk_has_just_lost_it_stays_deleted(day, line, opened):
    page = opened('phone')
    join(page, day.door(1, line.address), 'Ev Emptied')
    write(page, 'Deleted, and the disk had lost it.')
    next_note(page)
    all_received(page)
    page.locator('.notes .note').click()
    page.locator('#again').wait_for()
    page.evaluate(EMPTY)
    page.get_by_role('button', name='Delete', exact=True).click()
    page.get_by_role('button', name='Really delete it?').click()
    page.locator('#again').wait_for(state='detached')
    all_received(page)
    page.reload()
    expect(page.locator('.notes')).to_contain_text('None yet')
    assert 'Deleted, and the disk had lost it.' not in day.texts()


def test_what_two_tabs_know_comes_back_to_a_cleared_disk_also_from_the_one_that_comes_second(day, line, opened):
    page = opened('phone')
    join(page, day.door(1, line.address), 'Flo Tabs')
    page.evaluate('navigator.serviceWorker.ready.then(() => true)')
    line.mode = 'refuse'
    third = page.context.new_page()
    third.goto(f'{line.address}/c/3')
    third.fill('#note', 'Of a tab that was thrown away.')
    expect(pill(page)).to_contain_text('1 not yet received')  # the first tab has heard of it
    with contextlib.suppress(PlaywrightError):
        third.goto('chrome://crash')
    second = page.context.new_page()
    second.goto(f'{line.address}/c/5')
    second.locator('#note').wait_for()
    page.evaluate(
        '() => { BroadcastChannel.prototype.postMessage = () => {}; }'
    )  # the second has not heard of what now
    page.fill('#note', 'Known to the first tab alone.')
    next_note(page)
    expect(page.locator('.notes')).to_contain_text('Known to the first tab alone.')
    clear(page, line)
    second.fill('#note', 'The second makes it anew.')
    next_note(second)
    expect(second.locator('.notes')).to_contain_text('The second makes it anew.')
    page.fill('#note', 'And the first goes on.')
    next_note(page)
    for words in ('Known to the first tab alone.', 'And the first goes on.'):  # said when the disk has them
        expect(page.locator('.notes')).to_contain_text(words)
    disk_takes(second)
    second.close()
    disk_takes(page)
    page.reload()
    line.mode = 'pass'
    all_received(page)
    page.goto(f'{line.address}/c/3')  # where the field of the tab that was thrown away is gone on with
    all_received(page)
    mine = ['Of a tab that was thrown away.', 'Known to the first tab alone.', 'The second makes it anew.']
    assert day.holds(*mine, 'And the first goes on.')
    assert max(Counter(day.texts()).values()) == 1


def test_a_database_that_the_browser_closes_is_opened_again_without_a_word(day, line, opened):
    page = opened('phone')
    page.add_init_script("""
      const begin = IDBDatabase.prototype.transaction;
      self.wasClosed = 0;
      IDBDatabase.prototype.transaction = function (...parts) {
        if (self.failing > 0) {
          self.failing -= 1;
          self.wasClosed += 1;
          throw new DOMException('The database connection is closing.', 'InvalidStateError');
        }
        return begin.apply(this, parts);
      };""")
    join(page, day.door(1, line.address), 'Di Closed')
    for n in range(3):
        page.evaluate('() => { self.failing = 1; }')
        page.fill('#note', f'Note {n} in spite of it.')
        next_note(page)
    all_received(page)
    assert page.evaluate('() => self.wasClosed') == 3
    expect(page.locator('#notices')).to_be_empty()
    assert day.holds(*(f'Note {n} in spite of it.' for n in range(3)))


def test_a_database_that_another_tab_blocks_is_said_and_used_when_it_is_free(day, line, opened):
    page = opened('phone')
    join(page, day.door(1, line.address), 'Ed Blocked')
    other = page.context.new_page()
    other.goto(f'{line.address}/c/manifest.webmanifest')
    page.goto('about:blank')
    other.evaluate("""() => new Promise((done) => {
      const asked = indexedDB.open('rounds');
      asked.onsuccess = () => { self.holding = asked.result; done(); };
    })""")
    other.evaluate('() => { indexedDB.open("rounds", 1000); }')  # waits, and all who come later wait behind it
    page.goto(f'{line.address}/c/1')
    expect(page.locator('#notices')).to_contain_text('Close its other tabs', timeout=PATIENT)
    other.close()
    expect(page.locator('#note')).to_be_visible(timeout=PATIENT)
    expect(page.locator('#notices')).to_be_empty(timeout=PATIENT)
    page.fill('#note', 'Written when the way was free.')
    next_note(page)
    all_received(page)
    assert 'Written when the way was free.' in day.texts()


@pytest.mark.parametrize('release', FROZEN, ids=lambda path: path.stem)
def test_what_a_release_before_has_left_on_a_phone_is_found_and_sent(day, server, line, opened, release):
    page = opened('phone', service_workers='block')
    leave(page, line, left_by(release, day, page, line))
    page.goto(f'{line.address}/c/1')
    row = page.locator('.notes li')
    expect(row.filter(has_text='Kept by the release before, not sent.')).to_contain_text(RECEIVED, timeout=PATIENT)
    expect(row.filter(has_text='Changed, and its second revision')).to_contain_text(RECEIVED)
    expect(row.filter(has_text='Received, then changed')).to_contain_text(RECEIVED)
    page.goto(f'{line.address}/c/3')
    expect(page.locator('#note')).to_have_value('Half a sentence in the third ro')
    page.locator('#note').press_sequentially('om.')
    page.get_by_role('navigation').get_by_role('button', name='My notes').click()
    expect(page.locator('.refused')).to_contain_text('Refused before the upgrade.')
    expect(pill(page)).to_contain_text('1 not yet received')
    assert day.holds(
        'Kept by the release before, not sent.',
        'Changed, and its second revision was not sent.',
        'Received, then changed without a network.',
        'Half a sentence in the third room.',
    )


def test_a_release_that_was_taken_back_finds_what_the_later_one_has_left(day, server, line, opened):
    page = opened('phone', service_workers='block')
    later = left_by(FROZEN[-1], day, page, line)
    later['version'] = 99
    later['stores']['later'] = {'keyPath': 'id', 'indexes': [], 'rows': [{'id': 'of a release to come'}]}
    for note in later['stores']['notes']['rows']:
        note['id'] = note['id'][:20] + '99'
        note['of_a_release_to_come'] = True
    leave(page, line, later)
    page.goto(f'{line.address}/c/1')
    kept = page.locator('.notes li').filter(has_text='Kept by the release before')
    expect(kept).to_contain_text(RECEIVED, timeout=PATIENT)
    expect(page.locator('#notices')).to_be_empty()


def left_by(release: Path, day, page: Page, line: UnkindProxy) -> dict:
    """The frozen database, with the round and a token of today."""
    page.goto(f'{line.address}/c/manifest.webmanifest')
    body = {'code': day.hall, 'display_name': f'{release.stem} {time.monotonic()}', 'school': 'Tidewell High School'}
    token = page.evaluate(
        """async (body) => {
          const answer = await fetch('/api/v1/join', { method: 'POST', body: JSON.stringify(body) });
          return (await answer.json()).token;
        }""",
        body,
    )
    return json.loads(release.read_text('utf-8').replace('TOKEN', token).replace('"ROUND"', json.dumps(day.id)))


def leave(page: Page, line: UnkindProxy, database: dict) -> None:
    page.goto(f'{line.address}/c/manifest.webmanifest')
    page.evaluate(LEAVE, [database])


def disk_takes(page: Page) -> None:
    """A page that stands in for a disk that is slow to open says that it must stay open, and nobody closes it then."""
    expect(page.locator('#notices')).not_to_contain_text('leave the page open')


def wait_for_draft(page: Page, name: str, value: object) -> None:
    """Until the phone's disk has a draft with this."""
    page.wait_for_function(
        """async ([name, value]) => {
          const { read } = await import(`${document.querySelector('script[src]').src.replace('start.js', '')}disk.js`);
          return (await read(['drafts'], ({ drafts }) => drafts.all())).some((one) => one[name] === value);
        }""",
        arg=[name, value],
    )
