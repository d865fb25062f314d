"""Who is asking: the cookie, the address it comes from, and where to go on after signing in."""

import ipaddress
from collections.abc import Iterable
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from app.accounts.model import Facilitator
from app.addresses import address_of
from app.errors import BadInput, NotSignedIn
from app.services import Services
from app.texts import _

COOKIE = 'rounds_session'
#: Plain pages run one script file of ours and nothing else.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_FORWARDING = ('forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via')


async def signed_in(request: Request, services: Services) -> Facilitator:
    """Whoever asks for a page. Raises `NotSignedIn`; `pages.page` leads to the sign-in page and back."""
    return await services.accounts.who(request.cookies.get(COOKIE))


async def perhaps(request: Request, services: Services) -> Facilitator | None:
    """The same for a page that is also for nobody in particular."""
    try:
        return await signed_in(request, services)
    except NotSignedIn:
        return None


def asks_from(request: Request, services: Services) -> str:
    """The network address that this request comes from; limits count by it."""
    return address_of(request.client.host if request.client else '', request.headers, services.settings.proxies)


async def typed(request: Request, fields: Iterable[str]) -> dict[str, str]:
    """What was typed into these fields of a form; a field that was not sent is empty, a file is not text."""
    try:
        form = await request.form()
    except HTTPException as error:  # Starlette's, for a multipart form that cannot be taken apart
        raise BadInput(_('This form did not arrive whole. Please go back and send it again.')) from error
    values = {name: form.get(name, '') for name in fields}
    return {name: value if isinstance(value, str) else '' for name, value in values.items()}


async def sent_file(request: Request, field: str) -> bytes:
    """The file that was chosen in this field of a form; nothing where there is none."""
    form = await request.form()
    value = form.get(field)
    return b'' if value is None or isinstance(value, str) else await value.read()


def is_this_computer(request: Request) -> bool:
    """Whether the browser runs on the server itself: from loopback, for a loopback name, not passed on by a proxy."""
    host = request.client.host if request.client else ''
    if any(name in request.headers for name in _FORWARDING) or not _is_loopback(host):
        return False
    asked = request.url.hostname or ''
    return asked == 'localhost' or _is_loopback(asked)


def local_path(typed: str) -> str:
    """`typed` if it is a path of this app, else the start page: nobody is sent elsewhere after signing in."""
    plain = typed.startswith('/') and not typed.startswith(('//', '/\\')) and typed.isprintable()
    return quote(typed, safe='/-_.~%') if plain else '/'


def entered(request: Request, services: Services, token: str, to: str = '/') -> Response:
    """Go on to the page `to` with a session: the answer that sets the cookie."""
    response = RedirectResponse(to, 303, {'Cache-Control': 'no-store'})
    response.set_cookie(
        COOKIE,
        token,
        max_age=services.settings.session_days * 24 * 3600,
        httponly=True,
        samesite='lax',
        secure=services.settings.secure or request.url.scheme == 'https',
    )
    return response


def went_to(to: str) -> Response:
    """Go on to another page after a form."""
    return RedirectResponse(to, 303, {'Cache-Control': 'no-store'})


def sign_in_first(to: str) -> Response:
    """To the sign-in page, and from there to the page `to`."""
    return RedirectResponse(f'/sign-in?next={to}', 303)


def left(to: str = '/') -> Response:
    """Go on to the page `to` without a session."""
    response = RedirectResponse(to, 303, {'Cache-Control': 'no-store'})
    response.delete_cookie(COOKIE, httponly=True, samesite='lax')
    return response


def plain(html: str, status: int = 200) -> Response:
    """A plain page as an answer: never cached, and with the strictest of policies."""
    return HTMLResponse(html, status, {'Cache-Control': 'no-store', 'Content-Security-Policy': _POLICY})


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip('[]')).is_loopback
    except ValueError:
        return False
