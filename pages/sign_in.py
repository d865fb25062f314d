"""Signing in and out."""

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from app.errors import RoundsError
from app.services import Services
from app.texts import _
from components import plain
from components.account_forms import email_field, passphrase_field, problems_of
from components.plain import Field
from pages import who_asks
from pages.who_asks import COOKIE


def register(services: Services, outer: FastAPI) -> None:
    """The sign-in page, where its form is sent to, and the two ways out."""

    @outer.get('/sign-in', include_in_schema=False)
    async def sign_in(request: Request) -> Response:
        if not await services.accounts.anybody():
            return RedirectResponse('/set-up', 303)
        return who_asks.plain(_page({'next': request.query_params.get('next', '/')}))

    @outer.post('/sign-in', include_in_schema=False)
    async def sign_in_sent(request: Request) -> Response:
        typed = await who_asks.typed(request, ('email', 'passphrase', 'next'))
        address = who_asks.asks_from(request, services)
        try:
            token = await services.accounts.sign_in(typed['email'], typed['passphrase'], address=address)
        except RoundsError as error:
            return who_asks.plain(_page(typed, error), error.status)
        return who_asks.entered(request, services, token, who_asks.local_path(typed['next']))

    @outer.post('/sign-out', include_in_schema=False)
    async def sign_out(request: Request) -> Response:
        await services.accounts.sign_out(request.cookies.get(COOKIE))
        return who_asks.left()

    @outer.post('/sign-out-everywhere', include_in_schema=False)
    async def sign_out_everywhere(request: Request) -> Response:
        await services.accounts.sign_out_everywhere(await who_asks.signed_in(request, services))
        return who_asks.left()


def _page(typed: Mapping[str, str], error: RoundsError | None = None) -> str:
    problems = problems_of(error)
    onward = who_asks.local_path(typed.get('next', '/'))
    fields = (
        Field(name='next', label='', kind='hidden', value=onward),
        email_field(typed, {}, focus=error is None),
        passphrase_field({}, focus=error is not None),
    )
    forgotten = _('Forgotten? Whoever runs this server can give you a new passphrase: rounds passphrase YOUR-EMAIL')
    return plain.document(
        _('Sign in'),
        plain.opening(_('Sign in')),
        plain.problem(next(iter(problems.values()), '')),
        plain.sheet(plain.form('/sign-in', *fields, button=_('Sign in'))),
        plain.text(forgotten, 'soft small'),
    )
