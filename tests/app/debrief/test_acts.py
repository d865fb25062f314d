"""Acts at the wall: patterns, predictions, undo and redo; nothing is ever in two places."""

import asyncio
import random

import pytest

from app.errors import BadInput, Changed, NotFound, RoundsError, WrongStage
from app.rounds.stages import Stage
from tests.app.debrief.hall import ROUND

pytestmark = pytest.mark.anyio


async def test_cards_are_moved_into_a_pattern_and_back(any_hall):
    hall = any_hall
    cards = await hall.accepted('One', 'Two', 'Three')
    await hall.at(Stage.ANALYSIS)
    pattern = await hall.debrief.add_pattern(hall.who, ROUND)
    await hall.debrief.move_cards(hall.who, ROUND, cards[:2], pattern)
    [drawn] = (await hall.projection())['patterns']
    assert (drawn['cards'], drawn['visits']) == (2, 2)
    await hall.debrief.move_cards(hall.who, ROUND, cards[:1], '')
    assert (await hall.projection())['numbers']['unsorted'] == 2


async def test_a_pattern_counts_visits_and_not_cards(hall):
    cards = await hall.accepted('One', 'Two', 'Three', 'Four')  # classrooms 1, 2, 3 and 1 again
    await hall.at(Stage.ANALYSIS)
    await hall.debrief.add_pattern(hall.who, ROUND, 'They talk', [cards[0], cards[3]])
    [drawn] = (await hall.projection())['patterns']
    assert (drawn['cards'], drawn['visits']) == (2, 1)


async def test_a_card_moved_to_a_pattern_that_is_gone_stays_where_it_is(hall):
    cards = await hall.accepted('One', 'Two')
    await hall.at(Stage.ANALYSIS)
    first = await hall.debrief.add_pattern(hall.who, ROUND, 'First', cards)
    gone = await hall.debrief.add_pattern(hall.who, ROUND, 'Gone')
    await hall.debrief.remove_pattern(hall.who, ROUND, gone)
    with pytest.raises(NotFound, match='Nothing was moved'):
        await hall.debrief.move_cards(hall.who, ROUND, cards, gone)
    assert all(card['pattern'] == first for card in (await hall.projection())['cards'])


async def test_one_card_that_is_not_on_the_wall_keeps_all_of_a_move_back(hall):
    [card] = await hall.accepted('One')
    other = await hall.card(await hall.note('Nia', 'Two'))
    await hall.at(Stage.ANALYSIS)
    pattern = await hall.debrief.add_pattern(hall.who, ROUND)
    with pytest.raises(BadInput, match='Nothing was moved'):
        await hall.debrief.move_cards(hall.who, ROUND, [card, other.id], pattern)
    assert (await hall.projection())['numbers']['unsorted'] == 1


async def test_joined_patterns_keep_every_word_card_and_citation(hall):
    cards = await hall.accepted('One', 'Two', 'Three')
    debrief, who = hall.debrief, hall.who
    await hall.at(Stage.PREDICTION)
    into = await debrief.add_pattern(who, ROUND, '', cards[:1])
    other = await debrief.add_pattern(who, ROUND, 'Pairs talk', cards[1:])
    await debrief.describe_pattern(who, ROUND, into, 'In two rooms')
    await debrief.note_exception(who, ROUND, other, 'Not in one room')
    await debrief.add_prediction(who, ROUND, 'They can talk', [other, into])
    await debrief.merge_patterns(who, ROUND, into, [other, into, other])
    drawn = await hall.projection()
    [pattern] = drawn['patterns']
    assert pattern == {
        'id': into,
        'title': 'Pairs talk',
        'summary': 'In two rooms',
        'exception': 'Not in one room',
        'cards': 3,
        'visits': 3,
    }
    assert drawn['predictions'][0]['patterns'] == [into]


async def test_a_pattern_is_taken_apart(hall):
    cards = await hall.accepted('One', 'Two', 'Three')
    await hall.at(Stage.ANALYSIS)
    whole = await hall.debrief.add_pattern(hall.who, ROUND, 'Talk', cards[:2])
    with pytest.raises(BadInput, match='of their own'):
        await hall.debrief.split_pattern(hall.who, ROUND, whole, cards[2:])
    part = await hall.debrief.split_pattern(hall.who, ROUND, whole, cards[1:], 'Pairs')
    assert {card['id']: card['pattern'] for card in (await hall.projection())['cards']} == {
        cards[0]: whole,
        cards[1]: part,
        cards[2]: '',
    }


async def test_an_emptied_pattern_stays_until_it_is_removed(hall):
    cards = await hall.accepted('One')
    await hall.at(Stage.ANALYSIS)
    pattern = await hall.debrief.add_pattern(hall.who, ROUND, 'Talk', cards)
    await hall.debrief.move_cards(hall.who, ROUND, cards, '')
    assert (await hall.projection())['patterns'][0]['cards'] == 0
    await hall.debrief.remove_pattern(hall.who, ROUND, pattern)
    assert (await hall.projection())['patterns'] == []


