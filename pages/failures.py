"""The one place where a refusal becomes an answer of the API (JSON) or of a plain address (a short page)."""

from html import escape

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.errors import BadInput, NotFound, NotSignedIn, NotYours, RoundsError, TooMany
from app.texts import _


def answer_failures(outer: FastAPI) -> None:
    """Register the handlers for every `RoundsError` and for bodies that are not what the API describes."""

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


def _answer(request: Request, error: RoundsError) -> Response:
    if isinstance(error, NotYours):
        error = NotFound(_('There is no such page.'))  # what is not yours looks like what is not there
    headers = {'Cache-Control': 'no-store'}
    if isinstance(error, TooMany):
        headers['Retry-After'] = str(error.retry_after)
    if request.url.path.startswith('/api/'):
        body = {'error': {'kind': error.kind, 'sentence': error.sentence, **error.more}}
        return JSONResponse(body, error.status, headers)
    if isinstance(error, NotSignedIn) and request.method == 'GET':
        return RedirectResponse('/sign-in', 303, headers)
    return HTMLResponse(
        _PAGE.format(title=_('Not shown'), sentence=escape(error.sentence), on=_('To the start page')),
        error.status,
        headers,
    )


_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} · Rounds</title><link rel="stylesheet" href="/static/app.css">
<main class="page narrow"><h1>{title}</h1><p class="lead">{sentence}</p><p><a href="/">{on}</a></p></main></html>"""
