"""Markup, script, templates, control characters, emoji and right-to-left text in every field are shown as text."""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from app.debrief.model import CardState
from app.documents.outcome import folded
from app.ids import new_id
from app.observation.joining import Joining
from app.observation.receiving import SentNote
from app.observation.words import WordList
from app.rounds.model import LinkKind
from app.rounds.stages import ORDER, Stage
from app.services import Services
from tests.browser.conftest import drawn
from tests.browser.serving import Server
from tests.cases.people import SETUP_CODE

#: Runs wherever it is taken for markup, for a template of Vue or for script.
ATTACK = '<img src=x onerror=__hit=1>'
SHORT = f'{ATTACK}א👩🏽‍🏫'
NAME = f'{ATTACK}{{{{__hit=1}}}}א👩🏽‍🏫'
LONG = (
    f'{ATTACK}</textarea></script><script>window.__hit=1</script><svg onload=__hit=1>{{{{__hit=1}}}}'
    '${window.__hit=1}\'"`&lt;b&gt; [a](javascript:__hit=1) \u202eשלום\u202c مرحبا 👩🏽‍🏫\x00\x07\x1b[31m'
)
EMAIL, PHRASE = 'nasty@harbour.example', 'quiet harbour at dawn'
#: Elements that only an attack makes.
PLANTED = 'img[src="x"], svg[onload], a[href^="javascript"], [onerror]'


@dataclass
class Nasty:
    """A round at next level of work, with hostile text in every field of it."""

    round: str = ''
    purged: str = ''
    join_code: str = ''  #: of a third one that is open
    links: dict[str, str] = field(default_factory=dict)
    session: str = ''


@pytest.fixture
def nasty(server: Server) -> tuple[Server, Nasty]:
    return server, server.seeded


@pytest.fixture
def page(nasty: tuple[Server, Nasty], signed_in: Callable[..., Page]) -> Page:
    """Signed in."""
    return signed_in(nasty[1].session, '/')


def test_the_form_to_sign_in_shows_it_as_text(server: Server, opened: Callable[..., Page]):
    page = opened('laptop')
    page.goto(f'{server.address}/sign-in')
    page.evaluate('document.querySelectorAll("[type=email]").forEach((one) => { one.type = "text"; })')
    page.fill('[name=email]', f'{ATTACK}@x')
    page.fill('[name=passphrase]', LONG[:60].replace('\x00', ''))
    page.click('button[type=submit]')
    expect(page.get_by_role('alert')).to_be_visible()
    harmless(page)
    page.fill('[name=email]', EMAIL)
    page.fill('[name=passphrase]', PHRASE)
    page.click('button[type=submit]')
    page.wait_for_url(f'{server.address}/')
    shows(page, ATTACK)
    harmless(page)


def harmless(page: Page) -> None:
    """Nothing that somebody typed has run, and nothing of it became an element."""
    assert page.evaluate('window.__hit') is None, page.url
    assert page.locator(PLANTED).count() == 0, page.url


def shows(page: Page, text: str) -> None:
    """The text stands on the page or in one of its fields, as it was typed."""
    page.wait_for_function(
        """text => document.body.innerText.includes(text)
        || [...document.querySelectorAll('input, textarea')].some((one) => one.value.includes(text))""",
        arg=text,
    )


def test_the_look_for_harm_finds_it(opened: Callable[..., Page]):
    page = opened('laptop')
    for harm in (ATTACK, '<svg onload="window.__hit=1"></svg>', '<script>window.__hit=1</script>'):
        page.goto('about:blank')
        page.set_content(f'<p>{harm}</p>')
        with pytest.raises(AssertionError):
            harmless(page)
    page.goto('about:blank')
    page.set_content('<p>&lt;img src=x&gt;</p>')
    harmless(page)


def test_every_page_of_a_facilitator_shows_it_as_text(nasty: tuple[Server, Nasty], page: Page):
    server, made = nasty
    for path in ('/', '/account', '/words', f'/rounds/{made.round}', f'/rounds/{made.round}/day', '/rounds/new'):
        page.goto(server.address + path)
        drawn(page)
        if path != '/rounds/new':
            shows(page, ATTACK)
        harmless(page)


