"""The debrief on three screens: the facilitator's laptop, the projector, and a second laptop."""

import json
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

import storage
from app.services import Services
from tests.browser.serving import Server, in_a_thread
from tests.cases.people import set_up
from tests.cases.sample_round import sample_file

HOSTILE = '<img src=x onerror="window.hurt=1"> ${window.hurt=1} `x` </script><script>window.hurt=1</script> \u202eabc'


@dataclass(frozen=True)
class Instance:
    """A server with rounds in it, and the session of their facilitator."""

    address: str
    session: str
    small: str  # at screening, 12 cards, nothing sorted
    whole: str  # the sample round at next level of work
    keys: str  # at analysis, 12 cards, nothing sorted


async def seed(services: Services) -> Instance:
    session = await set_up(services)
    who = await services.accounts.who(session)
    rounds = [
        (await services.exchange.import_file(who.school, json.dumps(content).encode()))[0]
        for content in (small_round(), whole_round(), sorting_round())
    ]
    return Instance(services.settings.address, session, *rounds)


@pytest.fixture
def instance(server: Server) -> Instance:
    return server.seeded


def small_round() -> dict:
    content = sample_file()
    content['round']['stage'] = 'screening'
    notes = [note for note in content['notes'] if note.get('card', {}).get('state') == 'accepted'][:12]
    for number, note in enumerate(notes):
        note.update(text=f'{number + 3} of 26 students write a reason', pattern=None, chosen=True)
        note['card'] = {'state': 'accepted'} if number else {'state': 'returned', 'reason': 'judgement'}
    del notes[1]['card']  # chosen, not screened
    keep = ('format', 'round', 'schools', 'periods', 'classrooms', 'observers', 'groups')
    return {key: content[key] for key in keep} | {'notes': notes}


def sorting_round() -> dict:
    content = small_round()
    content['round']['stage'] = 'analysis'
    for note in content['notes']:
        note['card'] = {'state': 'accepted'}
    return content


def whole_round() -> dict:
    content = sample_file()
    content['round']['stage'] = 'next_level'
    content['patterns'][0]['exception'] = HOSTILE
    content['notes'][0]['text'] = HOSTILE + ' ' + 'longword' * 60
    return content


@pytest.fixture
def screen(instance: Instance, signed_in: Callable[..., Page]) -> Callable[..., Page]:
    """`screen('control', instance.small)`: one more open page of the round, at the size that belongs to it."""

    def show(what: str, round_id: str) -> Page:
        size = 'projector' if what == 'projection' else 'laptop'
        page = signed_in(instance.session, f'/rounds/{round_id}/{what}', size, reduced_motion='reduce')
        expect(page.locator('h1, .stages').first).to_be_visible()
        return page

    return show


def go_to(control: Page, name: str) -> None:
    """Open the stage of this name from the stage bar: back at once, forward step by step."""
    names = [stage.removeprefix('✓ ') for stage in control.locator('.stages .stage').all_inner_texts()]
    current, dialog = control.locator('.stages [aria-current]'), control.locator('.q-dialog')
    while (now := names.index(current.inner_text())) != names.index(name):
        after = name
        if now > names.index(name):
            control.get_by_role('button', name=f'Open “{name}” again').click()
            dialog.get_by_role('button', name='Open it again').click()
        else:
            after = names[now + 1]
            control.locator('.next-step').click()
            expect(control.locator(f'.stages [aria-current]:text-is("{after}")').or_(dialog)).to_be_visible()
            if dialog.count():
                dialog.get_by_role('button').first.click()
        expect(current).to_have_text(after)
        expect(dialog).to_have_count(0)


def part(control: Page, name: str) -> None:
    control.locator('.parts').get_by_role('button', name=name).click()


def cards_of(control: Page, pattern: str) -> list[str]:
    return sorted(control.get_by_role('region', name=pattern, exact=True).locator('.card span').all_inner_texts())


