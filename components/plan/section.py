"""A section of the plan, and the small pieces that all of them are made of."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from nicegui import ui
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement

from app.rounds.plan import Plan
from components.layout import heading, text
from components.messages import said
from components.plan.acts import PlanActs


class Section:
    """Drawn once, then shown anew from the plan whenever something has changed on any screen."""

    title = ''

    def __init__(self, plan: Plan, acts: PlanActs) -> None:
        self.plan = plan
        self.acts = acts

    async def draw(self) -> None:
        """Draw it into the current place."""

    async def show(self, plan: Plan) -> None:
        """Show `plan` in place of what was shown."""
        self.plan = plan

    def now(self) -> dt.datetime:
        """Now, at the host school."""
        return self.acts.now()


def planning_style() -> None:
    """Put the style of planning on the page that is being drawn."""
    ui.add_head_html('<link rel="stylesheet" href="/static/plan.css">')


@contextmanager
def sheet(title: str, note: str = '') -> Iterator[Element]:
    """A white sheet under a heading."""
    with ui.element('section').classes('sheet') as element:
        heading(title, 2)
        if note:
            text('p', note, 'soft')
        yield element


def button(label: str, act: Callable[[], Awaitable[None]], classes: str = '', name: str = '') -> TextElement:
    """A real button; what it is refused is said in a sentence. `name` is what is heard, if more than `label`."""
    made = text('button', label, f'plan-button {classes}')
    made.props('type=button')
    if name:
        made.props['aria-label'] = name
    made.on('click', on_page(act))
    return made


def link_button(label: str, address: str, classes: str = '', name: str = '') -> TextElement:
    """A link that looks like a button: it opens or downloads something."""
    made = text('a', label, f'plan-button {classes}')
    made.props['href'] = address
    if name:
        made.props['aria-label'] = name
    return made


@contextmanager
def box(title: str, *, large: bool = False) -> Iterator[ui.dialog]:
    """A dialog with a heading, open and gone from the page when it is closed."""
    with ui.dialog() as dialog, ui.card().classes('plan-box large' if large else 'plan-box'):
        dialog.on('hide', dialog.delete)
        dialog.props['aria-label'] = title
        heading(title, 2)
        yield dialog
    dialog.open()


def typing(label: str, value: str = '', classes: str = '', props: str = '') -> ui.input:
    """A field with its label above, for what is sent with a button and not kept by itself."""
    with ui.element('div').classes(f'plan-input {classes}'):
        text('span', label).props('aria-hidden=true')
        made = ui.input(value=value).props(f'outlined dense autocomplete=off {props}')
        made.props['aria-label'] = label
    return made


def row() -> Element:
    """Things beside each other that wrap."""
    return ui.element('div').classes('plan-row')


def on_page(act: Callable[[], Awaitable[None]]) -> Callable[[Any], Awaitable[None]]:
    """An event handler that says what it was refused, and outlives the element that was pressed."""
    client = ui.context.client

    async def handled(_event: Any) -> None:
        # NOTE: a change redraws parts of the page, often the very button that began it.
        with client.content:
            await said(act)()

    return handled
