"""Links that open one page without an account: made, shown once, revoked."""

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from app.rounds.model import Link
from app.texts import _
from components.layout import heading, paragraph, text
from components.messages import said


class LinksBox:
    """`make()` gives the whole address of a new link; `revoke(id)` ends one; `there()` are the links of now."""

    def __init__(
        self,
        title: str,
        sentence: str,
        links: Sequence[Link],
        *,
        there: Callable[[], Awaitable[Sequence[Link]]],
        make: Callable[[], Awaitable[str]],
        revoke: Callable[[str], Awaitable[None]],
    ) -> None:
        self.there, self.make, self.revoke = there, make, revoke
        with ui.element('section').classes('sheet') as place:
            place.props['aria-label'] = title
            heading(title, 2)
            paragraph(sentence, 'small')
            ui.button(_('Make a link'), on_click=said(self._make)).props('outline dense no-caps')
            self.new = ui.element('div')
            self.list = ui.element('ul').classes('links')
        self._list(links)

    def _list(self, links: Sequence[Link]) -> None:
        self.list.clear()
        with self.list:
            for number, link in enumerate(links, 1):
                self._row(number, link)

    async def _make(self) -> None:
        address = await self.make()
        self._list(await self.there())
        self.new.clear()
        with self.new:
            box = ui.input(_('The link, shown only now'), value=address).props('readonly outlined dense')
            box.on('focus', js_handler='(event) => event.target.select()')
            ui.button(_('Copy'), on_click=lambda: ui.clipboard.write(address)).props('flat dense no-caps')

    def _row(self, number: int, link: Link) -> None:
        with ui.element('li') as row:
            made = _('Link {n}, made {date}').format(n=number, date=f'{link.created_at:%Y-%m-%d}')
            text('span', made, 'small num')

            async def end() -> None:
                await self.revoke(link.id)
                row.delete()

            button = ui.button(_('Revoke'), on_click=said(end)).props('flat dense no-caps')
            button.props['aria-label'] = _('Revoke link {n}').format(n=number)
