"""The debrief without a mouse, from cards to next steps."""

import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

import storage
from tests.browser.debriefs import debriefs, reach, sorting_round, typed
from tests.browser.serving import Server, in_a_thread


async def seed(services):
    return await debriefs(services, keys=sorting_round())


def test_the_whole_way_from_cards_to_next_steps_with_the_keyboard_alone(server: Server, screen: Callable[..., Page]):
    control = screen('control', 'keys')
    unsorted, keys = control.get_by_role('region', name='Not sorted yet'), control.keyboard
    for title in ('Some write a reason', 'Most wait'):
        reach(control, unsorted.locator('.card').first)
        keys.press('Space')
        keys.press('Tab')
        keys.press('Space')
        reach(control, control.get_by_role('button', name='A new pattern from 2 cards'), 'Shift+Tab')
        keys.press('Enter')
        expect(control.get_by_label('The pattern in a sentence')).to_be_focused()
        keys.type(title)
        keys.press('Enter')
        expect(control.locator('dialog')).to_have_count(0)
        expect(control.get_by_role('region', name=title)).to_contain_text('2 cards')
    reach(control, unsorted.locator('.card').first)
    keys.press('Space')
    keys.press('m')
    expect(control.get_by_label('Move to')).to_be_focused()
    keys.press('S')  # one letter: a list begins anew when the second one comes late
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
    expect(control.get_by_label('The prediction')).to_have_value('')  # what is not kept yet would hold the desk

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
    end = time.monotonic() + 120
    while private_notes(server, server.seeded.rounds['keys']) != ['Thank the group by the window first']:
        assert time.monotonic() < end, 'the last words are not kept'
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
