"""axe finds nothing serious or critical on any page of the running app, dialogs open, on three sizes of screen.

Other files ask axe only where they bring about what is not to be seen here.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from app.rounds.stages import ORDER, Stage, stage_name
from tests.browser.conftest import LONGEST_WAIT, SIZES, axe_findings, drawn, sign_in_or_set_up
from tests.browser.phones import join, next_note, write
from tests.browser.serving import ROOT, Server
from tests.browser.test_plan import SECTIONS, section
from tests.browser.test_sample_round import pick, shows

#: What answers a GET with something else than a page of its own.
#: Files to download.
FILES = ('.pdf', '.docx', '.xlsx', '.csv', '.zip', '.png')
NO_PAGES = ('/_nicegui', '/static', '/api/', '/c/a/', '/c/manifest.webmanifest', '/c/service_worker.js', '/sample/')
STAGES = ORDER[: Stage.PURGED.place]
#: Asked on the widest screen, where no style is another than on a laptop and only places and sizes differ.
OF_PLACES = ('target-size', 'scrollable-region-focusable')


@dataclass
class Look:
    """One open page, and what was found on it so far."""

    page: Page
    found: list[str] = field(default_factory=list)

    def at(self, name: str) -> None:
        """Ask axe at each size; nothing is wider than the screen."""
        self.look(name)

    def look(self, name: str, within: str = '') -> None:
        """The same, of a part of the page."""
        self.page.bring_to_front()  # a page behind another one stands still in the middle of what moves
        for size, (width, height) in SIZES.items():
            self.page.set_viewport_size({'width': width, 'height': height})
            rules = OF_PLACES if size == 'projector' else ()
            self.found += [f'{name}, {size}: {finding}' for finding in axe_findings(self.page, *rules, within=within)]
            wide = self.page.evaluate('document.documentElement.scrollWidth')
            if wide > width:
                self.found.append(f'{name}, {size}: {wide} wide')

    def dialog(self, opener: Locator, name: str = '') -> None:
        """Open a dialog, look at it, and leave it as the keyboard does."""
        opener.click()
        dialog = self.page.get_by_role('dialog')
        expect(dialog).to_be_visible()
        self.look(f'dialog {name or opener}', '[role=dialog], dialog[open]')
        self.page.keyboard.press('Escape')
        expect(dialog).to_have_count(0)


@dataclass(frozen=True)
class World:
    """A server with the sample round of a school, and the ways in."""

    address: str
    signed_in: BrowserContext
    nobody: BrowserContext
    round_id: str
    secrets: dict[str, str]  #: whole addresses of links, by the first part of their path
    first_start: list[str]  #: what was found before there was any account
    looks: dict[str, Look] = field(default_factory=dict)

    def open(self, path: str, *, as_nobody: bool = False) -> Look:
        """A new page; `path` within the round when it does not begin with a slash."""
        page = (self.nobody if as_nobody else self.signed_in).new_page()
        page.goto(path if '://' in path else self.address + path)
        drawn(page)
        return Look(page)

    def of_round(self, what: str) -> Look:
        return self.open(f'/rounds/{self.round_id}/{what}'.rstrip('/'))

    def move(self, stage: Stage) -> None:
        """Bring the sample to a stage, and wait until the server says that it is there."""
        if 'mover' not in self.looks:
            self.looks['mover'] = self.of_round('control')
        pick(self.looks['mover'].page, stage)
        shows(self.looks['mover'].page, 'control', stage)


@pytest.fixture(scope='module')
def world(server: Server, chromium: Browser) -> Iterator[World]:
    signed_in, nobody = (chromium.new_context(reduced_motion='reduce') for _ in range(2))
    for context in (signed_in, nobody):
        context.set_default_timeout(LONGEST_WAIT)
    page = signed_in.new_page()
    look = Look(page)
    for path in ('/', '/set-up'):
        page.goto(server.address + path)
        drawn(page)
        look.at(f'first start {path}')
    sign_in_or_set_up(page, server)
    page.get_by_role('button', name='Open the sample round').click()
    page.wait_for_url('**/rounds/*/control')
    round_id = page.url.split('/')[-2]
    yield World(server.address, signed_in, nobody, round_id, _links(page, server, round_id), look.found)
    signed_in.close()
    nobody.close()


def _links(page: Page, server: Server, round_id: str) -> dict[str, str]:
    page.goto(f'{server.address}/account')
    page.get_by_role('button', name='Invite another school').click()
    links = {'invitation': page.locator('#copy').input_value()}
    page.goto(f'{server.address}/rounds/{round_id}?section=print')
    section(page, 'Print')
    for kind, name in (('show', 'New link to the projection'), ('outcome', 'New link to the outcome')):
        page.get_by_role('button', name=name).click()
        links[kind] = page.locator('.plan-command').inner_text()
        page.keyboard.press('Escape')
        expect(page.get_by_role('dialog')).to_have_count(0)
    page.goto(f'{server.address}/rounds/{round_id}/control')
    return links


Looks = Callable[[World], list[str]]
LOOKS: dict[str, Looks] = {}


def page_of(*paths: str) -> Callable[[Looks], Looks]:
    """The look at these page routes."""

    def kept(look: Looks) -> Looks:
        LOOKS.update(dict.fromkeys(paths, look))
        return look

    return kept


@page_of('/')
def start(world: World) -> list[str]:
    visitor, own = world.open('/', as_nobody=True), world.open('/')
    visitor.at('nobody')
    own.at('signed in')
    return visitor.found + own.found


@page_of('/set-up')
def set_up(world: World) -> list[str]:
    return world.first_start


@page_of('/lesson')
def lesson(world: World) -> list[str]:
    look = world.open('/lesson', as_nobody=True)
    look.at('empty')
    look.page.fill('[name=code]', '222222')
    look.page.click('button[type=submit]')
    expect(look.page.get_by_role('alert')).to_be_visible()
    look.at('refused')
    return look.found


@page_of('/sign-in')
def sign_in(world: World) -> list[str]:
    look = world.open('/sign-in', as_nobody=True)
    look.at('empty')
    look.page.fill('[name=email]', 'ama@harbour.example')
    look.page.fill('[name=passphrase]', 'not this one at all')
    look.page.click('button[type=submit]')
    expect(look.page.get_by_role('alert')).to_be_visible()
    look.at('refused')
    return look.found


@page_of('/account')
def account(world: World) -> list[str]:
    look = world.open('/account')
    look.page.get_by_role('button', name='Invite a colleague').click()
    expect(look.page.locator('#copy')).to_be_visible()
    look.at('with a link')
    return look.found


@page_of('/words')
def words(world: World) -> list[str]:
    look = world.open('/words')
    look.at('empty')
    look.page.get_by_label('Add words or phrases').first.fill('sparkly, very much so')
    look.page.get_by_role('button', name='Add').first.click()
    expect(look.page.get_by_role('status')).to_be_visible()
    look.page.get_by_label('Add words or phrases').last.fill('***')
    look.page.get_by_role('button', name='Add').last.click()
    expect(look.page.locator('.problem')).to_be_visible()
    look.at('with words, and refused')
    return look.found


@page_of('/invitation/{secret}')
def invitation(world: World) -> list[str]:
    good, gone = (world.open(path, as_nobody=True) for path in (world.secrets['invitation'], '/invitation/nothing'))
    good.at('open')
    gone.at('gone')
    return good.found + gone.found


@page_of('/rounds/new')
def new_round(world: World) -> list[str]:
    look = world.open('/rounds/new')
    look.at('empty')
    look.page.get_by_role('button', name='Begin the plan').click()
    expect(look.page.locator('.q-notification')).to_be_visible()
    look.at('refused')
    return look.found


@page_of('/rounds/{round_id}')
def plan(world: World) -> list[str]:
    world.move(Stage.PLANNED)
    look = world.of_round('')
    openers = {
        'Groups': ('groups', 'Paste a list of visitors'),
        'Classrooms': ('classrooms', 'Paste from a spreadsheet'),
        'Rota by hand': ('rota', 'Add a visit by hand'),
        'Code': ('print', 'New code for the hall'),
        'Delete': ('more', 'Delete the round'),
    }
    for key, name in SECTIONS.items():
        section(look.page, name)
        look.at(name)
        for opener in (opener for where, opener in openers.values() if where == key):
            look.dialog(look.page.get_by_role('button', name=opener), opener)
    section(look.page, SECTIONS['rota'])
    look.dialog(look.page.get_by_role('button', name=re.compile('^Group A, ')).first, 'a visit')
    empty = world.open('/rounds/nothing')
    empty.at('no such round')
    return look.found + empty.found


@page_of('/rounds/{round_id}/day')
def day(world: World) -> list[str]:
    world.move(Stage.OPEN)
    look = world.of_round('day')
    look.at('open')
    for name in ('Fire drill', 'A bell shifts', 'A room falls out', 'Cover teacher', 'Latecomer', 'Join two groups'):
        look.dialog(look.page.get_by_role('button', name=name), name)
    for stage in (Stage.PLANNED, Stage.SELECTION, Stage.CLOSED):
        world.move(stage)
        shows(look.page, 'day', stage)
        look.at(stage)
        if stage is Stage.SELECTION:  # nobody has chosen, at any time of day
            look.dialog(look.page.locator('.next-step'), 'the next stage')
    return look.found


@page_of('/rounds/{round_id}/control')
def control(world: World) -> list[str]:
    look = world.of_round('control')
    openers = {
        Stage.RED_DOTS: ('Red dot: send back', 'Reword', 'Open “Visits” again'),
        Stage.ANALYSIS: ('New pattern', 'Change “Exit slips'),
        Stage.NEXT_LEVEL: ('A next step: Next week, Leaders',),
    }
    for stage in (Stage.PLANNED, *STAGES[Stage.SCREENING.place :]):
        pick(look.page, stage)
        shows(look.page, 'control', stage)
        look.at(stage)
        if stage is Stage.RED_DOTS:
            look.page.locator('.tabs').get_by_role('button', name='On the wall').click()
        for opener in openers.get(stage, ()):
            look.dialog(look.page.get_by_role('button', name=opener).first, opener)
        if stage is Stage.NEXT_LEVEL:
            for part in ('Predictions', 'Theories of action'):
                look.page.locator('.parts').get_by_role('button', name=part).click()
                look.at(f'{stage}, {part}')
    return look.found


@page_of('/rounds/{round_id}/projection')
def projection(world: World) -> list[str]:
    look = world.of_round('projection')
    for stage in STAGES:
        world.move(stage)
        expect(look.page.locator('.projection h1')).to_have_text(stage_name(stage))
        look.at(stage)
        if stage in (Stage.RED_DOTS, Stage.ANALYSIS):
            world.looks['mover'].page.get_by_role('button', name='Dark screen').click()
            expect(look.page.locator('.projection.dark')).to_be_visible()
            look.at(f'{stage}, dark')
    return look.found


@page_of('/rounds/{round_id}/outcome')
def outcome(world: World) -> list[str]:
    world.move(Stage.CLOSED)
    look = world.of_round('outcome')
    look.at('closed')
    return look.found


@page_of('/show/{secret}', '/outcome/{secret}')
def links(world: World) -> list[str]:
    world.move(Stage.CLOSED)
    shown, read = (world.open(world.secrets[kind], as_nobody=True) for kind in ('show', 'outcome'))
    gone = world.open('/outcome/nothing', as_nobody=True)
    for look, name in ((shown, 'projection by link'), (read, 'outcome by link'), (gone, 'no such link')):
        look.at(name)
    return shown.found + read.found + gone.found


@page_of('/c', '/c/', '/c/again')
def hall(world: World) -> list[str]:
    looks = [world.open(path, as_nobody=True) for path in ('/c/', '/c/again')]
    for look, name in zip(looks, ('without a code', 'as the worker keeps it'), strict=True):
        expect(look.page.get_by_role('heading', name='Join a round')).to_be_visible()
        look.at(name)
    return [found for look in looks for found in look.found]


@page_of('/c/{number:int}')
def door(world: World) -> list[str]:
    world.move(Stage.OPEN)
    plan = world.of_round('').page
    section(plan, SECTIONS['print'])
    code = plan.locator('.rota.codes .plan-code').first.inner_text().replace(' ', '')
    look = world.open(f'/c/1#{code}', as_nobody=True)
    expect(look.page.locator('#name')).to_be_visible()
    look.at('who are you')
    join(look.page, f'{world.address}/c/1#{code}', 'Ann Looks')
    write(look.page, 'Five of 26 students asked a question.')
    next_note(look.page)
    look.at('a note')
    for name in ('My notes', 'You', 'Rooms'):
        look.page.get_by_role('navigation').get_by_role('button', name=name).click()
        look.at(name)
    return look.found


@pytest.mark.parametrize('look', dict.fromkeys(LOOKS.values()), ids=lambda look: look.__name__)
def test_axe_finds_nothing_serious(world: World, look: Looks):
    found = look(world)
    assert not found, '\n'.join(found)


def test_every_page_of_the_running_app_is_looked_at():
    routes = subprocess.run(
        [sys.executable, '-m', 'tests.browser.running_routes'], cwd=ROOT, capture_output=True, check=True, timeout=60
    ).stdout
    pages = {path for method, path in json.loads(routes) if method == 'GET' and not path.endswith(FILES)}
    assert {path for path in pages if not path.startswith(NO_PAGES)} == set(LOOKS)
