"""Start here: the only place that knows services, pages and storage, and puts them together."""

import asyncio
import errno
import gc
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import uvicorn
from fastapi import FastAPI
from nicegui import app as nicegui_app
from nicegui import ui

import pages
import storage
from app import terminal
from app.certificate import require_usable
from app.debrief import api as debrief_api
from app.errors import BadInput, RoundsError
from app.guard import Guard
from app.ids import new_code
from app.observation import api as observation_api
from app.observation.language.words import rule_book
from app.services import Services, build_services
from app.settings import Settings
from app.texts import _
from components.theme import serve_static
from pages.failures import answer_failures, answer_strays

logger = logging.getLogger(__name__)
#: How often what is due for deletion is looked for, seconds.
PURGE_EVERY = 6 * 60 * 60


def build_app(services: Services) -> FastAPI:
    """The outer app: the phones' API and pages on it, NiceGUI mounted behind them.

    Inside NiceGUI's own middleware an API route is several times slower, since each request gets a session.
    """

    @asynccontextmanager
    async def lifespan(_outer: FastAPI) -> AsyncIterator[None]:
        running = [asyncio.create_task(work) for work in (_get_ready(), _purge_daily(services))]
        try:
            yield
        finally:
            for task in running:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            await services.documents.aclose()
            await services.suggestions.aclose()

    outer = FastAPI(title='Rounds', openapi_url='/api/openapi.json', docs_url=None, redoc_url=None, lifespan=lifespan)
    answer_failures(outer)
    outer.include_router(observation_api.router(services.observation, services.sheets, services.settings))
    outer.include_router(debrief_api.router(services.debrief, services.observation))
    serve_static()
    pages.register(services, outer)
    answer_strays(nicegui_app)
    ui.run_with(outer, title='Rounds', language='en-GB', reconnect_timeout=20, show_welcome_message=False)
    return outer


async def _get_ready() -> None:
    """Do what those who come would wait for in the middle of their work, all at once.

    Reading the coach's rules takes 60 ms, and looking for garbage through all that is there by now, and stays, 120.
    """
    await asyncio.to_thread(rule_book)
    gc.freeze()


async def _purge_daily(services: Services) -> None:
    while True:
        try:
            await services.rounds.mend_labels()
            await services.purge.purge_due()
            await services.accounts.forget_expired()
        except Exception as error:
            # Whatever fails once must not end the task for good; the next turn tries again.
            why = error.sentence if isinstance(error, RoundsError) else type(error).__name__
            logger.error('What is due for deletion could not be deleted: %s', why)
        await asyncio.sleep(PURGE_EVERY)


async def serve(settings: Settings) -> None:
    """Run the app until it is told to stop; prints the addresses that a phone can open."""
    require_usable(settings)
    store = await storage.open_store(settings.data)
    try:
        setup_code = settings.setup_code or new_code()
        services = build_services(settings, store, setup_code)
        # The guard lies outside of everything: a crash is answered with its headers too.
        guarded = Guard(build_app(services), address=settings.address)
        first_start = not await services.accounts.anybody()
        listening = _listening(settings)
        print(terminal.welcome(settings, setup_code if first_start else ''), flush=True)
        config = uvicorn.Config(
            guarded,
            access_log=False,  # addresses of links hold secrets
            log_level='warning',
            ssl_certfile=settings.tls_cert,
            ssl_keyfile=settings.tls_key,
            proxy_headers=False,  # the settings say which proxy is believed
            server_header=False,
            timeout_graceful_shutdown=3,
        )
        await uvicorn.Server(config).serve([listening])
    finally:
        await store.close()


def _listening(settings: Settings) -> socket.socket:
    """The port is taken before anything is said of it. Raises `BadInput` when that cannot be."""
    family = socket.AF_INET6 if ':' in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        why = _('something else is using it') if error.errno == errno.EADDRINUSE else error.strerror
        sentence = _('Rounds cannot listen on {host}:{port}: {why}. Please choose another with --host and --port.')
        raise BadInput(sentence.format(host=settings.host, port=settings.port, why=why)) from error
