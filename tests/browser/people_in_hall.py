"""The fourteen people of the sample round in a debrief: most through the API, some with a phone in a browser."""

import datetime as dt
import json
import urllib.request
from dataclasses import dataclass, replace

from playwright.sync_api import Page, expect

from app.ids import hashed, new_id
from app.observation.model import Device
from app.services import Services
from tests.browser.phones import join_again
from tests.cases.people import PHRASE, set_up, where_it_is_eleven
from tests.cases.sample_round import sample_file

NOTES_EACH = 6
BACK = 'BACK22'


@dataclass
class Phone:
    """An observer's phone as the API knows it."""

    address: str
    token: str
    name: str
    school: str
    group: str

    def ask(self, path: str, body: object = None) -> dict:
        request = urllib.request.Request(
            f'{self.address}/api/v1{path}',
            data=None if body is None else json.dumps(body).encode(),
            headers={'Authorization': f'Bearer {self.token}', 'Content-Type': 'application/json'},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def act(self, kind: str, *, refused: str = '', **fields: object) -> None:
        """Do it; `refused`: what the sentence says that comes back instead."""
        answer = self.ask('/acts', {'acts': [{'id': new_id(), 'kind': kind, **fields}]})
        sentences = [one['sentence'] for one in answer['refused']]
        assert refused in sentences[0] if refused else not sentences, answer

    def choose(self) -> None:
        """All own notes go to the group."""
        notes = [{**note, 'rev': note['rev'] + 1, 'chosen': True} for note in self.ask('/notes')['notes']]
        for note in notes:
            note.pop('seq', None)
        assert not self.ask('/notes', {'notes': notes})['refused']


@dataclass
class Made:
    round: str
    code: str
    session: str  #: of the facilitator
    phones: list[Phone]


async def fourteen(services: Services) -> Made:
    """The sample's people and notes, nothing chosen yet, and two facilitators of one school."""
    session = await set_up(services, timezone=where_it_is_eleven())
    ama = await services.accounts.who(session)
    secret = await services.schools.invite(ama, new_school=False)
    await services.schools.accept(
        secret, name='Joan Ellis', email='joan@harbour.example', passphrase=PHRASE, school='', timezone='',
        address='127.0.0.1',
    )  # fmt: skip
    content = sample_file()
    content['round'] |= {'stage': 'open', 'settings': {'choose_least': 3}}
    notes: dict[str, list] = {}
    for note in content['notes']:
        if note.get('card', {}).get('state') == 'accepted':
            notes.setdefault(note['observer'], []).append(
                {key: note[key] for key in ('id', 'observer', 'classroom', 'time', 'text', 'lens')}
            )
    content['notes'] = [note for some in notes.values() for note in some[:NOTES_EACH]]
    content |= {'patterns': [], 'predictions': [], 'theories_of_action': [], 'next_level_of_work': []}
    round_id, _warnings = await services.exchange.import_file(ama.school, json.dumps(content).encode())
    phones = []
    async with services.store.round(round_id) as work:
        plan = await work.plans.get(round_id)
        schools = {school.id: school.name for school in plan.schools}
        groups = {group.id: group.name for group in await work.groups.all()}
        for observer in await work.observers.all():
            await work.observers.put(replace(observer, return_code=BACK))
            secret = new_id()
            await work.devices.put(Device(id=hashed(secret), observer=observer.id, created_at=dt.datetime.now(dt.UTC)))
            token = f'{round_id}.{secret}'
            school, group = schools[observer.school], groups[observer.group]
            phones.append(Phone(services.settings.address, token, observer.display_name, school, group))
    return Made(round_id, plan.join_code, session, phones)


def on_a_phone(opened, server, made: Made, phone: Phone, **options: object) -> Page:
    """The same observer in a real browser, let in by the return code."""
    page = opened('phone', **options)
    join_again(page, f'{server.address}/c/#{made.code}', phone.name, BACK, school=phone.school)
    expect(page.locator('#name')).to_have_count(0)
    return page
