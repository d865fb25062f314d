"""What tests do with an observer's phone, and the rounds that are ready for it."""

import json
import re
import time
import unicodedata
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

import storage
from app.observation.model import Note
from app.observation.practice import statements
from app.rounds.model import Code, CodeKind
from app.services import Services
from tests.browser.conftest import axe_findings
from tests.browser.serving import in_a_thread
from tests.browser.watching import keep_picture
from tests.cases.sample_round import sample_file

SCHOOL = 'Tidewell High School'
RECEIVED = re.compile(r'received \d\d:\d\d')

#: Whether any row on this phone's disk holds these words.
ON_DISK = """(words) => new Promise((resolve) => {
  const asked = indexedDB.open("rounds");
  asked.onsuccess = () => {
    const reading = asked.result.transaction([...asked.result.objectStoreNames]);
    const all = [...reading.objectStoreNames].map((name) => reading.objectStore(name).getAll());
    const rows = () => JSON.stringify(all.map(({ result }) => result));
    reading.oncomplete = () => (asked.result.close(), resolve(rows().includes(words)));
  };
})"""


#: The phone's own modules by name, in the page.
MODULES = 'const of = (name) => import(document.querySelector("script[src]").src.replace("start.js", `${name}.js`));'
#: Whether the phone, which counts anew what is on its disk, has nothing that is not received.
NOTHING_WAITS = f"""async () => {{
  {MODULES}
  const {{ count, state }} = await of("sync");
  await count();
  return state.unsent === 0;
}}"""


class Day:
    """A round in one stage in a server's data, with its codes."""

    def __init__(self, address: str, data: Path, round_id: str, codes: list[Code], numbers: dict[str, int]) -> None:
        self.address, self.data = address, data
        self.id = round_id
        self.hall = next(code.id for code in codes if code.kind is CodeKind.JOIN)
        self.doors = {numbers[code.classroom]: code.id for code in codes if code.kind is CodeKind.CLASSROOM}

    def door(self, number: int, address: str = '') -> str:
        """What a door's code opens; `address`: by way of a proxy."""
        return f'{address or self.address}/c/{number}#{self.doors[number]}'

    def notes(self) -> list[Note]:
        """Every note that the server holds on its disk, deleted ones left out."""
        return [note for note in self.read(lambda work: work.notes.all()) if not note.deleted]

    def texts(self) -> list[str]:
        return sorted(note.text for note in self.notes())

    def holds(self, *texts: str) -> bool:
        """Whether all of these come to be on the server's disk; words that are typed become a note after a moment."""
        end = time.monotonic() + 120
        while not set(texts) <= set(self.texts()):
            if time.monotonic() > end:
                return False
            time.sleep(0.2)
        return True

    def read(self, ask):
        async def reading():
            store = storage.open_for_reading(self.data)
            try:
                async with store.round(self.id) as work:
                    return await ask(work)
            finally:
                await store.close()

        return in_a_thread(reading())


async def plan_days(services: Services, *stages: str) -> dict[str, Day]:
    """The sample's round in each of these stages, in which a phone has something to do."""
    days = {}
    for stage in stages:
        content = sample_file()
        content['round']['stage'] = stage
        if stage in ('open', 'selection'):
            content |= {'notes': [], 'patterns': [], 'predictions': [], 'theories_of_action': []}
            content['next_level_of_work'] = []
        for note in content['notes'] if stage == 'screening' else ():
            note.pop('card', None)
        round_id, _warnings = await services.exchange.import_file('', json.dumps(content).encode())
        async with services.store.index() as index:
            codes = await index.codes.all(round=round_id)
        async with services.store.round(round_id) as work:
            numbers = {room.id: room.number for room in await work.classrooms.all()}
        days[stage] = Day(services.settings.address, services.settings.data, round_id, codes, numbers)
    return days


def join(page: Page, address: str, name: str, group: str | None = 'Group A') -> None:
    """Scan, type a name, choose the school, tap the group."""
    page.goto(address)
    page.fill('#name', name)
    page.select_option('#school', label=SCHOOL)
    page.get_by_role('button', name='Join', exact=True).click()
    page.get_by_role('heading', name='Which group are you in?').wait_for()
    page.get_by_role('button', name=group or 'I do not know yet').click()
    page.get_by_role('heading', name='Which group are you in?').wait_for(state='detached')


def return_code(page: Page) -> str:
    """What its observer types on another phone."""
    page.get_by_role('button', name='You').click()
    return page.locator('.return .code').inner_text()


def join_again(page: Page, address: str, name: str, code: str, *, school: str = SCHOOL) -> None:
    """Another phone of the same observer."""
    page.goto(address)
    page.fill('#name', name)
    page.select_option('#school', label=school)
    page.get_by_text('I have joined before').click()
    page.fill('#return', code)
    page.get_by_role('button', name='Join', exact=True).click()


def write(page: Page, text: str) -> None:
    field = page.locator('#note')
    field.click()
    field.press_sequentially(text)


def next_note(page: Page) -> None:
    """The next one, when the words before stand in the list: that is read from the phone's disk."""
    words = unicodedata.normalize('NFC', page.locator('#note').input_value())
    page.get_by_role('button', name='Next note').click()
    expect(page.locator('#note')).to_have_value('')
    if words.strip():
        expect(page.locator('.notes').get_by_text(words, exact=True).first).to_be_visible()


def pill(page: Page) -> Locator:
    return page.locator('#unsent')


def all_received(page: Page) -> None:
    """Wait until the page says so of all that is on its disk now: it may have said so before the last word, too."""
    page.wait_for_function(NOTHING_WAITS, polling=100)
    expect(pill(page)).to_contain_text('All received')


def practised(page: Page) -> None:
    """Through all five statements, each answered with what it is."""
    pool = {one.text: one for kind in statements() for one in kind}
    for n in range(1, 6):
        expect(page.get_by_text(f'{n} of 5')).to_be_visible()
        one = pool[page.locator('.wallcard .words').inner_text()]
        page.get_by_role('button', name='It judges' if one.judges else 'It describes').click()
        expect(page.locator('.result')).to_contain_text('Yes, it judges.' if one.judges else 'Yes, it describes.')
        expect(page.locator('.result')).to_contain_text(one.why)
        expect(page.locator('.flagged')).to_have_count(1 if one.judges else 0)
        page.get_by_role('button', name='Next' if n < 5 else 'Done').click()
    expect(page.get_by_role('heading', name='That is all')).to_be_visible()


def looked_at(page: Page, name: str, *rules: str) -> None:
    """No serious finding; a picture is kept for people to look at."""
    keep_picture(page, 'phone', name)
    assert axe_findings(page, *rules) == []
