"""What can be downloaded of an outcome, and its versions: released one after the other."""

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from app.documents.model import Version
from app.documents.words import day
from app.pdf.sizes import Paper
from app.texts import _
from components.account_forms import paper_names
from components.layout import heading, paragraph, text
from components.messages import said


def draw_files(address: str, *, main: str, query: str = '') -> None:
    """A strong link to the PDF named `main`, and the other forms; a sign says that a file is being made."""
    with ui.element('div').classes('actions files'):
        _file_link(main, f'{address}.pdf{query}', 'strong-link')
        for name, ending in ((_('For Word'), 'docx'), (_('For Excel'), 'xlsx'), (_('As CSV'), 'zip')):
            _file_link(name, f'{address}.{ending}{query}', 'quiet-link')
        text('p', '', 'making soft').props('role=status')
    ui.add_body_html('<script type="module" src="/static/files.js"></script>')


class Versions:
    """The sheet with all versions. `release(seen)` makes the next one, `set_paper` keeps another paper."""

    def __init__(
        self,
        address: str,
        versions: Sequence[Version],
        paper: Paper,
        *,
        is_closed: bool,
        is_new: bool,
        release: Callable[[int], Awaitable[None]],
        set_paper: Callable[[str], Awaitable[None]],
    ) -> None:
        self.latest = versions[0].number if versions else 0
        self.release = release
        with ui.element('section').classes('sheet versions') as place:
            place.props['aria-label'] = _('Versions')
            heading(_('Versions'), 2)
            paragraph(_('A released version stays as it is; a later one says what changed.'), 'small')
            if versions:
                with ui.element('ul').classes('links'):
                    for version in versions:
                        self._row(address, version)
            choose = ui.select(dict(paper_names()), value=paper.value, label=_('Paper')).props('outlined dense')
            choose.on_value_change(said(lambda event: set_paper(event.value)))
            if not is_closed:
                paragraph(_('When the round is closed, its document can be released.'), 'soft')
                return
            if not is_new:
                paragraph(_('What stands below is version {n}.').format(n=self.latest), 'soft')
                return
            with ui.element('div').classes('actions'):
                name = _('Release version {n}').format(n=self.latest + 1)
                self.button = ui.button(name, on_click=said(self._release)).props('outline no-caps')
                self.sign = text('p', '', 'making soft').props('role=status')

    async def _release(self) -> None:
        self.button.disable()
        self.sign.text = _('The document is being made …')
        try:
            await self.release(self.latest)
        finally:
            self.button.enable()
            self.sign.text = ''

    def _row(self, address: str, version: Version) -> None:
        with ui.element('li'), ui.element('div'):
            released = version.outcome.released_on or version.at.date()
            name = _('Version {n}, {date}').format(n=version.number, date=day(released))
            _file_link(name, f'{address}.pdf?version={version.number}', '')
            for change in version.outcome.changes:
                paragraph(change, 'soft small')


def _file_link(name: str, address: str, classes: str) -> None:
    link = ui.link(name, address).classes(f'file {classes}')
    link.props['download'] = address.rsplit('/', 1)[-1].partition('?')[0]
    link.props['data-making'] = _('“{name}” is being made …').format(name=name)
    link.props['data-made'] = _('It is in your downloads.')
    link.props['data-failed'] = _('It could not be made. Please try again in a moment.')
