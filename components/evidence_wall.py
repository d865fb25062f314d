"""Screening on the facilitator's laptop: one chosen note large, the two questions, and what became of the others."""

from app.texts import _
from components.debrief_board import DebriefBoard, OnAct, View


class EvidenceWall(
    DebriefBoard, component='evidence_wall.js', dependencies=['debrief_board.js'], default_classes='board'
):
    """Asks for accept {card, confirmed}, reword {card, text, seen, confirmed}, drop {card}, red_dot {card, reason} and
    focus {id}."""

    def __init__(self, view: View, on_act: OnAct) -> None:
        super().__init__(view, _texts(), on_act)


def _texts() -> dict[str, object]:
    return {
        'queue': _('Cards'),
        'states': {
            'chosen': _('To screen'),
            'returned': _('Sent back'),
            'accepted': _('On the wall'),
            'dropped': _('Dropped'),
        },
        'none': {
            'chosen': _('Nothing waits to be screened.'),
            'returned': _('No card has been sent back.'),
            'accepted': _('No card is on the wall yet.'),
            'dropped': _('No card has been dropped.'),
        },
        'specific': _('Is it specific?'),
        'specific_hint': _('Could two people who were not there picture the same thing?'),
        'judgement_free': _('Is it free of judgement?'),
        'judgement_free_hint': _('It says what was seen and heard, not how good it was or why.'),
        'accept': _('Accept: onto the wall'),
        'accept_anyway': _('Accept as it is'),
        'keep_anyway': _('Keep it as it is'),
        'reword': _('Reword'),
        'drop': _('Drop'),
        'show': _('Show on the screen'),
        'red_dot': _('Red dot: send back'),
        'red_dot_why': _('Why does it go back?'),
        'other': _('Another reason'),
        'reason_text': _('In a few words'),
        'words': _('The card’s words'),
        'words_hint': _('What was noted first stays kept.'),
        'previous': _('Previous'),
        'next': _('Next'),
        'place': _('{n} of {all}'),
        'keys': _('Keys while this card has the focus: A accept, R reword, D drop, ← →'),
        'asked_out': {
            'time': _('It holds a clock time: say “for six minutes” instead.'),
            'room': _('It holds a room: leave it out.'),
            'name': _('It holds a name: say “a student”, “the teacher”.'),
        },
        'sent_back': _('Sent back: {reason}'),
        'dotted': _('by a red dot'),
    }
