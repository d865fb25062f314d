"""A phone that loses nothing: servers that die, browsers that are killed, answers that are none."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.phones import (
    MODULES,
    ON_DISK,
    RECEIVED,
    all_received,
    join,
    join_again,
    looked_at,
    next_note,
    pill,
    plan_days,
    return_code,
    write,
)


async def seed(services):
    return await plan_days(services, 'open')


@pytest.fixture
def day(server):
    return server.seeded['open']


def test_three_rooms_and_a_server_that_dies_in_the_middle_lose_nothing(day, server, opened):
    page = opened('phone')
    join(page, day.door(1), 'Bo Three')
    before = day.texts()
    write(page, 'T1: the teacher asked eleven questions.')
    next_note(page)
    page.locator('[data-lens=students]').click()
    write(page, 'T2: four of six pairs ')
    page.evaluate('() => navigator.serviceWorker.ready.then(() => true)')
    server.kill()
    page.locator('#note').press_sequentially('talked about the task.')
    next_note(page)
    expect(pill(page)).to_contain_text('not yet received')
    expect(page.locator('.notes')).to_contain_text('on this phone')
    page.goto(day.door(3))  # the next door is scanned while there is no server at all
    expect(page.locator('#note')).to_be_visible()
    write(page, 'T3: written without a server.')
    next_note(page)
    write(page, 'T4: half a no')
    page.wait_for_function(f'() => ({ON_DISK})("T4: half a no")')
    page.reload()
    expect(page.locator('#note')).to_have_value('T4: half a no')
    server.start()
    page.locator('#note').press_sequentially('te, then whole.')
    next_note(page)
    page.goto(day.door(5))
    write(page, 'T5: in the third room.')
    next_note(page)
    all_received(page)
    page.get_by_role('button', name='My notes').click()
    expect(page.locator('.state.ok')).to_have_count(5)
    mine = [
        'T1: the teacher asked eleven questions.',
        'T2: four of six pairs talked about the task.',
        'T3: written without a server.',
        'T4: half a note, then whole.',
        'T5: in the third room.',
    ]
    assert day.texts() == sorted([*before, *mine])


def test_a_login_page_that_answers_two_hundred_is_no_receipt(day, opened):
    page = opened('phone', service_workers='block')
    join(page, day.door(1), 'Di Portal')
    portal = '<html><body>Please sign in to SchoolGuest</body></html>'
    page.route('**/api/v1/**', lambda route: route.fulfill(status=200, content_type='text/html', body=portal))
    write(page, 'Sent through a portal.')
    next_note(page)
    expect(page.locator('#notices')).to_contain_text('asks you to sign in')
    expect(pill(page)).to_contain_text('1 not yet received')
    page.unroute('**/api/v1/**')
    all_received(page)
    assert day.texts().count('Sent through a portal.') == 1


def test_a_second_phone_of_the_same_observer_shows_what_the_first_wrote(day, opened):
    first = opened('phone')
    join(first, day.door(1), 'Ida Two')
    write(first, 'Written on the first phone.')
    next_note(first)
    all_received(first)
    second = opened('phone')
    join_again(second, day.door(1), 'Ida Two', return_code(first))
    expect(second.locator('.notes')).to_contain_text('Written on the first phone.')
    second.locator('.note').click()
    second.locator('#again').press_sequentially(' And changed on the second.')
    second.get_by_role('button', name='Done').click()
    all_received(second)
    first.get_by_role('button', name='My notes').click()
    expect(first.locator('.notes')).to_contain_text('And changed on the second.')


def test_what_could_not_be_read_is_told_again_though_the_round_was_asked_meanwhile(day, opened):
    first, second = opened('phone', service_workers='block'), opened('phone')
    join(first, day.door(1), 'Ivy Hears')
    join_again(second, day.door(1), 'Ivy Hears', return_code(first))
    first.goto(day.door(1))
    first.route('**/api/v1/events', lambda route: route.abort())
    first.route('**/api/v1/notes', lambda route: route.abort())
    first.reload()
    write(second, 'Written while the first phone heard nothing.')
    expect(second.locator('.where')).to_have_text(RECEIVED)
    with first.expect_response('**/api/v1/me'):
        first.reload()
    expect(first.locator('#note')).to_be_visible()
    first.unroute_all()
    expect(first.locator('.notes')).to_contain_text('Written while the first phone heard nothing.')


def test_a_browser_that_keeps_nothing_says_so_and_still_sends(day, opened):
    page = opened('phone')
    page.add_init_script('Object.defineProperty(self, "indexedDB", { value: undefined });')
    join(page, day.door(1), 'Uma Private')
    expect(page.locator('#notices')).to_contain_text('cannot keep anything on this phone')
    write(page, 'Sent from a private window.')
    expect(page.locator('.where')).to_have_text(RECEIVED)
    assert 'Sent from a private window.' in day.texts()


def test_what_the_server_has_deleted_does_not_stay_on_the_phone(day, opened):
    page = opened('phone', service_workers='block')
    join(page, day.door(1), 'Vic Purged')
    write(page, 'To be deleted after the round.')
    next_note(page)
    expect(page.locator('.note')).to_have_count(1)
    all_received(page)
    gone = {'error': {'kind': 'gone', 'sentence': 'This round is over.'}}
    page.route('**/api/v1/**', lambda route: route.fulfill(status=410, json=gone))
    page.reload()
    expect(page.locator('#notices')).to_contain_text('This round is over.')
    expect(page.locator('.note')).to_have_count(0)


def test_a_phone_that_is_not_known_any_more_keeps_its_notes_and_joins_again(day, opened):
    page = opened('phone', service_workers='block')
    join(page, day.door(1), 'Wil Again')
    unknown = json.dumps({'error': {'kind': 'not_signed_in', 'sentence': 'Join again.'}})
    page.route(
        '**/api/v1/notes', lambda route: route.fulfill(status=401, content_type='application/json', body=unknown)
    )
    write(page, 'Written with a token that has ended.')
    next_note(page)
    expect(page.locator('#notices')).to_contain_text('no longer known to the round')
    page.unroute('**/api/v1/notes')
    page.get_by_role('button', name='Join again').click()
    expect(page.locator('#name')).to_have_value('Wil Again')
    page.get_by_role('button', name='Join', exact=True).click()
    all_received(page)
    assert day.texts().count('Written with a token that has ended.') == 1


@pytest.mark.soak
def test_what_was_deleted_on_one_phone_and_changed_on_another_is_its_authors_to_decide(day, opened):
    first = opened('phone')
    join(first, day.door(1), 'Hue Decides')
    first.fill('#note', 'Three pupils spoke.')
    next_note(first)
    all_received(first)
    second = opened('phone', service_workers='block')
    join_again(second, day.door(1), 'Hue Decides', return_code(first))
    expect(second.locator('.notes')).to_contain_text('Three pupils spoke.')
    second.route('**/api/v1/**', lambda route: route.abort())
    second.locator('.note').click()
    second.fill('#again', 'Three pupils spoke, each in turn.')
    second.get_by_role('button', name='Done').click()
    expect(second.locator('.notes')).to_contain_text('on this phone')
    first.get_by_role('navigation').get_by_role('button', name='My notes').click()
    first.locator('.note').click()
    first.get_by_role('button', name='Delete', exact=True).click()
    first.get_by_role('button', name='Really delete it?').click()
    all_received(first)
    second.unroute('**/api/v1/**')
    expect(second.locator('.refused')).to_contain_text('deleted this note on your other phone')
    expect(second.locator('.refused .words')).to_have_text('Three pupils spoke, each in turn.')
    looked_at(second, 'deleted-elsewhere')
    second.get_by_role('button', name='Keep it').click()
    all_received(second)
    assert day.holds('Three pupils spoke, each in turn.')
    assert 'Three pupils spoke.' not in day.texts()


def test_keys_that_are_pressed_at_once_after_next_note_belong_to_the_next(day, opened):
    page = opened('phone')
    join(page, day.door(1), 'Ike Quick')
    page.locator('#note').focus()
    for n in range(8):
        page.keyboard.type(f'Quick note {n}.')
        page.keyboard.press('Control+Enter')
    expect(page.locator('.note')).to_have_count(8)
    all_received(page)
    assert sorted(text for text in day.texts() if 'Quick note' in text) == [f'Quick note {n}.' for n in range(8)]


def test_words_are_said_to_be_on_this_phone_when_its_disk_has_them_and_not_before(day, opened):
    page = opened('phone', service_workers='block')
    join(page, day.door(1), 'Ray Slow')
    page.route('**/api/v1/notes', lambda route: route.abort())
    write(page, 'Kept on a quick disk.')
    expect(page.locator('#notices')).to_contain_text('No connection')
    expect(page.locator('.where')).to_contain_text('on this phone')
    page.evaluate("""() => new Promise((busy) => {
      const asked = indexedDB.open('rounds');
      asked.onsuccess = () => {
        self.slow = true;
        const writing = asked.result.transaction([...asked.result.objectStoreNames], 'readwrite');
        const on = () => (busy(), self.slow && (writing.objectStore('settings').get('slow').onsuccess = on));
        on();
      };
    })""")
    page.get_by_role('button', name='Next note').click()
    page.locator('#note').press_sequentially('Kept when the disk is free.')
    expect(page.locator('.where')).to_be_empty()
    page.evaluate('() => { self.slow = false; }')
    expect(page.locator('.where')).to_contain_text('on this phone')


@pytest.mark.soak
def test_a_note_that_is_open_while_the_page_changes_beneath_is_not_made_two(day, opened):
    page = opened('phone')
    join(page, day.door(1), 'Jo Open')
    page.fill('#note', 'One pupil reads.')
    next_note(page)
    all_received(page)
    page.get_by_role('navigation').get_by_role('button', name='Rooms').click()
    page.goto(f'{day.address}/c/1')
    page.locator('.note').click()
    page.fill('#again', 'One pupil reads aloud')
    page.evaluate('() => history.pushState({ page: "room", number: 3 }, "", "/c/3")')
    page.evaluate('() => dispatchEvent(new PopStateEvent("popstate", { state: history.state }))')
    expect(page.locator('#view')).to_have_attribute('data-room', '3')
    page.fill('#again', 'One pupil reads in a whisper.')
    page.get_by_role('button', name='Done').click()
    all_received(page)
    assert [text for text in day.texts() if text.startswith('One pupil')] == ['One pupil reads in a whisper.']


def two_tabs(day, opened, name, words):
    """A room in which these words are received and go on being written, and the classrooms in another tab."""
    page = opened('phone')
    join(page, day.door(1), name)
    write(page, words)
    expect(page.locator('.where')).to_have_text(RECEIVED)
    other = page.context.new_page()
    other.goto(f'{day.address}/c/')
    return page, other


def test_words_of_a_tab_that_was_closed_are_there_at_once_and_no_other_tab_is_asked_for_them(day, opened):
    page, other = two_tabs(day, opened, 'Jo Closes', 'Six of nine')
    other.get_by_role('heading', name='Classrooms', exact=True).wait_for()
    other.evaluate(
        '() => { self.asked = 0;'
        'new BroadcastChannel("rounds").onmessage = ({ data }) => { asked += data.kind === "who holds"; }; }'
    )
    page.goto(day.door(3))
    expect(page.locator('#note')).to_have_value('')
    page.goto(day.door(1))
    expect(page.locator('#note')).to_have_value('Six of nine')
    write(page, ' pairs agree.')
    next_note(page)
    all_received(page)
    assert other.evaluate('asked') == 0
    assert [text for text in day.texts() if text.startswith('Six of nine')] == ['Six of nine pairs agree.']


@pytest.mark.soak
def test_a_note_that_another_tab_writes_at_can_be_looked_at_and_is_not_taken_from_it(day, opened):
    page, other = two_tabs(day, opened, 'Kim Looks', 'Nine of ten')
    other.get_by_role('navigation').get_by_role('button', name='My notes').click()
    other.locator('.note').filter(has_text='Nine of ten').click()
    other.locator('#again').wait_for()
    page.locator('#note').press_sequentially(' pairs')
    other.get_by_role('button', name='Done').click()
    other.locator('#again').wait_for(state='detached')
    page.locator('#note').press_sequentially(' agree.')
    next_note(page)
    all_received(page)
    assert [text for text in day.texts() if text.startswith('Nine of ten')] == ['Nine of ten pairs agree.']


def test_a_sheet_that_is_opened_while_what_was_received_of_it_is_put_away_is_still_sent(day, opened):
    page = opened('phone', service_workers='block')
    join(page, day.door(1), 'Lea Types')
    rows = page.evaluate(
        """async () => {
          MODULES
          const [sheets, { changeRound, joinedRounds, session }] = await Promise.all(['sheets', 'session'].map(of));
          self.fetch = async () => new Response('{"token": "of the sheet"}');
          const sheet = { round: session.id, code: 'ABCDEF', writer: 'writer', name: 'Moe' };
          const id = `${session.id}~paper~writer`;
          await changeRound(id, () => ({ token: 'of the sheet', sheet }));
          const tidied = sheets.followSheets();
          await new Promise((go) => setTimeout(go, 30)); // it asks other tabs now
          await sheets.openSheet('ABCDEF', { id: 'writer', display_name: 'Moe' });
          await tidied;
          return (await joinedRounds()).filter((row) => row.id === id).length;
        }""".replace('MODULES', MODULES)
    )
    assert rows == 1, 'without its row nothing of it is sent'


def test_a_sheet_whose_token_has_ended_is_sent_also_when_no_other_token_can_be_had_at_once(day, opened):
    page = opened('phone', service_workers='block')
    join(page, day.door(1), 'Pat Types')
    page.route('**/api/v1/sheets', lambda route: route.abort())
    with page.expect_request('**/api/v1/sheets'):
        page.evaluate(
            """async () => {
              MODULES
              const [{ changeRound, session }, { work }, { tell }] =
                await Promise.all(['session', 'disk', 'bus'].map(of));
              const id = `${session.id}~paper~pat`;
              const sheet = { round: session.id, code: 'ABCDEF', writer: 'pat', name: 'Pat' };
              await changeRound(id, () => ({ token: null, sheet }));
              const note = { id: 'typed-in-from-a-sheet-2', round: id, rev: 1, classroom: 1, text: '', dirty: true };
              await work(['notes'], ({ notes }) => notes.put(note));
              tell('notes');
            }""".replace('MODULES', MODULES)
        )
    with page.expect_request(lambda asked: 'typed-in-from-a-sheet-2' in (asked.post_data or '')):
        page.route('**/api/v1/sheets', lambda route: route.fulfill(json={'token': 'another'}))


def test_a_note_that_is_ended_while_its_words_are_set_apart_overwrites_nothing(day, opened):
    page = opened('phone', service_workers='block')
    join(page, day.door(1), 'Sam Ends')
    kept = page.evaluate(
        """async () => {
          MODULES
          const [{ commit }, { session }, { read, work }] = await Promise.all(['drafts', 'session', 'disk'].map(of));
          const id = 'changed-on-another-phone';
          const note = { id, round: session.id, rev: 2, classroom: 1, lens: null, text: 'Theirs.', deleted: false };
          await work(['notes'], ({ notes }) => notes.put(note));
          const draft = { id, round: session.id, classroom: 1, lens: null, text: 'Mine.', base: 'Old.', touched: true };
          await Promise.all([commit(draft, { done: false }), commit(draft, { done: true })]); // a rest, and "Next note"
          return (await read(['notes'], ({ notes }) => notes.of(session.id))).map(({ text }) => text).sort();
        }""".replace('MODULES', MODULES)
    )
    assert kept == ['Mine.', 'Theirs.']


def test_what_the_server_holds_takes_no_words_from_another_row_of_this_phone(day, opened):
    page = opened('phone', service_workers='block')
    join(page, day.door(1), 'Mia Joins')
    kept = page.evaluate(
        """async () => {
          MODULES
          const [{ merge }, { session }, { read, work }] =
            await Promise.all(['outbox', 'session', 'disk'].map(of));
          const note = { id: 'typed-in-from-a-sheet-1', rev: 1, classroom: 1, lens: null, text: 'As received.' };
          const row = { ...note, round: `${session.id}~paper~mia`, rev: 2, text: 'Changed since.', dirty: true };
          await work(['notes'], ({ notes }) => notes.put(row));
          await merge(session.id, [{ ...note, written_at: '', received_at: '' }], Date.now());
          return (await read(['notes'], ({ notes }) => notes.get(note.id))).text;
        }""".replace('MODULES', MODULES)
    )
    assert kept == 'Changed since.'


def test_a_field_that_is_opened_while_others_are_looked_through_keeps_its_latest_words(day, opened):
    page = opened('phone', service_workers='block')
    join(page, day.door(1), 'Nat Opens')
    kept = page.evaluate(
        """async () => {
          MODULES
          const [drafts, { session }, { read, work }, { TAB }] =
            await Promise.all(['drafts', 'session', 'disk', 'bus'].map(of));
          const left = { round: session.id, lens: null, start: 0, end: 0, touched: true, at: 1 };
          await work(['drafts'], async (stores) => {
            await stores.drafts.put({ ...left, id: 'a-1', classroom: 3, text: 'Of a tab that is gone.', tab: 'gone' });
            await stores.drafts.put({ ...left, id: 'b-2', classroom: 5, text: 'Four of six', tab: TAB });
          });
          const through = drafts.commitLeft(session.id, 1);
          const open = await drafts.draftFor(session.id, 5); // while it asks whether the first one's tab lives
          await drafts.keepDraft(Object.assign(open, { text: 'Six of six', touched: true }));
          await through;
          return (await read(['drafts'], (stores) => stores.drafts.of(session.id))).map(({ text }) => text).sort();
        }""".replace('MODULES', MODULES)
    )
    assert kept == ['Of a tab that is gone.', 'Six of six']


@pytest.mark.soak
def test_words_from_another_phone_are_not_written_over_by_a_field_that_was_open_meanwhile(day, opened):
    page = opened('phone')
    join(page, day.door(1), 'Oli Open')
    write(page, 'Eight pupils')
    expect(page.locator('.where')).to_have_text(RECEIVED)
    second = opened('phone')
    join_again(second, day.door(1), 'Oli Open', return_code(page))
    page.get_by_role('navigation').get_by_role('button', name='Rooms').click()
    page.goto(f'{day.address}/c/1')
    expect(page.locator('#note')).to_have_value('Eight pupils')
    page.locator('#note').focus()
    second.locator('.note').filter(has_text='Eight pupils').click()
    second.fill('#again', 'Eight pupils of nine')
    second.get_by_role('button', name='Done').click()
    all_received(second)
    page.wait_for_function(
        f"""async () => {{
          {MODULES}
          const [{{ notesOf }}, {{ session }}] = await Promise.all(['outbox', 'session'].map(of));
          return (await notesOf(session.id)).some(({{ text }}) => text === 'Eight pupils of nine');
        }}"""
    )
    expect(page.locator('#note')).to_have_value('Eight pupils')  # never under somebody's fingers
    page.evaluate('() => document.dispatchEvent(new Event("visibilitychange"))')
    page.locator('#note').press_sequentially(', all at the front.')
    next_note(page)
    all_received(page)
    mine = sorted(text for text in day.texts() if text.startswith('Eight pupils'))
    assert mine == ['Eight pupils of nine', 'Eight pupils, all at the front.']