def test_a_whole_debrief_is_seen_live_on_every_screen(instance: Instance, screen: Callable[..., Page]):
    control, second, hall = (screen(what, instance.small) for what in ('control', 'control', 'projection'))

    # Description: one card is accepted, one reworded and accepted, one marked.
    expect(hall.locator('.foot .numbers')).to_have_text('10 cards on the wall')
    control.get_by_role('button', name='Accept: onto the wall').click()
    expect(hall.locator('.foot .numbers')).to_have_text('11 cards on the wall')
    control.locator('.tabs').get_by_role('button', name='Sent back').click()
    control.get_by_role('button', name='Reword').click()
    control.get_by_label('The card’s words').fill('Nine of 26 students write a reason')
    control.get_by_role('button', name='Keep').click()
    control.locator('.tabs').get_by_role('button', name='To screen').click()
    expect(control.locator('.aloud')).to_have_text('Nine of 26 students write a reason')
    control.locator('.read').focus()
    control.keyboard.press('a')
    expect(hall.locator('.foot .numbers')).to_have_text('12 cards on the wall')
    expect(second.locator('.tabs').get_by_role('button', name='On the wall')).to_contain_text('12')
    go_to(control, 'Red dots')
    expect(control.locator('.tabs').get_by_role('button', name='On the wall')).to_have_attribute('aria-pressed', 'true')
    control.get_by_role('button', name='Red dot: send back').click()
    control.locator('dialog').get_by_role('button', name='Red dot: send back').click()
    expect(hall.locator('.foot .numbers')).to_have_text('11 cards on the wall')

    # Analysis: what waits is said before the next stage opens; the second laptop goes along.
    control.locator('.next-step').click()
    expect(control.locator('.q-dialog')).to_contain_text('1 card was sent back and waits for other words.')
    control.get_by_role('button', name='Go on all the same').click()
    expect(hall.locator('h1')).to_have_text('Analysis')
    expect(second.locator('.sorting')).to_be_visible()
    cards = control.get_by_role('region', name='Not sorted yet').locator('.card')
    cards.nth(0).click()
    cards.nth(1).click()
    control.get_by_role('button', name='A new pattern from 2 cards').click()
    control.get_by_label('The pattern in a sentence').fill('Some write a reason')
    control.locator('dialog').get_by_role('button', name='Keep').click()
    expect(hall.locator('.tile')).to_contain_text('Some write a reason')
    cards.nth(0).drag_to(control.get_by_role('region', name='Some write a reason'))
    expect(hall.locator('.tile')).to_contain_text('3 cards')
    expect(second.get_by_role('region', name='Some write a reason').locator('.card')).to_have_count(3)

    # Prediction, theory, next step.
    go_to(control, 'Prediction')
    expect(hall.locator('.question')).to_contain_text('If you were a student at this school')
    control.get_by_label('The prediction').fill('They would know how to give a reason')
    control.get_by_role('button', name='Keep').click()
    expect(control.locator('.predicting .problem')).to_contain_text('choose at least one pattern')
    control.get_by_role('checkbox', name='Some write a reason').check()
    control.get_by_role('button', name='Keep').click()
    expect(control.locator('.predicting .words')).to_have_text('They would know how to give a reason')
    control.get_by_role('button', name='Next page on the screen').click()
    expect(hall.locator('.tile')).to_contain_text('They would know how to give a reason')
    go_to(control, 'Theories of action')
    assert control.get_by_label('Compare with').count() == 0
    control.get_by_label('New draft').fill('we ask for a reason')
    control.get_by_role('button', name='Begin').click()
    control.get_by_label('so …').fill('students look for one')
    control.get_by_label('then …').fill('students can explain what they do')
    control.get_by_label('Look again on').fill('2027-03-01')
    expect(hall.locator('.theory')).to_contain_text('students can explain what they do')
    expect(control.get_by_label('Compare with')).to_be_visible()
    go_to(control, 'Next level of work')
    control.get_by_role('button', name='A next step: Next week, Teachers').click()
    control.get_by_label('What is done?').fill('Ask for one reason in each lesson')
    control.locator('dialog').get_by_role('button', name='Keep').click()
    expect(hall.locator('.steps')).to_contain_text('Ask for one reason in each lesson')
    control.get_by_role('region', name='Next week, Teachers').get_by_role('button', name='Change').click()
    control.get_by_label('When?').select_option(label='Next month')
    control.locator('dialog').get_by_role('button', name='Keep').click()
    expect(control.get_by_role('region', name='Next month, Teachers')).to_contain_text('Ask for one reason')
    expect(hall.get_by_role('list', name='Next month, Teachers')).to_contain_text('Ask for one reason')
    before = hall.locator('.projection').inner_text()
    hall.reload()
    expect(hall.locator('.steps')).to_contain_text('Ask for one reason in each lesson')
    assert hall.locator('.projection').inner_text() == before
    control.locator('.next-step').click()
    expect(control.locator('.q-dialog')).to_contain_text('deleted 30 days after the close')
    control.locator('.q-dialog').get_by_role('button', name='Close the round').click()
    expect(hall.locator('.closing')).to_contain_text('Thank you.')
    control.get_by_role('link', name='To the outcome').click()
    expect(control.get_by_role('heading', name='Theory of action 1')).to_be_visible()
    assert pdf_of(control).startswith(b'%PDF')
    go_to(second, 'Analysis')


