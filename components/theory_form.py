"""Theories of action on the facilitator's laptop: drafts, the form, and beside it advice and the evidence cited."""

from app.texts import _
from components.debrief_board import DebriefBoard, OnAct, View


class TheoryForm(DebriefBoard, component='theory_form.js', dependencies=['debrief_board.js'], default_classes='board'):
    """Each field is kept by itself, when the typing pauses or the field is left.

    Asks for write_theory {when}, change_theory {theory, field, value, seen}, remove_theory {theory},
    order_theories {ids}, focus {id, beside}, join_theories {into, other}, take_apart {theory, when}, wordings {theory}.
    """

    def __init__(self, view: View, on_act: OnAct) -> None:
        super().__init__(view, _texts(), on_act)


def _texts() -> dict[str, object]:
    return _field_texts() | {
        'drafts': _('Drafts'),
        'none': _('No theory of action has been drafted yet. Begin with the action: when we …'),
        'new': _('New draft'),
        'new_hint': _('One action that somebody could see next month.'),
        'begin': _('Begin'),
        'untitled': _('(empty)'),
        'advice': _('Worth a look'),
        'advice_hint': _('Advice, no verdict: you decide.'),
        'advice_none': _('Nothing to add here.'),
        'evidence': _('The evidence'),
        'evidence_none': _('Tick the patterns that this theory rests on: their cards are then open here.'),
        'beside': _('Side by side with'),
        'beside_choose': _('Another draft …'),
        'join': _('Join it into this draft'),
        'join_hint': _('All words of both stand here then, to be shortened together. Undo takes them apart again.'),
        'apart': _('Take apart'),
        'apart_hint': _('The other action: it gets a draft of its own, with the same words and patterns.'),
        'apart_do': _('Make a second draft'),
        'before': _('What stood here before'),
        'before_none': _('Nothing else has stood here.'),
        'put_back': _('Put these words back'),
        'show': _('Show on the screen'),
        'shown': _('On the screen now'),
        'remove_theory': _('Remove this draft'),
        'theirs': _('Take what stands there now'),
        'mine': _('Keep mine'),
        'compare': _('Compare with'),
        'compare_hint': _('Only if the group wants to: does yours relate to one of these?'),
        'compare_none': _('No, it is our own'),
        'counts': _('{cards}, {visits}'),
    }


def _field_texts() -> dict[str, object]:
    return {
        'when': _('When we …'),
        'when_hint': _('the action'),
        'so': _('so …'),
        'so_hint': _('what it does for students as learners'),
        'then': _('then …'),
        'then_hint': _('what students achieve'),
        'wrong_if': _('We would know we were wrong if …'),
        'look_again': _('Look again on'),
        'level': _('Whose work is it?'),
        'levels': {'teachers': _('Teachers'), 'leaders': _('Leaders'), 'network': _('Network')},
        'patterns': _('Which patterns does it rest on?'),
    }
