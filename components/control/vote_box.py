"""Dot votes on the facilitator's laptop: opened, counted by hand for those without a phone, closed, revealed."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments

from app.texts import _, ngettext
from components.debrief_board import View
from components.layout import heading, paragraph, text
from components.messages import said

Act = Callable[..., Awaitable[Any]]
SINCE = ('analysis', 'prediction', 'theories', 'next_level')


class VoteBox:
    """`act(kind, **fields)` does open {on}, close, reopen, reveal, hide, anew, back, away, hands {option, n}."""

    def __init__(self, view: View, act: Act) -> None:
        self.act = act
        with ui.element('section').classes('sheet vote') as self.place:
            self.place.props['aria-label'] = _('Vote')
            heading(_('Vote'), 2)
            self.inside = ui.element('div').classes('stack')
        self.drawn: Any = None
        self.show(view)

    def show(self, view: View) -> None:
        """The vote as it stands."""
        self.vote = view['vote']
        options = {'patterns': view['patterns'], 'theories': view['theories'], 'next_steps': view['next_steps']}
        open_to = {on: len(things) for on, things in options.items() if len(things) > 1}
        self.place.visible = view['stage'] in SINCE
        drawn = [self.vote, open_to if self.vote is None else None, view.get('earlier_votes', 0)]
        if drawn == self.drawn:
            return
        self.drawn = drawn
        self.inside.clear()
        with self.inside:
            if self.vote is None:
                self._draw_none(open_to)
            else:
                self._draw(self.vote)
            if view.get('earlier_votes', 0):
                self._button(_('Bring back the vote before'), 'back')

    def _draw_none(self, open_to: dict[str, int]) -> None:
        if not open_to:
            paragraph(_('A vote needs at least two things to choose between.'), 'small soft')
        for on in open_to:
            self._button({'patterns': _('Vote on patterns'), 'theories': _('Vote on theories'),
                          'next_steps': _('Vote on next steps')}[on], 'open', on=on)  # fmt: skip

    def _draw(self, vote: dict[str, Any]) -> None:
        paragraph(_('{n} of {all} have voted').format(n=vote['voted'], all=vote['people']), 'strong num')
        dots = ngettext('{n} dot each', '{n} dots each', vote['dots']).format(n=vote['dots'])
        if not vote['closed']:
            paragraph(_('{dots}. Counts are hidden, here too, until you reveal them.').format(dots=dots), 'small soft')
            self._button(_('Close the vote'), 'close', look='unelevated')
            ui.button(_('Count raised hands'), on_click=self._count_hands).props('outline dense no-caps')
        elif not vote['revealed']:
            self._button(_('Reveal on the wall'), 'reveal', look='unelevated')
            self._button(_('Open it again'), 'reopen')
        else:
            with ui.element('ol').classes('counts'):
                for option in sorted(vote['options'], key=lambda option: -vote['counts'][option['id']]):
                    text('li', f'{vote["counts"][option["id"]]} · {option["text"]}').props('dir=auto')
            self._button(_('Hide the counts'), 'hide')
        if vote['closed']:
            self._button(_('Begin anew'), 'anew')
            self._button(_('Put the vote away'), 'away')

    def _count_hands(self) -> None:
        vote = self.vote
        fields = {**vote['hands'], '': vote['hands_abstained']}
        # Not inside of what is drawn anew whenever somebody votes: that would take the dialog away.
        with self.place, ui.dialog() as dialog, ui.card().classes('sheet hands'):
            dialog.props['aria-label'] = _('Raised hands')
            heading(_('Raised hands'), 2)
            paragraph(_('Of those without a phone: how many hands for each? They are added when you reveal.'))
            for option in (*vote['options'], {'id': '', 'text': _('Nobody: they abstain')}):
                _number(option, fields)

            async def keep() -> None:
                before = {**vote['hands'], '': vote['hands_abstained']}
                for option, n in fields.items():
                    if n != before[option]:
                        await self.act('hands', option=option, n=n)
                dialog.close()

            with ui.row():
                ui.button(_('Keep'), on_click=said(keep)).props('unelevated no-caps')
                ui.button(_('Cancel'), on_click=dialog.close).props('outline no-caps')
        dialog.on('hide', dialog.delete)
        dialog.open()

    def _button(self, name: str, kind: str, *, look: str = 'outline', **fields: Any) -> None:
        async def do() -> None:
            await self.act(kind, **fields)

        ui.button(name, on_click=said(do)).props(f'{look} dense no-caps')


def _number(option: dict[str, Any], fields: dict[str, int]) -> None:
    """A line with a field; what is typed stands in `fields`."""

    def typed(event: GenericEventArguments) -> None:
        fields[option['id']] = int(event.args) if str(event.args).isdecimal() else 0

    with ui.element('label'):
        text('span', option['text']).props('dir=auto')
        field = ui.element('input').props('type=number min=0 max=200 inputmode=numeric')
        field.props['defaultValue'] = fields.get(option['id'], 0)  # `value` would be put back while somebody types
        field.on('input', typed, js_handler='(event) => emit(event.target.value)')
