"""The next level of work on the facilitator's laptop: three horizons, three owners, few things in each."""

from app.texts import _
from app.theory.advice import MOST_STEPS
from components.debrief_board import DebriefBoard, OnAct, View


class NextLevel(DebriefBoard, component='next_level.js', dependencies=['debrief_board.js'], default_classes='board'):
    """Asks for add_step {horizon, owner, text, theories}, change_step
    {step, horizon, owner, text, theories, seen}, remove_step {step},
    order_steps {ids}, take_up {step, taken_up}. In a closed round steps can be marked as taken up, and nothing else."""

    def __init__(self, view: View, on_act: OnAct) -> None:
        super().__init__(view, _texts(), on_act)


def _texts() -> dict[str, object]:
    return {
        'most': MOST_STEPS,
        'enough': _(
            'One or two stand here already. What is done well takes time: does this one replace another? Can it wait?'
        ),
        'lead': _('One or two things in each, done as well as possible.'),
        'owners': {'teachers': _('Teachers'), 'leaders': _('Leaders'), 'network': _('Network')},
        'horizons': {
            'next week': _('Next week'),
            'next month': _('Next month'),
            'by the end of the year': _('By the end of the year'),
        },
        'cell': _('{horizon}, {owner}'),
        'add': _('Add'),
        'add_title': _('A next step: {horizon}, {owner}'),
        'change': _('Change'),
        'change_title': _('Change the next step'),
        'text': _('What is done?'),
        'horizon': _('When?'),
        'owner': _('Who?'),
        'theories': _('Which theories of action does it serve?'),
        'taken_up': _('The school takes this up'),
        'grid': _('Next steps by horizon and owner'),
    }
