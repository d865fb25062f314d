"""What the hall, the facilitator and a group are sent: enough, and nothing that is kept from them."""

import json

import pytest

from app.errors import NotFound, NotSignedIn
from app.rounds.stages import Stage
from tests.app.debrief.hall import OBSERVERS, ROUND

pytestmark = pytest.mark.anyio
PLAIN = {'shows': '', 'beside': ''}


async def a_debrief(hall):
    """Cards in every state, a pattern, a prediction, a theory, a step, and notes that nobody chose."""
    secret = [await hall.note(name, f'Unchosen words of {name}', chosen=False) for name in OBSERVERS]
    cards = await hall.accepted('Three of five explain', 'Pairs talk', name='Ruth')
    await hall.note('Nia', 'Nobody speaks')
    await hall.at(Stage.THEORIES)
    pattern = await hall.debrief.add_pattern(hall.who, ROUND, 'They talk', cards)
    await hall.debrief.add_prediction(hall.who, ROUND, 'They can talk', [pattern])
    await hall.theory.write_theory(hall.who, ROUND, when='we wait', patterns=[pattern])
    await hall.theory.add_next_step(hall.who, ROUND, horizon='next week', owner='teachers', text='Wait')
    return secret


async def kept_back(hall):
    """What no view may hold: ids of notes, authors and visits, names, rooms, times, unchosen words."""
    async with hall.store.round(ROUND) as work:
        notes = await work.notes.all()
        cards = await work.cards.all()
        rooms = [room.room for room in await work.classrooms.all()]
    return (
        {note.id for note in notes}
        | {note.text for note in notes if not note.chosen}
        | {f'o-{name}' for name in OBSERVERS}
        | set(OBSERVERS)
        | {card.visit for card in cards}
        | {str(card.place) for card in cards}
        | set(rooms)
        | {'received_at', 'written_at', '"observer"', 'Lab'}
    )


@pytest.mark.parametrize('stage', [*Stage][: Stage.CLOSED.place + 1])
async def test_no_view_holds_what_is_kept_from_its_reader(hall, stage):
    await a_debrief(hall)
    await hall.at(stage)
    secrets = await kept_back(hall)
    views = [
        await hall.projection(),
        await hall.debrief.projection_view_by_link('hall'),
        await hall.control(),
        await hall.group('Ruth'),
        await hall.group('Nia'),
    ]
    for view in views:
        sent = json.dumps(view)
        assert [secret for secret in secrets if secret in sent] == []


async def test_the_hall_is_shown_each_thing_from_its_stage_on(hall):
    await a_debrief(hall)
    shown = {}
    for stage in Stage:
        await hall.at(stage)
        view = await hall.projection()
        shown[stage.value] = [name for name in ('cards', 'patterns', 'predictions', 'theories') if view[name]]
    assert shown['selection'] == []
    assert shown['screening'] == shown['red_dots'] == ['cards']
    assert shown['analysis'] == ['cards', 'patterns']
    assert shown['prediction'] == ['cards', 'patterns', 'predictions']
    assert shown['theories'] == shown['closed'] == ['cards', 'patterns', 'predictions', 'theories']


async def test_the_hall_sees_cards_on_the_wall_only(hall):
    await a_debrief(hall)
    view = await hall.projection()
    assert {card['text'] for card in view['cards']} == {'Three of five explain', 'Pairs talk'}
    assert set(view['cards'][0]) == {'id', 'text', 'lens', 'late', 'pattern'}
    assert view['numbers'] == {'joined': 4, 'notes': 7, 'chosen': 3, 'on_wall': 2, 'unsorted': 0}


async def test_every_screen_shows_the_same_cards_in_the_same_order(hall):
    await hall.accepted(*(f'Card {n}' for n in range(30)))
    await hall.at(Stage.ANALYSIS)
    one, two = await hall.projection(), await hall.debrief.projection_view_by_link('hall')
    assert one == two
    assert [card['id'] for card in (await hall.control())['cards']] == [card['id'] for card in one['cards']]
    assert [card['text'] for card in one['cards']] != [f'Card {n}' for n in range(30)]


async def test_the_facilitator_sees_groups_as_numbers(hall):
    await a_debrief(hall)
    await hall.observation.receive_notes(hall.asker('Owen'), [], unsent=3)
    one, two = (await hall.control())['groups']
    assert one == {
        'id': 'g1',
        'name': 'Group 1',
        'joined': 2,
        'notes': 4,
        'chosen': 2,
        'to_screen': 0,
        'accepted': 2,
        'returned': 0,
        'unsent': 0,
        'late': 0,
    }
    assert (two['to_screen'], two['unsent']) == (1, 3)


async def test_a_group_is_shown_its_own_cards_to_screen_and_the_others_to_mark(hall):
    own = await hall.card(await hall.note('Ruth', 'Three explain'))
    [other] = await hall.accepted('Nobody speaks', name='Nia')
    assert (await hall.group('Tom'))['to_screen'] == []
    await hall.at(Stage.SCREENING)
    view = await hall.group('Tom')
    assert [card['id'] for card in view['to_screen']] == [own.id]
    assert view['red_dots'] == []
    await hall.at(Stage.RED_DOTS)
    view = await hall.group('Tom')
    [marked] = view['red_dots']
    assert marked == {'id': other, 'text': 'Nobody speaks', 'lens': None, 'dotted': False, 'reason': ''}
    assert (await hall.group('Nia'))['red_dots'] == []


