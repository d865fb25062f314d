"""Earlier minutes of the wall: listed, looked at, brought back."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from nicegui import ui

from app.texts import _, ngettext
from components.layout import heading, paragraph, text
from components.messages import said

Moments = Callable[[], Awaitable[Sequence[dict[str, Any]]]]
Look = Callable[[int], Awaitable[dict[str, Any]]]
Bring = Callable[[int], Awaitable[None]]


class EarlierBox:
    """A button, and a dialog with the minutes; nothing changes before “Bring this back” is pressed."""

    def __init__(self, moments: Moments, look: Look, bring_back: Bring) -> None:
        self.moments, self.look, self.bring_back = moments, look, bring_back
        self.button = ui.button(_('Earlier minutes'), icon='history', on_click=said(self.open))
        self.button.props('outline dense no-caps')

    async def open(self) -> None:
        """Show the minutes of now."""
        minutes = await self.moments()
        with ui.dialog() as dialog, ui.card().classes('sheet earlier'):
            dialog.props['aria-label'] = _('Earlier minutes')
            heading(_('Earlier minutes'), 2)
            paragraph(_('Choose a minute to see what stood on the wall then. Nothing is lost: undo brings you back.'))
            if not minutes:
                paragraph(_('Nothing has been done on the wall yet.'), 'soft')
            with ui.element('div').classes('minutes'):
                with ui.element('ul') as listed:
                    listed.props['aria-label'] = _('Minutes, the latest first')
                    listed.props('tabindex=0')
                    for minute in minutes:
                        self._row(minute, dialog)
                self.seen = ui.element('div').classes('stack').props('role=status')
            ui.button(_('Close'), on_click=dialog.close).props('outline no-caps')
        dialog.on('hide', dialog.delete)
        dialog.open()

    def _row(self, minute: dict[str, Any], dialog: ui.dialog) -> None:
        async def look() -> None:
            await self._draw(minute, await self.look(minute['seq']), dialog)

        with ui.element('li'), ui.element('button').props('type=button').mark('minute') as row:
            text('b', minute['at'], 'num')
            text('span', f'{minute["sentence"]} {minute["more"]}'.strip())
        row.on('click', said(look))

    async def _draw(self, minute: dict[str, Any], then: dict[str, Any], dialog: ui.dialog) -> None:
        async def bring() -> None:
            await self.bring_back(minute['seq'])
            dialog.close()

        self.seen.clear()
        with self.seen:
            heading(_('The wall at {time}').format(time=minute['at']), 3)
            paragraph(_('{n} cards on the wall, {unsorted} not sorted').format(n=then['on_wall'], **_only(then)), 'num')
            with ui.element('ul'):
                for pattern in then['patterns']:
                    cards = ngettext('{n} card', '{n} cards', pattern['cards']).format(n=pattern['cards'])
                    text('li', f'{pattern["title"] or _("Not named yet")} · {cards}').props('dir=auto')
                for theory in then['theories']:
                    text('li', _('When {action}').format(action=theory)).props('dir=auto')
            ui.button(_('Bring this back'), on_click=said(bring)).props('unelevated no-caps')


def _only(then: dict[str, Any]) -> dict[str, Any]:
    return {'unsorted': then['unsorted']}
