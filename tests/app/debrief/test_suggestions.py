"""Suggestions for sorting: asked for, after people have begun, on this server."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from app.debrief.grouping import groups, nearest, suggested
from app.debrief.pieces import Piece
from app.debrief.suggestions import SuggestionService
from app.errors import BadInput, NotFound, WrongStage
from app.rounds.access import Access
from app.rounds.stages import Stage
from tests.app.debrief.hall import ROUND

pytestmark = pytest.mark.anyio

STEMS = ('Pairs use the stem “I think because”', 'Stem card on the desk, S says because', 'Two stems, both because')
PENS = ('The one with the marker pen speaks', 'S with the pen decides', 'Pen stays with one, others watch')
GAPS = ('Worksheet, 10 gaps to fill in', 'Gap fill, one word each', 'Fill in the blanks', 'Label sheet, 8 gaps')
TEXTS = (*STEMS, *PENS, *GAPS)
PIECES = [Piece(id=str(n), text=text, lens='students', room=f'c{n % 3}') for n, text in enumerate(TEXTS)]


def test_every_card_is_in_one_group_and_the_groups_are_the_same_each_time():
    found = groups(PIECES)
    assert Counter(card for group in found for card in group) == Counter(piece.id for piece in PIECES)
    assert found == groups(PIECES)
    assert {'6', '7', '8', '9'} in [set(group) for group in found]


def test_a_note_beside_the_wall_makes_no_group_of_its_own():
    beside = Piece(id='late', text='Another sheet with gaps, word bank', room='c9')
    [home] = [group for group in groups(PIECES, [beside]) if 'late' in group]
    assert '7' in home
    assert len(groups(PIECES, [beside])) == len(groups(PIECES))


def test_the_others_come_nearest_first():
    order = nearest(PIECES, ['6', '7'])
    assert set(order[:2]) == {'8', '9'}
    assert sorted(order) == ['0', '1', '2', '3', '4', '5', '8', '9']


def test_a_suggestion_says_which_words_made_it_think_so():
    found = suggested(PIECES, {'0': 'p1', '1': 'p1', '6': 'p2', '7': 'p2'})
    [stem] = [each for each in found if each.cards == ('2',)]
    assert stem.pattern == 'p1'
    assert 'sentence stems' in stem.moves
    assert {each.cards[0] for each in found if each.pattern == 'p2'} <= {'8', '9'}
    assert not {card for each in found for card in each.cards} & {'0', '1', '6', '7'}, 'what people sorted stays theirs'


@pytest.mark.parametrize(
    'texts', [[], ['one'], ['', '', ''], ['🙂'] * 9, ['x' * 2_000] * 12, ['.*+(', '[a-', '\\d'] * 4]
)
def test_whatever_was_written_there_is_an_answer(texts):
    pieces = [Piece(id=str(n), text=text) for n, text in enumerate(texts)]
    assert sorted(card for group in groups(pieces) for card in group) == sorted(piece.id for piece in pieces)
    suggested(pieces, {'0': 'p'})
    assert len(nearest(pieces, ['0'])) == max(len(texts) - 1, 0)


async def suggesting(hall):
    return SuggestionService(hall.store, Access(hall.store, hall.accounts))


async def test_the_service_suggests_what_is_like_the_cards_that_were_sorted(hall):
    cards = await hall.accepted(*TEXTS)
    await hall.at(Stage.ANALYSIS)
    service = await suggesting(hall)
    with pytest.raises(BadInput, match='off in this round'):
        await service.suggest(hall.who, ROUND)
    async with hall.store.round(ROUND) as work:
        planned = await work.plans.get(ROUND)
        await work.plans.put(replace(planned, sizes=replace(planned.sizes, suggestions=True)))
    try:
        with pytest.raises(BadInput, match='Sort some cards first'):
            await service.suggest(hall.who, ROUND)
        gaps = await hall.debrief.add_pattern(hall.who, ROUND, 'Gaps', cards[6:8])
        found = await service.suggest(hall.who, ROUND)
        assert {each['cards'][0] for each in found if each['pattern'] == gaps} == set(cards[8:10])
        assert not any('Lab' in json.dumps(each) for each in found), 'no room'
        await hall.debrief.move_cards(hall.who, ROUND, cards, gaps)
        with pytest.raises(BadInput, match='Every card'):
            await service.suggest(hall.who, ROUND)
    finally:
        await service.aclose()


async def test_only_the_rounds_own_facilitators_may_ask_and_only_when_cards_are_sorted(hall):
    await hall.accepted(*TEXTS)
    service = await suggesting(hall)
    stranger = await hall.facilitator('eve', 'elsewhere')
    with pytest.raises(NotFound):
        await service.suggest(stranger, ROUND)
    await hall.at(Stage.RED_DOTS)
    with pytest.raises(WrongStage):
        await service.suggest(hall.who, ROUND)
