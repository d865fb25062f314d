"""The facilitator's laptop during the debrief: the stage's own work, the one next step, and what the hall sees."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from fastapi import FastAPI, Request
from nicegui import ui
from nicegui.events import KeyEventArguments

from app.accounts.model import Facilitator
from app.errors import NotSignedIn, RoundsError
from app.observation.practice import Practice
from app.rounds.clock import now_at
from app.rounds.holding import Held
from app.rounds.model import Link, LinkKind
from app.rounds.plan import Plan
from app.rounds.stages import Stage
from app.services import Services
from app.texts import _
from components.control.earlier_box import Bring, EarlierBox, Look, Moments
from components.control.notes_box import NotesBox
from components.control.room_box import RoomBox
from components.control.script_box import ScriptBox
from components.control.time_bar import TimeBar
from components.control.vote_box import VoteBox
from components.control_parts import PARTS, UndoBar, part_of, parts_at
from components.debrief_board import DebriefBoard, View, add_debrief_style
from components.layout import frame, text
from components.links_box import LinksBox
from components.live import live, others_first
from components.messages import said, say_problem
from components.practice_controls import PracticeControls
from components.screen_controls import GroupNumbers, ScreenControls
from components.stage_bar import StageBar
from pages.debrief_acts import acts_of
from pages.page import page
from pages.sample_stage import stage_picker
from pages.who_asks import signed_in

#: Seconds after which the minutes of the steps to come are counted again.
TICK = 15
#: Seconds in which a browser says whether somebody is busy on its page; the line of a school is slow at times.
LONGEST_ANSWER = 10


def register(services: Services, _outer: FastAPI) -> None:
    """`/rounds/{id}/control`."""

    @page('/rounds/{round_id}/control')
    async def control(request: Request, round_id: str) -> None:
        who = await signed_in(request, services)
        plan = await services.rounds.plan(who, round_id)
        view = await seen(services, who, round_id)
        held = await services.rounds.holding.look(who, round_id)
        notes = await services.notebook.read(who, round_id)

        async def there() -> list[Link]:
            return [link for link in await services.rounds.links(who, round_id) if link.kind is LinkKind.PROJECTION]

        await others_first()
        with frame(_('Debrief'), who=who, in_round=plan.round, here='control', width='wide'):
            add_debrief_style()
            stage_picker(services, who, plan.round)
            room = ControlRoom(services, who, plan, view | _may_open(held))
            await others_first()
            room.draw_beside(held)
            await others_first()
            room.open_part(part_of(view['stage']))
            with room.beside:
                NotesBox(notes, lambda text, before: services.notebook.write(who, round_id, text, seen=before))
                LinksBox(
                    _('A screen without an account'),
                    _('The hall’s computer opens the screen with this link.'),
                    await there(),
                    there=there,
                    make=lambda: _made(services, who, round_id, request),
                    revoke=lambda link_id: services.rounds.revoke_link(who, round_id, link_id),
                )
        live(services.announcer, round_id, room.redraw, since=view['seq'])
        ui.timer(TICK, room.tick)


async def seen(services: Services, who: Facilitator, round_id: str) -> View:
    """The view of the debrief, with the network's words: the coach asks about the cards in the browser."""
    words = await services.words.of_round(who, round_id)
    return {**await services.debrief.control_view(who, round_id), 'words': asdict(words)}


async def _made(services: Services, who: Facilitator, round_id: str, request: Request) -> str:
    secret = await services.rounds.make_link(who, round_id, LinkKind.PROJECTION)
    return f'{services.settings.address or str(request.base_url).rstrip("/")}/show/{secret}'


def _may_open(held: Held) -> View:
    return {'may_open': held.mine or not held.holder, 'holder': held.holder}


def _of_moments(services: Services, who: Facilitator, round_id: str) -> tuple[Moments, Look, Bring]:
    moments = services.moments
    return (
        lambda: moments.moments(who, round_id),
        lambda seq: moments.look_at(who, round_id, seq),
        lambda seq: moments.bring_back(who, round_id, seq),
    )


