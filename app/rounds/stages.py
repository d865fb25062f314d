"""The stages of a round, and which act belongs to which: the one table that every service asks.

Order is the method: description before analysis, analysis before prediction (City et al., 2009).
"""

from enum import StrEnum

from app.errors import WrongStage
from app.texts import _


class Stage(StrEnum):
    """In the order of the day."""

    PLANNED = 'planned'
    OPEN = 'open'
    SELECTION = 'selection'
    SCREENING = 'screening'
    RED_DOTS = 'red_dots'
    ANALYSIS = 'analysis'
    PREDICTION = 'prediction'
    THEORIES = 'theories'
    NEXT_LEVEL = 'next_level'
    CLOSED = 'closed'
    PURGED = 'purged'

    @property
    def place(self) -> int:
        """0 for planned … 10 for purged."""
        return ORDER.index(self)


ORDER = tuple(Stage)


class Act(StrEnum):
    """What somebody does in a round."""

    PLAN = 'plan'
    CHANGE_DAY = 'change_day'
    JOIN = 'join'
    SEND_NOTES = 'send_notes'
    CHOOSE = 'choose'
    CHOOSE_LATE = 'choose_late'
    SCREEN = 'screen'
    SCREEN_LATE = 'screen_late'  # late ones, by the facilitator, as long as late ones can be chosen
    REWORD = 'reword'
    RED_DOT = 'red_dot'
    SORT = 'sort'
    SORT_AFTERWARDS = 'sort_afterwards'  # by the facilitator
    PREDICT = 'predict'
    WRITE_THEORY = 'write_theory'
    WRITE_NEXT_STEP = 'write_next_step'
    TAKE_UP = 'take_up'  # the school marks which next steps it takes up
    VOTE = 'vote'  # where the facilitator has opened a vote
    BRING_BACK = 'bring_back'  # the wall of an earlier minute
    RELEASE = 'release'  # the outcome document, so that it stays as it is


def _span(first: Stage, last: Stage) -> frozenset[Stage]:
    return frozenset(ORDER[first.place : last.place + 1])


ALLOWED: dict[Act, frozenset[Stage]] = {
    Act.PLAN: _span(Stage.PLANNED, Stage.OPEN),
    Act.CHANGE_DAY: _span(Stage.PLANNED, Stage.SELECTION),
    Act.JOIN: _span(Stage.OPEN, Stage.NEXT_LEVEL),
    Act.SEND_NOTES: _span(Stage.OPEN, Stage.NEXT_LEVEL),
    Act.CHOOSE: _span(Stage.OPEN, Stage.RED_DOTS),
    Act.CHOOSE_LATE: _span(Stage.OPEN, Stage.THEORIES),
    Act.SCREEN: _span(Stage.SCREENING, Stage.RED_DOTS),
    Act.SCREEN_LATE: _span(Stage.SCREENING, Stage.THEORIES),
    Act.REWORD: _span(Stage.SCREENING, Stage.ANALYSIS),
    Act.RED_DOT: _span(Stage.RED_DOTS, Stage.RED_DOTS),
    Act.SORT: _span(Stage.ANALYSIS, Stage.ANALYSIS),
    Act.SORT_AFTERWARDS: _span(Stage.ANALYSIS, Stage.NEXT_LEVEL),
    Act.PREDICT: _span(Stage.PREDICTION, Stage.THEORIES),
    Act.WRITE_THEORY: _span(Stage.THEORIES, Stage.NEXT_LEVEL),
    Act.WRITE_NEXT_STEP: _span(Stage.THEORIES, Stage.NEXT_LEVEL),
    Act.TAKE_UP: _span(Stage.NEXT_LEVEL, Stage.CLOSED),
    Act.VOTE: _span(Stage.ANALYSIS, Stage.NEXT_LEVEL),
    Act.BRING_BACK: _span(Stage.SCREENING, Stage.NEXT_LEVEL),
    Act.RELEASE: _span(Stage.CLOSED, Stage.PURGED),
}

#: From this stage on a note that arrives is marked late.
LATE_FROM = Stage.SCREENING


def stage_name(stage: Stage) -> str:
    """The stage in the words of the field."""
    return {
        Stage.PLANNED: _('Planning'),
        Stage.OPEN: _('Visits'),
        Stage.SELECTION: _('Selection'),
        Stage.SCREENING: _('Screening'),
        Stage.RED_DOTS: _('Red dots'),
        Stage.ANALYSIS: _('Analysis'),
        Stage.PREDICTION: _('Prediction'),
        Stage.THEORIES: _('Theories of action'),
        Stage.NEXT_LEVEL: _('Next level of work'),
        Stage.CLOSED: _('Closed'),
        Stage.PURGED: _('Deleted after the round'),
    }[stage]


def require(act: Act, stage: Stage) -> None:
    """Raise `WrongStage`, naming the stage, unless `act` belongs to it."""
    if stage in ALLOWED[act]:
        return
    if act is Act.JOIN and stage is Stage.PLANNED:
        raise WrongStage(_('This round has not been opened yet. Try again when the facilitator says so.'), stage=stage)
    if act is Act.JOIN and stage is Stage.CLOSED:
        raise WrongStage(_('This round is over, so nobody can join it any more. Thank you for coming.'), stage=stage)
    if act is Act.RELEASE:
        sentence = _('The round is at “{stage}” now. Close it first; then its document can be released.')
        raise WrongStage(sentence.format(stage=stage_name(stage)), stage=stage)
    if stage in (Stage.CLOSED, Stage.PURGED):
        raise WrongStage(_('This round is closed, so nothing in it can be changed any more.'), stage=stage)
    sentence = _('The round is at “{stage}” now; this belongs to “{other}”.')
    allowed = [_stage for _stage in ORDER if _stage in ALLOWED[act]]
    raise WrongStage(sentence.format(stage=stage_name(stage), other=stage_name(allowed[0])), stage=stage)


def require_move(now: Stage, to: Stage) -> None:
    """Raise `WrongStage` unless the facilitator may go from `now` to `to`.

    Any stage can be reopened with the work kept; forward goes one step at a time; *purged* is final and is
    reached by the purge alone.
    """
    if now is Stage.PURGED or to is Stage.PURGED:
        raise WrongStage(_('What has been deleted after the round cannot be opened again.'), stage=now)
    if to.place > now.place + 1:
        sentence = _('Next after “{stage}” is “{other}”: one step at a time, so that nothing is left out.')
        raise WrongStage(sentence.format(stage=stage_name(now), other=stage_name(ORDER[now.place + 1])), stage=now)
