"""The coach on the phone: a quiet question under the field and beside a card; the network's words."""

import datetime as dt
import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import SIZES, axe_findings
from tests.browser.phones import all_received, join, next_note, plan_days, practised

EVALUATION = 'What did you see or hear that made you write this?'
QUESTIONS = {
    'T explains the task. A really good start.': EVALUATION,
    'Three students at the back looked bored.': 'What did they do or say?',
    'Teacher should ask the others too.': 'Keep ideas for the afternoon. What happened?',
    'Group work happening.': 'How many of how many? What would a camera have recorded?',
    'Jayden reads aloud from page 12.': 'Take out the name: “a student”, “the teacher”.',
}
DESCRIBED = '19 of 24 students write for six minutes. Teacher: “Good job, table three.”'
#: Where everything that can be tapped stands, below the top of the field.
PLACES = """() => {
    const top = document.getElementById('note').getBoundingClientRect().top;
    return ['.chips', '#next'].map((which) => {
        const at = document.querySelector(which).getBoundingClientRect();
        return [which, Math.round(at.top - top), Math.round(at.height)];
    });
}"""
#: How the mirror with the underlined words lies behind the field, scrolled to its end.
LINES = """() => {
    const [field, mirror, word] = ['#note', '.mirror', '.flagged'].map((which) => document.querySelector(which));
    field.scrollTop = 1e6;
    field.dispatchEvent(new Event('scroll'));
    const [one, other] = [field.getBoundingClientRect(), mirror.getBoundingClientRect()];
    return {
        same: field.value + '\\u200b' === mirror.textContent,
        word: word.textContent,
        apart: document.querySelector('.behind').className,
        left: one.left - other.left,
        top: one.top - field.scrollTop - other.top,
        direction: getComputedStyle(field).direction === getComputedStyle(mirror).direction,
    };
}"""


async def seed(services):
    return await plan_days(services, 'open', 'selection', 'screening')


@pytest.fixture(scope='module')
def phone(server, chromium) -> Iterator[BrowserContext]:
    """One phone that is in the round; tests open pages of their own on it, each in a room of its own."""
    width, height = SIZES['phone']
    context = chromium.new_context(viewport={'width': width, 'height': height}, has_touch=True, is_mobile=True)
    join(context.new_page(), server.seeded['open'].door(1), 'Ann')
    yield context
    context.close()


@pytest.fixture
def at_field(phone, server):
    """`at_field(n)`: a page in classroom n with an empty field, its coach at work."""
    pages = []

    def opened(number: int) -> Page:
        page = phone.new_page()
        pages.append(page)
        page.goto(server.seeded['open'].door(number))
        yes = page.get_by_role('button', name='Write here')
        expect(page.locator('#note').or_(yes)).to_be_visible()
        if yes.is_visible():
            yes.click()
        expect(page.locator('.mirror')).to_be_attached()
        expect(page.locator('#watch')).to_be_visible()
        return page

    yield opened
    for page in pages:
        page.close()


def asked(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator('.asking .question')).to_contain_text(words)


def quiet(page: Page) -> None:
    expect(page.locator('.asking')).to_be_empty()


def test_one_question_stands_under_the_field_after_a_rest_of_the_hand_and_nothing_moves(at_field):
    page = at_field(1)
    before = page.evaluate(PLACES)
    for text, question in QUESTIONS.items():
        page.fill('#note', text)
        asked(page, question)
        expect(page.locator('.asking .question')).to_have_count(1)
        assert page.evaluate(PLACES) == before, text
        words = page.locator('.flagged').all_inner_texts()
        assert bool(words) == ('Group work' not in text)
        assert all(word in text for word in words)
    page.fill('#note', DESCRIBED)
    quiet(page)
    assert page.evaluate(PLACES) == before
    next_note(page)


