"""The start page: what Rounds is, or one's rounds, the next one first."""

from fastapi import FastAPI, Request
from fastapi.responses import Response
from nicegui import ui

from app.accounts.model import Facilitator
from app.errors import NotFound
from app.rounds.clock import now_in
from app.services import Services
from app.texts import _
from components.layout import frame, heading, paragraph, text
from components.round_list import next_round, show_next_round, show_rounds
from pages import who_asks
from pages.page import page


def register(services: Services, outer: FastAPI) -> None:
    """The page, and the one click that opens the sample round."""

    @page('/')
    async def home(request: Request) -> None:
        who = await who_asks.perhaps(request, services)
        ui.add_head_html('<link rel="stylesheet" href="/static/start.css">')
        if who is None:
            nobody_yet = not await services.accounts.anybody()
            with frame(_('Start')):
                _welcome(nobody_yet, with_sample=nobody_yet or who_asks.is_this_computer(request))
        elif who.only_round:
            with frame(_('Start'), who=who):
                _looking(who, nobody_yet=not await services.accounts.anybody())
        else:
            await _own_rounds(services, who)

    @outer.post('/sample', include_in_schema=False)
    async def sample(request: Request) -> Response:
        who = await who_asks.perhaps(request, services)
        if who is not None and who.only_round:
            return who_asks.went_to(f'/rounds/{who.only_round}/control')
        if who is not None:
            return who_asks.went_to(f'/rounds/{await services.exchange.make_sample(who.school)}/control')
        if not who_asks.is_this_computer(request) and await services.accounts.anybody():
            raise NotFound(_('The sample round opens here after you have signed in.'))
        round_id = await services.exchange.make_sample('')
        token = await services.accounts.look_at_sample(round_id)
        return who_asks.entered(request, services, token, f'/rounds/{round_id}/control')

    @outer.get('/sample/{token}', include_in_schema=False)
    async def sample_by_token(request: Request, token: str) -> Response:
        """The address that `rounds sample` prints."""
        who = await services.accounts.who(token)
        if not who.only_round:
            raise NotFound(_('There is no such sample round any more.'))
        return who_asks.entered(request, services, token, f'/rounds/{who.only_round}/control')


def _welcome(nobody_yet: bool, *, with_sample: bool) -> None:
    with ui.element('section').classes('hero'):
        heading(_('What happens in classrooms, seen together'))
        paragraph(
            _(
                'Schools of a network visit one another’s classrooms and write down what they see and hear, without '
                'judging it. In one room they turn that evidence into patterns, predictions and theories of action. '
                'Nothing here is about a person: no scores, no names, no pictures.'
            ),
            'lead',
        )
        with ui.element('div').classes('ways'):
            if nobody_yet:
                ui.link(_('Set up Rounds for your network'), '/set-up').classes('go')
            else:
                ui.link(_('Sign in'), '/sign-in').classes('go')
            if with_sample:
                _sample_button()
        paragraph(_('You are visiting today? Scan the code in the hall, or type it here.'), 'soft')
        with ui.element('div').classes('ways'):
            ui.link(_('Join a round as a visitor'), '/c/').classes('go quiet')


def _looking(who: Facilitator, *, nobody_yet: bool) -> None:
    with ui.element('section').classes('hero'):
        heading(_('You are looking at the sample round'))
        paragraph(_('It is yours to try out: move it through its stages, change what you like.'), 'lead')
        with ui.element('div').classes('ways'):
            ui.link(_('To the sample round'), f'/rounds/{who.only_round}/control').classes('go')
            way = (_('Set up Rounds'), '/set-up') if nobody_yet else (_('Sign in'), '/sign-in')
            ui.link(*way).classes('go quiet')


async def _own_rounds(services: Services, who: Facilitator) -> None:
    place = await services.schools.place(who)
    heads = await services.rounds.rounds_of(who)
    today = now_in(place.school.timezone).date()
    first = next_round(heads, today)
    others = [head for head in heads if not head.archived and head is not first]
    with frame(_('Your rounds'), who=who):
        with ui.element('div').classes('titled'):
            with ui.element('div'):
                heading(_('Your rounds'))
                paragraph(f'{place.school.name} · {place.network.name}', 'soft')
            if heads:
                ui.link(_('New round'), '/rounds/new').classes('go' if first is None else 'go quiet')
        if first is not None:
            show_next_round(first, today)
        elif not heads:
            _no_round_yet()
        show_rounds(_('Other rounds') if first else _('Rounds'), others, today)
        show_rounds(_('Archived'), [head for head in heads if head.archived], today, folded=True)
        with ui.element('section').classes('part'):
            heading(_('More'), 2)
            with ui.element('div').classes('ways'):
                if heads:
                    _sample_button()
                ui.link(_('Invite a colleague or a school'), '/account').classes('go quiet')


def _no_round_yet() -> None:
    with ui.element('section').classes('sheet next-round'):
        paragraph(_('There is no round yet. Begin one, or look at the sample first.'), 'lead')
        with ui.element('div').classes('ways'):
            ui.link(_('New round'), '/rounds/new').classes('go')
            _sample_button()


def _sample_button() -> None:
    with ui.element('form').props('method=post action=/sample'):
        text('button', _('Open the sample round'), 'go quiet').props('type=submit')
