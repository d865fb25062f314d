"""The script of the stage: what to say, for how long, what to watch for."""

from nicegui import ui

from app.debrief.script import script
from app.rounds.stages import Stage
from app.texts import _
from components.debrief_board import View
from components.layout import heading, paragraph, text


class ScriptBox:
    """Words for somebody who does this for the first time; can be folded away."""

    def __init__(self, view: View) -> None:
        with ui.element('section').classes('sheet script') as self.place:
            self.place.props['aria-label'] = _('What to say')
            self.inside = ui.element('div').classes('script-text')
        self.stage = ''
        self.show(view)

    def show(self, view: View) -> None:
        """The words of the stage of now."""
        if view['stage'] == self.stage:
            return
        self.stage = view['stage']
        words = script(Stage(self.stage))
        self.place.visible = words is not None
        self.inside.clear()
        if words is None:
            return
        with self.inside, ui.element('details').props('open'):
            with ui.element('summary'):
                heading(_('What to say'), 2)
                paragraph(words.how_long, 'small soft')
            for sentence in words.say:
                text('blockquote', sentence)
            heading(_('Watch for'), 3)
            with ui.element('ul'):
                for sentence in words.watch_for:
                    text('li', sentence)
