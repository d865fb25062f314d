"""Open pages that follow the store: one task a page, which ends with it."""

from collections.abc import Awaitable, Callable

from nicegui import background_tasks, ui

from app.announce import Announcer


def live(announcer: Announcer, round_id: str, redraw: Callable[[set[str]], Awaitable[None]]) -> None:
    """Call `redraw(kinds)` in this page's context whenever something of the round has changed.

    Changes within a tenth of a second are drawn once. Ends when the page is gone.
    """
    client = ui.context.client
    slot = ui.context.slot

    async def follow() -> None:
        async for kinds in announcer.hear(round_id):
            if client.is_deleted:
                return
            with slot:
                await redraw(kinds)

    task = background_tasks.create(follow(), name='live page of a round')
    client.on_delete(task.cancel)
