"""Every byte that each role is sent during a day, read for what `Who sees what` keeps from it.

A day is driven with words that nothing else says: notes that are never chosen, observers' names, rooms, bell times,
codes, tokens. What comes to each page (HTML, files, socket frames), each phone (answers, events), into each document
and into the server's log is kept on a tape, and each tape is searched for the words that its reader must never see.
"""

import datetime as dt
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.ids import new_id
from app.rounds.model import LinkKind
from app.rounds.stages import Stage
from app.services import Services
from pages.who_asks import COOKIE
from tests.browser.conftest import LONGEST_WAIT, SIZES, drawn
from tests.browser.debriefs import go_to
from tests.browser.serving import Server
from tests.browser.tapes import MINUTE, Phone, Tape
from tests.cases.people import PHRASE, set_up

ROOMS = ('KRXQ71', 'KRXQ72', 'KRXQ73', 'KRXQ74')
#: Observers and the group that each goes with.
OBSERVERS = {'Zyntharine': 0, 'Vexolandra': 0, 'Quorbinian': 1}
#: Beginning of the first bell, and the minute that phones write beside their notes.
TIMES = ('13:07', MINUTE)
#: Fields of notes and observers that are part of no view for a facilitator or a hall.
FIELDS = ('written_at', 'received_at', 'display_name', 'return_code')
ON_THE_WALL, DROPPED, MARKED = 'ask their partner', 'close the book', 'look at the clock'


@dataclass(frozen=True)
class Sent:
    """A day that is over: the tape of each role, and the words by what they are."""

    tapes: dict[str, Tape]
    phones: dict[str, Phone]
    words: dict[str, set[str]]

    def forbidden(self, role: str) -> set[str]:
        """What this role must never be sent."""
        name = role.removeprefix('phone of ')
        if name in self.phones:
            others = [phone for phone in self.phones.values() if phone.name != name]
            return set().union(*(own_words(phone) for phone in others)) | self.words['never chosen by'] - never(name)
        kinds = {
            'plan': ('any note', 'links'),
            'day': ('any note', 'links'),
            'control': ('rooms', 'times', 'fields'),
            'control at the end': ('rooms', 'times', 'fields', 'chosen no more', 'codes'),
            'projection': ('rooms', 'times', 'fields', 'off the wall', 'doors', 'links'),
            'hall': ('rooms', 'times', 'fields', 'off the wall', 'doors', 'session'),
            'outcome': ('rooms', 'times', 'fields', 'off the wall', 'codes', 'chosen no more'),
            'leaders': ('rooms', 'times', 'fields', 'off the wall', 'codes', 'session', 'chosen no more'),
            'log': ('any note', 'codes', 'links', 'session', 'passphrase', 'fields'),
        }[role]
        people = ('never chosen by', 'people', 'note ids', 'secrets')
        return set().union(*(self.words[kind] for kind in (*kinds, *people)))


def never(name: str) -> set[str]:
    """What this observer notes and never chooses: a note, one that is deleted, a first wording."""
    return {f'{what} of {name.upper()}' for what in ('unchosen quillfeather', 'deleted brambledrake', 'first wording')}


def own_words(phone: Phone) -> set[str]:
    return {phone.name, phone.observer['id'], phone.observer['return_code'], *phone.tokens, *phone.notes.values()}


@pytest.fixture(scope='module')
def sent(server: Server, chromium: Browser) -> Sent:
    return Day(server, chromium, server.seeded).go()


async def seed(services: Services) -> dict:
    """A round that is open."""
    rounds = services.rounds
    session = await set_up(services)
    who = await services.accounts.who(session)
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)  # all visits are still to come, at any time of day
    key = await rounds.create(who, title='Round of the test', date=tomorrow)
    await rounds.groups.divide(who, key, 8)
    await rounds.classrooms.add(who, key, [{'room': room} for room in ROOMS])
    await rounds.bells.add(who, key, [{'name': 'Period 1', 'start': TIMES[0], 'end': '15:07'}])
    await rounds.rota.make(who, key)
    await rounds.go_to(who, key, Stage.OPEN)
    links = {kind: await rounds.make_link(who, key, kind) for kind in (LinkKind.PROJECTION, LinkKind.OUTCOME)}
    return {'key': key, 'session': session, 'links': links, 'plan': await rounds.plan(who, key)}


