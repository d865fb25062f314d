"""Planning a round: /rounds/{id}."""

import asyncio

from fastapi import FastAPI, Request
from nicegui import ui
from nicegui.element import Element

from app.documents.print_pack.pack import Part, part_name, part_purpose
from app.errors import NotFound, NotSignedIn
from app.rounds.clock import day_in_words
from app.rounds.plan import Plan, next_step
from app.rounds.stages import stage_name
from app.services import Services
from app.texts import _
from components.layout import frame, heading, paragraph
from components.live import live
from components.plan.bells import Bells
from components.plan.classrooms import Classrooms
from components.plan.focus import Focus
from components.plan.groups import Groups
from components.plan.more import More
from components.plan.printing import Printing
from components.plan.rota import Rota
from components.plan.section import Section, planning_style
from components.plan.steps import MORE, SECTIONS, Notice, Steps
from pages.page import page
from pages.plan_acts import Acts
from pages.sample_stage import stage_picker
from pages.who_asks import signed_in


def register(services: Services, outer: FastAPI) -> None:
    """The page of a round's plan."""

    @page('/rounds/{round_id}')
    async def plan_round(request: Request, round_id: str, section: str = '') -> None:
        who = await signed_in(request, services)
        since = services.announcer.latest(round_id)  # what changes while the page is drawn is shown after it
        plan = await services.rounds.plan(who, round_id)
        seen_address = f'{request.url.scheme}://{request.url.netloc}'
        address = services.settings.address
        shown = address or seen_address
        acts = Acts(services.rounds, services.lessons, who, round_id, address=shown, timezone=plan.round.timezone)
        with frame(plan.round.title, who=who, in_round=plan.round, here='plan', width='wide'):
            stage_picker(services, who, plan.round)
            board = PlanBoard(plan, acts, address=address, seen_address=seen_address)
            planning_style()
            with ui.element('div').classes('plan-page'):
                await board.draw(section)

        async def redraw(kinds: set[str]) -> None:
            if kinds & {'plan', 'rota', 'stage', 'link'}:
                try:
                    await board.show(await services.rounds.plan(who, round_id))
                except (NotFound, NotSignedIn):  # deleted, or nobody's any more: the start page says what there is
                    ui.navigate.to('/')

        live(services.announcer, round_id, redraw, since=since)


class PlanBoard:
    """The steps, the section that is open, and the sentence on what comes next."""

    def __init__(self, plan: Plan, acts: Acts, *, address: str, seen_address: str) -> None:
        self.plan = plan
        self.acts = acts
        self.addresses = {'address': address, 'seen_address': seen_address}
        self.here = ''
        self.drawing = asyncio.Lock()  # a section is drawn once, however fast somebody presses
        self.drawn: dict[str, tuple[Section, Element]] = {}

    async def draw(self, section: str) -> None:
        """The whole page, with `section` open, or else what comes next."""
        with ui.element('div').classes('plan-head'), ui.element('div'):
            self.title = heading(self.plan.round.title)
            self.words = paragraph('', 'soft')
        self.notice = Notice(self.open, printed=self.addresses['address'])
        with ui.element('div').classes('plan'):
            with ui.element('nav').props(f'aria-label="{_("Steps of the plan")}"'):
                self.steps = Steps(self.open, address=self.addresses['address'])
            self.place = ui.element('div').classes('plan-sections')
        following = next_step(self.plan, address=self.addresses['address'])
        await self.open(section if section in (*SECTIONS, MORE) else following.section if following else 'print')

    async def open(self, section: str) -> None:
        """Show a section; what was typed in the others stays there."""
        async with self.drawing:
            self.here = section
            await self._draw_section(section)
            self._say()
        ui.run_javascript(f'history.replaceState(null, "", "?section={section}")')

    async def show(self, plan: Plan) -> None:
        """Show the plan as it is now, wherever it is drawn."""
        async with self.drawing:
            self.plan = plan
            self.acts.timezone = plan.round.timezone
            for section, _element in self.drawn.values():
                await section.show(plan)
            self._say()

    async def _draw_section(self, key: str) -> None:
        if key not in self.drawn:
            made = self._made(key)
            with self.place, ui.element('div').classes('plan-section') as element:
                await made.draw()
            self.drawn[key] = (made, element)
        for other, (_section, element) in self.drawn.items():
            element.set_visibility(other == key)

    def _made(self, key: str) -> Section:
        if key == 'print':
            parts = [(part.value, part_name(part), part_purpose(part)) for part in Part]
            return Printing(self.plan, self.acts, **self.addresses, parts=parts)
        kinds: dict[str, type[Section]] = {
            'focus': Focus,
            'groups': Groups,
            'classrooms': Classrooms,
            'bells': Bells,
            'rota': Rota,
            MORE: More,
        }
        return kinds[key](self.plan, self.acts)

    def _say(self) -> None:
        planned = self.plan.round
        self.title.set_text(planned.title)
        self.words.set_text(
            _('{school} · {day} · {stage}').format(
                school=planned.host_school, day=day_in_words(planned.date), stage=stage_name(planned.stage)
            )
        )
        self.steps.show(self.plan, self.here)
        self.notice.show(self.plan, self.here)
