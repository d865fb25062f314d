"""A facilitator's private notes on the round."""

from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.events import GenericEventArguments

from app.texts import _
from components.layout import heading, paragraph, text
from components.messages import said


class NotesBox:
    """One field that is kept when it is left; `keep(text)` keeps it."""

    def __init__(self, notes: str, keep: Callable[[str], Awaitable[None]]) -> None:
        self.keep = keep
        with ui.element('section').classes('sheet') as place, ui.element('details').props('open' if notes else ''):
            place.props['aria-label'] = _('Your notes')
            with ui.element('summary'):
                heading(_('Your notes'), 2)
            self.field = ui.element('textarea').classes('private').props('rows=4 maxlength=10000 dir=auto')
            self.field.props['aria-label'] = _('Your notes')
            self.field.props['value'] = notes
            self.field.on('change', said(self._changed), js_handler='(event) => emit(event.target.value)')
            paragraph(_('Only you see them. They are never projected, and deleted with the raw notes.'), 'small soft')
            self.sign = text('span', '', 'sign kept').props('role=status')
            self.sign.visible = False

    async def _changed(self, event: GenericEventArguments) -> None:
        await self.keep(str(event.args))
        self.sign.text, self.sign.visible = _('Kept'), True
