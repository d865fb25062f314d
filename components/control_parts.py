"""What can lie on the facilitator's desk during the debrief, and at which stage; undo and redo beside it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from nicegui import ui

from app.rounds.stages import Stage
from app.texts import _
from components.debrief_board import DebriefBoard, OnAct, View
from components.evidence_wall import EvidenceWall
from components.layout import heading, paragraph
from components.messages import said
from components.next_level import NextLevel
from components.pattern_board import PatternBoard
from components.prediction_list import PredictionList
from components.theory_form import TheoryForm


@dataclass(frozen=True, kw_only=True)
class ControlPart:
    """A part of the debrief: from which stage on it can be opened, and how it is drawn."""

    name: Callable[[], str]
    since: Stage
    draw: Callable[[View, OnAct], DebriefBoard | None]


def part_of(stage: str) -> str:
    """The part that belongs to a stage."""
    return {
        Stage.SCREENING: 'description',
        Stage.RED_DOTS: 'description',
        Stage.ANALYSIS: 'patterns',
        Stage.PREDICTION: 'predictions',
        Stage.THEORIES: 'theories',
        Stage.NEXT_LEVEL: 'next_level',
        Stage.CLOSED: 'next_level',
    }.get(Stage(stage), 'visits')


def parts_at(stage: str) -> list[str]:
    """The parts that can be opened at a stage, in order."""
    return [key for key, part in PARTS.items() if part.since.place <= Stage(stage).place]


def _draw_visits(view: View, _on_act: OnAct) -> None:
    numbers = view['numbers']
    with ui.element('section').classes('sheet'):
        heading(view['stage_name'], 2)
        if view['stage'] == Stage.PLANNED:
            paragraph(_('The round is not open yet. Open it when the visitors arrive.'), 'lead')
        elif view['stage'] == Stage.SELECTION:
            paragraph(_('{n} notes are chosen so far.').format(n=numbers['chosen']), 'lead num')
            paragraph(_('On their phones, observers tap the notes that are worth sharing.'))
        else:
            sentence = _('{joined} have joined, {notes} notes are received, {chosen} chosen.')
            paragraph(sentence.format(**numbers), 'lead num')
        ui.link(_('The day: groups, rooms and times'), f'/rounds/{view["round"]["id"]}/day')


PARTS: dict[str, ControlPart] = {
    'visits': ControlPart(name=lambda: _('Visits and selection'), since=Stage.PLANNED, draw=_draw_visits),
    'description': ControlPart(name=lambda: _('Description'), since=Stage.SCREENING, draw=EvidenceWall),
    'patterns': ControlPart(name=lambda: _('Patterns'), since=Stage.ANALYSIS, draw=PatternBoard),
    'predictions': ControlPart(name=lambda: _('Predictions'), since=Stage.PREDICTION, draw=PredictionList),
    'theories': ControlPart(name=lambda: _('Theories of action'), since=Stage.THEORIES, draw=TheoryForm),
    'next_level': ControlPart(name=lambda: _('Next level of work'), since=Stage.THEORIES, draw=NextLevel),
}


class UndoBar:
    """Everything at the wall can be taken back, and done again; the buttons say what."""

    def __init__(self, view: View, undo: Callable[[], Awaitable[None]], redo: Callable[[], Awaitable[None]]) -> None:
        ui.add_body_html('<script type="module" src="/static/undo_keys.js"></script>')
        with ui.element('section').classes('sheet undo') as place:
            self.place = place
            place.props['aria-label'] = _('Undo and redo')
            with ui.element('div').classes('turn'):
                self.undo = ui.button(_('Undo'), icon='undo', on_click=said(undo)).props('outline dense no-caps')
                self.redo = ui.button(_('Redo'), icon='redo', on_click=said(redo)).props('outline dense no-caps')
            self.what = paragraph('', 'small soft')
        self.show(view)

    def show(self, view: View) -> None:
        """Say what would be undone or redone now."""
        self.undo.enabled, self.redo.enabled = bool(view['undo']), bool(view['redo'])
        self.undo.props['aria-label'] = _('Undo: {act}').format(act=view['undo']) if view['undo'] else _('Undo')
        self.redo.props['aria-label'] = _('Redo: {act}').format(act=view['redo']) if view['redo'] else _('Redo')
        self.what.text = _('Last: {act}').format(act=view['undo']) if view['undo'] else _('Nothing to undo here.')
