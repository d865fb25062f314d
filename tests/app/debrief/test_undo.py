"""Undo and redo over random sequences of acts: there and back again, exactly."""

import asyncio
import os
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.debrief.model import Pattern, Prediction
from app.errors import BadInput, RoundsError, WrongStage
from app.rounds.stages import Stage
from app.theory.model import Theory
from storage.memory_store import MemoryStore
from tests.app.debrief.hall import ROUND, Hall

EXAMPLES = 1_000 if os.environ.get('ROUNDS_SOAK') else 40
KINDS = """
    move unsort add name except merge split remove order predict repredict unpredict
    theory retheory untheory step restep unstep accept drop reword dot
""".split()  # noqa: SIM905
ACT = st.tuples(st.sampled_from(KINDS), st.integers(0, 10**6), st.sampled_from(['', 'a', 'b', 'They talk']))


@given(st.lists(ACT, min_size=12, max_size=40), st.integers(0, 10))
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
def test_a_random_sequence_undone_ends_at_its_start_and_redone_at_its_end(sequence, between):
    asyncio.run(_there_and_back(sequence, between))


async def _there_and_back(sequence, between):
    hall = Hall(MemoryStore())
    await hall.open()
    await hall.accepted('One', 'Two', 'Three', name='Ruth')
    await hall.accepted('Four', 'Five', name='Nia')
    await hall.note('Tom', 'Six')
    async with hall.store.round(ROUND) as work:
        for n, cited in enumerate(('a', 'b')):
            await work.patterns.put(Pattern(id=cited, title=cited, place=n))
            await work.predictions.put(Prediction(id=f'p-{cited}', text='They talk', patterns=('a', cited)))
            await work.theories.put(Theory(id=f't-{cited}', when='we wait', patterns=(cited,), place=n))
    start = await hall.state()
    for kind, lot, text in sequence:
        await _do(hall, kind, random.Random(lot), text)
        state = await hall.state()
        assert set(state['cards']) == set(start['cards'])
        assert all(card.pattern == '' or card.pattern in state['patterns'] for card in state['cards'].values())
    end = await hall.state()
    done = await _as_often_as_possible(hall, hall.debrief.undo)
    assert await hall.state() == start
    for _ in range(min(between, done)):
        await _across(hall, hall.debrief.redo)
    assert await _as_often_as_possible(hall, hall.debrief.redo) == done - min(between, done)
    assert await hall.state() == end
    assert await _as_often_as_possible(hall, hall.debrief.undo) == done
    assert await hall.state() == start


async def _as_often_as_possible(hall, turn):
    n = 0
    while await _across(hall, turn):
        n += 1
    return n


async def _across(hall, turn):
    """One undo or redo, at whichever stage it belongs to; False when nothing is left."""
    for stage in (Stage.RED_DOTS, Stage.ANALYSIS, Stage.THEORIES):
        await hall.at(stage)
        try:
            await turn(hall.who, ROUND)
        except WrongStage:
            continue
        except BadInput:
            return False
        return True
    raise AssertionError('An act belongs to no stage.')


async def _do(hall, kind, lots, text):
    """Any act on anything, also on what is not there: what is refused changes nothing."""
    state = await hall.state()
    who, debrief, theory = hall.who, hall.debrief, hall.theory
    card, pattern, prediction, draft, step = (lots.choice([*state[name], *state[name], 'gone']) for name in state)
    cards = lots.sample([*state['cards']], 2)
    others = lots.sample([*state['patterns'], 'gone'], min(2, len(state['patterns'])))
    stage, act = {
        'accept': (Stage.RED_DOTS, lambda: debrief.accept(who, ROUND, card)),
        'drop': (Stage.RED_DOTS, lambda: debrief.drop(who, ROUND, card, text)),
        'reword': (Stage.RED_DOTS, lambda: debrief.reword(who, ROUND, card, text)),
        'dot': (Stage.RED_DOTS, lambda: debrief.red_dot(who, ROUND, card, text)),
        'move': (Stage.ANALYSIS, lambda: debrief.move_cards(who, ROUND, cards, pattern)),
        'unsort': (Stage.ANALYSIS, lambda: debrief.move_cards(who, ROUND, [card], '')),
        'add': (Stage.ANALYSIS, lambda: debrief.add_pattern(who, ROUND, text, [card])),
        'name': (Stage.ANALYSIS, lambda: debrief.name_pattern(who, ROUND, pattern, text)),
        'except': (Stage.ANALYSIS, lambda: debrief.note_exception(who, ROUND, pattern, text)),
        'merge': (Stage.ANALYSIS, lambda: debrief.merge_patterns(who, ROUND, pattern, others)),
        'split': (Stage.ANALYSIS, lambda: debrief.split_pattern(who, ROUND, pattern, cards, text)),
        'remove': (Stage.ANALYSIS, lambda: debrief.remove_pattern(who, ROUND, pattern)),
        'order': (Stage.ANALYSIS, lambda: debrief.order_patterns(who, ROUND, [pattern])),
        'predict': (Stage.THEORIES, lambda: debrief.add_prediction(who, ROUND, text, [pattern])),
        'repredict': (Stage.THEORIES, lambda: debrief.change_prediction(who, ROUND, prediction, text=text)),
        'unpredict': (Stage.THEORIES, lambda: debrief.remove_prediction(who, ROUND, prediction)),
        'theory': (Stage.THEORIES, lambda: theory.write_theory(who, ROUND, when=text, patterns=[pattern])),
        'retheory': (Stage.THEORIES, lambda: theory.change_theory(who, ROUND, draft, 'so', text)),
        'untheory': (Stage.THEORIES, lambda: theory.remove_theory(who, ROUND, draft)),
        'step': (
            Stage.THEORIES,
            lambda: theory.add_next_step(
                who, ROUND, horizon='next week', owner='network', text=text, theories=[draft] * bool(state['theories'])
            ),
        ),
        'restep': (Stage.THEORIES, lambda: theory.change_next_step(who, ROUND, step, 'text', text)),
        'unstep': (Stage.THEORIES, lambda: theory.remove_next_step(who, ROUND, step)),
    }[kind]
    await hall.at(stage)
    try:
        await act()
    except RoundsError:
        assert await hall.state() == state
