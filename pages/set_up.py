"""The first start: a network, its first school and the first facilitator."""

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from app.errors import RoundsError
from app.services import Services
from app.texts import _
from components import plain
from components.account_forms import email_field, name_field, new_passphrase_field, problems_of, school_fields
from components.plain import Field
from pages import who_asks

FIELDS = ('code', 'network', 'school', 'timezone', 'name', 'email', 'passphrase')


def register(services: Services, outer: FastAPI) -> None:
    """The form and where it is sent to; both end when somebody has an account."""

    @outer.get('/set-up', include_in_schema=False)
    async def set_up() -> Response:
        if await services.accounts.anybody():
            return RedirectResponse('/sign-in', 303)
        return who_asks.plain(_page({}))

    @outer.post('/set-up', include_in_schema=False)
    async def set_up_sent(request: Request) -> Response:
        typed = await who_asks.typed(request, FIELDS)
        try:
            token = await services.schools.set_up(**typed, address=who_asks.asks_from(request, services))
        except RoundsError as error:
            over = await services.accounts.anybody()
            return who_asks.plain(_already(error) if over else _page(typed, error), error.status)
        return who_asks.entered(request, services, token)


def _page(typed: Mapping[str, str], error: RoundsError | None = None) -> str:
    problems = problems_of(error)
    code = Field(
        name='code',
        label=_('Set-up code'),
        value=typed.get('code', ''),
        hint=_('Six characters, printed in the window in which Rounds was started.'),
        problem=problems.get('code', ''),
        focus=not typed,
        classes='short-code',
    )
    network = Field(
        name='network',
        label=_('Network'),
        value=typed.get('network', ''),
        hint=_('The schools that visit one another, for example “Riverside schools”.'),
        problem=problems.get('network', ''),
    )
    who = (name_field(typed, problems), email_field(typed, problems), new_passphrase_field(problems))
    fields = plain.group(_('Your network and school'), code, network, *school_fields(typed, problems))
    return plain.document(
        _('Set up Rounds'),
        plain.opening(
            _('Set up Rounds'), _('Once for this server. You can invite colleagues and other schools later.')
        ),
        plain.problem(
            problems.get('', '') or (_('Nothing is kept yet: please look at the field below.') if error else '')
        ),
        plain.sheet(
            plain.form('/set-up', button=_('Set up'), parts=fields + plain.group(_('You, the first facilitator'), *who))
        ),
    )


def _already(error: RoundsError) -> str:
    return plain.document(
        _('Set up Rounds'),
        plain.opening(_('Set up Rounds'), error.sentence),
        plain.way(_('Sign in'), '/sign-in', main=True),
    )
