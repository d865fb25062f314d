"""The stages of the round: where we are, the one next step, and the way back to an earlier stage."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from app.rounds.stages import ORDER, Stage, stage_name
from app.texts import _
from components.debrief_board import View
from components.layout import heading, paragraph, text
from components.messages import said

GoTo = Callable[[Stage], Awaitable[None]]

#: The day asks nobody who holds the room; the service refuses whoever may not open a stage.
NOBODY_HOLDS: View = {'may_open': True, 'holder': ''}


class StageBar:
    """Draws the stages; `go_to` is asked to open one, after what is unfinished was said."""

    def __init__(self, view: View, go_to: GoTo) -> None:
        self.go_to = go_to
        self.view = NOBODY_HOLDS | view
        with ui.element('section').classes('stage-bar') as self.place:
            self.place.props['aria-label'] = _('Stages of the round')
            self._draw()

    def show(self, view: View) -> None:
        """Draw another stage, or other things that are unfinished; nothing else moves."""
        view = NOBODY_HOLDS | view
        changed = any(view[key] != self.view[key] for key in ('stage', 'may_open', 'holder'))
        self.view = view
        if changed:
            self.place.clear()
            with self.place:
                self._draw()

    def _draw(self) -> None:
        now = Stage(self.view['stage'])
        with ui.element('ol').classes('stages'):
            for stage in ORDER[Stage.OPEN.place : Stage.PURGED.place]:
                with ui.element('li'):
                    self._stage(stage, now)
        with ui.element('div').classes('now'):
            paragraph(hint(now), 'soft')
            if self.view['next_stage'] and not self.view['may_open']:
                paragraph(_('{name} holds the room.').format(name=self.view['holder']), 'strong')
            elif self.view['next_stage']:
                self._next_button(now)
            else:
                ui.link(_('To the outcome'), f'/rounds/{self.view["round"]["id"]}/outcome').classes('strong-link')

    def _stage(self, stage: Stage, now: Stage) -> None:
        if stage is now:
            current = text('span', stage_name(stage), 'stage').props('aria-current=step')
            # On a phone the row is longer than the screen.
            ui.run_javascript(f'getHtmlElement({current.id})?.scrollIntoView({{block: "nearest", inline: "end"}})')
        elif stage.place < now.place and now is not Stage.PURGED and self.view['may_open']:
            button = text('button', f'✓ {stage_name(stage)}', 'stage').props('type=button')
            button.props['aria-label'] = _('Open “{stage}” again').format(stage=stage_name(stage))
            button.on('click', lambda stage=stage: self._ask_to_reopen(stage))
        else:
            text('span', stage_name(stage), 'stage')

    def _next_button(self, now: Stage) -> None:
        name = self.view['next_stage']['name']
        label = _('Open the round') if now is Stage.PLANNED else _('Go on: {stage}').format(stage=name)
        if now is Stage.NEXT_LEVEL:
            label = _('Close the round')
        ui.button(f'{label} →', on_click=self._ask_to_go_on).props('unelevated no-caps').classes('next-step')

    async def _ask_to_go_on(self) -> None:
        after = self.view['next_stage']
        if not after:
            return
        stage, unfinished = Stage(after['stage']), list(after['unfinished'])
        if stage is Stage.CLOSED:
            unfinished.append(closing_sentence(self.view['round']['days_kept']))
        if not unfinished:
            await said(self.go_to)(stage)
            return
        title, yes = _('Before “{stage}” opens').format(stage=after['name']), _('Go on all the same')
        if stage is Stage.CLOSED:
            title, yes = _('Close the round?'), _('Close the round')
        self._ask(title, unfinished, yes, stage)

    def _ask_to_reopen(self, stage: Stage) -> None:
        title = _('Open “{stage}” again?').format(stage=stage_name(stage))
        self._ask(title, [_('All work is kept, and everybody’s screens show this stage.')], _('Open it again'), stage)

    def _ask(self, title: str, sentences: list[str], yes: str, stage: Stage) -> None:
        async def go() -> None:
            dialog.close()
            await self.go_to(stage)

        with self.place, ui.dialog() as dialog, ui.card().classes('sheet'):
            dialog.props['aria-label'] = title
            heading(title, 2)
            for sentence in sentences:
                paragraph(sentence)
            with ui.row():
                ui.button(yes, on_click=said(go)).props('unelevated no-caps autofocus')
                ui.button(_('Stay here'), on_click=dialog.close).props('outline no-caps')
        dialog.on('hide', dialog.delete)
        dialog.open()


def closing_sentence(days: int) -> str:
    """What closing does, said before it is done."""
    if not days:
        return _('All notes and who wrote them are deleted at once. Patterns, theories and next steps stay.')
    sentence = _(
        'All notes and who wrote them are deleted {n} days after the close. Patterns, theories and steps stay.'
    )
    return sentence.format(n=days)


def hint(stage: Stage) -> str:
    """What the room does at this stage, in a sentence to say aloud."""
    return {
        Stage.PLANNED: _('Open the round when the visitors arrive: then they can join.'),
        Stage.OPEN: _('Visitors join and write down what they see and hear. No judgement, no names.'),
        Stage.SELECTION: _('Alone: each observer chooses the notes that are worth sharing.'),
        Stage.SCREENING: _(
            'In groups: read each card aloud. On the wall only if it is specific and free of judgement.'
        ),
        Stage.RED_DOTS: _('Groups swap: a red dot sends a card back that is not specific or that judges.'),
        Stage.ANALYSIS: _('Sort in silence first; then name each pattern in a sentence that its cards bear out.'),
        Stage.PREDICTION: _(
            'Let the question stand alone for a while. Each prediction cites the patterns it rests on.'
        ),
        Stage.THEORIES: _('When we … so … then … Draft your own before comparing with anything.'),
        Stage.NEXT_LEVEL: _('Few things, done as well as possible: one or two for each owner.'),
        Stage.CLOSED: _('The round is closed. The outcome document is ready.'),
        Stage.PURGED: _('What was to be deleted after the round has been deleted.'),
    }[stage]
