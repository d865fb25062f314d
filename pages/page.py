"""A page of the app: like `ui.page`, and the one place where a page's refusals become something to read."""

import functools
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from nicegui import ui

from app.errors import NotFound, NotSignedIn, NotYours, RoundsError
from app.texts import _
from components.layout import frame
from components.messages import problem_page

Draw = Callable[..., Awaitable[Response | None]]


def page(path: str, **options: Any) -> Callable[[Draw], Draw]:
    """Register a page at `path`. It must take `request: Request`.

    Somebody who is not signed in is led to the sign-in page and back; any other `RoundsError` is shown with its
    status. What is not yours looks like what is not there.
    """

    def registered(draw: Draw) -> Draw:
        @ui.page(path, reconnect_timeout=20, **options)
        @functools.wraps(draw)
        async def drawn(request: Request, **given: Any) -> Response | None:
            try:
                return await draw(request=request, **given)
            except NotSignedIn:
                return RedirectResponse(f'/sign-in?next={quote(request.url.path)}', status_code=303)
            except RoundsError as error:
                show_problem(NotFound(_('There is no such page.')) if isinstance(error, NotYours) else error)
                return None

        return drawn

    return registered


def show_problem(error: RoundsError) -> None:
    """Draw `error` in place of the page that is being built, with its status."""
    client = ui.context.client
    client.content.clear()
    client.status_code = error.status
    with client.content, frame(_('Not shown'), width='narrow'):
        problem_page(error)
