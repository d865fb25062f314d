"""What the boards ask for reaches the services."""

import pytest

from app.debrief.model import Card, CardState, Pile
from app.errors import BadInput, Changed, NotFound, WrongStage
from app.observation.model import Observer
from app.rounds.model import Group
from app.rounds.stages import ORDER, Stage
from pages.debrief_acts import acts_of

pytestmark = pytest.mark.anyio


@pytest.fixture
async def acts(services, facilitator, round_id):
    return acts_of(services, facilitator, round_id)


async def at(services, facilitator, round_id, stage):
    plan = await services.rounds.plan(facilitator, round_id)
    for step in ORDER[plan.round.stage.place + 1 : stage.place + 1]:
        await services.rounds.go_to(facilitator, round_id, step)


async def put_cards(services, round_id, *keys, state=CardState.ACCEPTED):
    async with services.store.round(round_id) as work:
        for place, key in enumerate(keys):
            text = f'{place + 2} of 26 hands are up'
            await work.cards.put(
                Card(id=key, note=key, group='g', visit=f'g:{key}', text=text, place=place, state=state)
            )


async def control(services, facilitator, round_id):
    return await services.debrief.control_view(facilitator, round_id)


async def test_a_card_is_screened_reworded_and_marked(services, facilitator, round_id, acts):
    await at(services, facilitator, round_id, Stage.RED_DOTS)
    await put_cards(services, round_id, 'a', 'b', state=CardState.CHOSEN)
    await acts['accept']({'card': 'a', 'confirmed': False})
    await acts['reword']({'card': 'a', 'text': 'Five hands', 'seen': '2 of 26 hands are up', 'confirmed': False})
    await acts['drop']({'card': 'b'})
    await acts['red_dot']({'card': 'a', 'reason': 'judgement'})
    cards = {card['id']: card for card in (await control(services, facilitator, round_id))['cards']}
    assert (cards['a']['text'], cards['a']['state'], cards['a']['dotted']) == ('Five hands', 'returned', True)
    assert cards['b']['state'] == 'dropped'


async def test_groups_are_let_sort_and_laid_together(services, facilitator, round_id, acts):
    await at(services, facilitator, round_id, Stage.ANALYSIS)
    with pytest.raises(BadInput, match='no card on the wall'):
        await acts['begin_sorting']({'share': ''})
    await put_cards(services, round_id, 'a', 'b')
    async with services.store.round(round_id) as work:
        await work.groups.put(Group(id='g', number=1, name='Group 1'))
        await work.observers.put(Observer(id='o', display_name='Ruth', school='s', group='g'))
    await acts['begin_sorting']({'share': 'all'})
    async with services.store.round(round_id) as work:
        await work.piles.put(Pile(id='pile', group='g', cards=('a', 'b'), name='Hands'))
    [offer] = (await acts['sortings']({}))['offers']
    assert (offer['cards'], offer['names'], offer['together'], offer['of']) == (['a', 'b'], ['Hands'], 1, 1)
    await acts['end_sorting']({})
    assert not (await control(services, facilitator, round_id))['sorting']['open']


async def test_patterns_are_made_changed_joined_and_taken_apart(services, facilitator, round_id, acts):
    await at(services, facilitator, round_id, Stage.ANALYSIS)
    await put_cards(services, round_id, 'a', 'b', 'c')
    one = await acts['add']({'title': 'Hands go up', 'cards': ['a', 'b']})
    seen = {'title': 'Hands go up', 'summary': '', 'exception': ''}
    words = {'title': 'Few hands go up', 'summary': 'Four in ten', 'exception': 'Not in drama'}
    await acts['change']({'pattern': one, **words, 'seen': seen})
    two = await acts['split']({'pattern': one, 'cards': ['b'], 'title': 'Other'})
    await acts['move']({'cards': ['c'], 'pattern': two})
    view = await control(services, facilitator, round_id)
    assert [(p['title'], p['cards'], p['exception']) for p in view['patterns']] == [
        ('Few hands go up', 1, 'Not in drama'),
        ('Other', 2, ''),
    ]
    await acts['merge']({'pattern': two, 'into': one})
    await acts['remove']({'pattern': one})
    view = await control(services, facilitator, round_id)
    assert (view['patterns'], view['numbers']['unsorted']) == ([], 3)


async def test_words_that_somebody_else_has_changed_are_not_overwritten(services, facilitator, round_id, acts):
    await at(services, facilitator, round_id, Stage.ANALYSIS)
    pattern = await acts['add']({'title': 'Theirs', 'cards': []})
    seen = {'title': 'What I saw', 'summary': '', 'exception': ''}
    with pytest.raises(Changed):
        await acts['change']({'pattern': pattern, 'title': 'Mine', 'summary': '', 'exception': '', 'seen': seen})
    assert (await control(services, facilitator, round_id))['patterns'][0]['title'] == 'Theirs'


async def test_predictions_theories_and_next_steps_are_written(services, facilitator, round_id, acts):
    await at(services, facilitator, round_id, Stage.THEORIES)
    pattern = await acts['add']({'title': 'Hands go up', 'cards': []})
    with pytest.raises(BadInput):
        await acts['predict']({'text': 'They would know dates', 'patterns': []})
    prediction = await acts['predict']({'text': 'They would know dates', 'patterns': [pattern]})
    seen = {'text': 'They would know dates', 'patterns': [pattern]}
    await acts['change_prediction'](
        {'prediction': prediction, 'text': 'They would know names', 'patterns': [pattern], 'seen': seen}
    )
    theory = await acts['write_theory']({'when': 'we wait for five seconds'})
    for field, value in (('so', 'students think'), ('look_again', '2027-03-01'), ('level', 'leaders')):
        seen = {'so': '', 'look_again': '', 'level': 'teachers'}[field]
        await acts['change_theory']({'theory': theory, 'field': field, 'value': value, 'seen': seen})
    step = await acts['add_step']({'horizon': 'next week', 'owner': 'network', 'text': 'Try', 'theories': [theory]})
    seen = {'horizon': 'next week', 'owner': 'network', 'text': 'Try', 'theories': [theory]}
    await acts['change_step'](
        {'step': step, 'horizon': 'next month', 'owner': 'leaders', 'text': 'Try it', 'theories': [], 'seen': seen}
    )
    view = await control(services, facilitator, round_id)
    assert view['predictions'][0]['text'] == 'They would know names'
    assert view['theories'][0]['so'] == 'students think'
    assert view['theories'][0]['look_again'] == '2027-03-01'
    assert view['theories'][0]['level'] == 'leaders'
    moved = {'horizon': 'next month', 'owner': 'leaders', 'text': 'Try it', 'theories': []}
    assert {key: view['next_steps'][0][key] for key in moved} == moved
    with pytest.raises(WrongStage):
        await acts['take_up']({'step': step, 'taken_up': True})
    await acts['remove_step']({'step': step})
    await acts['remove_theory']({'theory': theory})
    await acts['remove_prediction']({'prediction': prediction})
    view = await control(services, facilitator, round_id)
    assert (view['predictions'], view['theories'], view['next_steps']) == ([], [], [])


async def test_a_stranger_can_do_none_of_it(services, facilitator, stranger, round_id):
    await at(services, facilitator, round_id, Stage.ANALYSIS)
    with pytest.raises(NotFound):
        await acts_of(services, stranger, round_id)['add']({'title': 'Mine now', 'cards': []})
