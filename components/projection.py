"""What the hall sees: the stage's own work, large, few things at a time, no names and no controls."""

from typing import Any

from nicegui import ui

from app.debrief.script import norms, stage_question
from app.rounds.stages import Stage
from app.texts import _
from components.debrief_board import DebriefBoard, View
from components.wall_pages import pages_of


class Projection(
    DebriefBoard, component='projection.js', dependencies=['debrief_board.js', 'fitted.js', 'hall_practice.js']
):
    """The projected wall. The view's `join` tells newcomers how: code, address, and the path of a QR in an SVG."""

    def __init__(self, view: View) -> None:
        ui.add_head_html('<link rel="stylesheet" href="/static/projection.css">')
        super().__init__(_with_pages(view), _texts())

    def show(self, view: View) -> None:
        """Draw another view, cut into its pages."""
        super().show(_with_pages(view))


def _with_pages(view: View) -> View:
    return {**view, 'pages': pages_of(view)}


def _texts() -> dict[str, Any]:
    return (
        _frame_texts()
        | _practice_texts()
        | _description_texts()
        | _analysis_texts()
        | _theory_texts()
        | _closing_texts()
    )


def _frame_texts() -> dict[str, Any]:
    return {
        'norms_title': _('What we have agreed on'),
        'norms': list(norms()),
        'questions': {stage.value: stage_question(stage) for stage in Stage},
        'left': [_('{n} minute left'), _('{n} minutes left')],
        'time_over': _('Time to come to an end'),
        'vote': {
            'patterns': _('Which patterns matter most?'),
            'theories': _('Which theories of action do we take on?'),
            'next_steps': _('Which next steps come first?'),
        },
        'vote_dots': [_('{n} dot for each of you, on your phone'), _('{n} dots for each of you, on your phone')],
        'voted': _('{n} of {all} have voted'),
        'vote_closed': _('The vote is closed'),
        'abstained': [_('{n} person abstained'), _('{n} people abstained')],
        'problem_of_practice': _('Problem of practice'),
        'focus': _('What we look for'),
        'page': _('{page} of {pages}'),
        'full_screen': _('Full screen'),
        'paused': _('A short pause'),
        'paused_hint': _('The wall comes back in a moment.'),
        'join': _('Join this round'),
        'join_scan': _('Scan this code with your phone’s camera'),
        'join_type': _('or open {address} and type'),
        'join_type_only': _('Open Rounds on your phone and type'),
        'not_open': _('This round has not been opened yet.'),
        'joined': [_('{n} person has joined'), _('{n} people have joined')],
        'notes': [_('{n} note received'), _('{n} notes received')],
    }


def _practice_texts() -> dict[str, Any]:
    return {
        'practice': _('Practice'),
        'practice_ask': _('Does it describe, or judge?'),
        'practice_raise': _('Hands up: who says it describes? Who says it judges?'),
        'practice_describes': _('It describes.'),
        'practice_judges': _('It judges.'),
        'practice_instead': _('For example: {instead}'),
        'practice_hands': _('Hands: {describes} for “describes”, {judges} for “judges”'),
    }


def _description_texts() -> dict[str, Any]:
    return {
        'selection': _('Which of your notes are worth sharing?'),
        'selection_how': _('Each of you, alone: choose {least} to {most} notes on your phone.'),
        'selection_how_many': _('Each of you, alone: choose the notes that are worth sharing, on your phone.'),
        'chosen': [_('note chosen so far'), _('notes chosen so far')],
        'specific': _('Is it specific?'),
        'judgement_free': _('Is it free of judgement?'),
        'on_wall': [_('{n} card on the wall'), _('{n} cards on the wall')],
        'wall_empty': _('The wall is still empty.'),
        'wall_empty_hint': _(
            'Read each chosen note aloud in your group. It goes on the wall when both answers are yes.'
        ),
        'red_dots': _('Another group’s card is not specific, or it judges? Mark it on your phone: it goes back.'),
        'sort': _('Sort in silence, then name what you see.'),
    }


def _analysis_texts() -> dict[str, Any]:
    return {
        'exception': _('Exception'),
        'unsorted_n': [_('{n} card is not sorted yet'), _('{n} cards are not sorted yet')],
        'rests_on': _('{cards} from {visits}'),
        'no_cards_here': _('No cards here yet.'),
    }


def _theory_texts() -> dict[str, Any]:
    return {
        'when': _('When'),
        'so': _('so'),
        'then': _('then'),
        'wrong_if': _('We would know we were wrong if'),
        'look_again': _('Look again on {date}'),
        'rests': _('Rests on'),
        'no_theories': _('What would have to be done differently, and what would students then be able to do?'),
        'theory_form': _('When we … so … then …'),
        'levels': {'teachers': _('Teachers'), 'leaders': _('Leaders'), 'network': _('Network')},
        'horizons': {
            'next week': _('Next week'),
            'next month': _('Next month'),
            'by the end of the year': _('By the end of the year'),
        },
        'taken_up': _('taken up'),
        'no_steps': _('What is the next level of work? One or two things, done as well as possible.'),
    }


def _closing_texts() -> dict[str, Any]:
    return {
        'thanks': _('Thank you.'),
        'closed_counts': _('{notes} · {cards} · {patterns} · {theories}'),
        'notes_n': [_('{n} note'), _('{n} notes')],
        'patterns_n': [_('{n} pattern'), _('{n} patterns')],
        'theories_n': [_('{n} theory of action'), _('{n} theories of action')],
        'deleted_in': [
            _('All notes and who wrote them are deleted {n} day after the round was closed.'),
            _('All notes and who wrote them are deleted {n} days after the round was closed.'),
        ],
        'deleted_at_once': _('All notes and who wrote them are deleted now that the round is closed.'),
        'deleted': _('All notes and who wrote them have been deleted.'),
        'stays': _('What stays: patterns, predictions, theories of action and next steps.'),
    }
