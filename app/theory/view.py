"""Theories and the next level of work as plain data: what this feature adds to the views of the debrief."""

from typing import Any

from app.debrief.wall import Wall
from app.rounds.stages import Stage
from app.store import RoundWork

from .advice import advice, advice_on_steps
from .comparisons import comparisons
from .model import NextStep, Theory


async def theory_part(work: RoundWork, wall: Wall, for_control: bool) -> dict[str, Any]:
    """Theories and next steps in their order; with advice and comparisons for the facilitator's own screen alone."""
    theories, steps = await theories_of(work), await next_steps_of(work)
    if not for_control:
        shown = wall.planned.stage.place >= Stage.THEORIES.place
        return {
            'theories': [theory_drawn(theory) for theory in theories if shown],
            'next_steps': [_next_step(step) for step in steps if shown],
        }
    visits = wall.planned.sizes.printed_from_visits
    return {
        'theories': [
            theory_drawn(theory)
            | {
                'advice': [
                    {'key': one.key, 'sentence': one.sentence}
                    for one in advice(theory, wall.accepted, least_visits=visits)
                ]
            }
            for theory in theories
        ],
        'comparisons': [
            {'key': one.key, 'title': one.title, 'whole_school': one.whole_school} for one in comparisons(theories)
        ],
        'next_steps': [_next_step(step) for step in steps],
        'next_steps_advice': [
            {'horizon': one.horizon.value, 'owner': one.owner.value, 'sentence': one.sentence}
            for one in advice_on_steps(steps)
        ],
    }


async def theories_of(work: RoundWork) -> list[Theory]:
    """The theories of a round in their order."""
    return sorted(await work.theories.all(), key=lambda theory: (theory.place, theory.id))


async def next_steps_of(work: RoundWork) -> list[NextStep]:
    """The next steps of a round in their order."""
    return sorted(await work.next_steps.all(), key=lambda step: (step.place, step.id))


def theory_drawn(theory: Theory) -> dict[str, Any]:
    """A theory as every view shows it; which group drafts it is no part of that."""
    return {
        'id': theory.id,
        'when': theory.when,
        'so': theory.so,
        'then': theory.then,
        'wrong_if': theory.wrong_if,
        'look_again': theory.look_again.isoformat() if theory.look_again else None,
        'level': theory.level.value,
        'patterns': list(theory.patterns),
        'relates_to': theory.relates_to,
    }


def _next_step(step: NextStep) -> dict[str, Any]:
    return {
        'id': step.id,
        'horizon': step.horizon.value,
        'owner': step.owner.value,
        'text': step.text,
        'theories': list(step.theories),
        'taken_up': step.taken_up,
    }
