"""What can change on the day: each in a dialog that says what would happen before one tap makes it so."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager

from nicegui import ui

from app.errors import RoundsError
from app.observation.day_changes import (
    BellMoved,
    CoverTeacher,
    DayChange,
    GroupsJoined,
    Latecomer,
    Pause,
    Preview,
    RoomBack,
    RoomOut,
)
from app.observation.day_view import Day
from app.rounds.join_codes import grouped, qr_svg
from app.rounds.model import Period
from app.texts import _
from components.day_board import room_name
from components.layout import heading, paragraph, text
from components.messages import said, say

Ask = Callable[[DayChange], Awaitable[Preview]]
Make = Callable[[Preview], Awaitable[None]]
MINUTES = (5, 10, 15, 20, 30)


class DayChangesBox:
    """The buttons; `day` is asked for what stands now each time one is pressed."""

    def __init__(self, day: Callable[[], Day], ask: Ask, make: Make, *, address: str) -> None:
        self.day, self.ask, self.make, self.address = day, ask, make, address
        with ui.element('section').classes('sheet changes') as self.section:
            heading(_('Something changes'), 2)
            paragraph(_('You read first what would happen; then one tap tells the phones.'), 'soft')
            with ui.element('div').classes('ways') as self.place:
                for name, opened in self._ways():
                    ui.button(name, on_click=opened).props('outline no-caps')

    def _ways(self) -> Iterable[tuple[str, Callable[[], None]]]:
        yield _('Fire drill'), self.fire_drill
        yield _('A bell shifts'), self.bell
        yield _('A room falls out'), self.room
        yield _('Cover teacher'), self.cover
        yield _('Latecomer'), self.latecomer
        yield _('Join two groups'), self.join

    def fire_drill(self) -> None:
        """Everything stands still for some minutes."""
        with self._dialog(_('Fire drill')) as proposal:
            paragraph(_('From now on everything stands still. For how long?'))
            minutes = ui.number(_('Minutes'), value=10, min=1, max=180, step=1).props('outlined')

            async def proposed() -> None:
                await proposal.show(Pause(minutes=int(minutes.value)) if minutes.value else None)

            with ui.element('div').classes('quick'):
                for number in MINUTES:
                    button = ui.button(str(number), on_click=lambda number=number: minutes.set_value(number))
                    button.props('outline dense no-caps').props['aria-label'] = _('{n} minutes').format(n=number)
            minutes.on_value_change(proposed)
        proposal.begin(proposed)

    def bell(self) -> None:
        """A period begins or ends at another time."""
        periods = {period.id: period for period in self.day().plan.periods}
        names = {key: f'{one.name} ({one.start:%H:%M}–{one.end:%H:%M})' for key, one in periods.items()}
        with self._dialog(_('A bell shifts')) as proposal:
            period = ui.select(names, label=_('Period')).props('outlined')
            with ui.element('div').classes('pair'):
                start = ui.input(_('Begins')).props('outlined type=time')
                end = ui.input(_('Ends')).props('outlined type=time')

            async def chosen() -> None:
                start.value, end.value = (f'{time:%H:%M}' for time in _times(periods[period.value]))

            async def proposed() -> None:
                first, last = _time(start.value), _time(end.value)
                same = period.value and (first, last) == _times(periods[period.value])
                moved = (
                    BellMoved(period=period.value, start=first, end=last) if period.value and first and last else None
                )
                await proposal.show(None if same else moved)

            period.on_value_change(chosen)
            start.on_value_change(proposed)
            end.on_value_change(proposed)
        proposal.begin()

    def room(self) -> None:
        """A classroom falls out, or comes back."""
        rooms = {room.id: room for room in self.day().classrooms}
        names = {key: _with_mark(room_name(room), room.left_out) for key, room in rooms.items()}
        with self._dialog(_('A room falls out')) as proposal:
            room = ui.select(names, label=_('Classroom')).props('outlined')

            async def proposed() -> None:
                kind = RoomBack if rooms[room.value].left_out else RoomOut
                await proposal.show(kind(classroom=room.value))

            room.on_value_change(proposed)
        proposal.begin()

    def cover(self) -> None:
        """Another teacher is there today: the visit goes on or is skipped."""
        rooms = {room.id: room for room in self.day().classrooms if not room.left_out}
        with self._dialog(_('Cover teacher')) as proposal:
            room = ui.select({key: room_name(one) for key, one in rooms.items()}, label=_('Classroom')).props(
                'outlined'
            )
            ways = {'on': _('Carry on: mark it, and visit as planned'), 'skip': _('Skip it: nobody visits it today')}
            way = ui.radio(ways, value='on')

            async def proposed() -> None:
                if not room.value:
                    return
                carry_on = CoverTeacher(classroom=room.value, cover=not rooms[room.value].cover)
                await proposal.show(carry_on if way.value == 'on' else RoomOut(classroom=room.value))

            room.on_value_change(proposed)
            way.on_value_change(proposed)
        proposal.begin()

    def latecomer(self) -> None:
        """Somebody comes late: the code of the hall, large, and a place in a group."""
        day = self.day()
        groups = {
            group.group.id: _('{group}: {joined} of {size} joined').format(
                group=group.group.name, joined=group.joined, size=group.group.size
            )
            for group in day.groups
        }
        with self._dialog(_('Latecomer')) as proposal:
            self._hall_code(day.round.join_code)
            if groups:
                group = ui.select(groups, label=_('Make room in a group')).props('outlined')
                group.on_value_change(lambda event: proposal.show(Latecomer(group=event.value)))
        proposal.begin()

    def _hall_code(self, code: str) -> None:
        if not code:
            paragraph(_('This round has no code for the hall yet. It gets one in the plan.'))
            return
        paragraph(
            _('They join by themselves: scan this, or open {address} and type the code.').format(
                address=f'{self.address}/c/'
            )
        )
        with ui.element('div').classes('hall'):
            ui.html(qr_svg(f'{self.address}/c/#{code}'), sanitize=False).props('aria-hidden=true').classes('qr')
            text('span', grouped(code), 'code large')

    def join(self) -> None:
        """Two groups go on as one."""
        names = {group.group.id: group.group.name for group in self.day().groups}
        with self._dialog(_('Join two groups')) as proposal:
            gone = ui.select(names, label=_('This group …')).props('outlined')
            into = ui.select(names, label=_('… goes on with')).props('outlined')

            async def proposed() -> None:
                ready = gone.value and into.value
                await proposal.show(GroupsJoined(gone=gone.value, into=into.value) if ready else None)

            gone.on_value_change(proposed)
            into.on_value_change(proposed)
        proposal.begin()

    @contextmanager
    def _dialog(self, title: str) -> Iterator['Proposal']:
        with self.place, ui.dialog() as dialog, ui.element('div').classes('sheet change'):
            dialog.props['aria-label'] = title
            heading(title, 2)
            proposal = Proposal(dialog, self.ask, self.make)
            yield proposal
            proposal.draw()
        dialog.on('hide', dialog.delete)
        dialog.open()


class Proposal:
    """What a change would do, and the button that makes it so."""

    def __init__(self, dialog: ui.dialog, ask: Ask, make: Make) -> None:
        self.dialog, self.ask, self.make = dialog, ask, make
        self.preview: Preview | None = None
        self.asked = 0

    def draw(self) -> None:
        """The lower part of the dialog."""
        self.place = ui.element('div').classes('proposal').props('role=status')
        with ui.element('div').classes('ways'):
            self.button = ui.button(_('Change it and tell the phones'), on_click=said(self.confirmed))
            self.button.props('unelevated no-caps').disable()
            ui.button(_('Leave it'), on_click=self.dialog.close).props('outline no-caps')

    def begin(self, proposed: Callable[[], Awaitable[None]] | None = None) -> None:
        """Show what is proposed at once, where something is."""
        if proposed:
            with self.dialog:
                ui.timer(0, proposed, once=True)

    async def show(self, change: DayChange | None) -> None:
        """Say what `change` would do, or why it cannot be done. Of several asked at once the last one counts."""
        self.asked += 1
        asked, preview, kind = self.asked, None, ''
        sentences: tuple[str, ...] = ()
        self.preview = None  # what was read of another change is not made any more
        self.button.disable()
        if change is not None:
            try:
                preview = await self.ask(change)
                sentences = preview.sentences
            except RoundsError as error:
                sentences, kind = (error.sentence,), 'problem'
        if asked == self.asked:
            self._draw(preview, sentences, kind)

    def _draw(self, preview: Preview | None, sentences: tuple[str, ...], kind: str) -> None:
        self.preview = preview
        self.place.clear()
        with self.place, ui.element('ul'):
            for sentence in sentences:
                text('li', sentence, kind)
        self.button.set_enabled(preview is not None)

    async def confirmed(self) -> None:
        """Make the change, once."""
        preview, self.preview = self.preview, None
        if preview is None:
            return
        self.button.disable()
        await self.make(preview)
        self.dialog.close()
        say(_('Changed, and the phones are told.'))


def _with_mark(name: str, left_out: bool) -> str:
    return _('{room}: bring it back').format(room=name) if left_out else name


def _times(period: Period) -> tuple[dt.time, dt.time]:
    return period.start, period.end


def _time(typed: str | None) -> dt.time | None:
    try:
        return dt.time.fromisoformat(typed or '')
    except ValueError:
        return None
