"""Theories of action as groups draft them on their phones: written in parts, with the evidence open beside them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.debrief.phone import Fields, PhoneAct, text
from app.debrief.wall import Wall
from app.errors import BadInput
from app.observation.model import Observer
from app.rounds.stages import Act, Stage
from app.store import RoundWork
from app.texts import _

from .advice import advice
from .comparisons import comparisons
from .model import Theory
from .parts import read_theory, set_part, the_theory
from .view import theories_of, theory_drawn

MOST_DRAFTS = 12


async def drafts_part(work: RoundWork, wall: Wall, observer: Observer) -> dict[str, Any]:
    """What a group has drafted, each with its advice; the theories of the field only beside a draft of its own."""
    stage = wall.planned.stage
    if stage not in (Stage.THEORIES, Stage.NEXT_LEVEL) or not observer.group:
        return {'drafts': [], 'comparisons': []}
    own = [theory for theory in await theories_of(work) if theory.group == observer.group]
    visits = wall.planned.sizes.printed_from_visits
    return {
        'drafts': [
            {
                **theory_drawn(theory),
                'advice': [
                    {'key': one.key, 'sentence': one.sentence}
                    for one in advice(theory, wall.accepted, least_visits=visits)
                ],
            }
            for theory in own
        ],
        'comparisons': [
            {'key': one.key, 'title': one.title, 'whole_school': one.whole_school} for one in comparisons(own)
        ],
    }


async def _draft(work: RoundWork, group: str, act: Fields) -> str:
    """A new draft of this group, under the id that its phone gave it; *when* is enough to begin with."""
    key = text(act, 'theory')
    if not 22 <= len(key) <= 36 or await work.theories.get(key) is not None:
        raise BadInput(_('This draft has no proper id. Please reload the page.'))
    theories = await work.theories.all()
    if sum(theory.group == group for theory in theories) >= MOST_DRAFTS:
        raise BadInput(_('Few theories, done as well as possible: change one of yours instead of adding another.'))
    when = await read_theory(work, 'when', text(act, 'text'))
    place = 1 + max((theory.place for theory in theories), default=0)
    await work.theories.put(Theory(id=key, when=when, group=group, place=place))
    return _('Write a theory of action')


async def _change(work: RoundWork, group: str, act: Fields) -> str:
    """Other words for a part of a draft, or another choice (`value`); compared with what the phone had read."""
    theory = await _own_draft(work, group, act)
    field = text(act, 'field')
    value = act['text'] if 'text' in act else act.get('value')
    await work.theories.put(set_part(theory, field, await read_theory(work, field, value), act.get('seen')))
    return _('Change a theory of action')


async def _remove(work: RoundWork, group: str, act: Fields) -> str:
    theory = await _own_draft(work, group, act)
    await work.theories.remove(theory.id)
    for step in await work.next_steps.all():
        if theory.id in step.theories:
            await work.next_steps.put(replace(step, theories=tuple(key for key in step.theories if key != theory.id)))
    return _('Remove a theory of action')


async def _own_draft(work: RoundWork, group: str, act: Fields) -> Theory:
    theory = await the_theory(work, text(act, 'theory'))
    if theory.group != group:
        raise BadInput(_('This theory is drafted by another group, or with the whole room.'))
    return theory


KINDS: Mapping[str, PhoneAct] = {
    'draft': PhoneAct(Act.WRITE_THEORY, _draft),
    'change_draft': PhoneAct(Act.WRITE_THEORY, _change),
    'remove_draft': PhoneAct(Act.WRITE_THEORY, _remove),
}
