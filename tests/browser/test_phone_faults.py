"""What a phone does when the line, the server or its answers fail: nothing is lost, nothing arrives twice."""

import json
import shutil
import threading
from collections import Counter
from contextlib import nullcontext as nothing

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phones import (
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

#: Much longer than anything here takes on a quiet machine.
PATIENT = 60_000
#: What the page says when the line fails in this way.
SAID = {
    'refuse': 'No connection to the round',
    'drop': 'No connection to the round',
    'lose_answer': 'No connection to the round',
    'cut_answer': 'No connection to the round',
    'portal': 'asks you to sign in first',
    'bad_gateway': 'Something other than the round is answering',
    'black_hole': 'No connection to the round',
}
#: Keeps notes as if they had been typed one after the other.
KEEP = """async (texts) => {
  const at = document.querySelector('script[src]').src.replace('start.js', '');
  const [{ session }, { newId }, { commit }] = await Promise.all(['session', 'draw', 'drafts'].map((name) => import(`${at}${name}.js`)));
  for (const text of texts) {
    await commit({ id: newId(), round: session.id, classroom: 1, text, lens: null, start: 0, end: 0, touched: true }, { done: true });
  }
}"""  # noqa: E501 (one line of the page's own language)
#: The page's clock is `self.shift` milliseconds off.
CLOCK = """(() => {
  const Real = Date;
  self.shift = -365 * 86400e3;
  self.Date = class extends Real {
    constructor(...parts) { parts.length ? super(...parts) : super(Real.now() + self.shift); }
    static now() { return Real.now() + self.shift; }
  };
})()"""


async def seed(services):
    return await plan_days(services, 'open')


@pytest.fixture
def day(server):
    return server.seeded['open']


@pytest.fixture
def phone(day, line, opened):
    """`phone('Name')`: somebody's phone in a classroom, joined through the line."""

    def joined(name: str, number: int = 1, **options: object) -> Page:
        page = opened('phone', **options)
        join(page, day.door(number, line.address), name)
        page.locator('#note').wait_for()
        return page

    return joined


def times_sent(line, text):
    return sum(text in note['text'] for body in line.bodies for note in json.loads(body)['notes'])


def test_a_server_killed_between_storing_and_answering_has_every_note_once(day, server, line, phone):
    page = phone('Ab Between')
    killed = threading.Event()
    line.stored = lambda: (server.kill(), killed.set())
    page.fill('#note', 'Stored, and never answered.')
    next_note(page)
    assert killed.wait(60)
    assert day.texts().count('Stored, and never answered.') == 1, 'it was stored'
    expect(pill(page)).to_contain_text('1 not yet received')
    expect(page.locator('.notes li')).not_to_contain_text('received')
    server.start()
    all_received(page)
    assert times_sent(line, 'Stored, and never answered.') >= 2, 'it was sent again'
    assert day.texts().count('Stored, and never answered.') == 1


def test_every_failure_of_the_line_is_said_and_lifts_by_itself(day, line, phone):
    page = phone('Bea Line')
    for fault, sentence in SAID.items():
        line.mode = fault
        page.fill('#note', f'Written while the line did {fault}.')
        next_note(page)
        expect(page.locator('#notices')).to_contain_text(sentence, timeout=PATIENT)
        expect(pill(page)).to_contain_text('1 not yet received')
        line.mode = 'pass'
        pill(page).click()
        all_received(page)
        expect(page.locator('#notices')).to_be_empty()
    counted = Counter(day.texts())
    assert [counted[f'Written while the line did {fault}.'] for fault in SAID] == [1] * len(SAID)


@pytest.mark.soak
def test_a_server_that_asks_for_patience_is_given_it_even_when_somebody_taps(line, phone):
    page = phone('Cal Patient')
    line.mode = 'too_many'
    line.times.clear()
    page.fill('#note', 'Sent when it is time.')
    next_note(page)
    expect(page.locator('#notices')).to_contain_text('Wait a second.')
    while len(line.times) < 3:
        pill(page).click()
        page.wait_for_timeout(50)  # a thumb, again and again
    assert min(later - before for before, later in zip(line.times, line.times[1:], strict=False)) > 0.9
    line.mode = 'pass'
    all_received(page)


def test_requests_grow_smaller_where_they_are_too_large_and_a_note_that_is_alone_stands_apart(day, line, phone):
    page = phone('Di Small')
    line.mode = 'refuse'
    page.evaluate(KEEP, [*(f'Small note {n} of nine.' for n in range(9)), 'A long note. ' * 120, 'The last of all.'])
    line.largest = 1000
    line.mode = 'too_large'
    apart = page.locator('.notes .refused')
    expect(apart).to_contain_text('as too large', timeout=PATIENT)
    expect(pill(page)).to_contain_text('1 not yet received', timeout=PATIENT)
    expect(page.locator('.notes li').filter(has_text=RECEIVED)).to_have_count(10)
    looked_at(page, 'refused-apart')
    apart.locator('.note').click()
    page.fill('#again', 'A short note.')
    page.get_by_role('button', name='Done').click()
    all_received(page)
    assert day.holds('Small note 0 of nine.', 'The last of all.', 'A short note.')


@pytest.mark.soak
def test_a_note_whose_deletion_was_refused_can_be_changed_or_deleted_after_all(day, line, phone):
    page = phone('Dot Refused')
    line.mode = 'pass'
    for text in ('To be deleted, then changed.', 'To be deleted, and again.'):
        page.fill('#note', text)
        next_note(page)
    all_received(page)
    line.mode = 'too_large'
    for row in page.locator('.note').all():
        row.click()
        page.get_by_role('button', name='Delete', exact=True).click()
        page.get_by_role('button', name='Really delete it?').click()
        page.locator('#again').wait_for(state='detached')
    expect(page.locator('.refused')).to_have_count(2, timeout=PATIENT)
    line.mode = 'pass'
    page.locator('.note').filter(has_text='then changed').click()
    page.fill('#again', 'Changed after all.')
    page.get_by_role('button', name='Done').click()
    page.locator('.note').filter(has_text='and again').click()
    page.get_by_role('button', name='Delete', exact=True).click()
    page.get_by_role('button', name='Really delete it?').click()
    all_received(page)
    expect(page.locator('.note .words')).to_have_text(['Changed after all.'])
    assert day.holds('Changed after all.')
    assert not [text for text in day.texts() if text.startswith('To be deleted')]


def test_words_that_are_typed_while_the_note_is_sent_are_its_next_revision(day, line, phone):
    page = phone('Eli Edits')
    line.mode, line.seconds = 'delay', 2
    page.fill('#note', 'Five of 28 students')
    expect(page.locator('.where')).to_have_text('↑ sending', timeout=PATIENT)
    page.fill('#note', 'Five of 28 students gave a reason.')
    line.mode = 'pass'
    expect(page.locator('.where')).to_have_text(RECEIVED, timeout=PATIENT)
    all_received(page)
    assert day.holds('Five of 28 students gave a reason.')
    note = next(note for note in day.notes() if note.text.startswith('Five of 28'))
    assert (note.text, note.rev) == ('Five of 28 students gave a reason.', 2)


@pytest.mark.parametrize(('words', 'most'), [('Short.', 200), ('👩🏽‍🏫' * 500, 20)], ids=['short', '2,000 code points'])
def test_a_request_never_has_more_notes_or_bytes_than_the_server_takes(line, opened, words, most):
    page = opened('phone')
    page.goto(f'{line.address}/c/')
    sizes = page.evaluate(
        """async ([words]) => {
          const { batch } = await import(document.querySelector('script[src]').src.replace('start.js', 'sync.js'));
          const note = (_, n) => ({ id: `a-note-of-a-phone-${n + 1e4}`, rev: 1, text: words });
          const ready = Array.from({ length: 450 }, note);
          const { notes, body } = batch(ready, ready.length);
          return [notes.length, new TextEncoder().encode(body).length, JSON.parse(body).unsent];
        }""",
        [words],
    )
    assert most / 2 <= sizes[0] <= most
    assert sizes[1] <= 128 * 1024
    assert sizes[2] == 450 - sizes[0], 'the facilitator is told how many stay behind'


@pytest.mark.soak
def test_an_answer_that_comes_late_or_twice_takes_nothing_back(phone):
    page = phone('Fay Late')
    page.fill('#note', 'First words.')
    expect(page.locator('.where')).to_have_text(RECEIVED, timeout=PATIENT)
    page.fill('#note', 'Second words.')
    next_note(page)
    all_received(page)
    seen = page.evaluate("""async () => {
      const at = document.querySelector('script[src]').src.replace('start.js', '');
      const { settle, notesOf } = await import(`${at}outbox.js`);
      const { session } = await import(`${at}session.js`);
      const [note] = await notesOf(session.id);
      const again = { id: note.id, seq: 1, chosen: false };
      await settle({ received: [{ ...again, rev: 1, state: 'stored' }], refused: [] });
      const same = { ...again, rev: 2, state: 'same' };
      await settle({ received: [same, same], refused: [] });
      await settle({ received: [{ ...again, id: 'never-heard-of-this-note', rev: 1, state: 'stored' }] });
      return (await notesOf(session.id)).map(({ text, rev, dirty, received }) => [text, rev, dirty, received.rev]);
    }""")
    assert seen == [['Second words.', 2, False, 2]]


def test_a_clock_that_is_wrong_by_a_year_and_then_jumps_changes_nothing(day, line, opened):
    page = opened('phone')
    page.add_init_script(CLOCK)
    join(page, day.door(1, line.address), 'Gus Clock')
    page.fill('#note', 'A year behind.')
    next_note(page)
    all_received(page)
    line.mode = 'refuse'
    page.fill('#note', 'Kept a year behind.')
    next_note(page)
    expect(page.locator('#notices')).to_contain_text('No connection')
    page.evaluate('() => { self.shift = 365 * 86400e3; }')
    page.fill('#note', 'A year ahead.')
    next_note(page)
    line.mode = 'pass'
    all_received(page)
    expect(page.locator('.note .words')).to_have_text(['A year ahead.', 'Kept a year behind.', 'A year behind.'])
    counted = Counter(day.texts())
    assert [counted[text] for text in ('A year behind.', 'Kept a year behind.', 'A year ahead.')] == [1, 1, 1]


def test_two_phones_of_one_observer_that_changed_the_same_note_offline_keep_both_words(day, line, phone, opened):
    first = phone('Hal Both')
    first.fill('#note', 'Two pupils spoke.')
    next_note(first)
    all_received(first)
    code = return_code(first)
    first.get_by_role('navigation').get_by_role('button', name='My notes').click()
    second = opened('phone')
    join_again(second, day.door(1, line.address), 'Hal Both', code)
    expect(second.locator('.notes')).to_contain_text('Two pupils spoke.', timeout=PATIENT)
    line.mode = 'refuse'
    for page, words in ((first, 'Two pupils spoke, in turn.'), (second, 'Two pupils spoke at once.')):
        page.locator('.note').click()
        page.fill('#again', words)
        page.get_by_role('button', name='Done').click()
        expect(page.locator('.notes')).to_contain_text('on this phone')
    line.mode = 'pass'
    later = second  # the later of the two is asked; which it is, the line decides
    while not later.locator('.refused').count():
        later = second if later is first else first
        later.wait_for_timeout(100)
    later.get_by_role('button', name='Keep both').click()
    for page in (first, second):
        all_received(page)
        expect(page.locator('.note .words')).to_have_count(2, timeout=PATIENT)
    assert day.holds('Two pupils spoke, in turn.', 'Two pupils spoke at once.')
    assert 'Two pupils spoke.' not in day.texts()


@pytest.mark.soak
def test_a_tab_that_slept_while_another_went_on_with_its_words_overwrites_nothing(day, line, phone):
    page = phone('Ida Sleeps')
    write(page, 'Four of six')
    expect(page.locator('.where')).to_have_text(RECEIVED, timeout=PATIENT)
    page.evaluate('() => { BroadcastChannel.prototype.postMessage = () => {}; }')  # as a tab does that sleeps
    other = page.context.new_page()
    other.goto(f'{line.address}/c/1')
    expect(other.locator('#note')).to_have_value('Four of six', timeout=PATIENT)
    other.locator('#note').press_sequentially(' pairs talked.')
    expect(other.locator('.where')).to_have_text(RECEIVED, timeout=PATIENT)
    page.bring_to_front()
    page.locator('#note').press_sequentially(', then none.')
    for tab in (page, other):
        next_note(tab)
        all_received(tab)
    mine = {text for text in day.texts() if text.startswith('Four of six')}
    assert mine == {'Four of six pairs talked.', 'Four of six, then none.'}


def test_leaving_is_asked_about_while_a_note_is_not_received_and_never_otherwise(line, phone):
    page = phone('Jan Leaves')
    line.mode = 'refuse'
    page.fill('#note', 'Not received yet.')
    next_note(page)
    expect(pill(page)).to_contain_text('1 not yet received')
    with page.expect_event('dialog', timeout=PATIENT) as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == 'beforeunload'
    asked.value.dismiss()
    line.mode = 'pass'
    all_received(page)
    with page.expect_event('close', timeout=PATIENT):
        page.close(run_before_unload=True)


@pytest.mark.soak
def test_phones_that_come_back_together_are_done_in_one_or_two_requests_each(day, line, phone):
    pages = [phone(f'Kit {n}') for n in range(3)]
    line.mode = 'refuse'
    for n, page in enumerate(pages):
        page.evaluate(KEEP, [f'Kit {n} wrote note {i} of fifty.' for i in range(50)])
        expect(page.locator('#notices')).to_contain_text('No connection', timeout=PATIENT)
    line.bodies.clear()
    line.resumed.clear()
    line.counts.clear()
    line.mode = 'pass'
    for page in pages:
        all_received(page)
    requests = Counter(json.loads(body)['notes'][0]['text'][:5] for body in line.bodies)
    assert all(1 <= requests[f'Kit {n}'] <= 2 for n in range(3)), requests
    assert all(n == 1 for text, n in Counter(day.texts()).items() if text.startswith('Kit '))
    with pages[0].expect_request('**/events', timeout=PATIENT) if not line.resumed else nothing():
        pass
    assert all(line.resumed), 'each stream says where it stopped'
    asked = sum(n for path, n in line.counts.items() if path.startswith('GET /api/v1/') and 'events' not in path)
    assert asked <= 2 * len(pages), line.counts


def test_a_tablet_that_goes_to_the_next_observer_sends_the_notes_of_the_one_before_under_their_name(day, line, phone):
    page = phone('Moe First')
    page.fill('#note', 'Received from Moe.')
    next_note(page)
    all_received(page)
    page.context.route('**/api/v1/notes', lambda route: route.abort())
    page.fill('#note', 'Kept by Moe, not sent.')
    next_note(page)
    page.fill('#note', 'Typed by Moe')
    expect(page.locator('.where')).to_contain_text('on this phone')
    page.get_by_role('navigation').get_by_role('button', name='You').click()
    page.get_by_role('button', name='Join another round').click()
    page.fill('#code', day.hall)
    page.get_by_role('button', name='Go on').click()
    page.fill('#name', 'Noa Next')
    page.get_by_role('button', name='Join', exact=True).click()
    page.get_by_role('button', name='Group B').click()
    page.get_by_role('heading', name='Which group are you in?').wait_for(state='detached')
    page.goto(f'{line.address}/c/1')
    page.get_by_role('button', name='Write here').or_(page.locator('#note')).first.wait_for()
    if page.get_by_role('dialog').count():
        page.get_by_role('button', name='Write here').click()
    expect(page.locator('#note')).to_have_value('')
    expect(page.locator('.notes')).not_to_contain_text('Moe')
    page.fill('#note', 'Written by Noa.')
    next_note(page)
    page.context.unroute('**/api/v1/notes')
    all_received(page)
    authors = {observer.id: observer.display_name for observer in day.read(lambda work: work.observers.all())}
    written = {note.text: authors[note.observer] for note in day.notes()}
    assert written['Written by Noa.'] == 'Noa Next'
    assert {written[text] for text in ('Received from Moe.', 'Kept by Moe, not sent.', 'Typed by Moe')} == {'Moe First'}


@pytest.mark.soak
def test_all_my_notes_says_what_the_server_holds_now_and_when_it_cannot_be_asked(line, phone):
    page = phone('Ned Asks')
    for words in ('One.', 'Two.'):
        page.fill('#note', words)
        next_note(page)
    all_received(page)
    page.get_by_role('navigation').get_by_role('button', name='My notes').click()
    expect(page.locator('#view')).to_contain_text('it holds 2 notes of yours', timeout=PATIENT)
    looked_at(page, 'all-my-notes')
    line.mode = 'portal'
    page.get_by_role('navigation').get_by_role('button', name='Rooms').click()
    page.get_by_role('navigation').get_by_role('button', name='My notes').click()
    expect(page.locator('#view')).to_contain_text('cannot be asked just now', timeout=PATIENT)
    expect(page.locator('.notes li').filter(has_text=RECEIVED)).to_have_count(2)


@pytest.mark.soak
def test_a_server_that_was_set_up_again_from_an_older_copy_is_sent_what_it_has_lost(day, server, line, phone, tmp_path):
    page = phone('Oda Older')
    page.fill('#note', 'In the copy.')
    next_note(page)
    all_received(page)
    server.stop()
    shutil.copytree(server.data, tmp_path / 'copy')
    server.start()
    page.fill('#note', 'After the copy was made.')
    next_note(page)
    all_received(page)
    server.stop()
    shutil.rmtree(server.data)
    shutil.copytree(tmp_path / 'copy', server.data)
    assert 'After the copy was made.' not in day.texts()
    line.bodies.clear()
    server.start()
    while not times_sent(line, 'After the copy was made.'):
        page.wait_for_timeout(100)
    all_received(page)
    counted = Counter(day.texts())
    assert [counted[text] for text in ('In the copy.', 'After the copy was made.')] == [1, 1]


@pytest.mark.soak
def test_a_server_that_was_set_up_again_and_knows_nobody_is_sent_all_when_somebody_joins_again(
    day, server, line, phone, tmp_path
):
    server.stop()
    shutil.copytree(server.data, tmp_path / 'copy')
    server.start()
    page = phone('Qi Anew')
    page.fill('#note', 'Received by the server before.')
    next_note(page)
    all_received(page)
    line.mode = 'refuse'
    page.fill('#note', 'Received by none yet.')
    next_note(page)
    server.stop()
    shutil.rmtree(server.data)
    shutil.copytree(tmp_path / 'copy', server.data)
    server.start()
    line.mode = 'pass'
    page.get_by_role('button', name='Join again').click()
    expect(page.locator('#name')).to_have_value('Qi Anew')
    page.get_by_role('button', name='Join', exact=True).click()
    page.get_by_role('button', name='Group A').click()
    assert day.holds('Received by the server before.', 'Received by none yet.')
    all_received(page)
    counted = Counter(day.texts())
    assert [counted[text] for text in ('Received by the server before.', 'Received by none yet.')] == [1, 1]


@pytest.mark.soak
def test_a_novel_is_not_cut_and_is_counted_until_its_writer_parts_it(day, line, phone):
    page = phone('Lou Novel')
    novel = 'It was a dark and stormy lesson. ' * 3000
    page.fill('#note', novel)
    expect(page.locator('.much')).to_contain_text('characters too many. Make two notes of it.')
    expect(pill(page)).to_contain_text('1 not yet received')
    page.reload()
    expect(page.locator('#note')).to_have_value(novel)
    expect(pill(page)).to_contain_text('1 not yet received')
    page.fill('#note', 'A dark and stormy lesson.')
    next_note(page)
    all_received(page)
    assert not any(text.startswith('It was a dark') for text in day.texts())
