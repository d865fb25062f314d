"""Silent sorting: what groups do on their phones, what each of them sees, and how the sortings are laid together."""

import asyncio

import pytest

from app.debrief.model import CardState, Share
from app.debrief.moments import MomentService
from app.debrief.sortings import MANY_CARDS
from app.errors import BadInput, Changed, NotFound, WrongStage
from app.ids import new_id
from app.observation.model import Device, Observer
from app.rounds.model import Group
from app.rounds.stages import Stage
from tests.app.debrief.hall import NOW, ROUND

pytestmark = pytest.mark.anyio


async def do(hall, name, kind, **fields):
    return await hall.debrief.do(hall.asker(name), {'id': new_id(), 'kind': kind, **fields})


async def begun(hall, n=6, share=''):
    """Cards on the wall, with the groups sorting them."""
    cards = await hall.accepted(*(f'Card {k}' for k in range(n)))
    await hall.at(Stage.ANALYSIS)
    await hall.sorting.begin_sorting(hall.who, ROUND, share)
    return cards


async def piled(hall, name, *piles):
    """Piles of cards that a group makes; their ids."""
    ids = [new_id() for _ in piles]
    for key, cards in zip(ids, piles, strict=True):
        await do(hall, name, 'pile', pile=key, cards=list(cards))
    return ids


async def seen(hall, name):
    """A group's piles as its phone sees them: {id: cards}."""
    return {pile['id']: pile['cards'] for pile in (await hall.group(name))['sorting']['piles']}


async def more_groups(hall, n):
    async with hall.store.round(ROUND) as work:
        for k in range(3, n + 1):
            await work.groups.put(Group(id=f'g{k}', number=k, name=f'Group {k}'))
            await work.observers.put(Observer(id=f'o-P{k}', display_name=f'P{k}', school='s', group=f'g{k}'))
            await work.devices.put(Device(id=f'd-P{k}', observer=f'o-P{k}', created_at=NOW))


async def test_a_group_sorts_on_its_phones_and_no_card_of_the_wall_moves(any_hall):
    hall = any_hall
    cards = await begun(hall)
    [pile] = await piled(hall, 'Ruth', cards[:2])
    await do(hall, 'Tom', 'sort', cards=[cards[2]], pile=pile)
    assert await seen(hall, 'Ruth') == await seen(hall, 'Tom') == {pile: cards[:3]}
    assert await seen(hall, 'Nia') == {}
    assert (await hall.projection())['numbers']['unsorted'] == 6
    assert (await hall.control())['undo'] is None


async def test_two_phones_that_move_the_same_card_leave_it_on_one_pile(hall):
    cards = await begun(hall)
    one, two = await piled(hall, 'Ruth', cards[:2], cards[2:4])
    await do(hall, 'Ruth', 'sort', cards=cards[:1], pile=two)
    await do(hall, 'Tom', 'sort', cards=cards[:1], pile=one)
    piles = await seen(hall, 'Ruth')
    assert [cards[0] in piles[key] for key in (one, two)] == [True, False]


async def test_a_card_put_on_a_pile_that_is_gone_stays_where_it_is(hall):
    cards = await begun(hall)
    one, two = await piled(hall, 'Ruth', cards[:1], cards[1:2])
    await do(hall, 'Tom', 'join_piles', into=one, pile=two)
    with pytest.raises(NotFound, match='No card was moved'):
        await do(hall, 'Ruth', 'sort', cards=[cards[0], cards[4]], pile=two)
    assert await seen(hall, 'Ruth') == {one: cards[:2]}


