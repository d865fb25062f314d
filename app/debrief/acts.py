"""How what is done at the wall is written down, undone and redone."""

import datetime as dt
from dataclasses import replace

from app.errors import BadInput, Changed
from app.ids import new_id
from app.rounds.plan import the_round
from app.rounds.stages import ALLOWED, Act, Stage, require
from app.store import RoundWork
from app.texts import _

from .model import Change, DebriefAct

#: What acts change; the plan, the notes and the projector's page have ways of their own.
ON_THE_WALL = frozenset(('cards', 'patterns', 'piles', 'predictions', 'theories', 'next_steps'))
UNDO, REDO = 'undo', 'redo'
#: An author chose, changed or took back a note on the own phone: in the log, and nobody else's to undo.
AUTHOR = 'author'


async def record(work: RoundWork, act: Act, sentence: str, *, key: str = '', chain: str = '') -> bool:
    """Write down what this work has changed on the wall, as one act that can be undone.

    `sentence` says it in a few words, without the words of a card. `key` is an id that a phone gave the act: then the
    act is written down even if it changed nothing, so that its repetition is known. What had been undone before in
    the same `chain` cannot be redone any more. False when nothing has changed.
    """
    changes = _changes(work)
    if not changes:
        if key:
            await work.acts.put(_act(work, act.value, sentence, key=key, chain=chain))
        return False
    top = await _take_turn(work, UNDO, chain)
    await _take_turn(work, REDO, chain)
    under = top.seq if top else 0
    done = _act(work, act.value, sentence, key=key, changes=changes, under=under, turn=UNDO, chain=chain)
    await work.acts.put(done)
    return True


async def record_author(work: RoundWork) -> None:
    """Write down what an author's own change of notes has done to cards, so that every minute can be found again."""
    changes = _changes(work)
    if changes:
        await work.acts.put(_act(work, AUTHOR, '', changes=changes))


async def undo(work: RoundWork, *, key: str = '', chain: str = '') -> Changed | None:
    """Put everything back as it was before the latest act of this chain that has not been undone.

    Raises `BadInput` when there is none and `WrongStage` when it belongs to another stage. Where something in it was
    changed since by its author, the act is passed over, and `Changed` is given, to be raised when that is kept.
    """
    act = await _next(work, UNDO, chain)
    if act is None:
        raise BadInput(_('There is nothing to undo.'))
    require(Act(act.kind), (await the_round(work)).stage)
    await _give_turn(work, act.under, UNDO)
    if any(work.ledger.document(change.collection, change.key) != change.after for change in act.changes):
        await work.acts.put(replace(act, turn=''))
        sentence = _('“{act}” cannot be undone: something in it was changed since. The act before it is next.')
        return Changed(sentence.format(act=act.sentence))
    for change in act.changes:
        work.ledger.set(change.collection, change.key, change.before)
    await tidy(work)
    redone_after = await _take_turn(work, REDO, chain)
    over = redone_after.seq if redone_after else 0
    await work.acts.put(replace(act, undone=True, over=over, turn=REDO))
    await work.acts.put(_act(work, UNDO, act.sentence, key=key, changes=_changes(work), chain=chain))
    return None


async def redo(work: RoundWork, *, key: str = '', chain: str = '') -> Changed | None:
    """Do again what was undone last; errors as in `undo`."""
    act = await _next(work, REDO, chain)
    if act is None:
        raise BadInput(_('There is nothing to redo.'))
    require(Act(act.kind), (await the_round(work)).stage)
    if any(work.ledger.document(change.collection, change.key) != change.before for change in act.changes):
        await work.acts.put(replace(act, turn=''))
        sentence = _('“{act}” cannot be done again: something in it was changed since.')
        return Changed(sentence.format(act=act.sentence))
    for change in act.changes:
        work.ledger.set(change.collection, change.key, change.after)
    await tidy(work)
    await _give_turn(work, act.over, REDO)
    top = await _take_turn(work, UNDO, chain)
    await work.acts.put(replace(act, undone=False, under=top.seq if top else 0, over=0, turn=UNDO))
    await work.acts.put(_act(work, REDO, act.sentence, key=key, changes=_changes(work), chain=chain))
    return None


async def undone_next(work: RoundWork, stage: Stage, chain: str = '') -> str | None:
    """What `undo` would undo, in words; None when nothing can be undone at this stage."""
    return _said(await _next(work, UNDO, chain), stage)


async def redone_next(work: RoundWork, stage: Stage, chain: str = '') -> str | None:
    """What `redo` would do again, in words; None when nothing can be."""
    return _said(await _next(work, REDO, chain), stage)


def _said(act: DebriefAct | None, stage: Stage) -> str | None:
    return act.sentence if act is not None and stage in ALLOWED[Act(act.kind)] else None


async def _next(work: RoundWork, turn: str, chain: str) -> DebriefAct | None:
    acts = [act for act in await work.acts.all(turn=turn) if act.chain == chain and act.kind in set(Act)]
    return acts[0] if acts else None


async def _take_turn(work: RoundWork, turn: str, chain: str) -> DebriefAct | None:
    act = await _next(work, turn, chain)
    if act is not None:
        await work.acts.put(replace(act, turn=''))
    return act


async def _give_turn(work: RoundWork, seq: int, turn: str) -> None:
    for act in await work.acts.all(seq=seq) if seq else []:
        await work.acts.put(replace(act, turn=turn))


def _changes(work: RoundWork) -> tuple[Change, ...]:
    return tuple(change for change in work.ledger.changes() if change.collection in ON_THE_WALL)


def _act(
    work: RoundWork,
    kind: str,
    sentence: str,
    *,
    key: str = '',
    changes: tuple[Change, ...] = (),
    under: int = 0,
    turn: str = '',
    chain: str = '',
) -> DebriefAct:
    return DebriefAct(
        id=key or new_id(),
        seq=work.ledger.next_seq(),
        kind=kind,
        sentence=sentence,
        at=dt.datetime.now(dt.UTC),
        changes=changes,
        under=under,
        turn=turn,
        chain=chain,
    )


async def tidy(work: RoundWork) -> None:
    """Nothing points to what is gone, also where an act had to be passed over: a card is in a pattern or unsorted."""
    patterns = {pattern.id for pattern in await work.patterns.all()}
    for card in await work.cards.all():
        if card.pattern and card.pattern not in patterns:
            await work.cards.put(replace(card, pattern=''))
    for prediction in await work.predictions.all():
        if not patterns.issuperset(prediction.patterns):
            kept = tuple(key for key in prediction.patterns if key in patterns)
            await work.predictions.put(replace(prediction, patterns=kept))
    for theory in await work.theories.all():
        if not patterns.issuperset(theory.patterns):
            await work.theories.put(replace(theory, patterns=tuple(key for key in theory.patterns if key in patterns)))
    theories = {theory.id for theory in await work.theories.all()}
    for step in await work.next_steps.all():
        if not theories.issuperset(step.theories):
            kept = tuple(key for key in step.theories if key in theories)
            await work.next_steps.put(replace(step, theories=kept))
