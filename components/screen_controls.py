"""What the projector shows, steered from the facilitator's laptop; and the numbers of each group."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments

from app.texts import _
from components.debrief_board import View
from components.layout import heading, paragraph, text
from components.messages import said
from components.wall_pages import FOOT_HOLDS, UNSORTED, pages_of

Show = Callable[..., Awaitable[None]]


class ScreenControls:
    """Page, focus, pause and dark. `show(page=…, focus=…, paused=…, dark=…)` changes what is on the projector."""

    def __init__(self, view: View, show: Show) -> None:
        self.show_on_screen = show
        self.view = view
        with ui.element('section').classes('sheet') as self.place:
            self.place.props['aria-label'] = _('On the screen in the hall')
            heading(_('On the screen'), 2)
            self.what = paragraph('', 'small')
            with ui.element('div').classes('turn'):
                self.back = ui.button('‹', on_click=said(self._back)).props('outline dense no-caps')
                self.back.props['aria-label'] = _('Previous page on the screen')
                self.number = text('span', '', 'num')
                self.on = ui.button('›', on_click=said(self._on)).props('outline dense no-caps')
                self.on.props['aria-label'] = _('Next page on the screen')
            self.all = ui.button(_('Back to the overview'), on_click=said(self._overview))
            self.all.props('outline dense no-caps')
            self.unsorted = ui.button(_('Show unsorted cards'), on_click=said(self._unsorted))
            self.unsorted.props('outline dense no-caps')
            self.shows = ui.element('select').classes('shows')
            self.shows.props['aria-label'] = _('Show for a moment')
            self.shows.on('change', said(self._show), js_handler='(event) => emit(event.target.value)')
            with self.shows:
                for key, name in _for_a_moment().items():
                    text('option', name).props['value'] = key
            if len(_looked_for(view)) > FOOT_HOLDS:
                words = _('What you look for is long: below the wall only its beginning stands. Show it for a moment.')
                paragraph(words, 'small')
            self.pause = ui.button('', on_click=said(self._pause)).props('outline dense no-caps')
            self.dark = ui.button('', on_click=said(self._dark)).props('outline dense no-caps')
            address = f'/rounds/{view["round"]["id"]}/projection'
            ui.link(_('Open the screen in a new window'), address, new_tab=True)
        self._draw()

    def show(self, view: View) -> None:
        """Say what the screen shows now."""
        self.view = view
        self._draw()

    def _draw(self) -> None:
        screen = self.view['screen']
        self.pages = pages = len(pages_of(self.view))
        self.what.text = _('Paused: the wall is hidden.') if screen['paused'] else self._what_stands_there()
        self.number.text = _('{page} of {pages}').format(page=self._page + 1, pages=pages)
        self.back.enabled, self.on.enabled = self._page > 0, self._page < pages - 1
        self.all.visible = bool(screen['focus'])
        self.unsorted.visible = self.view['stage'] == 'analysis' and bool(
            self.view['numbers']['unsorted'] and screen['focus'] != UNSORTED and self.view['patterns']
        )
        self.shows.props['value'] = screen['shows']
        self.pause.text = _('Show the wall again') if screen['paused'] else _('Pause: hide the wall')
        self.dark.text = _('Light screen') if screen['dark'] else _('Dark screen')

    def _what_stands_there(self) -> str:
        focus = self.view['screen']['focus']
        if focus == UNSORTED:
            return _('Cards that are not sorted yet')
        for thing in self.view['patterns'] + self.view['theories'] + self.view['cards']:
            if focus and thing['id'] == focus:
                return str(thing.get('title') or thing.get('when') or thing.get('text') or _('Not named yet'))
        return str(self.view['stage_name'])

    @property
    def _page(self) -> int:
        return min(max(int(self.view['screen']['page']), 0), self.pages - 1)

    async def _back(self) -> None:
        await self.show_on_screen(page=max(0, self._page - 1))

    async def _on(self) -> None:
        await self.show_on_screen(page=min(self.pages - 1, self._page + 1))

    async def _overview(self) -> None:
        await self.show_on_screen(focus='', page=0)

    async def _unsorted(self) -> None:
        await self.show_on_screen(focus=UNSORTED, page=0)

    async def _show(self, event: GenericEventArguments) -> None:
        await self.show_on_screen(shows=str(event.args), page=0)

    async def _pause(self) -> None:
        await self.show_on_screen(paused=not self.view['screen']['paused'])

    async def _dark(self) -> None:
        await self.show_on_screen(dark=not self.view['screen']['dark'])


def _looked_for(view: View) -> str:
    return view['round']['problem_of_practice'] or ' · '.join(view['round']['focus_statements'])


def _for_a_moment() -> dict[str, str]:
    return {
        '': _('Show the work of the stage'),
        'norms': _('Show the norms'),
        'question': _('Show the question of the stage'),
        'focus': _('Show the problem of practice'),
        'vote': _('Show the vote'),
    }


class GroupNumbers:
    """How far each group is, as numbers: never a text, never who."""

    def __init__(self, view: View) -> None:
        with ui.element('section').classes('sheet') as self.place:
            self.place.props['aria-label'] = _('The groups in numbers')
            heading(_('Groups'), 2)
            self.rows = ui.element('div')
        self.drawn: list[Any] = []
        self.show(view)

    def show(self, view: View) -> None:
        """Draw the numbers of now."""
        columns = _columns(view['stage'])
        if any(group['late'] for group in view['groups']):
            columns['late'] = _('late, to screen')
        rows = [[group['name'] or _('No group'), *(group[key] for key in columns)] for group in view['groups']]
        if [list(columns.values()), *rows] == self.drawn:
            return
        self.drawn = [list(columns.values()), *rows]
        self.rows.clear()
        with self.rows, ui.element('table').classes('group-numbers'):
            with ui.element('thead'), ui.element('tr'):
                for name in ['', *columns.values()]:
                    text('th' if name else 'td', name).props('scope=col' if name else '')
            with ui.element('tbody'):
                for row in rows:
                    with ui.element('tr'):
                        text('th', row[0]).props('scope=row')
                        for number in row[1:]:
                            text('td', str(number))


def _columns(stage: str) -> dict[str, str]:
    if stage in ('planned', 'open'):
        return {'joined': _('joined'), 'notes': _('notes'), 'unsent': _('unsent')}
    if stage == 'selection':
        return {'joined': _('joined'), 'chosen': _('chosen'), 'unsent': _('unsent')}
    if stage in ('screening', 'red_dots'):
        return {'to_screen': _('to screen'), 'returned': _('sent back'), 'accepted': _('on wall')}
    return {'joined': _('joined'), 'chosen': _('chosen'), 'accepted': _('on wall')}