def test_it_never_asks_at_a_key_only_after_a_rest(phone, server):
    page = phone.new_page()
    page.clock.install()
    page.goto(server.seeded['open'].door(1))
    page.clock.run_for(10_000)
    expect(page.locator('.mirror')).to_be_attached()
    page.clock.pause_at(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))  # it rests while this machine works
    field = page.locator('#note')
    for letter in 'A lovely start. The end of it was poor':
        field.press_sequentially(letter)
        page.clock.run_for(300)
    quiet(page)
    page.clock.run_for(500)
    quiet(page)
    page.clock.run_for(300)
    asked(page, '“lovely”')
    # What stands stays with its words while somebody writes on, and goes with them.
    field.press_sequentially(' too')
    expect(page.locator('.flagged')).to_have_text(['lovely', re.compile('poor')])
    field.press('Home')
    field.press_sequentially('Yes. ')
    expect(page.locator('.flagged')).to_have_text(['lovely', re.compile('poor')])
    asked(page, '“lovely”')
    page.evaluate('document.getElementById("note").setSelectionRange(8, 9)')
    field.press_sequentially('L')
    quiet(page)
    page.clock.resume()
    next_note(page)  # nothing is left for who comes into this room next
    page.close()


def test_it_is_said_once_to_somebody_who_listens(at_field):
    page = at_field(1)
    page.evaluate("""() => {
        window.told = [];
        const said = document.getElementById('said');
        new MutationObserver(() => window.told.push(said.textContent)).observe(said, {childList: true});
    }""")
    page.fill('#note', 'A lovely start')
    asked(page, '“lovely”')
    page.fill('#note', 'A lovely start. Two students yawn.')
    asked(page, '“lovely”')
    page.fill('#note', 'Two students yawn.')
    quiet(page)
    page.fill('#note', 'A lovely start')
    asked(page, '“lovely”')
    assert page.evaluate('window.told') == [f'“lovely”: {EVALUATION}']
    assert page.locator('#said').get_attribute('aria-live') == 'polite'
    assert page.locator('#note').get_attribute('aria-describedby').split() == ['note-much', 'note-question']
    assert page.locator('.mirror').get_attribute('aria-hidden') == 'true'
    next_note(page)


def test_one_tap_ends_it_for_this_note_and_two_for_all_until_it_is_switched_on_again(at_field):
    page = at_field(2)
    page.fill('#note', 'A lovely start')
    page.get_by_role('button', name='Do not ask in this note').click()
    expect(page.locator('#note')).to_be_focused()
    asked(page, 'Nothing more is asked in this note.')
    expect(page.locator('.flagged')).to_have_count(0)
    page.locator('#note').press_sequentially(' and a poor end')
    expect(page.get_by_text('received').first).to_be_visible()
    expect(page.locator('.flagged')).to_have_count(0)
    next_note(page)
    page.fill('#note', 'A poor end')
    page.get_by_role('button', name='Do not ask in this note').press('Enter')
    page.get_by_role('button', name='Switch off for all notes').press('Enter')
    asked(page, 'it can be switched on again')
    expect(page.locator('#note')).to_be_focused()
    next_note(page)
    expect(page.locator('.below')).to_be_hidden()
    page.reload()
    expect(page.locator('.below.unasked')).to_be_attached()
    page.get_by_role('button', name='You').click()
    page.get_by_role('switch', name='Ask about words that judge').click()
    page.go_back()
    page.fill('#note', 'A poor end')
    asked(page, '“poor”')
    next_note(page)


def test_the_lines_stand_under_the_words_in_every_script_and_scrolled(at_field):
    page = at_field(3)
    long = 'Teacher reads and 12 students write in books, then they talk. ' * 28
    for text in (
        f'{long} A lovely end.',
        'כיתה שקטה, מורה כותב. A lovely start',
        'Bell\n\n\nA lovely start\n',
        'x' * 300 + ' lovely',
    ):
        page.fill('#note', text)
        asked(page, '“lovely”')
        place = page.evaluate(LINES)
        assert place['same'], text
        assert place['word'] == 'lovely'
        assert place['apart'] == 'behind'
        assert [round(place['left']), round(place['top']), place['direction']] == [0, 0, True], text
    next_note(page)


def test_what_is_typed_under_the_coach_arrives_as_it_was_typed_and_nothing_of_the_coach_does(at_field, server):
    page = at_field(4)
    sent = []
    page.context.on('request', lambda request: sent.append(request.post_data or ''))  # another tab of it may send
    text = 'Jayden: a lovely start \U0001f44d “ünï” should <b>stay</b> & \u05d0\u05d1'
    page.locator('#note').press_sequentially(text)
    asked(page, 'Take out the name')
    next_note(page)
    all_received(page)
    assert text in server.seeded['open'].texts()
    notes = [note for body in sent if '"notes"' in body for note in json.loads(body)['notes']]
    assert notes
    known = {'id', 'rev', 'base', 'classroom', 'lens', 'text', 'written_at', 'chosen'}
    assert not [key for note in notes for key in note if key not in known]
    assert not [body for body in sent if EVALUATION in body or '"kind"' in body]


