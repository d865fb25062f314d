"""The page of whoever teaches in a room that is visited."""

import pytest

from app.errors import Gone, NotFound, TooMany, WrongStage
from app.observation.joining import Joining
from app.observation.receiving import SentNote
from app.rounds.stages import Stage

pytestmark = pytest.mark.anyio
HERE = {'address': '10.0.0.1'}


@pytest.fixture
async def world(services, facilitator, round_id):
    """Two classrooms, one visited by an observer who has noted something in each; the slips' codes."""
    for number in (1, 2):
        await services.rounds.classrooms.add(facilitator, round_id, [{'room': f'Lab {number}'}])
    async with services.store.round(round_id) as work:
        rooms = sorted(await work.classrooms.all(), key=lambda room: room.number)
    codes = await services.lessons.codes(facilitator, round_id)
    return rooms, codes


async def noted(services, facilitator, round_id, *texts):
    await services.rounds.go_to(facilitator, round_id, Stage.OPEN)
    plan = await services.rounds.plan(facilitator, round_id)
    school = plan.round.schools[0].id if plan.round.schools else 'Harbour'
    token, _home = await services.observation.join(
        Joining(code=plan.round.join_code, display_name='Nia', school=school), address='10.0.0.2'
    )
    asker = await services.observation.asker(token)
    notes = [
        SentNote(id=f'note-of-the-test-{n:06}', rev=1, classroom=number, lens=None, text=text, written_at='')
        for n, (number, text) in enumerate(texts)
    ]
    await services.observation.receive_notes(asker, notes, unsent=0)


async def test_a_teacher_reads_the_notes_of_the_own_lesson_and_of_no_other(services, facilitator, round_id, world):
    rooms, codes = world
    await noted(services, facilitator, round_id, (1, 'Four hands up'), (1, 'Two pairs talk'), (2, 'Silent reading'))
    during = await services.lessons.lesson(codes[rooms[0].id], **HERE)
    assert (during.readable, during.notes) == (False, ()), 'not while the visits go on'
    await services.rounds.go_to(facilitator, round_id, Stage.SELECTION)
    lesson = await services.lessons.lesson(codes[rooms[0].id].lower(), **HERE)
    assert sorted(note.text for note in lesson.notes) == ['Four hands up', 'Two pairs talk']
    assert {tuple(vars(note)) for note in lesson.notes} == {('text', 'lens')}, 'no author, no time'


async def test_each_slip_keeps_its_code_until_it_is_replaced(services, facilitator, round_id, world, stranger):
    rooms, codes = world
    assert await services.lessons.codes(facilitator, round_id) == codes
    assert len(set(codes.values())) == 2
    new = await services.lessons.replace_code(facilitator, round_id, rooms[0].id)
    with pytest.raises(Gone, match='replaced'):
        await services.lessons.lesson(codes[rooms[0].id], **HERE)
    assert (await services.lessons.lesson(new, **HERE)).classroom.id == rooms[0].id
    with pytest.raises(NotFound):
        await services.lessons.codes(stranger, round_id)


async def test_a_teacher_who_says_no_is_not_visited(services, facilitator, round_id, world):
    rooms, codes = world
    lesson = await services.lessons.say_no(codes[rooms[1].id], **HERE)
    assert lesson.classroom.left_out
    plan = await services.rounds.plan(facilitator, round_id)
    assert [room.left_out for room in plan.classrooms] == [False, True]
    assert (await services.lessons.say_no(codes[rooms[1].id], **HERE)).classroom.left_out, 'saying it twice is the same'
    await noted(services, facilitator, round_id, (1, 'Four hands up'))
    await services.rounds.go_to(facilitator, round_id, Stage.SELECTION)
    with pytest.raises(WrongStage):
        await services.lessons.say_no(codes[rooms[0].id], **HERE)


async def test_the_slip_lets_nobody_join_and_a_door_opens_no_lesson(services, facilitator, round_id, world):
    rooms, codes = world
    await services.rounds.go_to(facilitator, round_id, Stage.OPEN)
    with pytest.raises(NotFound, match='slip for a teacher'):
        await services.observation.look(codes[rooms[0].id], **HERE)
    with pytest.raises(NotFound):
        await services.lessons.lesson(rooms[0].code, **HERE)


async def test_codes_cannot_be_guessed_one_after_the_other(services, facilitator, round_id, world):
    rooms, codes = world
    for _ in range(20):
        with pytest.raises(NotFound):
            await services.lessons.lesson('222222', **HERE)
    with pytest.raises(TooMany):
        await services.lessons.lesson('222222', **HERE)
    assert await services.lessons.lesson(codes[rooms[0].id], **HERE), 'the right one opens'
