"""What stands above the pages of the sample round: that it is the sample, and a choice of the stage to look at."""

from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.events import GenericEventArguments

from app.errors import RoundsError
from app.rounds.stages import ORDER, Stage, stage_name
from app.texts import _
from components.layout import paragraph, text
from components.messages import said

Move = Callable[[Stage], Awaitable[None]]


class SampleStrip:
    """`move(stage)` brings the sample to a stage, with what a round holds then."""

    def __init__(self, stage: Stage, move: Move) -> None:
        self.stage, self.move = stage, move
        ui.add_head_html('<link rel="stylesheet" href="/static/sample.css">')
        with ui.element('section').classes('sample-strip') as place:
            place.props['aria-label'] = _('The sample round')
            paragraph(_('This is the sample round. Look at it in any stage:'))
            self.choice = ui.element('select')
            self.choice.props['aria-label'] = _('Stage of the sample')
            self.choice.on('change', said(self._chosen), js_handler='(event) => emit(event.target.value)')
            with self.choice:
                for one in ORDER[: Stage.PURGED.place]:
                    text('option', stage_name(one)).props['value'] = one.value
        self.show(stage)

    def show(self, stage: Stage) -> None:
        """The stage that the round is in now."""
        self.stage = stage
        self.choice.props['value'] = stage.value

    async def _chosen(self, event: GenericEventArguments) -> None:
        before = self.stage
        self.show(Stage(event.args))
        try:
            await self.move(self.stage)
        except RoundsError:
            self.show(before)
            raise