async def test_patterns_stand_in_the_order_that_the_room_wants(hall):
    await hall.at(Stage.ANALYSIS)
    a, b, c = [await hall.debrief.add_pattern(hall.who, ROUND, name) for name in 'ABC']
    await hall.debrief.order_patterns(hall.who, ROUND, [c, a, 'gone'])
    assert [one['id'] for one in (await hall.projection())['patterns']] == [c, a, b]


async def test_two_people_who_name_a_pattern_at_once_lose_no_words(hall):
    await hall.at(Stage.ANALYSIS)
    pattern = await hall.debrief.add_pattern(hall.who, ROUND)
    await hall.debrief.name_pattern(hall.who, ROUND, pattern, 'Pairs talk', seen='')
    with pytest.raises(Changed) as refused:
        await hall.debrief.name_pattern(hall.who, ROUND, pattern, 'Talk in pairs', seen='')
    assert refused.value.more == {'theirs': 'Pairs talk', 'yours': 'Talk in pairs'}


async def test_a_prediction_cites_at_least_one_pattern(hall):
    await hall.at(Stage.PREDICTION)
    pattern = await hall.debrief.add_pattern(hall.who, ROUND, 'Talk')
    with pytest.raises(BadInput, match='at least one pattern'):
        await hall.debrief.add_prediction(hall.who, ROUND, 'They can talk', [])
    with pytest.raises(NotFound, match='not lost'):
        await hall.debrief.add_prediction(hall.who, ROUND, 'They can talk', ['gone'])
    prediction = await hall.debrief.add_prediction(hall.who, ROUND, 'They can talk', [pattern])
    await hall.debrief.change_prediction(hall.who, ROUND, prediction, text='They can argue', seen='They can talk')
    with pytest.raises(Changed):
        await hall.debrief.change_prediction(hall.who, ROUND, prediction, text='They talk', seen='They can talk')
    assert (await hall.projection())['predictions'] == [
        {'id': prediction, 'text': 'They can argue', 'patterns': [pattern]}
    ]
    await hall.debrief.remove_prediction(hall.who, ROUND, prediction)
    assert (await hall.projection())['predictions'] == []


async def test_a_pair_predicts_on_its_phone(hall):
    await hall.at(Stage.PREDICTION)
    pattern = await hall.debrief.add_pattern(hall.who, ROUND, 'Talk')
    [shown] = (await hall.group('Nia'))['patterns']
    assert (shown['id'], shown['title'], shown['cards']) == (pattern, 'Talk', 0)
    sent = {'id': 'p' * 22, 'kind': 'predict', 'text': 'They can talk', 'patterns': [pattern]}
    assert [await hall.debrief.do(hall.asker('Nia'), sent) for _ in range(3)] == ['done', 'same', 'same']
    assert len((await hall.projection())['predictions']) == 1


async def test_undo_and_redo_are_called_by_what_they_do(hall):
    cards = await hall.accepted('One')
    await hall.at(Stage.ANALYSIS)
    pattern = await hall.debrief.add_pattern(hall.who, ROUND, 'Talk')
    await hall.debrief.move_cards(hall.who, ROUND, cards, pattern)
    assert (await hall.control())['undo'] == 'Move a card to “Talk”'
    await hall.debrief.undo(hall.who, ROUND)
    drawn = await hall.control()
    assert (drawn['undo'], drawn['redo']) == ('Add “Talk”', 'Move a card to “Talk”')
    await hall.debrief.redo(hall.who, ROUND)
    assert (await hall.control())['redo'] is None


async def test_nothing_is_redone_once_something_else_was_done(hall):
    await hall.at(Stage.ANALYSIS)
    await hall.debrief.add_pattern(hall.who, ROUND, 'Talk')
    await hall.debrief.undo(hall.who, ROUND)
    await hall.debrief.add_pattern(hall.who, ROUND, 'Silence')
    with pytest.raises(BadInput, match='nothing to redo'):
        await hall.debrief.redo(hall.who, ROUND)
    await hall.debrief.undo(hall.who, ROUND)
    with pytest.raises(BadInput, match='nothing to undo'):
        await hall.debrief.undo(hall.who, ROUND)
    await hall.debrief.redo(hall.who, ROUND)
    assert [one['title'] for one in (await hall.projection())['patterns']] == ['Silence']


async def test_what_its_author_changed_since_is_passed_over_by_undo(any_hall):
    hall = any_hall
    note = await hall.note('Ruth', 'A good class')
    await hall.at(Stage.RED_DOTS)
    card = await hall.card(note)
    await hall.debrief.accept(hall.who, ROUND, card.id)
    await hall.debrief.red_dot(hall.who, ROUND, card.id, 'judgement')
    await hall.note('Ruth', 'Nine of ten wrote', rev=2, key=note)
    with pytest.raises(Changed, match='changed since'):
        await hall.debrief.undo(hall.who, ROUND)
    assert (await hall.card(note)).text == 'Nine of ten wrote'
    assert (await hall.control())['undo'] == 'Put a card on the wall'