@pytest.mark.parametrize(
    ('width', 'height', 'letters'),
    [
        pytest.param(360, 640, 100, marks=pytest.mark.soak),
        (390, 844, 200),
        pytest.param(1280, 800, 100, marks=pytest.mark.soak),
    ],
)
def test_it_fits_every_screen_and_axe_finds_nothing(at_field, width, height, letters):
    page = at_field(5)
    page.set_viewport_size({'width': width, 'height': height})
    page.evaluate(f'document.documentElement.style.fontSize = "{letters}%"')
    page.evaluate('new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))')
    before = page.evaluate(PLACES)
    page.fill('#note', 'A really fantastic start')
    asked(page, '“really fantastic” What did you see')
    assert page.evaluate(PLACES) == before
    for scheme in ('light', 'dark'):
        page.emulate_media(color_scheme=scheme)
        assert axe_findings(page) == []
    assert page.evaluate('document.documentElement.scrollWidth') <= width
    page.locator('.away').click()
    asked(page, 'Nothing more')
    assert axe_findings(page) == []
    next_note(page)


def test_at_selection_the_question_stands_beside_the_own_note(opened, server):
    page = opened('phone')
    join(page, server.seeded['selection'].door(1), 'Ben')
    page.fill('#note', 'A lovely start')
    next_note(page)
    page.fill('#note', DESCRIBED)
    next_note(page)
    page.get_by_role('button', name='Choose').click()
    lines = page.locator('.choose li')
    expect(lines).to_have_count(2)
    expect(lines.filter(has_text='lovely').locator('.beside')).to_contain_text(EVALUATION)
    expect(lines.filter(has_text='lovely').locator('.flagged')).to_have_text('lovely')
    expect(page.locator('.beside')).to_have_count(1)
    assert axe_findings(page) == []


def test_at_screening_the_question_stands_beside_the_card_for_the_group(opened, server):
    page = opened('phone')
    join(page, server.seeded['screening'].door(1), 'Cleo')
    page.get_by_role('button', name='Wall').click()
    card = page.locator('.wallcard')
    expect(card).to_be_visible()
    for _card in range(40):
        if page.locator('.wallcard .beside').count():
            break
        words = card.locator('.words').inner_text()
        page.get_by_role('button', name='Another card first').click()
        expect(card.locator('.words')).not_to_have_text(words)
    expect(page.locator('.wallcard .beside')).to_be_visible()
    assert axe_findings(page) == []


def test_on_the_facilitators_screen_the_same_question_stands_beside_the_card(facilitator_page, server):
    page = facilitator_page
    page.goto(f'{server.address}/rounds/{server.seeded["screening"].id}/control')
    lines = page.locator('.queue .line')
    expect(lines.first).to_be_visible()
    for n in range(lines.count()):
        lines.nth(n).click()
        if page.locator('.read .hint').count():
            break
    expect(page.locator('.read .hint')).to_contain_text('?')
    assert axe_findings(page) == []


def test_words_of_the_network_reach_the_phones_at_once_and_are_there_without_a_network(
    server, opened, facilitator_page
):
    days = server.seeded
    page = opened('phone')
    join(page, days['open'].door(1), 'Dan')
    expect(page.locator('.mirror')).to_be_attached()
    page.evaluate('navigator.serviceWorker.ready')
    page.fill('#note', 'T shows a sparkly worksheet, an excellence hour task')
    words = facilitator_page
    words.goto(f'{server.address}/words')
    for label, typed in ((0, 'sparkly\n\nSparkly'), (1, 'excellence hour')):
        words.get_by_label('Add words or phrases').nth(label).fill(typed)
        words.get_by_role('button', name='Add').nth(label).click()
        expect(words.get_by_role('status')).to_contain_text('1 added')
    asked(page, '“sparkly”')
    next_note(page)
    all_received(page)
    page.close()
    server.stop()
    try:
        page = page.context.new_page()
        page.goto(days['open'].door(1).split('#')[0])
        page.fill('#note', 'T shows a sparkly worksheet')
        asked(page, '“sparkly”')
        page.fill('#note', '')
        page.get_by_role('button', name='Rooms').click()
        page.get_by_role('button', name='You').click()
        page.get_by_role('button', name='Practise').click()
        practised(page)
    finally:
        server.start()
