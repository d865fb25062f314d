"""What tests do on a facilitator's screen in the debrief, and the rounds that are ready for one."""

import json
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from app.services import Services
from tests.cases.people import set_up
from tests.cases.sample_round import sample_file

HOSTILE = '<img src=x onerror="window.hurt=1"> ${window.hurt=1} `x` </script><script>window.hurt=1</script> \u202eabc'


@dataclass(frozen=True)
class Debriefs:
    """Rounds in a server's data by what a test calls them, and the session of their facilitator."""

    session: str
    rounds: dict[str, str]


async def debriefs(services: Services, **contents: dict) -> Debriefs:
    """One round of each of these contents."""
    session = await set_up(services)
    who = await services.accounts.who(session)
    rounds = {
        name: (await services.exchange.import_file(who.school, json.dumps(content).encode()))[0]
        for name, content in contents.items()
    }
    return Debriefs(session, rounds)


def small_round() -> dict:
    """At screening, 12 cards, nothing sorted."""
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
    """At analysis, 12 cards, nothing sorted."""
    content = small_round()
    content['round']['stage'] = 'analysis'
    for note in content['notes']:
        note['card'] = {'state': 'accepted'}
    return content


def full_wall(cards: int = 400) -> dict:
    """At analysis, as many cards as a round can have, in words of real length, nothing sorted."""
    content = sorting_round()
    notes = [note for note in sample_file()['notes'] if note.get('card', {}).get('state') == 'accepted']
    for number in range(cards):
        note = notes[number % len(notes)]
        text = f'{note["text"]} ({number + 1})'
        content['notes'].append(note | {'id': f'many{number}', 'text': text, 'pattern': None, 'chosen': True})
    content['notes'] = content['notes'][-cards:]
    return content


def whole_round() -> dict:
    """The sample round at next level of work, with words in it that would hurt a careless page."""
    content = sample_file()
    content['round']['stage'] = 'next_level'
    content['patterns'][0]['exception'] = HOSTILE
    content['notes'][0]['text'] = HOSTILE + ' ' + 'longword' * 60
    return content


def go_to(control: Page, name: str) -> None:
    """Open the stage of this name from the stage bar: back at once, forward step by step."""
    current, dialog = control.locator('.stages [aria-current]'), control.locator('.q-dialog')
    expect(current).to_be_visible()
    names = [stage.removeprefix('✓ ') for stage in control.locator('.stages .stage').all_inner_texts()]
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


def a_pattern(control: Page, title: str) -> None:
    cards = control.get_by_role('region', name='Not sorted yet').locator('.card')
    for place in (0, 1):
        cards.nth(place).click()
    control.get_by_role('button', name='A new pattern from 2 cards').click()
    control.get_by_label('The pattern in a sentence').fill(title)
    control.locator('dialog').get_by_role('button', name='Keep').click()
    expect(control.locator('dialog')).to_have_count(0)


def pdf_of(page: Page) -> bytes:
    with page.expect_download() as download:
        page.get_by_role('link', name='Download the PDF').click()
    return download.value.path().read_bytes()


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
