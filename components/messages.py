"""How a page says what happened: one sentence, for as long as it takes to read it."""

import functools
from collections.abc import Awaitable, Callable
from typing import ParamSpec
from weakref import WeakKeyDictionary

from nicegui import Client, ui

from app.errors import NotSignedIn, RoundsError
from app.texts import _
from components.layout import heading, paragraph

Given = ParamSpec('Given')
#: What each open page was refused last, as long as it stands there.
_refusals: WeakKeyDictionary[Client, ui.notification] = WeakKeyDictionary()


def said(handler: Callable[Given, Awaitable[None]]) -> Callable[Given, Awaitable[None]]:
    """An event handler whose refusals are shown to the person as sentences: the one place for it on pages."""

    @functools.wraps(handler)
    async def handled(*args: Given.args, **kwargs: Given.kwargs) -> None:
        client = ui.context.client  # what is pressed may be gone when its act is done
        try:
            await handler(*args, **kwargs)
            with client:
                no_problem()
        except NotSignedIn as error:
            say_problem(error.sentence)
            ui.navigate.to('/sign-in')
        except RoundsError as error:
            say_problem(error.sentence)

    return handled


def say(sentence: str) -> None:
    """Something was done."""
    ui.notify(sentence, type='positive', position='bottom', timeout=4000, attrs={'role': 'status'})


def say_problem(sentence: str) -> None:
    """Something was refused; stays until it is closed, something else is refused, or something is done."""
    no_problem()
    _refusals[ui.context.client] = ui.notification(
        sentence, type='negative', position='bottom', timeout=None, close_button=_('Close'), attrs={'role': 'alert'}
    )


def no_problem() -> None:
    """Something was done: what was refused before is not said any longer."""
    refusal = _refusals.pop(ui.context.client, None)
    if refusal is not None and not refusal.is_deleted:
        refusal.dismiss()


def problem_page(error: RoundsError) -> None:
    """What stands on a page that cannot be shown: the sentence, and a way on."""
    heading(_('This page cannot be shown'))
    paragraph(error.sentence, 'lead')
    ui.link(_('To the start page'), '/').classes('go').style('align-self: flex-start')