def pdf_of(page: Page) -> bytes:
    with page.expect_download() as download:
        page.get_by_role('link', name='Download the PDF').click()
    return download.value.path().read_bytes()


def test_every_change_is_on_the_wall_within_a_second(instance: Instance, screen: Callable[..., Page]):
    control, hall = screen('control', instance.whole), screen('projection', instance.whole)
    go_to(control, 'Analysis')
    expect(hall.locator('h1')).to_have_text('Analysis')
    took = []
    for dark in (True, False) * 3:
        hall.evaluate(
            """(dark) => { window.seen = new Promise((seen) => {
                const wall = document.querySelector(".projection");
                const now = () => performance.timeOrigin + performance.now();
                new MutationObserver(() => wall.classList.contains("dark") === dark && seen(now()))
                    .observe(wall, { attributes: true }); }); }""",
            dark,
        )
        pressed = time.time()
        control.get_by_role('button', name='Dark screen' if dark else 'Light screen').click()
        took.append(hall.evaluate('() => window.seen') / 1000 - pressed)
    assert statistics.median(took) < 1, took


def test_all_that_was_done_in_the_analysis_can_be_undone_and_done_again(
    instance: Instance, screen: Callable[..., Page]
):
    control = screen('control', instance.whole)
    go_to(control, 'Analysis')
    part(control, 'Patterns')
    start = control.locator('.columns').inner_text()
    first = control.locator('.pile:not(.unsorted)').first
    first.locator('.card').nth(0).click()
    first.locator('.card').nth(1).click()
    control.get_by_role('button', name='A new pattern from 2 cards').click()
    control.get_by_label('The pattern in a sentence').fill('Taken apart')
    control.locator('dialog').get_by_role('button', name='Keep').click()
    expect(control.locator('dialog')).to_have_count(0)
    control.get_by_role('button', name='Change “Taken apart”').click()
    control.get_by_label('What speaks against it').fill('Not in one room')
    control.locator('dialog').get_by_role('button', name='Keep').click()
    expect(control.locator('dialog')).to_have_count(0)
    control.get_by_role('button', name='Change “Taken apart”').click()
    control.get_by_role('button', name='Remove the pattern').click()
    expect(control.get_by_role('region', name='Taken apart')).to_have_count(0)
    done = control.locator('.columns').inner_text()
    for said in ('Remove', 'Note an exception', 'Take'):
        control.get_by_role('button', name=f'Undo: {said}').click()
    expect(control.locator('.columns')).to_have_text(start, use_inner_text=True)
    for said in ('Take', 'Note an exception', 'Remove'):
        control.get_by_role('button', name=f'Redo: {said}').click()
    expect(control.locator('.columns')).to_have_text(done, use_inner_text=True)
    for said in ('Remove', 'Note an exception', 'Take'):
        control.get_by_role('button', name=f'Undo: {said}').click()
    expect(control.locator('.columns')).to_have_text(start, use_inner_text=True)


