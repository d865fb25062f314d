"""Who gets in where: every route of the running app has a kind, and each kind is tried by those whom it is not for."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from enum import Enum
from functools import reduce

import httpx
import pytest
from fastapi import FastAPI
from playwright.sync_api import Locator, Page, expect

from app.ids import new_id
from pages.who_asks import COOKIE
from tests.browser.conftest import drawn
from tests.browser.running_routes import routes_of
from tests.browser.serving import ROOT, Server
from tests.browser.two_schools import TITLE, World, seed  # noqa: F401 - the server of this file begins with it


class Kind(Enum):
    """For whom a route is."""

    OPEN = 'anybody: nothing of a round is in it'
    CODE = 'who has a code of the round, or the passphrase'
    ACCOUNT = 'facilitators'
    OF_A_ROUND = 'facilitators of the round'
    OBSERVER = 'observers, with the token of their phone'
    LINK = 'who has the link'


#: Method and path of every route → its kind, and for open ones an address to try.
ROUTES: dict[tuple[str, str], tuple[Kind, str]] = {
    ('ANY', '/_nicegui/static'): (Kind.OPEN, '/_nicegui/{nicegui}/static/nicegui.js'),
    ('ANY', '/_nicegui_ws'): (Kind.OPEN, '/_nicegui_ws/socket.io/?EIO=4&transport=polling'),
    ('GET', '/'): (Kind.OPEN, '/'),
    ('GET', '/_nicegui/components/{key:path}'): (Kind.OPEN, '/_nicegui/{nicegui}/components/none'),
    ('GET', '/_nicegui/dynamic_resources/{name}'): (Kind.OPEN, '/_nicegui/{nicegui}/dynamic_resources/none'),
    ('GET', '/_nicegui/esm/{key}/{path:path}'): (Kind.OPEN, '/_nicegui/{nicegui}/esm/none/none'),
    ('GET', '/_nicegui/libraries/{key:path}'): (Kind.OPEN, '/_nicegui/{nicegui}/libraries/none'),
    ('GET', '/_nicegui/resources/{key}/{path:path}'): (Kind.OPEN, '/_nicegui/{nicegui}/resources/none/none'),
    ('GET', '/account'): (Kind.ACCOUNT, ''),
    ('GET', '/account/logo.png'): (Kind.ACCOUNT, ''),
    ('GET', '/api/openapi.json'): (Kind.OPEN, '/api/openapi.json'),
    ('GET', '/api/v1/events'): (Kind.OBSERVER, ''),
    ('GET', '/api/v1/me'): (Kind.OBSERVER, ''),
    ('GET', '/api/v1/notes'): (Kind.OBSERVER, ''),
    ('GET', '/api/v1/patterns/{pattern}'): (Kind.OBSERVER, ''),
    ('GET', '/api/v1/wall'): (Kind.OBSERVER, ''),
    ('GET', '/c'): (Kind.OPEN, '/c'),
    ('GET', '/c/'): (Kind.OPEN, '/c/'),
    ('GET', '/c/a/{build}/{name}'): (Kind.OPEN, '/c/a/none/start.js'),
    ('GET', '/c/again'): (Kind.OPEN, '/c/again'),
    ('GET', '/c/manifest.webmanifest'): (Kind.OPEN, '/c/manifest.webmanifest'),
    ('GET', '/c/service_worker.js'): (Kind.OPEN, '/c/service_worker.js'),
    ('GET', '/c/{number:int}'): (Kind.OPEN, '/c/1'),
    ('GET', '/invitation/{secret}'): (Kind.LINK, ''),
    ('GET', '/lesson'): (Kind.OPEN, '/lesson'),
    ('GET', '/outcome/{secret}'): (Kind.LINK, ''),
    ('GET', '/outcome/{secret}/outcome.docx'): (Kind.LINK, ''),
    ('GET', '/outcome/{secret}/outcome.pdf'): (Kind.LINK, ''),
    ('GET', '/outcome/{secret}/outcome.xlsx'): (Kind.LINK, ''),
    ('GET', '/outcome/{secret}/outcome.zip'): (Kind.LINK, ''),
    ('GET', '/rounds/new'): (Kind.ACCOUNT, ''),
    ('GET', '/rounds/{round_id}'): (Kind.OF_A_ROUND, ''),
    ('GET', '/rounds/{round_id}/control'): (Kind.OF_A_ROUND, ''),
    ('GET', '/rounds/{round_id}/day'): (Kind.OF_A_ROUND, ''),
    ('GET', '/rounds/{round_id}/outcome'): (Kind.OF_A_ROUND, ''),
    ('GET', '/rounds/{round_id}/outcome.docx'): (Kind.OF_A_ROUND, ''),
    ('GET', '/rounds/{round_id}/outcome.pdf'): (Kind.OF_A_ROUND, ''),
    ('GET', '/rounds/{round_id}/outcome.xlsx'): (Kind.OF_A_ROUND, ''),
    ('GET', '/rounds/{round_id}/outcome.zip'): (Kind.OF_A_ROUND, ''),
    ('GET', '/rounds/{round_id}/print/{part}.pdf'): (Kind.OF_A_ROUND, ''),
    ('GET', '/rounds/{round_id}/projection'): (Kind.OF_A_ROUND, ''),
    ('GET', '/sample/{token}'): (Kind.LINK, ''),
    ('GET', '/set-up'): (Kind.OPEN, '/set-up'),
    ('GET', '/show/{secret}'): (Kind.LINK, ''),
    ('GET', '/sign-in'): (Kind.OPEN, '/sign-in'),
    ('GET', '/static/fonts/{path:path}'): (Kind.OPEN, '/static/fonts/none'),
    ('GET', '/static/{path:path}'): (Kind.OPEN, '/static/app.css'),
    ('POST', '/account/invitations'): (Kind.ACCOUNT, ''),
    ('POST', '/account/invitations/withdraw'): (Kind.ACCOUNT, ''),
    ('POST', '/account/logo'): (Kind.ACCOUNT, ''),
    ('POST', '/account/logo/remove'): (Kind.ACCOUNT, ''),
    ('POST', '/account/name'): (Kind.ACCOUNT, ''),
    ('POST', '/account/passphrase'): (Kind.ACCOUNT, ''),
    ('POST', '/account/school'): (Kind.ACCOUNT, ''),
    ('POST', '/api/v1/acts'): (Kind.OBSERVER, ''),
    ('POST', '/api/v1/join'): (Kind.CODE, ''),
    ('POST', '/api/v1/look'): (Kind.CODE, ''),
    ('POST', '/api/v1/notes'): (Kind.OBSERVER, ''),
    ('POST', '/api/v1/rescued'): (Kind.CODE, ''),
    ('POST', '/api/v1/sheets'): (Kind.OBSERVER, ''),
    ('POST', '/invitation/{secret}'): (Kind.LINK, ''),
    ('POST', '/lesson'): (Kind.CODE, ''),
    ('POST', '/lesson/no'): (Kind.CODE, ''),
    ('POST', '/sample'): (Kind.CODE, ''),
    ('POST', '/set-up'): (Kind.CODE, ''),
    ('POST', '/sign-in'): (Kind.CODE, ''),
    ('POST', '/sign-out'): (Kind.OPEN, '/sign-out'),
    ('POST', '/sign-out-everywhere'): (Kind.ACCOUNT, ''),
    ('GET', '/words'): (Kind.ACCOUNT, ''),
    ('POST', '/words/{into}'): (Kind.ACCOUNT, ''),
    ('POST', '/words/{of}/remove'): (Kind.ACCOUNT, ''),
    ('PUT', '/api/v1/me'): (Kind.OBSERVER, ''),
}


def of_round(path: str, round_id: str) -> str:
    parts = {'{round_id}': round_id, '{part}': 'agreement', '{into}': 'flag', '{of}': 'flag'}
    return reduce(lambda made, part: made.replace(part, parts[part]), parts, path)


def without_kind(routes: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return routes - set(ROUTES)


def of_kind(kind: Kind) -> list:
    return [pytest.param(*route, id=' '.join(route)) for route, (one, _try) in ROUTES.items() if one is kind]


@pytest.fixture(scope='module')
def world(server: Server) -> World:
    return World(server=server, **server.seeded)


def test_every_route_of_the_running_app_has_its_kind():
    done = subprocess.run(
        [sys.executable, '-m', 'tests.browser.running_routes'], cwd=ROOT, capture_output=True, check=True, timeout=60
    )
    running = {(method, path) for method, path in json.loads(done.stdout)}
    assert not without_kind(running), 'These routes need a line in ROUTES that says for whom they are.'
    assert not set(ROUTES) - running, 'These routes are gone.'


def test_a_new_route_without_a_kind_is_found():
    outer, behind = FastAPI(openapi_url=None, docs_url=None, redoc_url=None), FastAPI(openapi_url=None, docs_url=None)
    outer.delete('/rounds/{round_id}')(lambda round_id: None)
    behind.get('/rounds/{round_id}/notes')(lambda round_id: None)
    outer.mount('/behind', behind)
    assert without_kind(set(routes_of(outer.routes))) >= {
        ('DELETE', '/rounds/{round_id}'), ('GET', '/behind/rounds/{round_id}/notes')
    }  # fmt: skip


@pytest.mark.parametrize(('method', 'path'), of_kind(Kind.OPEN))
def test_what_is_open_tells_nothing_of_a_round(world, method, path):
    nicegui = re.search(r'/_nicegui/([\d.]+)/', world.ask('GET', '/').text)[1]
    address = ROUTES[method, path][1].replace('{nicegui}', nicegui)
    answer = world.ask('GET' if method == 'ANY' else method, address)
    assert answer.status_code in (200, 303, 308) or (answer.status_code == 404 and 'none' in address)
    assert not world.said(answer)
    assert COOKIE not in answer.cookies


@pytest.mark.parametrize(('method', 'path'), [*of_kind(Kind.ACCOUNT), *of_kind(Kind.OF_A_ROUND)])
def test_nobody_in_particular_is_asked_to_sign_in(world, method, path):
    address = of_round(path, world.here)
    others = ('', 'made-up', world.sessions['ended'], world.phones['here'], world.links['projection'])
    for session in others:
        answer = world.ask(method, address, session=session)
        if method == 'GET':
            assert answer.status_code in (303, 307)
            assert answer.headers['location'].startswith('/sign-in')
        else:
            assert answer.status_code == 401
        assert not [word for word in world.said(answer) if word != world.here]


@pytest.mark.parametrize(('method', 'path'), of_kind(Kind.OF_A_ROUND))
def test_a_round_is_there_for_its_own_facilitators_only(world, method, path):
    address = of_round(path, world.here)
    for name in ('own', 'guest'):
        assert world.ask(method, address, session=world.sessions[name]).status_code == 200
    for name in ('stranger', 'look'):
        answer = world.ask(method, address, session=world.sessions[name])
        assert answer.status_code == 404
        assert not [word for word in world.said(answer) if word != world.here]
    unknown = world.ask(method, of_round(path, 'no-such-round'), session=world.sessions['own'])
    assert unknown.status_code == 404


def test_the_start_page_lists_the_own_rounds_only(world):
    assert TITLE in world.ask('GET', '/', session=world.sessions['own']).text
    assert TITLE in world.ask('GET', '/', session=world.sessions['guest']).text
    assert not world.said(world.ask('GET', '/', session=world.sessions['stranger']))
    assert not world.said(world.ask('GET', '/', session=world.sessions['look']))


@pytest.mark.parametrize(('method', 'path'), of_kind(Kind.OBSERVER))
def test_a_phone_needs_the_token_of_its_round(world, method, path):
    others = ('', 'made-up', world.here, world.sessions['own'], world.phones['revoked'], world.phones['crossed'])
    for token in others:
        answer = world.ask(method, path, token=token, session=world.sessions['own'])
        assert answer.status_code == 401, (token, answer.text)
        assert not world.said(answer)
    right = world.ask(method, path, token=world.phones['here'])
    said_nothing = {('PUT', '/api/v1/me'): 422, ('POST', '/api/v1/sheets'): 422}  # that it could be about
    there_is_none = {('GET', '/api/v1/patterns/{pattern}'): 404}
    assert right.status_code == (said_nothing | there_is_none).get((method, path), 200)
    if method == 'GET':
        assert not world.said(world.ask(method, path, token=world.phones['elsewhere']))


def test_a_phone_of_another_round_changes_nothing_here(world):
    before, token = world.on_disk(), world.phones['elsewhere']
    acts = [
        {'id': new_id(), 'kind': kind, 'card': card, 'text': 'Taken over', 'reason': 'judgement', 'confirmed': True}
        for kind in ('accept', 'reword', 'drop', 'red_dot')
        for card in world.cards[:5]
    ]
    answer = world.ask('POST', '/api/v1/acts', token=token, json={'acts': acts}).json()
    assert (answer['received'], len(answer['refused'])) == ([], len(acts))
    note = {'id': world.notes[0], 'rev': 9, 'classroom': 1, 'text': 'Taken over', 'deleted': True}
    world.ask('POST', '/api/v1/notes', token=token, json={'notes': [note]})
    assert world.ask('PUT', '/api/v1/me', token=token, json={'group': world.groups[0]}).status_code == 422
    assert world.on_disk() == before


def test_a_phone_does_not_write_over_another_s_note(world):
    before = world.on_disk()
    notes = [{'id': key, 'rev': 9, 'classroom': 1, 'text': 'Taken over', 'chosen': True} for key in world.notes[:5]]
    answer = world.ask('POST', '/api/v1/notes', token=world.phones['here'], json={'notes': notes}).json()
    assert [one['reason'] for one in answer['refused']] == ['not_yours'] * 5
    assert 'Taken over' not in str(world.on_disk())
    assert world.on_disk() == before


@pytest.mark.parametrize(('method', 'path'), of_kind(Kind.LINK))
def test_a_link_opens_what_it_is_for_and_nothing_after_it_was_revoked(world, method, path):
    right, over = {
        '/show/{secret}': ('projection', ['revoked projection', 'outcome', 'invitation']),
        '/outcome/{secret}': ('outcome', ['revoked outcome', 'projection', 'invitation']),
        '/outcome/{secret}/outcome.docx': ('outcome', ['revoked outcome', 'projection', 'invitation']),
        '/outcome/{secret}/outcome.pdf': ('outcome', ['revoked outcome', 'projection', 'invitation']),
        '/outcome/{secret}/outcome.xlsx': ('outcome', ['revoked outcome', 'projection', 'invitation']),
        '/outcome/{secret}/outcome.zip': ('outcome', ['revoked outcome', 'projection', 'invitation']),
        '/invitation/{secret}': ('invitation', ['used stranger', 'projection', 'outcome']),
        '/sample/{token}': ('sample', ['projection', 'invitation']),
    }[path]
    filled = re.compile(r'\{\w+\}')
    for secret in (*(world.links[name] for name in over), 'made-up', world.sessions['ended']):
        answer = world.ask(method, filled.sub(secret, path))
        refused = (404, 410) if path != '/sample/{token}' else (303, 404)
        assert answer.status_code in refused
        assert not world.said(answer) or secret in world.said(answer)
        assert COOKIE not in answer.cookies
    answer = world.ask(method, filled.sub(world.links[right], path))
    assert answer.status_code == {'POST': 422}.get(method, 303 if right == 'sample' else 200)
    if path == '/sample/{token}':
        for name in ('own', 'stranger'):  # the session of an account is no link
            assert world.ask(method, filled.sub(world.sessions[name], path)).status_code == 404


def test_what_asks_for_a_code_or_a_passphrase_lets_nobody_in_without(world):
    for method, path in (route for route, (kind, _try) in ROUTES.items() if kind is Kind.CODE):
        sent = {'code': 'ZZZZZZ', 'display_name': 'Ruth', 'school': 'Harbour View'}
        sent |= {'email': 'ama@harbour.example', 'passphrase': 'not this one at all'}
        form = {'json': sent} if path.startswith('/api/') else {'data': sent}
        # not from this computer, where the sample may be opened without an account
        answer = world.ask(method, path, headers={'X-Forwarded-For': '192.0.2.7'}, **form)
        assert answer.status_code in (303, 404, 409, 422), (path, answer.status_code)
        assert answer.headers.get('location', '/sign-in') == '/sign-in'
        assert COOKIE not in answer.cookies
        assert not world.said(answer)


def test_answers_that_are_no_route_s_say_what_pages_cannot_do_too(world):
    token = world.phones['here']
    answers = {
        404: world.ask('GET', '/no/such/page'),
        413: world.ask('POST', '/api/v1/notes', token=token, content=b'[' * 600_000),
        422: world.ask('POST', '/api/v1/join', content=b'{'),
        403: world.ask('POST', '/sign-in', headers={'Origin': 'https://evil.example'}),
    }
    assert [answer.status_code for answer in answers.values()] == list(answers)
    assert world.ask('DELETE', '/api/v1/notes', token=token).status_code in (404, 405)


@pytest.mark.parametrize(('origin', 'status'), [('https://evil.example', 403), ('', 101)])
def test_another_site_opens_no_socket(world, origin, status):
    upgrade = {'Connection': 'Upgrade', 'Upgrade': 'websocket', 'Sec-WebSocket-Version': '13'}
    headers = upgrade | {'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', 'Origin': origin or world.server.address}
    path = '/_nicegui_ws/socket.io/?EIO=4&transport=websocket'
    with (
        httpx.Client(base_url=world.server.address, timeout=60, verify=False) as client,
        client.stream('GET', path, headers=headers) as answer,
    ):
        assert answer.status_code == status


@pytest.fixture
def in_one_session(world: World, opened: Callable[..., Page]) -> Iterator[tuple[Callable[[str], Page], str]]:
    """A facilitator's open pages in a browser whose session can be ended from another one."""
    sent = {'email': 'guest@x.example', 'passphrase': 'quiet harbour at dawn'}
    session = world.ask('POST', '/sign-in', data=sent).cookies[COOKIE]

    def open_page(what: str) -> Page:
        page = opened('laptop')
        page.context.add_cookies([{'name': COOKIE, 'value': session, 'url': world.server.address}])
        page.goto(f'{world.server.address}/rounds/{world.here}{what}')
        drawn(page)
        return page

    return open_page, session


