"""Predictions on the facilitator's laptop: what a student who did everything asked would be able to do."""

from app.texts import _
from components.debrief_board import DebriefBoard, OnAct, View


class PredictionList(
    DebriefBoard, component='prediction_list.js', dependencies=['debrief_board.js'], default_classes='board'
):
    """Asks for predict {text, patterns}, change_prediction {prediction, text, patterns, seen}, remove_prediction."""

    def __init__(self, view: View, on_act: OnAct) -> None:
        super().__init__(view, _texts(), on_act)


def _texts() -> dict[str, object]:
    return {
        'new': _('A new prediction'),
        'text': _('The prediction'),
        'cites': _('Which patterns does it rest on?'),
        'counts': _('{cards}, {visits}'),
        'no_patterns': _('There are no patterns yet: a prediction rests on at least one.'),
        'none': _('Nobody has predicted anything yet.'),
        'change': _('Change'),
        'change_title': _('Change the prediction'),
        'rests': _('Rests on'),
        'predictions': _('Predictions'),
    }
