"""Cards: how they follow notes, how groups and the facilitator screen them."""

import random
from dataclasses import replace
from itertools import pairwise
from statistics import mean, pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.debrief.asked_out import asked_out
from app.debrief.cards import Asked, AskedOutWords
from app.debrief.model import CardState
from app.errors import BadInput, Changed, NotFound, NotSignedIn, WrongStage
from app.ids import new_id
from app.rounds.stages import Stage
from tests.app.debrief.hall import ROUND

pytestmark = pytest.mark.anyio


def act(kind, **more):
    return {'id': new_id(), 'kind': kind, **more}


async def test_a_chosen_note_becomes_a_card_under_an_id_of_its_own(hall):
    note = await hall.note('Ruth', 'Three of five explain')
    card = await hall.card(note)
    assert (card.text, card.state, card.group) == ('Three of five explain', CardState.CHOSEN, 'g1')
    assert card.id != note


async def test_a_note_that_is_not_chosen_has_no_card(hall):
    assert await hall.card(await hall.note('Ruth', 'Three explain', chosen=False)) is None


async def test_a_card_says_what_its_note_says_until_it_is_on_the_wall(hall):
    note = await hall.note('Ruth', 'Some explain')
    await hall.note('Ruth', 'Three explain', rev=2, key=note)
    card = await hall.card(note)
    assert card.text == 'Three explain'
    await hall.at(Stage.SCREENING)
    await hall.debrief.accept(hall.who, ROUND, card.id)
    await hall.note('Ruth', 'All explain', rev=3, key=note)
    assert (await hall.card(note)).text == 'Three explain'


async def test_a_note_that_is_no_longer_chosen_takes_its_card_away_while_description_lasts(hall):
    note = await hall.note('Ruth', 'Three explain')
    await hall.at(Stage.SCREENING)
    await hall.debrief.accept(hall.who, ROUND, (await hall.card(note)).id)
    await hall.note('Ruth', 'Three explain', rev=2, key=note, chosen=False)
    assert await hall.card(note) is None


async def test_a_note_deleted_after_description_leaves_its_card_on_the_wall(hall):
    note = await hall.note('Ruth', 'Three explain')
    await hall.at(Stage.SCREENING)
    await hall.debrief.accept(hall.who, ROUND, (await hall.card(note)).id)
    await hall.at(Stage.ANALYSIS)
    await hall.note('Ruth', '', rev=2, key=note, deleted=True)
    assert (await hall.card(note)).state is CardState.ACCEPTED


async def test_a_card_that_came_back_is_screened_again_when_its_author_finds_other_words(hall):
    note = await hall.note('Ruth', 'A good lesson')
    await hall.at(Stage.RED_DOTS)
    await hall.debrief.accept(hall.who, ROUND, (await hall.card(note)).id)
    await hall.debrief.do(hall.asker('Nia'), act('red_dot', card=(await hall.card(note)).id, reason='judgement'))
    assert (await hall.card(note)).state is CardState.RETURNED
    await hall.note('Ruth', 'Nine of ten wrote a reason', rev=2, key=note)
    card = await hall.card(note)
    assert (card.state, card.text, card.reason, card.dotted) == (
        CardState.CHOSEN,
        'Nine of ten wrote a reason',
        '',
        False,
    )


async def test_what_was_noted_stays_when_a_card_is_reworded(hall):
    note = await hall.note('Ruth', 'Lots of talk')
    await hall.at(Stage.SCREENING)
    card = await hall.card(note)
    await hall.debrief.do(hall.asker('Tom'), act('reword', card=card.id, text='Five pairs talk for two minutes'))
    assert (await hall.card(note)).text == 'Five pairs talk for two minutes'
    async with hall.store.round(ROUND) as work:
        assert (await work.notes.get(note)).text == 'Lots of talk'


async def test_other_words_of_the_screening_stay_when_only_the_lens_of_a_note_changes(hall):
    note = await hall.note('Ruth', 'Lots of talk')
    await hall.at(Stage.SCREENING)
    await hall.debrief.reword(hall.who, ROUND, (await hall.card(note)).id, 'Five pairs talk')
    await hall.note('Ruth', 'Lots of talk', rev=2, key=note, lens='students')
    card = await hall.card(note)
    assert (card.text, card.lens) == ('Five pairs talk', 'students')


async def test_a_group_screens_its_own_cards_only(hall):
    card = await hall.card(await hall.note('Ruth', 'Three explain'))
    await hall.at(Stage.SCREENING)
    for kind in ('accept', 'drop', 'reword'):
        with pytest.raises(BadInput, match='another group'):
            await hall.debrief.do(hall.asker('Nia'), act(kind, card=card.id, text='x'))
    assert await hall.debrief.do(hall.asker('Tom'), act('accept', card=card.id)) == 'done'
    assert (await hall.projection())['cards'][0]['text'] == 'Three explain'