def test_every_stage_on_control_and_projection_shows_it_as_text(
    nasty: tuple[Server, Nasty], page: Page, opened: Callable[..., Page]
):
    server, made = nasty
    hall = opened('projector')
    page.goto(f'{server.address}/rounds/{made.round}/control')
    hall.goto(f'{server.address}/show/{made.links["projection"]}')
    shows(hall, ATTACK)
    names = [stage.removeprefix('✓ ') for stage in page.locator('.stages .stage').all_inner_texts()]
    current, dialog = page.locator('.stages [aria-current]'), page.locator('.q-dialog')
    for name in ('Theories of action', 'Prediction', 'Analysis', 'Red dots', 'Screening', 'Selection', 'Visits'):
        assert name in names
        page.get_by_role('button', name=f'Open “{name}” again').click()
        dialog.get_by_role('button', name='Open it again').click()
        expect(current).to_have_text(name)
        expect(dialog).to_have_count(0)
        expect(hall.get_by_text(name).first).to_be_visible()
        if name not in ('Selection', 'Visits'):
            shows(page, ATTACK)
        for each in (page, hall):
            harmless(each)
        if name in ('Red dots', 'Screening'):
            cards_of_every_state(page)


def cards_of_every_state(page: Page) -> None:
    tabs = page.locator('.screening .tabs button')
    for at in range(len(CardState)):
        tabs.nth(at).click()
        expect(tabs.nth(at)).to_have_attribute('aria-pressed', 'true')
        harmless(page)


def test_a_phone_shows_it_as_text_and_takes_it(nasty: tuple[Server, Nasty], opened: Callable[..., Page]):
    server, made = nasty
    phone = opened('phone')
    phone.goto(f'{server.address}/c/#{made.join_code}')
    phone.fill('#name', f'Zoë {ATTACK}')
    shows(phone, ATTACK)
    harmless(phone)
    phone.select_option('#school', index=1)
    phone.get_by_role('button', name='Join', exact=True).click()
    phone.locator('.card:not(.room)').first.click()
    phone.locator('.card.room').first.wait_for()
    harmless(phone)
    shows(phone, ATTACK)
    phone.locator('.card.room').first.click()
    shows(phone, ATTACK)
    harmless(phone)
    phone.fill('#note', LONG.replace('\x00', ''))
    expect(phone.locator('#unsent')).to_contain_text('received')
    phone.get_by_role('button', name='Next note').click()
    expect(phone.locator('#note')).to_have_value('')
    phone.reload()
    shows(phone, '</script>')
    harmless(phone)


def test_the_outcome_and_its_pdf_show_it_as_text(nasty: tuple[Server, Nasty], page: Page, opened: Callable[..., Page]):
    server, made = nasty
    page.goto(f'{server.address}/rounds/{made.round}/outcome')
    shows(page, ATTACK)
    harmless(page)
    school = opened('laptop')
    school.goto(f'{server.address}/outcome/{made.links["outcome"]}')
    shows(school, ATTACK)
    harmless(school)
    for path in (f'/rounds/{made.round}/outcome.pdf', f'/outcome/{made.links["outcome"]}/outcome.pdf'):
        text = _pdf_text(page, server.address + path)
        assert text.count('onerror=__hit=1>') >= 12, 'in each field that is printed'
        assert '</script>' in text
        assert '\x07' not in text
    for path in (f'/rounds/{made.round}/print/door-cards.pdf', f'/rounds/{made.round}/print/join-card.pdf'):
        assert 'onerror=__hit=1>' in _pdf_text(page, server.address + path)


def test_a_purged_round_shows_it_as_text_and_answers_kindly(
    nasty: tuple[Server, Nasty], page: Page, opened: Callable[..., Page]
):
    server, made = nasty
    for part in ('', '/day', '/control', '/projection', '/outcome'):
        answer = page.goto(f'{server.address}/rounds/{made.purged}{part}')
        assert answer is not None
        assert answer.status in (200, 410), part
        harmless(page)
    assert 'onerror=__hit=1>' in _pdf_text(page, f'{server.address}/rounds/{made.purged}/outcome.pdf')


def _pdf_text(page: Page, address: str) -> str:
    answer = page.request.get(address)
    assert answer.status == 200, address
    text = '\n'.join(one.extract_text() for one in PdfReader(io.BytesIO(answer.body())).pages)
    return folded(text)


async def seed(services: Services) -> Nasty:
    """Write hostile text into each field by the services, as pages and phones do."""
    token = await services.schools.set_up(
        code=SETUP_CODE, network=NAME, school=NAME, timezone='Europe/London',
        name=NAME, email=EMAIL, passphrase=PHRASE, address='test',
    )  # fmt: skip
    who = await services.accounts.who(token)
    await services.words.add(who, WordList.FLAG, SHORT)
    made = Nasty(session=token)
    for name in ('purged', 'round'):
        round_id = await services.rounds.create(who, NAME, dt.date.today())
        setattr(made, name, round_id)
        await _planned(services, who, round_id)
        observers = await _observed(services, who, round_id)
        await _debriefed(services, who, round_id, observers)
    visited = await services.rounds.create(who, NAME, dt.date.today())
    await _planned(services, who, visited)
    await _observed(services, who, visited)
    made.join_code = (await services.rounds.plan(who, visited)).round.join_code
    await services.rounds.go_to(who, made.purged, Stage.CLOSED)
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=31)
    assert await services.purge.purge_due(later) == [made.purged]
    for kind in LinkKind:
        made.links[kind.value] = await services.rounds.make_link(who, made.round, kind)
    return made


