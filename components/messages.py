"""How a page says what happened: one sentence, for as long as it takes to read it."""

import functools
from collections.abc import Awaitable, Callable
from typing import ParamSpec

from nicegui import ui

from app.errors import NotSignedIn, RoundsError
from app.texts import _
from components.layout import heading, paragraph

Given = ParamSpec('Given')


def said(handler: Callable[Given, Awaitable[None]]) -> Callable[Given, Awaitable[None]]:
    """An event handler whose refusals are shown to the person as sentences: the one place for it on pages."""

    @functools.wraps(handler)
    async def handled(*args: Given.args, **kwargs: Given.kwargs) -> None:
        try:
            await handler(*args, **kwargs)
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
    """Something was refused; stays until it is closed."""
    ui.notify(sentence, type='negative', position='bottom', timeout=0, close_button=_('Close'), attrs={'role': 'alert'})


def problem_page(error: RoundsError) -> None:
    """What stands on a page that cannot be shown: the sentence, and a way on."""
    heading(_('This page cannot be shown'))
    paragraph(error.sentence, 'lead')
    ui.link(_('To the start page'), '/').classes('go').style('align-self: flex-start')
