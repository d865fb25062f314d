"""The analysis on the facilitator's laptop: cards that are not sorted yet, and patterns with their cards."""

from app.texts import _
from components.debrief_board import DebriefBoard, OnAct, View
from components.sortings_texts import sortings_texts


class PatternBoard(
    DebriefBoard,
    component='pattern_board.js',
    dependencies=['debrief_board.js', 'sortings_box.js', 'suggestion_box.js'],
    default_classes='board',
):
    """Cards are moved by dragging, by a tap on cards and then on a pattern, or from a list.

    Asks for move {cards, pattern}, add {title, cards}, change {pattern, title, summary, exception, seen},
    merge {pattern, into}, split {pattern, cards, title}, remove {pattern}, order_patterns {ids} and focus {id}; and for
    the groups' own sorting begin_sorting {share}, end_sorting, and sortings, which answers with where they agree.
    """

    def __init__(self, view: View, on_act: OnAct) -> None:
        super().__init__(view, _texts(), on_act)


def _texts() -> dict[str, object]:
    return (
        _moving_texts()
        | sortings_texts()
        | _suggesting_texts()
        | {
            'rests_on': _('{cards} from {visits}'),
            'exception': _('Exception'),
            'title': _('The pattern in a sentence, in descriptive words'),
            'later': _('The name can wait: sorting is silent.'),
            'summary': _('What the cards say, in a few sentences'),
            'exception_label': _('What speaks against it'),
            'new_pattern': _('New pattern'),
            'change': _('Change'),
            'change_pattern': _('Change the pattern'),
            'change_this': _('Change “{title}”'),
            'show': _('Show'),
            'show_this': _('Show “{title}” on the screen'),
            'shown': _('Shown'),
            'overview': _('Show all patterns'),
            'merge': _('Merge into'),
            'merge_choose': _('Another pattern …'),
            'merge_do': _('Merge'),
            'remove_pattern': _('Remove the pattern'),
            'remove_hint': [
                _('Its {n} card goes back to those not sorted yet. Undo brings it back.'),
                _('Its {n} cards go back to those not sorted yet. Undo brings them back.'),
            ],
            'no_patterns': _('Choose cards that belong together, then make a pattern of them.'),
            'empty': _('No cards yet: drag some here, or choose cards and press “Put here”.'),
            'all_sorted': _('Every card is in a pattern.'),
            'no_cards': _('There are no cards on the wall yet.'),
        }
    )


def _moving_texts() -> dict[str, object]:
    return {
        'how': _(
            'Tap cards, then “Put here”. Or drag them. On the keyboard: Space chooses a card, M goes to “Move to”.'
        ),
        'chosen': [_('{n} card chosen'), _('{n} cards chosen')],
        'move_to': _('Move to'),
        'move_choose': _('Choose a pattern …'),
        'move': _('Move'),
        'clear': _('Choose none'),
        'put_here': [_('Put {n} card here'), _('Put {n} cards here')],
        'put_in': _('Put the chosen cards into “{title}”'),
        'new_from': [_('A new pattern from {n} card'), _('A new pattern from {n} cards')],
    }


def _suggesting_texts() -> dict[str, object]:
    return {
        'suggest': _('Suggest …'),
        'suggestions': _('What might belong together'),
        'suggesting': _('Looking for cards that are alike …'),
        'might_go_to': _('This card might belong to'),
        'might_form_one': _('These cards might belong together'),
        'lies_there': _('There lies already:'),
        'because_of': _('They share: {words}'),
        'take_card': _('Put it there'),
        'take_cards': [_('Make a pattern of {n} card'), _('Make a pattern of {n} cards')],
        'wave': _('Not this one'),
        'no_suggestion': _('No cards are alike enough to suggest anything now.'),
        'suggest_again': _('Show again what was waved away'),
        'suggest_how': _('Worked out from the words of the cards, on this server alone. What people see counts more.'),
    }