async def test_no_card_is_left_in_a_pattern_that_undo_took_away(hall):
    note = await hall.note('Ruth', 'One')
    [other] = await hall.accepted('Two')
    await hall.at(Stage.SCREENING)
    card = await hall.card(note)
    await hall.debrief.accept(hall.who, ROUND, card.id)
    await hall.at(Stage.ANALYSIS)
    pattern = await hall.debrief.add_pattern(hall.who, ROUND, 'Talk')
    await hall.debrief.move_cards(hall.who, ROUND, [card.id, other], pattern)
    await hall.at(Stage.RED_DOTS)
    await hall.note('Ruth', 'One', rev=2, key=note, chosen=False)
    await hall.at(Stage.ANALYSIS)
    with pytest.raises(Changed):
        await hall.debrief.undo(hall.who, ROUND)
    await hall.debrief.undo(hall.who, ROUND)
    state = await hall.state()
    assert not state['patterns']
    assert state['cards'][other].pattern == ''


async def test_an_act_is_undone_at_its_own_stages_only(hall):
    note = await hall.note('Ruth', 'One')
    await hall.at(Stage.SCREENING)
    await hall.debrief.accept(hall.who, ROUND, (await hall.card(note)).id)
    await hall.at(Stage.PREDICTION)
    assert (await hall.control())['undo'] is None
    with pytest.raises(WrongStage, match='Prediction'):
        await hall.debrief.undo(hall.who, ROUND)
    await hall.at(Stage.RED_DOTS)
    await hall.debrief.undo(hall.who, ROUND)


async def test_an_act_that_changes_nothing_is_nothing_to_undo(hall):
    cards = await hall.accepted('One')
    await hall.at(Stage.ANALYSIS)
    await hall.debrief.move_cards(hall.who, ROUND, cards, '')
    assert (await hall.control())['undo'] is None


async def test_what_was_where_at_every_moment_can_be_found_again(hall):
    """The acts, undone ones and their undoing and what authors do included, lead back from now to the beginning."""
    start = await hall.state()
    note = await hall.note('Tom', 'Three')
    cards = await hall.accepted('One', 'Two')
    await hall.note('Tom', 'Three of five', key=note, rev=2)
    await hall.at(Stage.ANALYSIS)
    await hall.debrief.add_pattern(hall.who, ROUND, 'Talk', cards)
    await hall.debrief.undo(hall.who, ROUND)
    await hall.debrief.redo(hall.who, ROUND)
    await hall.debrief.undo(hall.who, ROUND)
    await hall.debrief.add_pattern(hall.who, ROUND, 'Silence', cards[:1])
    async with hall.store.round(ROUND) as work:
        for act in sorted(await work.acts.all(), key=lambda act: -act.seq):
            for change in act.changes:
                assert work.ledger.document(change.collection, change.key) == change.after
                work.ledger.set(change.collection, change.key, change.before)
    assert await hall.state() == start


async def test_forty_acts_at_once_leave_every_card_in_one_place(any_hall):
    hall = any_hall
    cards = await hall.accepted(*(f'Card {n}' for n in range(20)))
    await hall.at(Stage.ANALYSIS)
    patterns = [await hall.debrief.add_pattern(hall.who, ROUND, f'Pattern {n}') for n in range(4)]
    other = await hall.facilitator('ben', 'harbour')
    lots = random.Random(5)

    async def act(n):
        who = (hall.who, other)[n % 2]
        some = lots.sample(cards, 3)
        one, two = lots.sample(patterns, 2)
        try:
            match n % 8:
                case 5:
                    await hall.debrief.merge_patterns(who, ROUND, one, [two])
                case 6:
                    await hall.debrief.split_pattern(who, ROUND, one, some)
                case 7:
                    await hall.debrief.undo(who, ROUND)
                case _:
                    await hall.debrief.move_cards(who, ROUND, some, one)
        except RoundsError as error:
            assert error.sentence.endswith('.')  # noqa: PT017

    await asyncio.gather(*(act(n) for n in range(40)))
    state = await hall.state()
    assert set(state['cards']) == set(cards)
    assert all(card.pattern == '' or card.pattern in state['patterns'] for card in state['cards'].values())
    drawn = await hall.projection()
    assert sum(one['cards'] for one in drawn['patterns']) + drawn['numbers']['unsorted'] == 20
    assert {card['id']: card['pattern'] for card in (await hall.control())['cards']} == {
        card['id']: card['pattern'] for card in drawn['cards']
    }


async def test_two_facilitators_who_move_the_same_card_leave_it_in_one_pattern(any_hall):
    hall = any_hall
    [card] = await hall.accepted('One')
    await hall.at(Stage.ANALYSIS)
    a, b = [await hall.debrief.add_pattern(hall.who, ROUND, name) for name in 'AB']
    other = await hall.facilitator('ben', 'harbour')
    await asyncio.gather(
        hall.debrief.move_cards(hall.who, ROUND, [card], a), hall.debrief.move_cards(other, ROUND, [card], b)
    )
    assert sorted(one['cards'] for one in (await hall.projection())['patterns']) == [0, 1]
    await hall.debrief.undo(other, ROUND)
    await hall.debrief.undo(other, ROUND)
    assert (await hall.projection())['numbers']['unsorted'] == 1
