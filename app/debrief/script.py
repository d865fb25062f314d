"""What a facilitator says at each stage who has never done this: words to say, how long, and what to watch for.

Our own words, after the protocols of City et al. (2009) and what goes wrong in real rounds: judgement slips in, the
wall becomes a heap, the hour is gone before a theory is written.
"""

from dataclasses import dataclass

from app.rounds.stages import Stage
from app.texts import _

from .predictions import question


@dataclass(frozen=True, kw_only=True)
class Script:
    """One stage: sentences to say aloud, how long in words, and what to watch for."""

    say: tuple[str, ...]
    how_long: str
    watch_for: tuple[str, ...]


def norms() -> tuple[str, ...]:
    """What the room agrees on; can be shown on the wall at any moment."""
    return (
        _('We say what we saw and heard. How good it was is not our question.'),
        _('We speak of teaching and learning, never of a teacher or a pupil.'),
        _('“What did you see that makes you say so?” may be asked of everybody.'),
        _('Everybody writes, everybody is heard, silence is allowed.'),
        _('What was seen stays here. What we learn goes home with us.'),
    )


def stage_question(stage: Stage) -> str:
    """The one question that a stage answers; '' where it has none."""
    return {
        Stage.OPEN: _('What do you see and hear?'),
        Stage.SELECTION: _('Which of your notes are worth sharing?'),
        Stage.SCREENING: _('Is it specific? Is it free of judgement?'),
        Stage.RED_DOTS: _('Could somebody who was not there picture it, and would the teacher agree that it happened?'),
        Stage.ANALYSIS: _('Which cards belong together, and what do they say?'),
        Stage.PREDICTION: question(),
        Stage.THEORIES: _('What would have to be done differently, and what would students then be able to do?'),
        Stage.NEXT_LEVEL: _('Which one or two things come next, and who begins?'),
    }.get(stage, '')


def script(stage: Stage) -> Script | None:
    """The script of a stage; None before and after the day."""
    return {**_arriving(), **_describing(), **_understanding(), **_building()}.get(stage)


def _arriving() -> dict[Stage, Script]:
    return {
        Stage.OPEN: Script(
            say=(
                _('Welcome. Let us read the problem of practice together. It is what we look for today.'),
                _('In the classrooms you write what you see and hear. No names, and no verdicts: a camera has none.'),
                _('Let us practise with one sentence: “The lesson was engaging.” What would you have to have seen?'),
            ),
            how_long=_('20 to 30 minutes before the first visit'),
            watch_for=(
                _('Has everybody joined? The number stands under Groups.'),
                _('Somebody writes in general words: ask how many of how many.'),
            ),
        )
    }


def _describing() -> dict[Stage, Script]:
    return {
        Stage.SELECTION: Script(
            say=(
                _('Please be quiet for a few minutes, each of you alone with your own notes.'),
                _('Tap the ones that say most about the problem of practice. They go on the wall without your name.'),
            ),
            how_long=_('8 to 12 minutes'),
            watch_for=(
                _('Talking: the notes have to be their own first.'),
                _('Groups with few chosen notes stand under Groups. Ask them whether they need a minute.'),
            ),
        ),
        Stage.SCREENING: Script(
            say=(
                _('Now in your groups. One person reads a note aloud, and the others answer two questions.'),
                _('Is it specific? Is it free of judgement? Two times yes: onto the wall.'),
                _('If not, find other words together, or drop it.'),
                _('Nobody has to defend a note. It is the words that we work on.'),
            ),
            how_long=_('15 to 25 minutes'),
            watch_for=(
                _('“Good”, “engaged”, “only”, “should”: ask what they saw that made them write it.'),
                _('A group that accepts everything in two minutes: read one of its cards with them.'),
            ),
        ),
        Stage.RED_DOTS: Script(
            say=(
                _('Now you see cards of another group, with fresh eyes.'),
                _('If a card judges, or you cannot picture it, mark it. It is a help and not a complaint.'),
            ),
            how_long=_('7 to 12 minutes'),
            watch_for=(
                _('No dots at all may mean politeness. Read two cards aloud yourself and ask.'),
                _('Cards that came back need other words before you go on: the number stands under Groups.'),
            ),
        ),
    }


def _understanding() -> dict[Stage, Script]:
    return {
        Stage.ANALYSIS: Script(
            say=(
                _('First in silence: put together what belongs together. You may move what others have moved.'),
                _('Now let us name what we see. A name is a sentence that every card under it bears out.'),
                _('What speaks against it? Exceptions stay in sight: they are where schools learn most.'),
            ),
            how_long=_('25 to 40 minutes, a third of it in silence'),
            watch_for=(
                _('A name that is one word (“Questioning”): ask what the cards say about it.'),
                _('A cause or a verdict in a name: that comes later, or not at all.'),
                _('A heap of more than 20 cards is mostly two patterns.'),
            ),
        ),
        Stage.PREDICTION: Script(
            say=(
                _('I will read a question, and then we are quiet for a minute.'),
                question(),
                _('Write in pairs. Say which patterns make you think so.'),
            ),
            how_long=_('10 to 15 minutes'),
            watch_for=(
                _('Wishes instead of predictions: it is about what happens if nothing changes.'),
                _('It can be quiet and a little sad here. That is the turning point of the day: let it stand.'),
            ),
        ),
    }


def _building() -> dict[Stage, Script]:
    return {
        Stage.THEORIES: Script(
            say=(
                _('When we do what, so that what happens for students as learners, then they achieve what?'),
                _('One action in each. Somebody has to be able to see it in a classroom next month.'),
                _('How would we know that we were wrong? Write that down, too, and when we look again.'),
            ),
            how_long=_('20 to 35 minutes: guard it, this is what the day is for'),
            watch_for=(
                _('“Improve”, “support”, “ensure”: what would a visitor see?'),
                _('The “then” is about teachers: ask what students can do then.'),
                _('The lists of others stay closed until every group has a draft of its own.'),
            ),
        ),
        Stage.NEXT_LEVEL: Script(
            say=(
                _('What do we do next week, next month, by the end of the year? One or two things, done well.'),
                _('Who begins? Please say it aloud, the school marks what it takes up.'),
                _('Thank you. The notes and who wrote them will be deleted; what we have built stays.'),
            ),
            how_long=_('8 to 15 minutes'),
            watch_for=(
                _('A long list is a way of not choosing. Let the room vote if it cannot let go.'),
                _('Everything lands with the teachers: what do leaders and the network do?'),
            ),
        ),
    }
