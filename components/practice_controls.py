"""The practice on the projector, steered from the facilitator's laptop: a statement, hands, the answer, the next."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from app.observation.practice import Practice
from app.rounds.stages import Stage
from app.texts import _
from components.layout import heading, paragraph
from components.messages import said

#: begin, answer, on, end; `hands` with two numbers
Do = Callable[..., Awaitable[None]]
#: Description is practised on arrival; later the wall itself is the practice.
_LAST = Stage.SELECTION


class PracticeControls:
    """Drawn anew when another statement or its answer is shown; what is being typed stays otherwise."""

    def __init__(self, stage: str, practice: Practice | None, do: Do) -> None:
        self.do = do
        self.drawn: Any = None
        with ui.element('section').classes('sheet') as self.place:
            self.place.props['aria-label'] = _('Practice for the hall')
        self.show(stage, practice)

    def show(self, stage: str, practice: Practice | None) -> None:
        """What the hall practises now."""
        self.place.visible = practice is not None or Stage(stage).place <= _LAST.place
        now = practice and (practice.statements, practice.at, practice.answered)
        if self.drawn == (now,):
            return
        self.drawn = (now,)
        self.place.clear()
        with self.place:
            heading(_('Practice for the hall'), 2)
            if practice is None:
                self._draw_beginning()
            else:
                self._draw_statement(practice)

    def _draw_beginning(self) -> None:
        paragraph(_('Five statements on the screen: who says it describes, who says it judges? About five minutes.'))
        self._button(_('Begin the practice'), 'begin')

    def _draw_statement(self, practice: Practice) -> None:
        one = practice.statements[practice.at]
        n = _('{page} of {pages}').format(page=practice.at + 1, pages=len(practice.statements))
        paragraph(f'{n}: {one.text}')
        paragraph((_('It judges.') if one.judges else _('It describes.')) + ' ' + one.why, 'small soft')
        self._draw_hands(practice)
        if not practice.answered:
            self._button(_('Show the answer'), 'answer')
        self._button(_('End the practice') if practice.last else _('Next statement'), 'on')
        if not practice.last:
            self._button(_('End the practice'), 'end')

    def _draw_hands(self, practice: Practice) -> None:
        hands = practice.hands
        paragraph(_('Hands raised, if you count them:'), 'small soft')
        with ui.element('div').classes('turn'):
            fields = [
                ui.number(name, value=value, min=0, precision=0).props('dense outlined')
                for name, value in (
                    (_('Describes'), hands.describes if hands else None),
                    (_('Judges'), hands.judges if hands else None),
                )
            ]

        async def count() -> None:
            await self.do('hands', *(field.value for field in fields))

        for field in fields:
            field.on('change', said(count))

    def _button(self, name: str, what: str) -> None:
        async def pressed() -> None:
            await self.do(what)

        ui.button(name, on_click=said(pressed)).props('outline dense no-caps')