def test_the_whole_way_from_cards_to_next_steps_with_the_keyboard_alone(
    server: Server, instance: Instance, screen: Callable[..., Page]
):
    control = screen('control', instance.keys)
    unsorted, keys = control.get_by_role('region', name='Not sorted yet'), control.keyboard
    for title in ('Some write a reason', 'Most wait'):
        reach(control, unsorted.locator('.card').first)
        keys.press('Space')
        keys.press('Tab')
        keys.press('Space')
        reach(control, control.get_by_role('button', name='A new pattern from 2 cards'), 'Shift+Tab')
        keys.press('Enter')
        keys.type(title)
        keys.press('Enter')
        expect(control.locator('dialog')).to_have_count(0)
        expect(control.get_by_role('region', name=title)).to_contain_text('2 cards')
    reach(control, unsorted.locator('.card').first)
    keys.press('Space')
    keys.press('m')
    expect(control.get_by_label('Move to')).to_be_focused()
    keys.type('Some')
    keys.press('Tab')
    keys.press('Enter')
    expect(control.get_by_role('region', name='Some write a reason').locator('.card')).to_have_count(3)
    expect(unsorted.locator('.card').first).to_be_focused()
    keys.press('Control+z')
    expect(control.get_by_role('region', name='Some write a reason').locator('.card')).to_have_count(2)
    in_another_order(control, '.pile:not(.unsorted) h3', ['Some write a reason', 'Most wait'])

    on_with_the_keyboard(control, 'Prediction')
    typed(control, control.get_by_label('The prediction'), 'They would know how to give a reason')
    reach(control, control.get_by_role('checkbox', name='Most wait'))
    keys.press('Space')
    reach(control, control.get_by_role('button', name='Keep'))
    keys.press('Enter')
    expect(control.locator('.predicting .words')).to_have_text('They would know how to give a reason')

    on_with_the_keyboard(control, 'Theories of action')
    for when in ('we ask for a reason', 'we wait three seconds'):
        typed(control, control.get_by_label('New draft'), when)
        reach(control, control.get_by_role('button', name='Begin'))
        keys.press('Enter')
        expect(control.get_by_label('When we … the action')).to_have_value(when)
    typed(control, control.get_by_label('so …'), 'students look for one')
    typed(control, control.get_by_label('then …'), 'students can explain what they do')
    reach(control, control.get_by_role('radio', name='Teachers'))
    keys.press('ArrowDown')
    expect(control.get_by_role('radio', name='Leaders')).to_be_checked()
    reach(control, control.get_by_role('checkbox', name='Most wait'))
    keys.press('Space')
    expect(control.locator('.beside summary')).to_contain_text('Most wait')
    in_another_order(control, '.drafts li .line span', ['we ask for a reason', 'we wait three seconds'])
    expect(control.get_by_label('then …')).to_have_value('students can explain what they do')

    on_with_the_keyboard(control, 'Next level of work')
    for text in ('Ask for one reason', 'Wait three seconds'):
        reach(control, control.get_by_role('button', name='A next step: Next week, Teachers'))
        keys.press('Enter')
        typed(control, control.get_by_label('What is done?'), text)
        reach(control, control.locator('dialog').get_by_role('button', name='Keep'))
        keys.press('Enter')
        expect(control.locator('dialog')).to_have_count(0)
    in_another_order(control, '.cell li > p', ['Ask for one reason', 'Wait three seconds'])

    # Private notes are kept while they are typed, not only when the field is left.
    notes = control.locator('textarea.private')
    reach(control, control.locator('summary').filter(has_text='Your notes'))
    keys.press('Enter')
    typed(control, notes, 'Thank the group by the window')
    expect(control.get_by_text('Kept', exact=True)).to_be_visible()
    keys.press('Control+End')
    keys.type(' first')
    expect(notes).to_have_value('Thank the group by the window first')
    while private_notes(server, instance.keys) != ['Thank the group by the window first']:
        time.sleep(0.2)
    control.reload()
    expect(notes).to_have_value('Thank the group by the window first')


def private_notes(server: Server, round_id: str) -> list[str]:
    """What the server's disk holds of them."""

    async def reading() -> list[str]:
        store = storage.open_for_reading(server.data)
        try:
            async with store.round(round_id) as work:
                return [notes.text for notes in await work.private_notes.all()]
        finally:
            await store.close()

    return in_a_thread(reading())


def reach(page: Page, target: Locator, key: str = 'Tab') -> None:
    """Go there with the keyboard, as somebody does who has no mouse."""
    expect(target).to_be_visible()
    for _step in range(300):
        if target.evaluate('(one) => one === document.activeElement'):
            return
        page.keyboard.press(key)
    raise AssertionError(f'{key} does not lead to {target}')


def typed(page: Page, field: Locator, text: str) -> None:
    reach(page, field)
    page.keyboard.type(text)


def on_with_the_keyboard(control: Page, stage: str) -> None:
    """The one next step, also where something is not finished."""
    button, dialog = control.locator('.next-step'), control.locator('.q-dialog')
    now = control.locator('.stages [aria-current]')
    reach(control, button, 'Shift+Tab')
    control.keyboard.press('Enter')
    expect(now.get_by_text(stage).or_(dialog)).to_be_visible()
    if dialog.count():
        reach(control, dialog.get_by_role('button').first)
        control.keyboard.press('Enter')
    expect(now).to_have_text(stage)
    expect(dialog).to_have_count(0)


def in_another_order(control: Page, names: str, before: list[str]) -> None:
    """The second one goes first; undo puts it back, and redo does it again."""
    shown = control.locator(names)
    expect(shown).to_have_text(before)
    button = control.get_by_role('button', name=f'One place earlier: “{before[1]}”')
    reach(control, button)
    control.keyboard.press('Enter')
    expect(shown).to_have_text(before[::-1])
    expect(button).to_be_focused()
    control.keyboard.press('Control+z')
    expect(shown).to_have_text(before)
    control.keyboard.press('Control+y')
    expect(shown).to_have_text(before[::-1])


