"""The time of the debrief on the facilitator's laptop: what is left, and what extending a step costs the others."""

from pathlib import Path
from typing import Any

from app.debrief.agenda import PRESETS
from app.texts import _
from components.debrief_board import DebriefBoard, OnAct, View

BOARD = Path(__file__).parents[1] / 'debrief_board.js'


class TimeBar(DebriefBoard, component='time_bar.js', dependencies=[BOARD], default_classes='board time-bar'):
    """Asks for plan_time {ends, minutes}, extend {minutes}, move_end {minutes} and drop_agenda {}."""

    def __init__(self, view: View, on_act: OnAct) -> None:
        super().__init__(_part(view), _texts(), on_act)

    def show(self, view: View) -> None:
        """Draw the time only."""
        super().show(_part(view))


def _part(view: View) -> View:
    return {'agenda': view['agenda'], 'stage': view['stage']}


def _texts() -> dict[str, Any]:
    return {
        'time': _('Time'),
        'presets': list(PRESETS),
        'plan': _('Plan the time'),
        'plan_hint': _('From the end of the day: each step then has its minutes.'),
        'ends': _('The debrief ends at'),
        'minutes': _('It takes'),
        'n_minutes': [_('{n} minute'), _('{n} minutes')],
        'left': [_('{n} minute left'), _('{n} minutes left')],
        'over': _('Time to go on: the steps that follow are waiting'),
        'more': _('+5 min'),
        'more_label': _('Five minutes more for this step; the steps that follow get shorter'),
        'less': _('−5 min'),
        'less_label': _('Five minutes less for this step; the steps that follow get longer'),
        'ends_at': _('ends {time}'),
        'later': _('End 5 min later'),
        'earlier': _('End 5 min earlier'),
        'begin': _('Open “Selection” at {time} at the latest'),
        'drop': _('Without an agenda'),
        'change': _('Change'),
        'min': _('{n} min'),
        'done': _('done'),
    }
