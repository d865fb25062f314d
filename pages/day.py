"""The day on the facilitator's screen: stages, groups and what changes meanwhile; for a laptop and for a phone."""

import asyncio
from typing import Any

from babel.dates import format_date
from fastapi import FastAPI, Request
from nicegui import ui

from app.accounts.model import Facilitator
from app.errors import NotSignedIn, RoundsError
from app.observation.day_changes import DayChange, Preview
from app.observation.day_view import Day, unfinished
from app.rounds.stages import ORDER, Stage, stage_name
from app.services import Services
from app.texts import _, language
from components.day_board import DayBoard
from components.day_changes_box import DayChangesBox
from components.layout import frame, heading, paragraph
from components.live import live
from components.messages import say_problem
from components.stage_bar import StageBar
from pages.page import page
from pages.sample_stage import stage_picker
from pages.who_asks import signed_in

#: The clock and the ages of what phones said move also when nothing arrives, seconds.
TICK = 15
#: While notes come in by the dozen the board is drawn twice a second, not with each.
PAUSE = 0.4


def register(services: Services, _outer: FastAPI) -> None:
    """`/rounds/{id}/day`."""

    @page('/rounds/{round_id}/day')
    async def day(request: Request, round_id: str) -> None:
        who = await signed_in(request, services)
        since = services.announcer.latest(round_id)  # what changes while the page is drawn is shown after it
        shown = await services.day.day(who, round_id)
        view = await _stage_view(services, who, shown)
        ui.add_head_html('<link rel="stylesheet" href="/static/debrief.css">')
        ui.add_head_html('<link rel="stylesheet" href="/static/day.css">')
        address = services.settings.address or str(request.base_url).rstrip('/')
        with frame(_('The day'), who=who, in_round=shown.round, here='day'):
            stage_picker(services, who, shown.round)
            screen = DayScreen(services, who, shown, view, address)
        live(services.announcer, round_id, screen.redraw, since=since)
        ui.timer(TICK, screen.tick, immediate=False)


class DayScreen:
    """One open page of the day."""

    def __init__(self, services: Services, who: Facilitator, day: Day, view: dict[str, Any], address: str) -> None:
        self.services, self.who, self.day = services, who, day
        with ui.element('div').classes('day-head'):
            heading(day.round.title)
            paragraph(format_date(day.round.date, 'EEEE d MMMM y', locale=language.get()), 'soft')
        self.stage_bar = StageBar(view, self.go_to)
        self.to_debrief = ui.link(_('To the debrief’s control view'), f'/rounds/{day.round.id}/control')
        self.board = DayBoard(day)
        with self.board.above_groups:
            self.changes = DayChangesBox(lambda: self.day, self.ask, self.make, address=address)
        self._follow()

    def _follow(self) -> None:
        place = self.day.round.stage.place
        self.to_debrief.visible = Stage.SCREENING.place <= place
        self.changes.section.visible = place <= Stage.SELECTION.place

    async def redraw(self, _kinds: set[str]) -> None:
        """Show what is in the store now."""
        try:
            self.day = await self.services.day.day(self.who, self.day.round.id)
            view = await _stage_view(self.services, self.who, self.day)
        except NotSignedIn:
            ui.navigate.to('/sign-in')
            return
        except RoundsError as error:
            say_problem(error.sentence)
            return
        self.board.show(self.day)
        self.stage_bar.show(view)
        self._follow()
        await asyncio.sleep(PAUSE)

    async def tick(self) -> None:
        """Time has gone on."""
        await self.redraw(set())

    async def go_to(self, stage: Stage) -> None:
        """Open a stage."""
        await self.services.rounds.go_to(self.who, self.day.round.id, stage, seen=self.day.round.stage)

    async def ask(self, change: DayChange) -> Preview:
        """What a change would do."""
        return await self.services.day.preview(self.who, self.day.round.id, change)

    async def make(self, preview: Preview) -> None:
        """Do it."""
        await self.services.day.make(self.who, self.day.round.id, preview)


async def _stage_view(services: Services, who: Facilitator, day: Day) -> dict[str, Any]:
    """What the bar of the stages shows. From the screening on the debrief knows what is unfinished."""
    stage = day.round.stage
    if stage.place >= Stage.SCREENING.place:
        return await services.debrief.control_view(who, day.round.id)
    after = ORDER[stage.place + 1]
    next_stage = {'stage': after.value, 'name': stage_name(after), 'unfinished': list(unfinished(day))}
    return {
        'stage': stage.value,
        'next_stage': next_stage,
        'round': {'id': day.round.id, 'days_kept': day.round.sizes.days_kept},
    }