async def test_cards_of_an_observer_who_changed_group_are_screened_where_they_are_now(hall):
    card = await hall.card(await hall.note('Ruth', 'Three explain'))
    await hall.at(Stage.SCREENING)
    async with hall.store.round(ROUND) as work:
        await work.observers.put(replace(await work.observers.get('o-Ruth'), group='g2'))
    assert [one['id'] for one in (await hall.group('Nia'))['to_screen']] == [card.id]
    assert not (await hall.group('Tom'))['to_screen']
    await hall.debrief.do(hall.asker('Nia'), act('accept', card=card.id))


async def test_a_red_dot_of_another_group_sends_a_card_back_with_its_reason(hall):
    [card] = await hall.accepted('A lovely class')
    await hall.at(Stage.RED_DOTS)
    with pytest.raises(BadInput, match='another group'):
        await hall.debrief.do(hall.asker('Tom'), act('red_dot', card=card, reason='judgement'))
    await hall.debrief.do(hall.asker('Nia'), act('red_dot', card=card, reason='judgement'))
    [back] = (await hall.group('Tom'))['to_screen']
    assert (back['state'], back['reason']) == ('returned', 'It judges instead of describing')
    assert (await hall.projection())['cards'] == []
    with pytest.raises(BadInput, match='other words'):
        await hall.debrief.do(hall.asker('Tom'), act('accept', card=card))


async def test_two_groups_that_mark_the_same_card_mark_it_once(hall):
    [card] = await hall.accepted('A lovely class')
    await hall.at(Stage.RED_DOTS)
    for name in ('Nia', 'Owen'):
        await hall.debrief.do(hall.asker(name), act('red_dot', card=card, reason='judgement'))
    await hall.debrief.undo(hall.who, ROUND)
    assert len((await hall.projection())['cards']) == 1


@pytest.mark.parametrize(
    ('text', 'kind'), [('At 9:42 they begin', 'time'), ('They move to Lab 2', 'room'), ('Nia asks a student', 'name'),
     ('Mr Okafor asks a student', 'name'), ('Jayden asks a partner', 'name')],
)  # fmt: skip
async def test_a_time_a_room_and_a_name_are_asked_out(hall, text, kind):
    note = await hall.note('Ruth', text)
    await hall.at(Stage.SCREENING)
    card = await hall.card(note)
    with pytest.raises(AskedOutWords) as refused:
        await hall.debrief.accept(hall.who, ROUND, card.id)
    [found] = refused.value.more['asked_out']
    assert found['kind'] == kind
    assert text[found['start'] : found['end']] in refused.value.sentence
    assert (await hall.group('Tom'))['to_screen'][0]['asked_out'] == [found]
    assert (await hall.control())['cards'][0]['asked_out'] == [found]
    await hall.debrief.accept(hall.who, ROUND, card.id, confirmed=True)
    assert (await hall.card(note)).state is CardState.ACCEPTED


async def test_a_card_on_the_wall_is_not_reworded_into_a_time(hall):
    [card] = await hall.accepted('They begin to write')
    await hall.at(Stage.ANALYSIS)
    with pytest.raises(AskedOutWords):
        await hall.debrief.reword(hall.who, ROUND, card, 'At 9:42 they write')
    await hall.debrief.reword(hall.who, ROUND, card, 'After six minutes they write')


async def test_two_people_who_reword_the_same_card_lose_no_words(hall):
    card = await hall.card(await hall.note('Ruth', 'Some talk'))
    await hall.at(Stage.SCREENING)
    await hall.debrief.reword(hall.who, ROUND, card.id, 'Five talk', seen='Some talk')
    with pytest.raises(Changed) as refused:
        await hall.debrief.reword(hall.who, ROUND, card.id, 'Six talk', seen='Some talk')
    assert refused.value.more == {'theirs': 'Five talk', 'yours': 'Six talk'}


async def test_a_dropped_card_is_taken_up_again(hall):
    card = await hall.card(await hall.note('Ruth', 'Some talk'))
    await hall.at(Stage.SCREENING)
    await hall.debrief.drop(hall.who, ROUND, card.id, 'too vague')
    assert (await hall.control())['cards'][0]['reason'] == 'too vague'
    await hall.debrief.accept(hall.who, ROUND, card.id)
    assert (await hall.card(card.note)).state is CardState.ACCEPTED


async def test_a_late_card_can_be_accepted_by_the_facilitator_as_long_as_late_notes_are_chosen(hall):
    await hall.at(Stage.ANALYSIS)
    late = await hall.card(await hall.note('Ruth', 'Three explain'))
    assert late.late
    await hall.debrief.accept(hall.who, ROUND, late.id)
    assert (await hall.projection())['cards'][0]['late']
    with pytest.raises(WrongStage):
        await hall.debrief.do(hall.asker('Ruth'), act('drop', card=late.id))


async def test_a_card_that_its_author_took_back_is_said_to_be_gone(hall):
    note = await hall.note('Ruth', 'Three explain')
    card = await hall.card(note)
    await hall.at(Stage.SCREENING)
    await hall.note('Ruth', 'Three explain', rev=2, key=note, chosen=False)
    with pytest.raises(NotFound, match='took it back'):
        await hall.debrief.accept(hall.who, ROUND, card.id)