class ControlRoom:
    """One open control page. What somebody is busy with stays, also when another laptop opens the next stage."""

    def __init__(self, services: Services, who: Facilitator, plan: Plan, view: View) -> None:
        self.services, self.who, self.round = services, who, plan.round
        self.view = view
        self.acts = acts_of(services, who, plan.round.id)
        self.stage_bar = StageBar(view, self.go_to)
        self.time_bar = TimeBar(view, self.act)
        self.time_bar.now = lambda: now_at(self.round)
        with ui.element('div').classes('control'):
            with ui.element('div') as self.work:
                self.notice = ui.element('div').classes('moved-on').props('role=status')
                self.notice.visible = False
                self.tabs = ui.element('div').classes('parts').props('role=group')
                self.tabs.props['aria-label'] = _('Parts of the debrief')
                self.desk = ui.element('div')
            self.beside = ui.element('aside')
        self.part = ''
        self.board: DebriefBoard | None = None
        ui.keyboard(said(self.pressed), ignore=['input', 'select', 'textarea'])

    def draw_beside(self, held: Held) -> None:
        """What the facilitator needs beside the work."""
        view = self.view
        with self.beside:
            self.script = ScriptBox(view)
            self.room_box = RoomBox(held, self._room_act)
            self.screen = ScreenControls(view, self.show_on_screen)
            self.practice = PracticeControls(view['stage'], self._in_hall, self.practise)
            self.vote_box = VoteBox(view, self._vote_act)
            self.undo_bar = UndoBar(view, self.undo, self.redo)
            with self.undo_bar.place:
                EarlierBox(*_of_moments(self.services, self.who, self.round.id))
            self.numbers = GroupNumbers(view)

    def open_part(self, part: str) -> None:
        """Put another part of the work on the desk."""
        self.part = part
        self.notice.visible = False
        self._draw_tabs()
        self.desk.clear()
        with self.desk:
            self.board = PARTS[part].draw(self.view, self.act)
            if self.board is not None:
                self.board.now = lambda: now_at(self.round)

    def _draw_tabs(self) -> None:
        self.tabs.clear()
        with self.tabs:
            for part in parts_at(self.view['stage']):
                pressed = 'true' if part == self.part else 'false'
                tab = text('button', PARTS[part].name()).props(f'type=button aria-pressed={pressed}')
                tab.on('click', lambda part=part: self._choose_part(part))

    def _choose_part(self, part: str) -> None:
        if part != self.part:  # what lies there is not drawn a second time, over what somebody has begun in it
            self.open_part(part)

    async def redraw(self, _kinds: set[str]) -> None:
        """Show what is in the store now."""
        try:
            view = await seen(self.services, self.who, self.round.id)
            held = await self.services.rounds.holding.look(self.who, self.round.id)
        except NotSignedIn:
            ui.navigate.to('/sign-in')
            return
        except RoundsError as error:
            say_problem(error.sentence)
            return
        if view['seq'] < self.view['seq']:  # overtaken by a newer one
            return
        view |= _may_open(held)
        before, self.view = self.view['stage'], view
        self.room_box.show(held)
        for part in (
            self.stage_bar,
            self.time_bar,
            self.script,
            self.undo_bar,
            self.screen,
            self.vote_box,
            self.numbers,
        ):
            part.show(view)
        self.practice.show(view['stage'], self._in_hall)
        if self.board is not None:
            self.board.show(view)
        elif before == view['stage'] or part_of(view['stage']) == self.part:
            self.open_part(self.part)
        if before != view['stage']:
            await self._follow_stage()

    async def _follow_stage(self) -> None:
        """The stage's own work comes on the desk, unless somebody is busy with what lies there."""
        self._draw_tabs()
        lies_there = self.board
        if part_of(self.view['stage']) == self.part:
            return
        busy = lies_there is not None and await self._is_busy(lies_there)
        part = part_of(self.view['stage'])
        if self.board is not lies_there or part == self.part:  # somebody has opened a part while the browser was asked
            return
        if busy:
            self._offer(part)
        else:
            self.open_part(part)

    async def _is_busy(self, board: DebriefBoard) -> bool:
        try:
            return bool(await board.run_method('isBusy', timeout=LONGEST_ANSWER))
        except TimeoutError:
            return True  # on a slow line, too, nothing is taken away that may be half written

    def _offer(self, part: str) -> None:
        self.notice.clear()
        with self.notice:
            sentence = _('The round is at “{stage}” now. What you are writing here stays.')
            text('span', sentence.format(stage=self.view['stage_name']))
            button = text('button', _('Go there'), 'plain-button').props('type=button')
            button.on('click', lambda: self.open_part(part))
        self.notice.visible = True

    async def act(self, kind: str, fields: dict[str, Any]) -> Any:
        """Something that was done on a board. The board sees what came of it before it hears that it was kept."""
        if kind == 'focus':
            beside = str(fields.get('beside', ''))
            await self.show_on_screen(focus=str(fields['id']), beside=beside, shows='', page=0)
            done = None
        else:
            done = await self.acts[kind](fields)
        await self.redraw(set())
        return done

    async def go_to(self, stage: Stage) -> None:
        """Open a stage; the screen in the hall begins with its overview."""
        await self.services.rounds.go_to(self.who, self.round.id, stage, seen=Stage(self.view['stage']))
        await self.services.debrief.show(self.who, self.round.id, page=0, focus='', shows='')

    async def show_on_screen(self, **what: Any) -> None:
        """Steer the projector."""
        await self.services.debrief.show(self.who, self.round.id, **what)

    async def tick(self) -> None:
        """A step that takes too long eats into those that follow: seen while it happens."""
        agenda = self.view['agenda']
        if (agenda and agenda['stage']) or (self.room_box.held and self.room_box.held.i_asked):
            await self.redraw(set())

    async def _room_act(self, kind: str) -> None:
        await getattr(self.services.rounds.holding, kind)(self.who, self.round.id)

    async def _vote_act(self, kind: str, **fields: Any) -> None:
        await self.acts[f'vote_{kind}'](fields | {'vote': (self.view['vote'] or {}).get('id', '')})
        if kind in ('open', 'reveal'):
            await self.show_on_screen(shows='vote', page=0)
        elif kind == 'away':
            await self.show_on_screen(shows='', page=0)

    @property
    def _in_hall(self) -> Practice | None:
        return self.services.practice.in_hall(self.round.id)

    async def practise(self, what: str, *given: object) -> None:
        """Steer the practice on the projector."""
        hall = self.services.practice
        acts: dict[str, Callable[..., Awaitable[Any]]] = {
            'begin': hall.begin,
            'hands': hall.count_hands,
            'answer': hall.show_answer,
            'on': hall.go_on,
            'end': hall.end,
        }
        await acts[what](self.who, self.round.id, *given)

    async def undo(self) -> None:
        """Take the latest act back."""
        await self.services.debrief.undo(self.who, self.round.id)

    async def redo(self) -> None:
        """Do again what was undone."""
        await self.services.debrief.redo(self.who, self.round.id)

    async def pressed(self, event: KeyEventArguments) -> None:
        """Ctrl+Z and Ctrl+Y, where nothing is being typed."""
        if not event.action.keydown or not (event.modifiers.ctrl or event.modifiers.meta):
            return
        if event.key == 'z' and not event.modifiers.shift:
            await self.undo()
        elif event.key in ('y', 'Z', 'z'):
            await self.redo()
