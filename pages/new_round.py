"""The first two lines of a round: /rounds/new."""

import datetime as dt

from fastapi import FastAPI, Request
from nicegui import ui

from app.services import Services
from app.texts import _
from components.layout import frame, heading, paragraph
from components.plan.section import button, on_page, planning_style, row, typing
from pages.page import page
from pages.who_asks import signed_in


def register(services: Services, outer: FastAPI) -> None:
    """Registered before /rounds/{id}: modules are taken in the order of their names."""

    @page('/rounds/new')
    async def new_round(request: Request) -> None:
        who = await signed_in(request, services)
        with frame(_('New round'), who=who, width='narrow'):
            heading(_('New round'))
            paragraph(_('A title and a day are enough to begin. Everything can be changed until the visits are over.'))
            planning_style()
            with ui.element('div').classes('sheet'):
                title = typing(_('Title'), classes='whole', props='autofocus')
                date = typing(_('Day'), _in_a_month(), 'whole', 'type=date')

                async def begin() -> None:
                    round_id = await services.rounds.create(who, title.value or '', date.value or '')
                    ui.navigate.to(f'/rounds/{round_id}')

                with row():
                    button(_('Begin the plan'), begin, 'first')
            title.on('keydown.enter', on_page(begin))


def _in_a_month() -> str:
    """A day on which there is school: time enough to tell the staff."""
    day = dt.date.today() + dt.timedelta(days=28)
    return (day - dt.timedelta(days=max(0, day.weekday() - 4))).isoformat()
