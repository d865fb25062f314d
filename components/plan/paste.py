"""Pasting from a spreadsheet: what was read is shown before any of it is taken, and nothing is lost."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from nicegui import ui

from app.rounds.pasted import Pasted
from app.texts import _, ngettext
from components.layout import text
from components.messages import say
from components.plan.section import box, button


class Paste:
    """A dialog: paste, look at the preview, take it. Lines that could not be read stay in the box."""

    def __init__(
        self,
        *,
        title: str,
        hint: str,
        read: Callable[[str], Pasted[Any]],
        heads: Sequence[str],
        take: Callable[[list[Any]], Awaitable[None]],
        cells: Callable[[Any], tuple[str, ...]] | None = None,
        summary: Callable[[list[Any]], list[tuple[str, ...]]] | None = None,
    ) -> None:
        self.title = title
        self.hint = hint
        self.read = read
        self.heads = heads
        self.take = take
        self.lines = summary or (lambda rows: [cells(row) for row in rows] if cells else [])
        self.pasted: Pasted[Any] = Pasted(rows=(), problems=())

    def open(self) -> None:
        """Open the dialog."""
        with box(self.title, large=True) as self.dialog:
            text('p', self.hint, 'soft')
            self.area = ui.textarea(_('Paste here'), on_change=self._preview)
            self.area.props('outlined autofocus debounce=300 input-style="min-height: 120px"').classes('w-full')
            self.preview = ui.element('div').props('aria-live=polite')
            with ui.element('div').classes('buttons'):
                self.button = button(_('Add'), self._take, 'first')
                button(_('Close'), self._close)
        self._preview()

    def _preview(self) -> None:
        self.pasted = self.read(self.area.value or '')
        n, wrong = len(self.pasted.rows), len(self.pasted.problems)
        words = ngettext('Add {n} line', 'Add {n} lines', n).format(n=n)
        self.button.set_text(words if n else _('Add'))
        self.button.props(*(() if n else ('disabled',)), remove='disabled' if n else '')
        self.preview.clear()
        with self.preview:
            if wrong:
                sentence = ngettext('{n} line cannot be read:', '{n} lines cannot be read:', wrong)
                text('p', '⚠ ' + sentence.format(n=wrong), 'problem')
                with ui.element('ul').classes('problem'):
                    for problem in self.pasted.problems[:10]:
                        text('li', f'{problem.sentence} ({problem.text[:60].strip()})')
            if n:
                self._table()

    def _table(self) -> None:
        with (
            ui.element('div').classes('plan-scroll-box').props(f'tabindex=0 role=region aria-label="{_("Preview")}"'),
            ui.element('table').classes('plan-table'),
        ):
            with ui.element('thead'), ui.element('tr'):
                for head in self.heads:
                    text('th', head)
            with ui.element('tbody'):
                for cells in self.lines(list(self.pasted.rows)):
                    with ui.element('tr'):
                        for cell in cells:
                            text('td', cell)

    async def _take(self) -> None:
        taken, left = self.pasted, self._left()
        if not taken.rows:
            return
        await self.take(list(taken.rows))
        n = len(taken.rows)
        say(ngettext('{n} line was added.', '{n} lines were added.', n).format(n=n))
        if left:
            self.area.value = left
        else:
            self.dialog.close()

    def _left(self) -> str:
        """The lines that could not be read, under their header if there was one."""
        lines = [line for line in (self.area.value or '').splitlines() if line.strip()]
        wrong = list(dict.fromkeys(problem.text for problem in self.pasted.problems))
        if wrong and len(lines) > len(self.pasted.rows) + len(wrong):
            wrong.insert(0, lines[0])
        return '\n'.join(wrong)

    async def _close(self) -> None:
        self.dialog.close()
