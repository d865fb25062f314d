"""What the hall sees: signed in, or with a link of its own for a computer that has no account."""

from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from nicegui import ui

from app.errors import RoundsError
from app.observation.practice import on_screen
from app.rounds.join_codes import grouped, qr_modules, qr_path
from app.rounds.model import LinkKind
from app.services import Services
from components.debrief_board import View
from components.live import live
from components.messages import problem_page
from components.projection import Projection
from components.theme import apply_theme
from pages.page import page
from pages.who_asks import is_this_computer, signed_in

Load = Callable[[], Awaitable[View]]


def register(services: Services, _outer: FastAPI) -> None:
    """`/rounds/{id}/projection` for facilitators, `/show/{secret}` for whoever has the link."""

    @page('/rounds/{round_id}/projection')
    async def projection(request: Request, round_id: str) -> None:
        who = await signed_in(request, services)
        await _draw(services, request, round_id, lambda: services.debrief.projection_view(who, round_id))

    @page('/show/{secret}')
    async def show(request: Request, secret: str) -> None:
        round_id = await services.access.link(secret, LinkKind.PROJECTION)
        await _draw(services, request, round_id, lambda: services.debrief.projection_view_by_link(secret))


async def _draw(services: Services, request: Request, round_id: str, load: Load) -> None:
    address = services.settings.address or _address_of_browser(request)

    async def loaded() -> View:
        view = await load()
        practice = on_screen(services.practice.in_hall(round_id))
        return {**view, 'join': join(address, view['round']['join_code']), 'practice': practice}

    view = await loaded()
    apply_theme()
    ui.page_title(f'{view["round"]["title"]} · Rounds')
    with ui.element('div').props('id=main') as main:
        wall = Projection(view)

    async def redraw(_kinds: set[str]) -> None:
        try:
            wall.show(await loaded())
        except RoundsError as error:  # the link was revoked, the round deleted, the session ended
            main.clear()
            with main:
                problem_page(error)

    live(services.announcer, round_id, redraw, since=view['seq'])


@lru_cache(maxsize=64)
def join(address: str, code: str) -> dict[str, Any]:
    """How to join, for the wall: without an address that phones can open there is only the code to type."""
    if not (address and code):
        return {'code': grouped(code), 'address': '', 'qr': '', 'modules': 0}
    modules = qr_modules(f'{address}/c/#{code}')
    place = f'{urlsplit(address).netloc}{urlsplit(address).path}/c/'
    return {'code': grouped(code), 'address': place, 'qr': qr_path(modules), 'modules': len(modules)}


def _address_of_browser(request: Request) -> str:
    """The address that this browser uses, where a phone could use it too; empty on the server's own computer."""
    return '' if is_this_computer(request) else str(request.base_url).rstrip('/')