async def test_a_pile_is_named_joined_and_taken_apart_and_all_of_it_undone_by_its_group(hall):
    cards = await begun(hall)
    one, two = await piled(hall, 'Ruth', cards[:2], cards[2:3])
    [other] = await piled(hall, 'Nia', cards[:1])
    await do(hall, 'Ruth', 'name_pile', pile=two, text='Talk', seen='')
    with pytest.raises(Changed):
        await do(hall, 'Tom', 'name_pile', pile=two, text='Questions', seen='')
    await do(hall, 'Ruth', 'join_piles', into=one, pile=two)
    [pile] = (await hall.group('Tom'))['sorting']['piles']
    assert (pile['name'], pile['cards']) == ('Talk', cards[:3])
    await do(hall, 'Ruth', 'take_pile', pile=one)
    assert await seen(hall, 'Tom') == {}
    await do(hall, 'Tom', 'undo_sorting')
    await do(hall, 'Ruth', 'undo_sorting')
    assert await seen(hall, 'Tom') == {one: cards[:2], two: cards[2:3]}
    assert (await hall.group('Tom'))['sorting']['redo'] == 'Join two piles'
    await do(hall, 'Tom', 'redo_sorting')
    assert await seen(hall, 'Tom') == {one: cards[:3]}
    assert await seen(hall, 'Nia') == {other: cards[:1]}


async def test_an_undo_sent_twice_is_done_once(hall):
    cards = await begun(hall)
    one, _two = await piled(hall, 'Ruth', cards[:1], cards[1:2])
    undo = {'id': new_id(), 'kind': 'undo_sorting'}
    assert [await hall.debrief.do(hall.asker('Ruth'), undo) for _ in range(2)] == ['done', 'same']
    assert await seen(hall, 'Ruth') == {one: cards[:1]}


async def test_the_facilitator_s_undo_leaves_the_groups_sortings_alone(hall):
    cards = await begun(hall)
    pattern = await hall.debrief.add_pattern(hall.who, ROUND, 'Talk', cards[:1])
    [pile] = await piled(hall, 'Ruth', cards[:2])
    assert (await hall.control())['undo'] == 'Add “Talk”'
    await hall.debrief.undo(hall.who, ROUND)
    assert pattern not in (await hall.state())['patterns']
    assert await seen(hall, 'Ruth') == {pile: cards[:2]}


async def test_bringing_an_earlier_minute_back_leaves_the_groups_piles_alone(hall):
    cards = await begun(hall)
    [pile] = await piled(hall, 'Ruth', cards[:2])
    await hall.debrief.add_pattern(hall.who, ROUND, 'Talk', cards[:1])
    async with hall.store.round(ROUND) as work:
        first = min(act.seq for act in await work.acts.all())
    moments = MomentService(hall.store, hall.announcer, hall.debrief.access)
    await moments.bring_back(hall.who, ROUND, first)
    assert not (await hall.state())['patterns']
    assert await seen(hall, 'Ruth') == {pile: cards[:2]}
    await do(hall, 'Ruth', 'undo_sorting')
    assert await seen(hall, 'Ruth') == {}


async def test_a_card_that_is_sent_back_is_on_no_pile_and_comes_back_to_it(hall):
    cards = await begun(hall)
    [pile] = await piled(hall, 'Ruth', cards[:2])
    await hall.at(Stage.RED_DOTS)
    await hall.debrief.drop(hall.who, ROUND, cards[0])
    await hall.at(Stage.ANALYSIS)
    assert await seen(hall, 'Ruth') == {pile: cards[1:2]}
    with pytest.raises(BadInput, match='Nothing was moved'):
        await do(hall, 'Ruth', 'sort', cards=cards[:1], pile='')
    await hall.at(Stage.RED_DOTS)
    await hall.debrief.accept(hall.who, ROUND, cards[0])
    await hall.at(Stage.ANALYSIS)
    assert await seen(hall, 'Ruth') == {pile: cards[:2]}


async def test_groups_sort_only_while_the_facilitator_lets_them(hall):
    cards = await hall.accepted('One', 'Two')
    await hall.at(Stage.ANALYSIS)
    assert (await hall.group('Ruth'))['sorting'] is None
    with pytest.raises(BadInput, match='look up'):
        await piled(hall, 'Ruth', cards)
    await hall.sorting.begin_sorting(hall.who, ROUND)
    [pile] = await piled(hall, 'Ruth', cards)
    await hall.sorting.end_sorting(hall.who, ROUND)
    with pytest.raises(BadInput, match='look up'):
        await do(hall, 'Ruth', 'sort', cards=cards, pile='')
    await hall.sorting.begin_sorting(hall.who, ROUND)
    assert await seen(hall, 'Ruth') == {pile: cards}
    await hall.at(Stage.PREDICTION)
    with pytest.raises(WrongStage, match='Analysis'):
        await do(hall, 'Ruth', 'sort', cards=cards, pile='')
    with pytest.raises(WrongStage):
        await hall.sorting.begin_sorting(hall.who, ROUND)


