"""Who holds the room, and how it is handed over."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from app.rounds.holding import Held
from app.texts import _
from components.layout import heading, paragraph
from components.messages import said

Act = Callable[[str], Awaitable[None]]


class RoomBox:
    """`act(kind)` does ask, hand_over, decline, take or let_go. Said aloud when somebody asks for the room."""

    def __init__(self, held: Held, act: Act) -> None:
        self.act = act
        with ui.element('section').classes('sheet room') as self.place:
            self.place.props['aria-label'] = _('Who holds the room')
            heading(_('The room'), 2)
            self.inside = ui.element('div').classes('stack').props('role=status')
        self.held: Held | None = None
        self.show(held)

    def show(self, held: Held) -> None:
        """How it stands now."""
        if held == self.held:
            return
        self.held = held
        self.inside.clear()
        with self.inside:
            if held.mine:
                self._mine(held)
            elif held.holder:
                self._others(held)
            else:
                paragraph(_('Nobody holds the room yet: who opens the next stage does.'), 'small')

    def _mine(self, held: Held) -> None:
        if held.asked:
            paragraph(_('{name} asks for the room.').format(name=held.asked), 'strong')
            self._button(_('Hand over to {name}').format(name=held.asked), 'hand_over', 'unelevated')
            self._button(_('Not now'), 'decline')
        else:
            paragraph(_('You hold the room: you open the stages.'), 'small')
            self._button(_('Let go of the room'), 'let_go')

    def _others(self, held: Held) -> None:
        paragraph(_('{name} holds the room and opens the stages.').format(name=held.holder), 'small')
        if held.i_asked:
            paragraph(_('You have asked. {name} has to say yes.').format(name=held.holder), 'small strong')
            if held.may_take:
                self._button(_('No answer for two minutes: take the room'), 'take', 'unelevated')
            self._button(_('Ask no more'), 'decline')
        elif held.asked:
            paragraph(_('{name} has asked for it.').format(name=held.asked), 'small')
        else:
            self._button(_('Ask for the room'), 'ask')

    def _button(self, name: str, kind: str, look: str = 'outline') -> None:
        async def do() -> None:
            await self.act(kind)

        ui.button(name, on_click=said(do)).props(f'{look} dense no-caps')
