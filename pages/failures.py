"""The one place where a refusal becomes an answer of the API (JSON) or of a plain address (a short page)."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from app.errors import BadInput, NotFound, NotSignedIn, NotYours, RoundsError, TooMany
from app.texts import _
from components import plain

NOT_KEPT = {'Cache-Control': 'no-store'}


def answer_failures(outer: FastAPI) -> None:
    """Register the handlers for every `RoundsError`, for bodies that are not what the API describes, and for strays."""

    @outer.exception_handler(RoundsError)
    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, RoundsError)
        return _answer(request, error)

    @outer.exception_handler(RequestValidationError)
    async def not_as_described(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        # NOTE: the value itself is left out: it can be a note's text.
        place = '.'.join(str(part) for part in first['loc'][1:]) or _('the body')
        sentence = _('The request is not as the API describes it: “{place}”: {why}.')
        return _answer(request, BadInput(sentence.format(place=place, why=first['msg']), place=place))

    @outer.exception_handler(400)
    async def unreadable(request: Request, _error: Exception) -> Response:
        return _answer(request, BadInput(_('The request is not JSON.')))

    answer_strays(outer)


def answer_strays(app: FastAPI) -> None:
    """Register the handlers for addresses that lead nowhere and for crashes, on the outer app and on NiceGUI's.

    NiceGUI would answer both with a page of its own, and log the address, which may hold a secret.
    """
    app.add_exception_handler(404, _leads_nowhere)
    app.add_exception_handler(405, _leads_nowhere)
    app.add_exception_handler(Exception, _crashed)


async def _leads_nowhere(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else NotFound.status
    return _said(request, NotFound.kind, _('There is no such page. Perhaps the address is not complete.'), status)


async def _crashed(request: Request, _error: Exception) -> Response:
    sentence = _('Something went wrong here. What was kept before is safe. Please try again in a moment.')
    return _said(request, 'crashed', sentence, 500)


def _answer(request: Request, error: RoundsError) -> Response:
    if isinstance(error, NotYours):
        error = NotFound(_('There is no such page.'))  # what is not yours looks like what is not there
    if isinstance(error, NotSignedIn) and request.method == 'GET' and not _asks_api(request):
        return RedirectResponse('/sign-in', 303, NOT_KEPT)
    answer = _said(request, error.kind, error.sentence, error.status, **error.more)
    if isinstance(error, TooMany):
        answer.headers['Retry-After'] = str(error.retry_after)
    return answer


def _said(request: Request, kind: str, sentence: str, status: int, **more: object) -> Response:
    if _asks_api(request):
        return JSONResponse({'error': {'kind': kind, 'sentence': sentence, **more}}, status, NOT_KEPT)
    page = plain.document(
        _('Not shown'),
        plain.opening(_('This page cannot be shown'), sentence),
        plain.way(_('To the start page'), '/', main=True),
    )
    return HTMLResponse(page, status, NOT_KEPT)


def _asks_api(request: Request) -> bool:
    return request.url.path.startswith('/api/')
