"""A facilitator's private notes on the round."""

import asyncio
from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.events import GenericEventArguments

from app.texts import _
from components.layout import heading, paragraph, text
from components.messages import said

#: Seconds after which words that are being typed are kept, and again.
REST = 1.5


class NotesBox:
    """One field that is kept while somebody types; `keep(text, before)` keeps it and gives what is kept."""

    def __init__(self, notes: str, keep: Callable[[str, str], Awaitable[str]]) -> None:
        self.keep, self.seen = keep, notes
        self.one_by_one = asyncio.Lock()
        with ui.element('section').classes('sheet') as place, ui.element('details').props('open' if notes else ''):
            place.props['aria-label'] = _('Your notes')
            with ui.element('summary'):
                heading(_('Your notes'), 2)
            self.field = ui.element('textarea').classes('private').props('rows=4 maxlength=40000 dir=auto')
            self.field.props['aria-label'] = _('Your notes')
            # NOTE: as `value` it would be put back at every change of the page, over what is being typed.
            self.field.props['defaultValue'] = notes
            value = '(event) => emit(event.target.value)'
            self.field.on('input', said(self._changed), throttle=REST, leading_events=False, js_handler=value)
            paragraph(_('Only you see them. They are never projected, and deleted with the raw notes.'), 'small soft')
            self.sign = text('span', '', 'sign kept').props('role=status')
            self.sign.visible = False

    async def _changed(self, event: GenericEventArguments) -> None:
        self.sign.visible = False
        async with self.one_by_one:
            self.seen = await self.keep(str(event.args), self.seen)
        self.sign.text, self.sign.visible = _('Kept'), True
