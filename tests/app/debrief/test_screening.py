"""Screening by several people at once, and red dots of groups that swap."""

import pytest

from app.debrief.model import CardState
from app.errors import BadInput, Changed
from app.ids import new_id
from app.rounds.model import Group
from app.rounds.stages import Stage
from tests.app.debrief.hall import ROUND

pytestmark = pytest.mark.anyio


async def do(hall, name, kind, **fields):
    return await hall.debrief.do(hall.asker(name), {'id': new_id(), 'kind': kind, **fields})


def read(card):
    return {'card': card.id, 'seen': card.text, 'was': card.state.value}


async def to_screen(hall, text='Some talk', name='Ruth'):
    card = await hall.card(await hall.note(name, text))
    await hall.at(Stage.SCREENING)
    return card


async def test_nobody_puts_words_on_the_wall_that_they_have_not_read(any_hall):
    hall = any_hall
    card = await to_screen(hall)
    await do(hall, 'Ruth', 'reword', card=card.id, text='Five of six talk', seen=card.text)
    for kind in ('accept', 'drop'):
        with pytest.raises(Changed, match='read it once more') as refused:
            await do(hall, 'Tom', kind, **read(card))
        assert refused.value.more == {'theirs': 'Five of six talk', 'yours': 'Some talk'}
    now = await hall.card(card.note)
    assert (now.text, now.state) == ('Five of six talk', CardState.CHOSEN)
    await do(hall, 'Tom', 'accept', **read(now))
    assert (await hall.card(card.note)).state is CardState.ACCEPTED


async def test_two_who_answer_differently_are_told_and_the_first_answer_stands(hall):
    card = await to_screen(hall)
    await do(hall, 'Ruth', 'accept', **read(card))
    with pytest.raises(Changed, match='on the wall meanwhile'):
        await do(hall, 'Tom', 'drop', **read(card))
    assert (await hall.card(card.note)).state is CardState.ACCEPTED
    now = await hall.card(card.note)
    await do(hall, 'Tom', 'drop', **read(now))  # having seen it
    with pytest.raises(Changed, match='take it up again'):
        await do(hall, 'Ruth', 'accept', **read(card))
    assert (await hall.card(card.note)).state is CardState.DROPPED


@pytest.mark.parametrize(('kind', 'state'), [('accept', CardState.ACCEPTED), ('drop', CardState.DROPPED)])
async def test_two_who_answer_the_same_have_answered_once(hall, kind, state):
    card = await to_screen(hall)
    for name in ('Ruth', 'Tom'):
        await do(hall, name, kind, **read(card))
    assert (await hall.card(card.note)).state is state
    await hall.debrief.undo(hall.who, ROUND)
    assert (await hall.card(card.note)).state is CardState.CHOSEN


async def test_what_a_group_has_answered_stays_in_its_sight_and_can_be_taken_up_again(hall):
    card = await to_screen(hall)
    await do(hall, 'Ruth', 'drop', reason='not_specific', **read(card))
    shown = await hall.group('Tom')
    assert (shown['to_screen'], [one['state'] for one in shown['screened']]) == ([], ['dropped'])
    assert (await hall.group('Nia'))['screened'] == []
    await do(hall, 'Tom', 'accept', card=card.id, seen=card.text, was='dropped')
    assert [one['state'] for one in (await hall.group('Ruth'))['screened']] == ['accepted']


async def test_groups_swap_so_that_every_card_is_looked_at_by_one_other_group(hall):
    async with hall.store.round(ROUND) as work:
        await work.groups.put(Group(id='g3', number=3, name='Group 3'))
    mine = set(await hall.accepted('One', 'Two', name='Ruth'))
    theirs = set(await hall.accepted('Three', name='Nia'))
    async with hall.store.round(ROUND) as work:  # a third group has cards, and no phone
        [card] = [one for one in await work.cards.all() if one.text == 'Two']
        await work.notes.put(type(note := await work.notes.get(card.note))(**{**vars(note), 'observer': 'gone'}))
        await work.cards.put(type(card)(**{**vars(card), 'group': 'g3'}))
    await hall.at(Stage.RED_DOTS)
    looks = {name: {one['id'] for one in (await hall.group(name))['red_dots']} for name in ('Ruth', 'Tom', 'Nia')}
    assert looks['Ruth'] == looks['Tom'] == theirs | {card.id}
    assert looks['Nia'] == mine - {card.id}


async def test_a_red_dot_set_by_mistake_is_taken_back_until_its_group_has_acted(hall):
    [card] = await hall.accepted('A lovely class')
    await hall.at(Stage.RED_DOTS)
    await do(hall, 'Nia', 'red_dot', card=card, reason='judgement')
    assert (await hall.group('Owen'))['red_dots'][0]['reason'] == 'It judges instead of describing'
    with pytest.raises(BadInput, match='other words'):
        await do(hall, 'Tom', 'take_dot_back', card=card)
    await do(hall, 'Owen', 'take_dot_back', card=card)
    assert [one['id'] for one in (await hall.projection())['cards']] == [card]
    await do(hall, 'Nia', 'red_dot', card=card, reason='judgement')
    await do(hall, 'Tom', 'reword', card=card, text='Nine of ten wrote')
    with pytest.raises(Changed, match='own group'):
        await do(hall, 'Nia', 'take_dot_back', card=card)


async def test_a_group_that_is_alone_has_nobody_to_swap_with(hall):
    async with hall.store.round(ROUND) as work:
        for name in ('Nia', 'Owen'):
            await work.observers.remove(f'o-{name}')
    await hall.accepted('One')
    await hall.at(Stage.RED_DOTS)
    assert (await hall.group('Ruth'))['red_dots'] == []


async def test_late_cards_are_marked_counted_and_said_before_the_next_stage(hall):
    await hall.accepted('One')
    await hall.at(Stage.SCREENING)
    await hall.note('Ruth', 'Came late')
    assert [card['late'] for card in (await hall.group('Tom'))['to_screen']] == [True]
    await hall.at(Stage.ANALYSIS)
    shown = await hall.control()
    assert [group['late'] for group in shown['groups']] == [1, 0]
    assert '1 late card waits to be screened' in ' '.join(shown['next_stage']['unfinished'])