@pytest.mark.parametrize('kind', ['accept', 'drop', 'reword', 'red_dot', 'predict'])
async def test_a_phone_of_the_stage_before_is_told_the_stage(hall, kind):
    [card] = await hall.accepted('Three explain')
    with pytest.raises(WrongStage, match='Selection'):
        await hall.debrief.do(hall.asker('Ruth'), act(kind, card=card, text='x', reason='x', patterns=[]))


async def test_an_act_sent_twice_is_done_once(hall):
    card = await hall.card(await hall.note('Ruth', 'A lovely class'))
    await hall.at(Stage.RED_DOTS)
    accept = act('accept', card=card.id)
    assert await hall.debrief.do(hall.asker('Tom'), accept) == 'done'
    await hall.debrief.drop(hall.who, ROUND, card.id)
    assert await hall.debrief.do(hall.asker('Tom'), accept) == 'same'
    assert (await hall.card(card.note)).state is CardState.DROPPED


async def test_an_act_that_changed_nothing_is_known_when_it_is_sent_again(hall):
    [card] = await hall.accepted('Three explain')
    await hall.at(Stage.SCREENING)
    accept = act('accept', card=card)
    assert await hall.debrief.do(hall.asker('Tom'), accept) == 'done'
    assert await hall.debrief.do(hall.asker('Tom'), accept) == 'same'
    assert (await hall.control())['undo'] is None


@pytest.mark.parametrize(
    'broken',
    [{}, {'kind': 'move'}, {'kind': 'accept', 'card': 7}, {'kind': 'reword', 'card': 'x'}, {'id': '?', 'kind': 'drop'}],
)
async def test_what_is_no_act_is_refused_in_a_sentence(hall, broken):
    await hall.at(Stage.SCREENING)
    with pytest.raises((BadInput, NotFound)) as refused:
        await hall.debrief.do(hall.asker('Tom'), {'id': new_id(), **broken})
    assert refused.value.sentence.endswith('.')


async def test_a_phone_that_was_sent_away_does_nothing_more(hall):
    await hall.at(Stage.SCREENING)
    async with hall.store.round(ROUND) as work:
        await work.devices.remove('d-Tom')
    with pytest.raises(NotSignedIn):
        await hall.debrief.do(hall.asker('Tom'), act('accept', card='x'))
    with pytest.raises(NotSignedIn):
        await hall.group('Tom')


async def test_html_stays_text_and_control_characters_go(hall):
    card = await hall.card(await hall.note('Ruth', 'Some talk'))
    await hall.at(Stage.SCREENING)
    await hall.debrief.reword(hall.who, ROUND, card.id, ' <b>“x”\x07</b>\nשלום 😀 ')
    assert (await hall.card(card.note)).text == '<b>“x”</b>\nשלום 😀'
    for text, sentence in (('', 'empty'), ('x' * 2_001, '2,000')):
        with pytest.raises(BadInput, match=sentence):
            await hall.debrief.reword(hall.who, ROUND, card.id, text)


async def test_the_order_of_the_wall_betrays_neither_author_nor_time(hall):
    """Permutation tests: cards that were sent early, or by one author, stand where chance would have them."""
    notes = [await hall.note(('Ruth', 'Nia')[n % 2], f'Note {n}', classroom=n % 3 + 1) for n in range(160)]
    async with hall.store.round(ROUND) as work:
        sent = {card.note: card for card in await work.cards.all()}
    cards = [sent[note] for note in notes]
    for betrayed in (lambda n: cards[n].place, lambda n: cards[n].id):
        wall = sorted(range(len(cards)), key=betrayed)
        assert _surprise(wall, lambda wall: sum(n * place for place, n in enumerate(wall))) < 5
        assert _surprise(wall, lambda wall: sum(a % 2 == b % 2 for a, b in pairwise(wall))) < 5
    assert _surprise(range(160), lambda wall: sum(n * place for place, n in enumerate(wall))) > 5


def _surprise(wall, measure):
    """How many standard deviations this order is away from what shuffled walls measure."""
    lots = random.Random(1)
    by_chance = [measure(lots.sample(wall, len(wall))) for _ in range(500)]
    return abs(measure(wall) - mean(by_chance)) / pstdev(by_chance)


@given(
    st.lists(
        st.sampled_from(
            ['B 1', 'b-1', 'B1', 'LAB 2', 'lab-2', 'Nia', 'nia’s', 'O’Brien', 'Anne-Marie', 'at', '9.42', 'x']
        )
    ),
    st.sampled_from(['', ' ', ', ']),
)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_a_board_finds_all_that_is_asked_out(words, between):
    rooms, names = ('B1', 'B-1', 'Lab 2', 'lab2', '7'), ('Nia Evans', 'Anne-Marie', 'Pat O’Brien')
    text = between.join(words)
    assert Asked(rooms, names).found(text) == asked_out(text, rooms, names)