def clicked(button: Locator) -> None:
    """Click it; or, where the page has noticed already that nobody is signed in, the form that stands there then."""
    button.or_(button.page.locator('form[action="/sign-in"]')).first.click()


def test_a_click_after_signing_out_everywhere_changes_nothing_and_says_so(world, in_one_session):
    open_page, session = in_one_session
    control, day, plan = open_page('/control'), open_page('/day'), open_page('?section=more')
    button = control.get_by_role('button', name='Red dot: send back')
    control.locator('.tabs').get_by_role('button', name='On the wall').click()
    expect(button).to_be_visible()
    assert world.ask('POST', '/sign-out-everywhere', session=session).status_code == 303
    before = world.on_disk()
    clicked(button)
    clicked(control.locator('dialog').get_by_role('button', name='Red dot: send back'))
    clicked(day.get_by_role('button', name='Open “Screening” again'))
    clicked(day.get_by_role('button', name='Open it again'))
    if (email := plan.get_by_label('E-mail with which they sign in')).is_visible():
        email.fill('stranger@x.example')
    clicked(plan.get_by_role('button', name='Invite', exact=True))
    for page in (control, day, plan):
        expect(
            page.get_by_text('You have been signed out.').or_(page.locator('form[action="/sign-in"]'))
        ).to_be_visible()
    assert world.on_disk() == before
    assert world.ask('GET', f'/rounds/{world.here}', session=world.sessions['stranger']).status_code == 404
