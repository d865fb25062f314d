"""Drafts beside one another: joined, taken apart, and what stood in them before."""

from dataclasses import replace
from typing import Any

from app.errors import BadInput
from app.ids import new_id
from app.store import RoundWork
from app.texts import _
from app.wording import worded

from .model import Theory
from .parts import LONGEST_PART, the_theory

WORDED = ('when', 'so', 'then', 'wrong_if')
MOST_WORDINGS = 30


async def join(work: RoundWork, into_id: str, other_id: str) -> Theory:
    """All words and patterns of both in one draft; next steps that rest on the other rest on it.

    Raises `BadInput` for a draft and itself, or where both together are too long.
    """
    if into_id == other_id:
        raise BadInput(_('Choose two drafts to join.'))
    into, other = await the_theory(work, into_id), await the_theory(work, other_id)
    words: dict[str, Any] = {}
    for field in WORDED:
        texts = dict.fromkeys(text for text in (getattr(into, field), getattr(other, field)) if text)
        words[field] = '\n'.join(texts)
        if len(words[field]) > LONGEST_PART:
            raise BadInput(_('Both together are too long: shorten one of them first.'))
    patterns = tuple(dict.fromkeys((*into.patterns, *other.patterns)))
    joined = replace(into, **words, patterns=patterns, look_again=into.look_again or other.look_again)
    await work.theories.put(joined)
    await work.theories.remove(other.id)
    for step in await work.next_steps.all():
        if other.id in step.theories:
            kept = tuple(dict.fromkeys(into.id if key == other.id else key for key in step.theories))
            await work.next_steps.put(replace(step, theories=kept))
    return joined


async def take_apart(work: RoundWork, theory_id: str, when: str) -> Theory:
    """A second draft with the same words and patterns and another action, right after the first: one action in each."""
    theory = await the_theory(work, theory_id)
    when = worded(when, LONGEST_PART, _('The “when”'), field='when')
    if when == theory.when:
        raise BadInput(_('Write the other action: one action in each draft.'))
    for later in await work.theories.all():
        if later.place > theory.place:
            await work.theories.put(replace(later, place=later.place + 1))
    second = replace(theory, id=new_id(), when=when, place=theory.place + 1)
    await work.theories.put(second)
    return second


async def wordings(work: RoundWork, theory_id: str) -> list[dict[str, str]]:
    """What stood in a draft before, the latest first: `{field, text}`. Who wrote it is not kept."""
    theory = await the_theory(work, theory_id)
    found: dict[tuple[str, str], None] = {}
    for act in sorted(await work.acts.all(), key=lambda act: -act.seq):
        for change in act.changes:
            if change.collection != 'theories' or change.key != theory_id:
                continue
            for side in (change.after, change.before):
                for field in WORDED:
                    text = (side or {}).get(field)
                    if text and text != getattr(theory, field):
                        found[field, text] = None
    return [{'field': field, 'text': text} for field, text in found][:MOST_WORDINGS]
