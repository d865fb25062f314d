"""Open pages that follow the store: one task a page, which ends with it."""

import asyncio
from collections.abc import Awaitable, Callable

from nicegui import background_tasks, ui

from app.announce import Announcer

#: Groups that sort in silence move a card every other second, each: on the laptop and in the hall nothing hangs on it.
UNHURRIED = frozenset(('sorting',))
PAUSE = 2.0


async def others_first() -> None:
    """A large page is read and drawn in several turns of the event loop, so that nobody waits for all of it."""
    await asyncio.sleep(0)


def live(
    announcer: Announcer, round_id: str, redraw: Callable[[set[str]], Awaitable[None]], *, since: int | None = None
) -> None:
    """Call `redraw(kinds)` in this page's context whenever something of the round has changed, or has `since`.

    A change is drawn at once, a burst of them ten times a second; what groups do for themselves, every other second.
    Ends when the page is gone.
    """
    client = ui.context.client
    slot = ui.context.slot
    later: list[asyncio.Task[None]] = []

    async def draw(kinds: set[str]) -> None:
        with slot:
            await redraw(kinds)

    async def draw_later() -> None:
        await asyncio.sleep(PAUSE)
        later.clear()
        await draw(set(UNHURRIED))

    async def follow() -> None:
        async for kinds in announcer.hear(round_id, since=since):
            if client.is_deleted:
                return
            if kinds - UNHURRIED:
                await draw(kinds)
            elif not later:
                later.append(background_tasks.create(draw_later(), name='unhurried page of a round'))

    def end() -> None:
        for running in (task, *later):
            running.cancel()

    task = background_tasks.create(follow(), name='live page of a round')
    client.on_delete(end)
