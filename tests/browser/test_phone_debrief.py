"""Phones in the debrief, from selection to the vote: one that decides for its group, one without a network or asleep in
the stage before, one that is used with the keyboard alone; and a server that is killed in the middle of sorting."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import axe_findings
from tests.browser.debriefs import a_pattern, go_to, reach
from tests.browser.people_in_hall import Made, Phone, fourteen, on_a_phone
from tests.browser.phones import all_received, pill
from tests.browser.watching import keep_picture, troubles

KEPT = re.compile(r'1 thing that you did is kept on this phone')

#: What is wider than the phone, or words that stand in a column of single letters.
FITS = """(size) => {
    const root = document.documentElement;
    root.style.fontSize = size;
    const wide = root.scrollWidth > 390 ? [`${root.scrollWidth} px wide`] : [];
    const narrow = (one) => one.offsetWidth < 4 * parseFloat(getComputedStyle(one).fontSize);
    const columns = [...document.querySelectorAll("main p, main .words, dialog p")]
        .filter((one) => one.offsetWidth && one.textContent.length > 10 && narrow(one));
    return [...wide, ...columns.map((one) => one.textContent)];
}"""


async def seed(services) -> Made:
    return await fourteen(services)


@pytest.fixture
def made(server) -> Made:
    return server.seeded


def test_phones_go_from_selection_to_the_vote(server, opened, signed_in, made: Made):
    control = signed_in(made.session, f'/rounds/{made.round}/control', reduced_motion='reduce')
    first, third = made.phones[0], next(one for one in made.phones if one.group != made.phones[0].group)
    second = next(one for one in made.phones[1:] if one.group == first.group)
    ann, away = (on_a_phone(opened, server, made, one) for one in (first, second))
    keys = on_a_phone(opened, server, made, third, is_mobile=False, has_touch=False)
    try:
        selection(control, ann, away, keys, made.phones, [first, second, third])
        screening(control, ann, away, keys, made.phones, first)
        red_dots(control, ann, away, keys)
        sorting(server, control, ann, away, keys, first, third)
        prediction(control, ann, away, keys)
        theories(control, ann, away, keys, first)
        vote(control, ann, away, keys)
    except BaseException:
        for page, name in ((control, 'control'), (ann, 'ann'), (away, 'away'), (keys, 'keys')):
            keep_picture(page, 'phone-debrief', f'failed-{name}')
        raise
    assert troubles(server) == []


def selection(control: Page, ann: Page, away: Page, keys: Page, phones: list[Phone], real: list[Phone]) -> None:
    away.route('**/api/v1/me', lambda route: route.abort())
    with away.expect_event('requestfailed'):  # told of it, and not answered: it asks again
        go_to(control, 'Selection')
    away.unroute_all()
    for page in (ann, away):  # open in the stage before: said, and not jumped to
        expect(page.locator('#stage')).to_contain_text('The round is at “Selection” now.')
    ann.get_by_role('button', name='Go there').click()
    away.reload()  # opened again: the stage's own page
    pressed(keys, keys.get_by_role('button', name='Go there'))
    for page in (ann, away, keys):
        expect(page.get_by_role('heading', level=1)).to_have_text('Choose 3 to 10 notes for the wall')

    picks = ann.locator('.pick')
    for place in range(3):
        picks.nth(place).click()
    expect(ann.locator('.count strong')).to_have_text('3 chosen')
    looked(ann, '1-selection')
    ann.get_by_role('button', name='Make two of it').first.click()
    expect(ann.locator('#half-one')).to_be_visible()
    looked(ann, '2-split')
    ann.fill('#half-one', 'Two of 26 students raise a hand')
    ann.fill('#half-two', 'The teacher waits six seconds')
    ann.get_by_role('button', name='Keep both').click()
    expect(ann.locator('.count strong')).to_have_text('4 chosen')
    ann.get_by_role('button', name='Change the words: Two of 26').click()
    ann.fill('#again', 'Three of 26 students raise a hand')
    ann.get_by_role('button', name='Done').click()
    expect(picks.filter(has_text='Three of 26 students raise a hand')).to_have_attribute('aria-pressed', 'true')

    picks = keys.locator('.pick')
    for place in range(3):
        reach(keys, picks.nth(place))
        keys.keyboard.press('Space')
        expect(picks.nth(place)).to_have_attribute('aria-pressed', 'true')
        expect(picks.nth(place)).to_be_focused()
    two = keys.get_by_role('button', name='Make two of it')
    pressed(keys, two.first)
    for half, text in (('#half-one', 'Four students write'), ('#half-two', 'One reads aloud')):
        reach(keys, keys.locator(half))
        keys.keyboard.press('Control+A')
        keys.keyboard.type(text)
    pressed(keys, keys.get_by_role('button', name='Keep both'))
    expect(two.first).to_be_focused()
    expect(keys.locator('.count strong')).to_have_text('4 chosen')

    with cut(away):
        for place in range(3):
            away.locator('.pick').nth(place).click()
        expect(pill(away)).to_contain_text('3 not yet received')
    for page in (ann, away, keys):
        all_received(page)
    assert [sum(note['chosen'] for note in one.ask('/notes')['notes']) for one in real] == [4, 3, 4]
    for phone in phones:
        if phone not in real:
            phone.choose()


def screening(control: Page, ann: Page, away: Page, keys: Page, phones: list[Phone], first: Phone) -> None:
    go_to(control, 'Screening')
    for page in (ann, away, keys):
        page.get_by_role('button', name='Go there').click()
    heading, words = ann.get_by_role('heading', level=1), ann.locator('.wallcard .words')
    expect(heading).to_contain_text('cards of your group to screen')
    looked(ann, '3-screening')
    waiting = int(heading.inner_text().split()[0])
    answer(ann, 'Is it specific?', 'Yes').click()
    answer(ann, 'Is it free of judgement?', 'Yes').click()
    ann.locator('.decide .primary').click()
    expect(heading).to_contain_text(f'{waiting - 1} cards')
    answer(ann, 'Is it free of judgement?', 'No').click()
    expect(ann.locator('.decide .primary')).to_have_text('Find other words')
    ann.locator('.decide .primary').click()
    ann.fill('#reword', 'Nine of 26 students write a reason')
    looked(ann, '4-other-words')
    ann.get_by_role('button', name='Keep these words').click()
    expect(heading).to_contain_text(f'{waiting - 1} cards')
    ann.get_by_role('button', name='Drop it').click()
    expect(heading).to_contain_text(f'{waiting - 2} card')

    left = waiting - 2
    heading = keys.get_by_role('heading', level=1)
    expect(heading).to_contain_text('of your group to screen')
    waiting = int(heading.inner_text().split()[0])
    pressed(keys, answer(keys, 'Is it specific?', 'Yes'))
    pressed(keys, answer(keys, 'Is it free of judgement?', 'Yes'))
    pressed(keys, keys.locator('.decide .primary'))
    expect(heading).to_contain_text(f'{waiting - 1} card')
    expect(keys.locator('.wallcard')).to_be_focused()

    # Two of one group answer about the same card; the one without a network hears what became of it.
    held(lambda: len(first.ask('/wall')['to_screen']) == left)
    waiting = first.ask('/wall')['to_screen']
    expect(away.get_by_role('heading', level=1)).to_contain_text(f'{len(waiting)} card')
    now = re.compile('|'.join(re.escape(one['text']) for one in waiting))
    expect(away.locator('.wallcard .words')).to_have_text(now)
    with cut(away):
        text = away.locator('.wallcard .words').inner_text()
        away.get_by_role('button', name='Drop it').click()
        expect(away.locator('main')).to_contain_text(KEPT)
        accept_all(first)
    expect(away.locator('.notice.stop')).to_contain_text('put this card on the wall meanwhile')
    away.get_by_text('that your group has answered').click()
    expect(away.locator('.answered li', has_text=text)).to_contain_text('on the wall')
    looked(away, '5-answered')
    expect(words).to_have_count(0)
    for phone in phones:
        accept_all(phone)


def red_dots(control: Page, ann: Page, away: Page, keys: Page) -> None:
    go_to(control, 'Red dots')
    for page in (ann, away, keys):
        expect(page.get_by_role('heading', level=1)).to_have_text('Red dots')
    ann.get_by_role('button', name='It judges').first.click()
    marked = ann.locator('.dots li.marked')
    expect(marked).to_contain_text('It judges instead of describing')
    looked(ann, '6-red-dots')
    marked.get_by_role('button', name='Take it back').click()
    expect(marked).to_have_count(0)
    pressed(keys, keys.get_by_role('button', name='It is not specific').first)
    back = keys.get_by_role('button', name='Take it back')
    expect(back).to_be_focused()
    keys.keyboard.press('Enter')
    expect(back).to_have_count(0)
    expect(keys.locator('.dots li .dot').first).to_be_focused()

    # A phone that slept through the end of the stage.
    with cut(away):
        away.get_by_role('button', name='It judges').first.click()
        expect(away.locator('.dots li.marked')).to_have_count(1)
        go_to(control, 'Analysis')
        control.get_by_role('button', name='Let the groups sort').click()
        expect(ann.get_by_role('heading', level=1)).to_have_text('Sort in silence')
    expect(away.locator('.notice.stop')).to_contain_text('The round is at “Analysis” now; this belongs to “Red dots”.')
    expect(away.get_by_role('heading', level=1)).to_have_text('Sort in silence')


def sorting(server, control: Page, ann: Page, away: Page, keys: Page, first: Phone, third: Phone) -> None:
    looked(ann, '7-sorting')
    sorted_so_far = ann.locator('.sorthead p')
    ann.get_by_role('button', name='A new pile').click()
    expect(sorted_so_far).to_contain_text('1 of ')
    ann.locator('.pile .put').click()
    expect(sorted_so_far).to_contain_text('2 of ')
    ann.get_by_role('button', name='Later').click()
    ann.get_by_role('button', name='Look').click()
    ann.get_by_label('Name of the pile').fill('Reasons')
    ann.get_by_label('Name of the pile').blur()
    expect(ann.locator('.pile .put')).to_contain_text('Reasons')
    looked(ann, '8-pile')

    pressed(keys, keys.get_by_role('button', name='A new pile'))
    expect(keys.locator('.sorthead p')).to_contain_text('1 of ')
    expect(keys.get_by_role('button', name='A new pile')).to_be_focused()
    pressed(keys, keys.locator('.rest summary'), 'Shift+Tab')
    reach(keys, keys.locator('.sortcard').first)
    keys.keyboard.press('Space')
    keys.keyboard.press('m')
    expect(keys.locator('.put').first).to_be_focused()
    keys.keyboard.press('Enter')
    expect(keys.locator('.pile .put')).to_contain_text('2 cards')
    pressed(keys, keys.get_by_role('button', name='Undo'), 'Shift+Tab')
    expect(keys.locator('.pile .put')).to_contain_text('1 card')
    expect(keys.locator('.hand')).to_be_visible()

    # A pile that is taken apart while another phone of the group, without a network, puts a card on it.
    expect(away.locator('.pile .put')).to_contain_text('Reasons')
    with cut(away):
        away.locator('.pile .put').click()
        expect(away.locator('.pile .put')).to_contain_text('3 cards')
        ann.get_by_role('button', name='Take it apart').click()
        expect(ann.locator('.pile')).to_have_count(0)
        held(lambda: first.ask('/wall')['sorting']['piles'] == [])
    expect(away.locator('.notice.stop')).to_contain_text('This pile is gone')
    expect(away.locator('.pile')).to_have_count(0)

    server.kill()
    ann.get_by_role('button', name='A new pile').click()
    expect(ann.locator('.pile')).to_have_count(1)
    expect(ann.locator('main')).to_contain_text(KEPT)
    server.start()
    expect(ann.locator('main')).not_to_contain_text(KEPT)
    held(lambda: len(first.ask('/wall')['sorting']['piles']) == 1)
    expect(away.locator('.pile')).to_have_count(1)
    there = third.ask('/wall')['sorting']
    third.act('join_piles', into='gone', pile=there['piles'][0]['id'], refused='This pile is gone')
    third.act('name_pile', pile=there['piles'][0]['id'], text='After the restart', seen='')
    expect(keys.locator('.pile .put')).to_contain_text('After the restart')

    for page in (ann, away):
        page.get_by_role('button', name='Look').click()
    ann.get_by_label('Name of the pile').fill('Too late')
    away.get_by_label('Name of the pile').focus()
    with away.expect_response('**/api/v1/wall*'):
        control.get_by_role('button', name='End the sorting').click()
    expect(keys.locator('main')).to_contain_text('Sorting is over. Look up')
    for page in (ann, away):
        expect(page.get_by_label('Name of the pile')).to_be_focused()  # never taken from under somebody's fingers
        page.get_by_label('Name of the pile').blur()
        expect(page.locator('main')).to_contain_text('Sorting is over. Look up')
    expect(ann.locator('.notice.stop .words')).to_have_text('Too late')
    ann.get_by_role('button', name='I do not need these words any more').click()
    for title in ('Some write a reason', 'Most wait'):
        a_pattern(control, title)


def prediction(control: Page, ann: Page, away: Page, keys: Page) -> None:
    go_to(control, 'Prediction')
    for page in (ann, away, keys):
        expect(page.get_by_role('heading', level=1)).to_contain_text('If you were a student at this school')
    ann.get_by_label('Your prediction').fill('They would know how to give a reason')
    ann.get_by_role('button', name='Most wait').click()
    looked(ann, '9-prediction')
    ann.get_by_role('button', name='Put it on the wall').click()
    expect(ann.locator('#sent')).to_contain_text('received')
    reach(keys, keys.get_by_label('Your prediction'))
    keys.keyboard.type('They would wait')
    pressed(keys, keys.get_by_role('button', name='Some write a reason'))
    pressed(keys, keys.get_by_role('button', name='Put it on the wall'))
    expect(keys.locator('#sent')).to_contain_text('received')
    with cut(away):
        away.get_by_label('Your prediction').fill('They would finish tasks')
        away.get_by_role('button', name='Most wait').click()
        away.get_by_role('button', name='Put it on the wall').click()
        expect(away.locator('#sent')).to_contain_text('on this phone')
    expect(away.locator('#sent')).to_contain_text('received')
    expect(control.locator('.predicting .words')).to_have_count(3)


def theories(control: Page, ann: Page, away: Page, keys: Page, first: Phone) -> None:
    go_to(control, 'Theories of action')
    ann.get_by_label('When we …').fill('we ask for a reason')
    looked(ann, '10-first-words')
    ann.get_by_role('button', name='Begin this draft').click()
    ann.get_by_label('so …').fill('students look for one')
    ann.get_by_label('We would know we were wrong if').fill('nobody gives one in March')
    ann.get_by_role('button', name='Leaders').click()
    expect(ann.get_by_role('button', name='Leaders')).to_have_attribute('aria-pressed', 'true')
    ann.get_by_role('button', name='Most wait').click()
    expect(ann.locator('.evidence li').first).to_be_visible()
    held(lambda: all(draft_of(first)[key] for key in ('so', 'wrong_if', 'patterns')))
    assert draft_of(first)['level'] == 'leaders'
    expect(ann.locator('.advice').first).to_be_visible()
    looked(ann, '11-draft')

    # Two of a group write at the same part, one without a network: both words are there, and they choose.
    expect(away.get_by_label('When we …')).to_have_value('we ask for a reason')
    with cut(away):
        away.get_by_label('then …').fill('students say what they think')
        away.get_by_label('then …').blur()
        ann.get_by_label('then …').fill('students can explain')
        ann.get_by_label('then …').blur()
        held(lambda: draft_of(first)['then'] == 'students can explain')
    expect(away.locator('.notice.stop')).to_contain_text('Yours: students say what they think')
    away.get_by_role('button', name='Keep mine').click()
    held(lambda: draft_of(first)['then'] == 'students say what they think')

    reach(keys, keys.get_by_label('When we …'))
    keys.keyboard.type('we wait three seconds')
    pressed(keys, keys.get_by_role('button', name='Begin this draft'))
    network = keys.get_by_role('button', name='Network')
    pressed(keys, network)
    expect(network).to_have_attribute('aria-pressed', 'true')
    expect(network).to_be_focused()
    cited = keys.get_by_role('button', name='Most wait')
    pressed(keys, cited)
    expect(cited).to_have_attribute('aria-pressed', 'true')
    expect(cited).to_be_focused()
    expect(control.locator('.drafts li')).to_have_count(2)
    expect(control.locator('.drafts li').last).to_contain_text('Network')


def vote(control: Page, ann: Page, away: Page, keys: Page) -> None:
    control.get_by_role('button', name='Vote on theories').click()
    for page in (ann, away, keys):
        expect(page.locator('.vote .count')).to_contain_text('1 dot left')
    ann.locator('.vote .pick').first.click()
    expect(control.get_by_label('Vote', exact=True)).to_contain_text('1 of 14 have voted')
    looked(ann, '12-vote')
    pick = keys.locator('.vote .pick').first
    pressed(keys, pick, 'Shift+Tab')
    expect(control.get_by_label('Vote', exact=True)).to_contain_text('2 of 14 have voted')
    expect(pick).to_be_focused()
    with cut(away):
        away.locator('.vote .pick').first.click()
        control.get_by_role('button', name='Close the vote').click()
        expect(ann.locator('.vote')).to_contain_text('This vote is closed')
    expect(away.locator('.notice.stop')).to_contain_text('This vote is closed')
    expect(control.get_by_label('Vote', exact=True)).to_contain_text('2 of 14 have voted')


def looked(page: Page, name: str) -> None:
    """Nothing serious in light, and no weak contrast in the dark; all fits the width, in letters twice as large too."""
    keep_picture(page, 'phone-debrief', name)
    assert axe_findings(page) == []
    for size in ('200%', '100%'):
        assert page.evaluate(FITS, size) == [], (name, size)
    page.emulate_media(color_scheme='dark')
    assert axe_findings(page, 'color-contrast') == []
    keep_picture(page, 'phone-debrief', f'{name}-dark')
    page.emulate_media(color_scheme='light')


@contextmanager
def cut(page: Page) -> Iterator[None]:
    """No network for this phone; the stream that tells it of changes ends too."""
    page.context.set_offline(True)
    yield
    page.context.set_offline(False)


def answer(page: Page, question: str, said: str) -> Locator:
    return page.get_by_role('group', name=question).get_by_role('button', name=said)


def pressed(page: Page, target: Locator, key: str = 'Tab') -> None:
    reach(page, target, key)
    page.keyboard.press('Enter')


def accept_all(phone: Phone) -> None:
    for card in phone.ask('/wall')['to_screen']:
        if card['state'] == 'chosen':
            phone.act('accept', card=card['id'], confirmed=True)


def draft_of(phone: Phone) -> dict:
    return phone.ask('/wall')['drafts'][0]


def held(there: Callable[[], bool]) -> None:
    """Wait until the server has it."""
    end = time.monotonic() + 120
    while not there():
        assert time.monotonic() < end
        time.sleep(0.2)