def test_what_is_being_typed_stays_when_another_laptop_opens_the_next_stage(
    instance: Instance, screen: Callable[..., Page]
):
    control, second = screen('control', instance.whole), screen('control', instance.whole)
    go_to(control, 'Prediction')
    expect(second.get_by_label('The prediction')).to_be_visible()
    second.get_by_label('The prediction').fill('They would know half a')
    go_to(control, 'Theories of action')
    expect(second.locator('.moved-on')).to_contain_text('The round is at “Theories of action” now')
    expect(second.get_by_label('The prediction')).to_have_value('They would know half a')
    second.get_by_role('button', name='Go there').click()
    expect(second.locator('.theorizing')).to_be_visible()


def test_two_who_write_the_same_field_are_shown_both_words(instance: Instance, screen: Callable[..., Page]):
    control, second = screen('control', instance.whole), screen('control', instance.whole)
    go_to(control, 'Theories of action')
    mine, theirs = control.get_by_label('then …'), second.get_by_label('then …')
    expect(theirs).to_be_visible()
    theirs.fill('students say what they think')
    mine.fill('students write what they think')
    mine.blur()
    expect(control.locator('.form .field .kept')).to_be_visible()
    theirs.blur()
    expect(second.locator('.differs')).to_contain_text('students write what they think')
    expect(theirs).to_have_value('students say what they think')
    second.get_by_role('button', name='Keep mine').click()
    expect(mine).to_have_value('students say what they think')


def test_the_hall_opens_the_screen_with_a_link_until_it_is_revoked(
    instance: Instance, screen: Callable[..., Page], opened: Callable[..., Page]
):
    control = screen('control', instance.whole)
    control.get_by_role('button', name='Make a link').click()
    address = control.get_by_label('The link, shown only now').input_value()
    hall = opened('projector')
    hall.goto(address)
    expect(hall.locator('.projection h1')).to_be_visible()
    control.get_by_role('button', name='Revoke link').first.click()
    expect(hall.get_by_text('This link does not open anything any more')).to_be_visible()
    hall.reload()
    expect(hall.get_by_text('This link does not open anything any more')).to_be_visible()


def test_what_is_under_discussion_can_be_read_from_the_back_of_the_hall(
    instance: Instance, screen: Callable[..., Page]
):
    control, hall = screen('control', instance.whole), screen('projection', instance.whole)
    main_texts = '.card-text, .tile h2, .tile .text, .tile .rests, .exception, .question, .theory dd, .theory .wrong'
    for stage in ('Screening', 'Red dots', 'Analysis', 'Prediction', 'Theories of action'):
        go_to(control, stage)
        expect(hall.locator('h1')).to_have_text(stage)
        for page in (1, 2):
            small = hall.evaluate(
                """(texts) => [...document.querySelectorAll(texts)].filter((text) => text.textContent
                    && parseFloat(getComputedStyle(text).fontSize) < 32).map((text) => text.textContent)""",
                main_texts,
            )
            assert not small, (stage, small)
            cut_off = hall.evaluate(
                """() => [...document.querySelectorAll(".note:not(.whole), .tile")]
                    .filter((box) => box.scrollHeight > box.clientHeight + 2).map((box) => box.textContent)"""
            )
            assert not cut_off, (stage, cut_off)
            pages = re.search(r'(\d+) of (\d+)', hall.locator('.foot').inner_text())  # the hall says it of this stage
            if pages and int(pages[1]) < int(pages[2]):
                control.get_by_role('button', name='Next page on the screen').click()
                expect(hall.locator('.foot .pages')).to_contain_text(f'{page + 1} of')
    assert hall.evaluate('() => window.hurt') is None
    assert control.evaluate('() => window.hurt') is None


@pytest.mark.parametrize(
    ('stage', 'opener'),
    [
        ('Red dots', 'Reword'),
        ('Analysis', 'Change “Exit slips'),
        pytest.param('Red dots', 'Red dot: send back', marks=pytest.mark.soak),
        pytest.param('Analysis', 'New pattern', marks=pytest.mark.soak),
        pytest.param('Prediction', 'Change', marks=pytest.mark.soak),
        pytest.param('Next level of work', 'A next step: Next week, Leaders', marks=pytest.mark.soak),
    ],
)
def test_dialogs_give_the_focus_back(instance: Instance, screen: Callable[..., Page], stage: str, opener: str):
    control = screen('control', instance.whole)
    go_to(control, stage)
    if stage == 'Red dots':
        control.locator('.tabs').get_by_role('button', name='On the wall').click()
    button = control.get_by_role('button', name=opener).first
    button.focus()
    control.keyboard.press('Enter')
    expect(control.locator('dialog')).to_be_visible()
    control.keyboard.press('Escape')
    expect(control.locator('dialog')).to_have_count(0)
    expect(button).to_be_focused()