async def _planned(services: Services, who, round_id: str) -> None:
    rounds = services.rounds
    await rounds.change(who, round_id, 'problem_of_practice', LONG, seen='')
    await rounds.change(who, round_id, 'focus_statements', [LONG[:290], NAME], seen=())
    await rounds.schools.add(who, round_id, [f'{n} {NAME}' for n in (1, 2)])
    await rounds.groups.divide(who, round_id, 8)
    await rounds.bells.add(who, round_id, [{'name': SHORT, 'start': '8:50', 'end': '9:50'}])
    rows = [{'room': f'{n}{SHORT}', 'subject': NAME, 'year_group': SHORT} for n in range(1, 5)]
    await rounds.classrooms.add(who, round_id, rows)
    plan = await rounds.plan(who, round_id)
    for n, group in enumerate(plan.groups):
        await rounds.groups.change(who, round_id, group.id, 'name', f'{n}{SHORT}', seen=group.name)
    await rounds.change(who, round_id, 'sizes.visits_per_group', 2, seen=plan.round.sizes.visits_per_group)
    await rounds.rota.make(who, round_id)


async def _observed(services: Services, who, round_id: str) -> list:
    observers = []
    await services.rounds.go_to(who, round_id, Stage.OPEN)
    plan = await services.rounds.plan(who, round_id)
    for n, group in enumerate(plan.groups):
        joining = Joining(code=plan.round.join_code, display_name=f'{n}{NAME}', school=plan.round.schools[0].id)
        token, _home = await services.observation.join(joining, address='test')
        asker = await services.observation.asker(token)
        await services.observation.choose_group(asker, group.id)
        notes = [
            SentNote(id=f'{n}-{k}-{"n" * 20}', rev=1, classroom=k, text=f'{n} {k} {LONG}', lens='task', chosen=True)
            for k in (1, 2, 3)
        ]
        answer = await services.observation.receive_notes(asker, notes)
        assert len(answer.received) == 3
        observers.append(asker)
    return observers


async def _debriefed(services: Services, who, round_id: str, observers: list) -> None:
    debrief, theory = services.debrief, services.theory
    await _go_to(services, who, round_id, Stage.SCREENING)
    async with services.store.round(round_id) as work:
        cards = sorted((card.id for card in await work.cards.all()), reverse=True)
    for card in cards[:-1]:
        await debrief.accept(who, round_id, card, confirmed=True)
    await debrief.reword(who, round_id, cards[0], f'reworded {LONG}', confirmed=True)
    await debrief.drop(who, round_id, cards[-1], LONG[:150])
    await _go_to(services, who, round_id, Stage.RED_DOTS)
    await debrief.red_dot(who, round_id, cards[-2], LONG[:150])
    await _go_to(services, who, round_id, Stage.ANALYSIS)
    pattern = await debrief.add_pattern(who, round_id, NAME, cards[:4])
    await debrief.describe_pattern(who, round_id, pattern, LONG)
    await debrief.note_exception(who, round_id, pattern, LONG)
    await services.notebook.write(who, round_id, LONG, seen='')
    await services.sorting.begin_sorting(who, round_id)
    for n, asker in enumerate(observers):
        await debrief.do(
            asker, {'id': new_id(), 'kind': 'pile', 'pile': new_id(), 'text': f'{n}{NAME}', 'cards': cards[2:4]}
        )
    await _go_to(services, who, round_id, Stage.PREDICTION)
    await debrief.add_prediction(who, round_id, LONG, [pattern])
    await _go_to(services, who, round_id, Stage.THEORIES)
    one = await theory.write_theory(
        who, round_id, when=LONG, so=LONG, then=LONG, wrong_if=LONG, look_again='2027-03-01', patterns=[pattern]
    )
    await _go_to(services, who, round_id, Stage.NEXT_LEVEL)
    await debrief.do(observers[0], {'id': new_id(), 'kind': 'draft', 'theory': new_id(), 'text': LONG})
    vote = await services.votes.open_vote(who, round_id, 'theories')
    await services.votes.close_vote(who, round_id, vote)
    await services.votes.reveal(who, round_id, vote)
    await theory.add_next_step(who, round_id, horizon='next week', owner='teachers', text=LONG, theories=[one])


async def _go_to(services: Services, who, round_id: str, stage: Stage) -> None:
    now = (await services.rounds.plan(who, round_id)).round.stage
    for step in ORDER[now.place + 1 : stage.place + 1]:
        await services.rounds.go_to(who, round_id, step)