class Day:
    """One day from the first page to the document, driven on every screen."""

    def __init__(self, server: Server, chromium: Browser, planned: dict) -> None:
        self.server, self.chromium = server, chromium
        self.key, self.session, self.links = planned['key'], planned['session'], planned['links']
        self.plan = planned['plan']
        self.tapes: dict[str, Tape] = {}
        self.own, self.public = self._context(self.session), self._context('')

    def _context(self, session: str) -> BrowserContext:
        width, height = SIZES['projector']
        context = self.chromium.new_context(viewport={'width': width, 'height': height}, reduced_motion='reduce')
        context.set_default_timeout(LONGEST_WAIT)
        if session:
            context.add_cookies([{'name': COOKIE, 'value': session, 'url': self.server.address}])
        return context

    def open(self, role: str, path: str, *, public: bool = False) -> Page:
        """A page of its own with its tape."""
        page = (self.public if public else self.own).new_page()
        tape = self.tapes.setdefault(role, Tape())
        tape.listen(page)
        page.goto(f'{self.server.address}{path}')
        drawn(page)
        tape.read()
        return page

    def download(self, role: str, path: str, *, public: bool = False) -> None:
        answer = (self.public if public else self.own).request.get(f'{self.server.address}{path}')
        assert answer.status == 200
        self.tapes[role].keep(path, answer.body())

    def go(self) -> Sent:
        at = f'/rounds/{self.key}'
        for section in ('groups', 'rota', 'more'):
            self.open('plan', f'{at}?section={section}')
        day = self.open('day', f'{at}/day')
        control = self.open('control', f'{at}/control')
        self.open('projection', f'{at}/projection')
        hall = self.open('hall', f'/show/{self.links[LinkKind.PROJECTION]}', public=True)
        phones = self.visits()
        expect(day.get_by_text('3 joined').or_(day.get_by_text('3 of 8')).first).to_be_visible()
        self.description(control, phones)
        self.analysis(control, hall, phones)
        self.open('control at the end', f'{at}/control')
        self.open('outcome', f'{at}/outcome')
        self.open('leaders', f'/outcome/{self.links[LinkKind.OUTCOME]}', public=True)
        self.download('outcome', f'{at}/outcome.pdf')
        self.download('leaders', f'/outcome/{self.links[LinkKind.OUTCOME]}/outcome.pdf', public=True)
        for page in (*self.own.pages, *self.public.pages):
            page.evaluate('1')  # what came before has been handed over
        for tape in self.tapes.values():
            tape.read()
        self.own.close()
        self.public.close()
        self.server.stop()
        for phone in phones.values():
            phone.events.join(20)
            phone.client.close()
        self.tapes['log'] = Tape()
        self.tapes['log'].keep('log', self.server.log.read_bytes())
        assert 'ASGI' not in self.server.log.read_text(), 'the phones’ streams end as they should'
        self.tapes |= {f'phone of {name}': phone.tape for name, phone in phones.items()}
        return Sent(self.tapes, phones, self.words(phones))

    def visits(self) -> dict[str, Phone]:
        """Everybody joins and notes; what is refused is sent too, for the log."""
        phones = {}
        for number, (name, group) in enumerate(OBSERVERS.items(), 1):
            phone = phones[name] = Phone(self.server, self.plan.round.join_code, name)
            phone.ask('PUT', '/me', {'group': self.plan.groups[group].id})
            unchosen, deleted, first = sorted(never(name), key=_order)
            phone.send('unchosen', unchosen, room=number)
            phone.send('deleted', deleted, room=number)
            phone.send('deleted', '', 2, room=number, deleted=True)
            phone.send('first', first, room=number)
            phone.send('first', f'{number} students {ON_THE_WALL} of {number + 9}', 2, room=number, chosen=True)
            phone.send('dropped', f'{number} students {DROPPED}', room=number, chosen=True)
            phone.send('marked', f'{number} students {MARKED}', room=number, chosen=True)
            phone.send('no more', f'chosen no more marrowfat {number}', room=number, chosen=True)
            phone.send('no more', f'chosen no more marrowfat {number}', 2, room=number, chosen=False)
            phone.ask('GET', '/notes')
            self.refused(phone, unchosen)
        return phones

    def refused(self, phone: Phone, text: str) -> None:
        """What a server is tempted to write into its log: all that it cannot take."""
        bad = {'id': phone.notes['unchosen'], 'rev': 1, 'classroom': 1, 'text': text}
        for notes in ([bad | {'text': f'{text}!'}], [bad | {'rev': text}], [bad | {'rev': 2, 'classroom': 99}], [text]):
            phone.ask('POST', '/notes', {'notes': notes})
        phone.ask('POST', '/notes', {'notes': text})
        phone.ask('POST', '/notes', f'{{"notes": [{text}'.encode())
        phone.ask('POST', '/acts', {'acts': [text]})
        act = {'id': new_id(), 'kind': 'reword', 'card': phone.notes['unchosen'], 'text': text}
        phone.ask('POST', '/acts', {'acts': [act]})
        token, phone.token = phone.token, ''
        phone.ask('POST', '/join', phone.joining)  # the name is taken
        phone.ask('POST', '/join', phone.joining | {'return_code': 'WRNG22'})
        again = phone.ask('POST', '/join', phone.joining | {'return_code': phone.observer['return_code']})
        phone.tokens.append(again['token'])
        phone.ask('POST', '/look', {'code': f'{phone.observer["return_code"]}'})
        phone.token = token

    def description(self, control: Page, phones: dict[str, Phone]) -> None:
        """Screening and red dots, by the groups on their phones."""
        for name in ('Selection', 'Screening'):
            go_to(control, name)
        first, second, third = phones.values()
        for phone in (first, first, third):
            phone.act('accept', card=phone.card(ON_THE_WALL))
            phone.act('drop', card=phone.card(DROPPED), reason='judgement')
        for phone in (first, third):
            phone.act('accept', card=phone.card(MARKED))
        second.act('drop', card=second.card(MARKED), reason='vague')
        go_to(control, 'Red dots')
        first.act('red_dot', card=first.card(MARKED, 'red_dots'), reason='judgement')
        third.act('red_dot', card=third.card(MARKED, 'red_dots'), reason='judgement')
        for phone in phones.values():
            phone.ask('GET', '/wall')

    def analysis(self, control: Page, hall: Page, phones: dict[str, Phone]) -> None:
        """Patterns, predictions, theories and next steps; then the round is closed."""
        go_to(control, 'Analysis')
        cards = control.get_by_role('region', name='Not sorted yet').locator('.card')
        expect(cards).to_have_count(3)
        for card in range(3):
            cards.nth(card).click()
        control.get_by_role('button', name='A new pattern from 3 cards').click()
        control.get_by_label('The pattern in a sentence').fill('Students ask one another')
        control.locator('dialog').get_by_role('button', name='Keep').click()
        expect(hall.locator('.tile')).to_contain_text('Students ask one another')
        go_to(control, 'Prediction')
        for phone in phones.values():
            [pattern] = phone.ask('GET', '/wall')['patterns']
            phone.act('predict', text='They would know whom to ask', patterns=[pattern['id']])
        go_to(control, 'Theories of action')
        control.get_by_label('New draft').fill('we ask for a reason')
        control.get_by_role('button', name='Begin').click()
        expect(hall.locator('.theory')).to_contain_text('we ask for a reason')
        go_to(control, 'Next level of work')
        control.locator('.next-step').click()
        control.locator('.q-dialog').get_by_role('button', name='Close the round').click()
        expect(hall.locator('.closing')).to_be_visible()
        for phone in phones.values():
            for path in ('/me', '/notes', '/wall'):
                phone.ask('GET', path)

    def words(self, phones: dict[str, Phone]) -> dict[str, set[str]]:
        off = {DROPPED}
        never_chosen = set().union(*(never(name) for name in OBSERVERS))
        doors = {room.code for room in self.plan.classrooms}
        return {
            'never chosen by': never_chosen,
            'any note': never_chosen | off | {ON_THE_WALL, MARKED, 'marrowfat'},
            'chosen no more': {'marrowfat'},
            'off the wall': off | {'marrowfat'},
            'people': {word for phone in phones.values() for word in (phone.name, phone.observer['id'])},
            'note ids': {key for phone in phones.values() for key in phone.notes.values()},
            'secrets': {word for phone in phones.values() for word in (phone.observer['return_code'], *phone.tokens)},
            'rooms': set(ROOMS),
            'times': set(TIMES),
            'fields': set(FIELDS),
            'doors': doors,
            'codes': doors | {self.plan.round.join_code},
            'links': set(self.links.values()),
            'session': {self.session},
            'passphrase': {PHRASE},
        }


