"""The frame of every page: where am I, what can I do next, who is signed in."""

from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from app.accounts.model import Facilitator
from app.rounds.model import Round
from app.texts import _
from components.theme import apply_theme


@contextmanager
def frame(
    title: str, *, who: Facilitator | None = None, in_round: Round | None = None, here: str = '', width: str = ''
) -> Iterator[ui.element]:
    """The page's head and its main part, in which the caller draws.

    `in_round` adds the round's own navigation, `here` is the key of the page that stands there now (plan, day,
    control, outcome); `width` is '', 'narrow', 'reading' or 'wide'.
    """
    apply_theme()
    ui.page_title(f'{title} · Rounds')
    with _topbar():
        ui.link(_('Skip to the content'), '#main').classes('skip')
        ui.link('Rounds', '/').classes('brand')
        if in_round is not None:
            _round_navigation(in_round, here)
        if who is not None and who.account:
            account = ui.link(who.name, '/account').classes('account')
            account.props['aria-label'] = _('Your account: {name}').format(name=who.name)
    with ui.element('div').props('id=main tabindex=-1').classes(f'page {width}') as main:
        yield main


def _topbar() -> ui.element:
    """The bar above NiceGUI's own `<main>`, in which everything else is drawn; a page has one, also drawn anew."""
    layout = ui.context.client.layout
    for bar in [element for element in layout if element.tag == 'header']:
        bar.delete()
    with layout:
        bar = ui.element('header').classes('topbar')
    bar.move(target_index=0)
    return bar


def _round_navigation(in_round: Round, here: str) -> None:
    places = {
        'plan': (_('Plan'), f'/rounds/{in_round.id}'),
        'day': (_('The day'), f'/rounds/{in_round.id}/day'),
        'control': (_('Debrief'), f'/rounds/{in_round.id}/control'),
        'outcome': (_('Outcome'), f'/rounds/{in_round.id}/outcome'),
    }
    with ui.element('nav').props(f'aria-label="{_("This round")}"').classes('places'):
        for key, (name, address) in places.items():
            ui.link(name, address).props('aria-current=page' if key == here else '')


def text(tag: str, content: str, classes: str = '') -> TextElement:
    """An element `tag` that holds `content` as plain text, never as HTML."""
    return TextElement(tag=tag, text=content).classes(classes)


def heading(content: str, level: int = 1) -> TextElement:
    """A real heading, at `level` 1 to 3."""
    return text(f'h{level}', content)


def paragraph(content: str, classes: str = '') -> TextElement:
    """A paragraph of plain text."""
    return text('p', content, classes)
