"""Two schools with a round each, and all that lets somebody into one of them."""

import json
from dataclasses import dataclass

import httpx

import storage
from app.guard import HEADERS
from app.observation.joining import Joining
from app.rounds.model import LinkKind
from app.services import Services
from pages.who_asks import COOKIE
from tests.browser.serving import Server, in_a_thread
from tests.cases.people import SETUP_CODE
from tests.cases.sample_round import sample_file

TITLE = 'Round behind the zebra curtain'
#: What no browser opens by itself stands under the policy of the page that asked for it.
PARTS_OF_A_PAGE = ('text/javascript', 'text/css', 'application/manifest+json', 'image/png', 'font/')
#: What a phone sends that changes nothing.
BODIES = {'/api/v1/acts': {'acts': []}, '/api/v1/notes': {'notes': []}, '/api/v1/me': {'group': 'none'}}


@dataclass(frozen=True)
class World:
    """A server with two schools, a round of each, and all that lets somebody in."""

    server: Server
    here: str
    elsewhere: str
    sessions: dict[str, str]
    phones: dict[str, str]
    links: dict[str, str]
    words: tuple[str, ...]  # of the round here; whoever may not know of it is sent none of them
    notes: tuple[str, ...]
    cards: tuple[str, ...]
    groups: tuple[str, ...]

    def ask(self, method: str, path: str, *, session: str = '', token: str = '', **more) -> httpx.Response:
        """The answer to a request; all but the parts of a page say what no page of this app is able to do."""
        headers = {'Authorization': f'Bearer {token}'} if token else {}
        headers |= {'Cookie': f'{COOKIE}={session}'} if session else {}
        headers |= more.pop('headers', {})
        if path.startswith('/api/') and method != 'GET':
            more.setdefault('json', BODIES.get(path, {}))
        with (
            httpx.Client(base_url=self.server.address, timeout=60, verify=False) as client,
            client.stream(method, path, headers=headers, **more) as answer,
        ):
            if not _is_stream(answer):
                answer.read()
        if not answer.headers.get('content-type', '').startswith(PARTS_OF_A_PAGE):
            assert answer.headers['permissions-policy'] == HEADERS['permissions-policy'], (method, path)
        return answer

    def said(self, answer: httpx.Response) -> list[str]:
        """What an answer tells of the round here."""
        return [] if _is_stream(answer) else [word for word in self.words if word in answer.text]

    def on_disk(self) -> list:
        """Everything of the round here that a phone or a screen could change."""

        async def read():
            store = storage.open_for_reading(self.server.data)
            try:
                async with store.round(self.here) as work:
                    names = ('plans', 'cards', 'patterns', 'notes', 'observers', 'screens', 'acts')
                    return [sorted(map(repr, await getattr(work, name).all())) for name in names]
            finally:
                await store.close()

        return in_a_thread(read())


def _is_stream(answer: httpx.Response) -> bool:
    return 'event-stream' in answer.headers.get('content-type', '')


async def seed(services: Services) -> dict:
    """Two schools, a round of each, and everybody who asks."""
    sessions, phones, links = {}, {}, {}
    school = {'timezone': 'Europe/London', 'passphrase': 'quiet harbour at dawn', 'address': '127.0.0.1'}
    sessions['own'] = await services.schools.set_up(
        code=SETUP_CODE, network='Bays', school='Harbour View', name='Ama', email='ama@harbour.example', **school
    )
    ama = await services.accounts.who(sessions['own'])
    for name in ('stranger', 'guest'):
        links[f'used {name}'] = secret = await services.schools.invite(ama, new_school=True)
        sessions[name] = await services.schools.accept(
            secret, name=name, email=f'{name}@x.example', school=f'School of {name}', **school
        )
    stranger = await services.accounts.who(sessions['stranger'])
    content = sample_file()
    content['round'] |= {'stage': 'red_dots', 'title': TITLE}
    here, _warnings = await services.exchange.import_file(ama.school, json.dumps(content).encode())
    content['round']['title'] = 'Another round'
    elsewhere, _warnings = await services.exchange.import_file(stranger.school, json.dumps(content).encode())
    await services.rounds.guests.invite(ama, here, 'guest@x.example')
    sample = await services.exchange.make_sample('')
    sessions['look'] = links['sample'] = await services.accounts.look_at_sample(sample)
    sessions['ended'] = await services.accounts.sign_in('ama@harbour.example', school['passphrase'], address='::1')
    await services.accounts.sign_out(sessions['ended'])
    for kind in (LinkKind.PROJECTION, LinkKind.OUTCOME):
        links[f'revoked {kind}'] = await services.rounds.make_link(ama, here, kind)
        [link] = await services.rounds.links(ama, here) if kind is LinkKind.PROJECTION else await _last(services, here)
        await services.rounds.revoke_link(ama, here, link.id)
        links[kind.value] = await services.rounds.make_link(ama, here, kind)
    links['invitation'] = await services.schools.invite(ama)
    plan = await services.rounds.plan(ama, here)
    for name, round_id in (('here', here), ('revoked', here), ('elsewhere', elsewhere)):
        phones[name] = await _join(services, round_id, name)
    device = (await services.observation.asker(phones['revoked'])).device
    async with services.store.round(here) as work:
        await work.devices.remove(device)
        cards, notes = await work.cards.all(), await work.notes.all()
    phones['crossed'] = f'{here}.{phones["elsewhere"].partition(".")[2]}'
    return {
        'here': here,
        'elsewhere': elsewhere,
        'sessions': sessions,
        'phones': phones,
        'links': links,
        'words': (TITLE, here, plan.round.join_code, plan.classrooms[0].code, links['projection'], links['outcome']),
        'notes': tuple(note.id for note in notes),
        'cards': tuple(card.id for card in cards),
        'groups': tuple(group.id for group in plan.groups),
    }


async def _last(services: Services, round_id: str) -> list:
    async with services.store.index() as work:
        return [link for link in await work.links.all(round=round_id) if link.kind is LinkKind.OUTCOME]


async def _join(services: Services, round_id: str, name: str) -> str:
    async with services.store.round(round_id) as work:
        planned = await work.plans.get(round_id)
        [group, *_others] = await work.groups.all()
    joining = Joining(code=planned.join_code, display_name=f'Observer {name}', school=planned.schools[0].id)
    token, _home = await services.observation.join(joining, address='127.0.0.1')
    await services.observation.choose_group(await services.observation.asker(token), group.id)
    return token