def _order(text: str) -> int:
    return ('unchosen', 'deleted', 'first').index(text.split(maxsplit=1)[0])


ROLES = (
    'plan', 'day', 'control', 'control at the end', 'projection', 'hall', 'outcome', 'leaders', 'log',
    *(f'phone of {name}' for name in OBSERVERS),
)  # fmt: skip


@pytest.mark.parametrize('role', ROLES)
def test_nobody_is_sent_what_is_kept_from_them(sent: Sent, role: str):
    assert sent.tapes[role].leaks(sent.forbidden(role)) == []


@pytest.mark.parametrize('role', ROLES)
def test_a_single_word_too_many_would_be_found(sent: Sent, role: str):
    tape, words = Tape(list(sent.tapes[role].items)), sent.forbidden(role)
    for word in words:
        tape.keep('frame', f'42["update", {{"17": {{"text": "x{word}x"}}}}]'.encode())
    assert {leak.split(' in ')[0] for leak in tape.leaks(words)} == {repr(word) for word in words}


def test_what_each_may_see_is_on_its_tape(sent: Sent):
    tapes = sent.tapes
    for role in ('control', 'projection', 'hall'):
        assert tapes[role].holds(ON_THE_WALL, 'frame'), role
        assert tapes[role].holds('Students ask one another', 'frame'), role
    assert tapes['control'].holds(DROPPED, 'frame')
    assert tapes['control at the end'].holds(ON_THE_WALL, '/control')
    for role in ('outcome', 'leaders'):
        assert tapes[role].holds('Students ask one another', '/outcome')
        assert tapes[role].holds('Students ask one another', '.pdf, as text')
    assert all(tapes['plan'].holds(room) for room in ROOMS)
    assert any(tapes['day'].holds(room) for room in ROOMS)
    for name, phone in sent.phones.items():
        assert phone.tape.holds(f'unchosen quillfeather of {name.upper()}', '/notes')
        assert phone.tape.holds('"kind":"stage"', '/events')


def test_a_group_s_wall_says_no_room_no_time_and_no_note(sent: Sent):
    kinds = ('rooms', 'times', 'fields', 'people', 'note ids', 'secrets', 'never chosen by', 'codes')
    words = set().union(*(sent.words[kind] for kind in kinds))
    for phone in sent.phones.values():
        walls = Tape([(where, text) for where, text in phone.tape.items if where in ('/wall', '/events')])
        assert walls.items
        assert walls.leaks(words) == []