async def test_nobody_joined_and_an_empty_wall_are_said(hall):
    await hall.at(Stage.ANALYSIS)
    with pytest.raises(BadInput, match='no card on the wall'):
        await hall.sorting.begin_sorting(hall.who, ROUND)
    await hall.accepted('One')
    async with hall.store.round(ROUND) as work:
        await work.observers.clear()
    with pytest.raises(BadInput, match='sort the cards here'):
        await hall.sorting.begin_sorting(hall.who, ROUND)


async def test_a_group_without_a_phone_is_no_part_of_the_sharing(hall):
    await more_groups(hall, 4)
    async with hall.store.round(ROUND) as work:
        await work.observers.remove('o-P4')
    cards = await begun(hall, 40, 'share')
    shares = [{card['id'] for card in (await hall.group(name))['sorting']['cards']} for name in ('Ruth', 'Nia', 'P3')]
    assert all(sum(card in share for share in shares) == 2 for card in cards)
    assert all(10 < len(share) < 40 for share in shares)
    assert [group['name'] for group in (await hall.control())['sorting']['groups']] == ['Group 1', 'Group 2', 'Group 3']


async def test_many_cards_are_shared_out_and_few_are_not(hall):
    await begun(hall, 5)
    async with hall.store.round(ROUND) as work:
        assert (await work.sortings.get(ROUND)).share is Share.ALL
    await hall.accepted(*(f'More {n}' for n in range(MANY_CARDS)))
    await hall.sorting.begin_sorting(hall.who, ROUND)
    async with hall.store.round(ROUND) as work:
        assert (await work.sortings.get(ROUND)).share is Share.SHARE
    with pytest.raises(BadInput, match='their share'):
        await hall.sorting.begin_sorting(hall.who, ROUND, 'some')


async def test_the_words_of_cards_travel_once(hall):
    cards = await begun(hall)
    first = (await hall.group('Ruth'))['sorting']
    assert [card['id'] for card in first['cards']] == [card['id'] for card in (await hall.projection())['cards']]
    again = await hall.debrief.group_view(hall.asker('Ruth'), have=first['deck'])
    assert again['sorting']['cards'] is None
    await hall.debrief.reword(hall.who, ROUND, cards[0], 'Other words')
    after = await hall.debrief.group_view(hall.asker('Ruth'), have=first['deck'])
    assert 'Other words' in [card['text'] for card in after['sorting']['cards']]


async def test_only_the_own_group_hears_of_its_sorting(hall):
    cards = await begun(hall)
    heard = {}
    with hall.announcer.listening(ROUND) as queue:
        await piled(hall, 'Ruth', cards)
        while not queue.empty():
            hint = queue.get_nowait()
            heard.setdefault(hint.kind, set()).add(hint.observer)
    assert heard == {'sorting': {'o-Ruth', 'o-Tom'}}


async def test_the_other_phones_of_a_group_are_told_to_look_again(hall):
    cards = await begun(hall)
    told = {name: hall.observation.hear(hall.asker(name), pause=0) for name in ('Ruth', 'Tom', 'Nia')}
    waiting = {name: asyncio.ensure_future(anext(stream)) for name, stream in told.items()}
    await asyncio.sleep(0)
    await piled(hall, 'Ruth', cards)
    assert (await asyncio.wait_for(waiting['Tom'], 20)).kind == 'card'
    assert not waiting['Ruth'].done()
    assert not waiting['Nia'].done()
    for one in waiting.values():
        one.cancel()