async def test_the_projector_shows_the_same_after_a_reload(any_hall):
    hall = any_hall
    assert (await hall.projection())['screen'] == {'page': 0, 'focus': '', 'paused': False, 'dark': False, **PLAIN}
    await hall.debrief.show(hall.who, ROUND, page=3, dark=True)
    await hall.debrief.show(hall.who, ROUND, focus='a-card', paused=True)
    assert (await hall.projection())['screen'] == {'page': 3, 'focus': 'a-card', 'paused': True, 'dark': True, **PLAIN}
    await hall.debrief.show(hall.who, ROUND, page=-2, focus='')
    assert (await hall.projection())['screen'] == {'page': 0, 'focus': '', 'paused': True, 'dark': True, **PLAIN}


async def test_turning_the_projectors_page_is_nothing_to_undo(hall):
    await hall.debrief.show(hall.who, ROUND, page=3)
    assert (await hall.control())['undo'] is None


async def test_a_link_of_another_kind_opens_no_projection(hall):
    for secret in ('paper', 'guessed'):
        with pytest.raises(NotFound):
            await hall.debrief.projection_view_by_link(secret)


async def test_a_facilitator_of_another_school_sees_and_does_nothing(hall):
    stranger = await hall.facilitator('eve', 'elsewhere')
    for ask in (
        lambda: hall.debrief.projection_view(stranger, ROUND),
        lambda: hall.debrief.control_view(stranger, ROUND),
        lambda: hall.debrief.accept(stranger, ROUND, 'x'),
        lambda: hall.debrief.add_pattern(stranger, ROUND, 'x'),
        lambda: hall.debrief.undo(stranger, ROUND),
        lambda: hall.debrief.redo(stranger, ROUND),
        lambda: hall.debrief.show(stranger, ROUND, page=1),
        lambda: hall.theory.write_theory(stranger, ROUND, when='x'),
        lambda: hall.theory.take_up(stranger, ROUND, 'x'),
    ):
        with pytest.raises(NotFound, match='another school'):
            await ask()


async def test_nobody_acts_after_signing_out(hall):
    await hall.accounts.sign_out('ama')
    with pytest.raises(NotSignedIn):
        await hall.control()


async def test_what_is_not_finished_is_said_before_the_next_stage(hall):
    async def said():
        return (await hall.control())['next_stage']

    await hall.note('Ruth', 'Three explain')
    await hall.observation.receive_notes(hall.asker('Owen'), [], unsent=2)
    await hall.at(Stage.OPEN)
    assert (await said())['unfinished'] == ['2 notes are still on phones and have not been received.']
    await hall.at(Stage.SELECTION)
    assert (await said())['unfinished'] == [], 'who wrote one note has chosen as many as there are'
    await hall.note('Ruth', 'Four wait', chosen=False)
    assert await said() == {
        'stage': 'screening',
        'name': 'Screening',
        'unfinished': ['1 observer has chosen fewer than 5 notes.'],
    }
    await hall.at(Stage.SCREENING)
    assert (await said())['unfinished'] == ['1 card is still to be screened.', 'No card is on the wall yet.']
    [card] = await hall.accepted('One', name='Nia')
    await hall.at(Stage.ANALYSIS)
    assert (await said())['unfinished'] == ['1 card is in no pattern yet.', 'There is no pattern yet.']
    await hall.debrief.add_pattern(hall.who, ROUND, '', [card])
    assert (await said())['unfinished'] == [
        '1 pattern has no name yet.',
        '1 pattern rests on fewer than 2 visits and will not be printed.',
    ]
    await hall.at(Stage.PREDICTION)
    assert (await said())['unfinished'] == ['There is no prediction yet.']
    await hall.at(Stage.THEORIES)
    assert (await said())['unfinished'] == ['There is no theory of action yet.']
    await hall.theory.write_theory(hall.who, ROUND, when='we wait')
    assert 'wrong' in (await said())['unfinished'][0]
    await hall.at(Stage.NEXT_LEVEL)
    assert (await said())['unfinished'] == ['There is no next step yet.']
    await hall.at(Stage.CLOSED)
    assert await said() is None


async def test_a_round_that_nobody_joined_is_said_to_be_empty(hall):
    async with hall.store.round(ROUND) as work:
        await work.observers.clear()
    await hall.at(Stage.OPEN)
    assert (await hall.control())['next_stage']['unfinished'] == ['Nobody has joined yet.']


async def test_those_without_a_group_are_counted_in_a_line_of_their_own(hall):
    async with hall.store.round(ROUND) as work:
        await work.groups.remove('g2')
        for name in ('Nia', 'Owen'):
            observer = await work.observers.get(f'o-{name}')
            await work.observers.put(type(observer)(id=observer.id, display_name=name, school='s'))
    assert [(group['name'], group['joined']) for group in (await hall.control())['groups']] == [('Group 1', 2), ('', 2)]


async def test_all_who_look_hear_of_an_act_and_nobody_of_one_that_failed(hall):
    cards = await hall.accepted('One')
    await hall.at(Stage.ANALYSIS)
    with hall.announcer.listening(ROUND) as heard:
        await hall.debrief.add_pattern(hall.who, ROUND, 'They talk', cards)
        with pytest.raises(NotFound):
            await hall.debrief.move_cards(hall.who, ROUND, cards, 'gone')
        await hall.debrief.move_cards(hall.who, ROUND, [], '')
        await hall.debrief.show(hall.who, ROUND, page=1)
        await hall.debrief.undo(hall.who, ROUND)
        assert [heard.get_nowait().kind for _ in range(heard.qsize())] == ['card', 'screen', 'card']
    assert (await hall.projection())['seq'] == hall.announcer.latest(ROUND)