@pytest.mark.parametrize(
    'broken',
    [
        {'kind': 'sort', 'cards': 'x', 'pile': ''},
        {'kind': 'sort', 'cards': ['gone'], 'pile': ''},
        {'kind': 'sort', 'cards': [], 'pile': 7},
        {'kind': 'pile', 'pile': 'short', 'cards': []},
        {'kind': 'pile', 'pile': 'x' * 22, 'cards': [], 'text': 'n' * 300},
        {'kind': 'name_pile', 'pile': 'gone', 'text': 'x'},
        {'kind': 'join_piles', 'into': 'gone', 'pile': 'gone'},
        {'kind': 'undo_sorting'},
        {'kind': 'redo_sorting'},
    ],
)
async def test_what_cannot_be_sorted_is_said_and_nothing_is_kept(hall, broken):
    await begun(hall)
    before = await hall.state()
    with pytest.raises((BadInput, NotFound)) as refused:
        await hall.debrief.do(hall.asker('Ruth'), {'id': new_id(), **broken})
    assert refused.value.sentence.endswith('.')
    assert await hall.state() == before
    assert await seen(hall, 'Ruth') == {}


async def test_sortings_are_laid_together_where_groups_agree_and_where_they_differ(hall):
    await more_groups(hall, 3)
    a, b, c, d, e, f = await begun(hall)
    await piled(hall, 'Ruth', [a, b, c], [d, e])
    await piled(hall, 'Nia', [a, b], [c, d, e])
    [named] = (await piled(hall, 'P3', [a, b, c, d], [e]))[:1]
    await do(hall, 'P3', 'name_pile', pile=named, text='Talk')
    shown = await hall.sorting.sortings(hall.who, ROUND)
    assert shown['groups'] == 3
    offers = [set(offer['cards']) for offer in shown['offers']]
    assert offers == [{a, b, c}, {d, e}]
    first, second = shown['offers']
    assert (first['together'], first['of'], first['names']) == (2, 3, ['Talk'])
    nia = next(one for one in first['groups'] if one['group'] == 'Group 2')
    assert [(set(part['cards']), set(part['others'])) for part in nia['parts']] == [({a, b}, set()), ({c}, {d, e})]
    assert second['together'] == 2
    assert shown['untouched'] == [f]

    # What the room has settled is not offered again; the rest of a set goes where most of it is.
    pattern = await hall.debrief.add_pattern(hall.who, ROUND, 'Talk', [a, b])
    shown = await hall.sorting.sortings(hall.who, ROUND)
    assert [(set(offer['cards']), offer['pattern']) for offer in shown['offers']] == [({c}, pattern), ({d, e}, '')]


async def test_a_card_that_the_groups_put_in_different_places_is_a_difference(hall):
    a, b, c, d, e, _f = await begun(hall)
    await piled(hall, 'Ruth', [a, b, c], [d, e])
    await piled(hall, 'Nia', [a, b], [c, d, e])
    shown = await hall.sorting.sortings(hall.who, ROUND)
    assert {frozenset(offer['cards']) for offer in shown['offers']} == {frozenset((a, b)), frozenset((d, e))}
    [difference] = shown['differences']
    assert difference['card'] == c
    assert [set(one['parts'][0]['others']) for one in difference['groups']] == [{a, b}, {d, e}]


async def test_how_far_the_groups_are_is_shown_as_numbers(hall):
    cards = await begun(hall)
    await piled(hall, 'Ruth', cards[:4])
    await do(hall, 'Tom', 'ready', ready=True)
    shown = (await hall.control())['sorting']
    assert shown == {
        'open': True,
        'share': 'all',
        'groups': [
            {'name': 'Group 1', 'cards': 6, 'sorted': 4, 'ready': True},
            {'name': 'Group 2', 'cards': 6, 'sorted': 0, 'ready': False},
        ],
    }
    assert 'sorting' not in await hall.projection()
    await do(hall, 'Ruth', 'ready', ready=False)
    assert not (await hall.control())['sorting']['groups'][0]['ready']


async def test_sorting_waits_for_nobody_and_goes_on_after_the_stage_was_reopened(hall):
    cards = await begun(hall)
    [pile] = await piled(hall, 'Ruth', cards[:2])
    for stage in (Stage.PREDICTION, Stage.RED_DOTS, Stage.ANALYSIS):
        await hall.at(stage)
    assert await seen(hall, 'Ruth') == {pile: cards[:2]}
    card = (await hall.state())['cards'][cards[0]]
    assert card.state is CardState.ACCEPTED
