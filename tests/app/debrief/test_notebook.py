"""A facilitator's private notes: their own, on no screen, and never written over."""

import pytest

from app.debrief.notebook import LONGEST, NotebookService
from app.errors import BadInput, Changed, NotFound
from tests.app.debrief.hall import ROUND

pytestmark = pytest.mark.anyio
WORDS = 'Ask the group by the window first'


@pytest.fixture
def notebook(hall):
    return NotebookService(hall.store, hall.announcer, hall.debrief.access)


async def test_private_notes_are_read_by_their_author_alone(hall, notebook):
    await notebook.write(hall.who, ROUND, WORDS, seen='')
    assert await notebook.read(hall.who, ROUND) == WORDS
    assert await notebook.read(await hall.facilitator('joan', 'harbour'), ROUND) == ''
    with pytest.raises(NotFound):
        await notebook.read(await hall.facilitator('rhys', 'elsewhere'), ROUND)


async def test_no_screen_and_no_phone_is_told_of_private_notes(hall, notebook):
    with hall.announcer.listening(ROUND) as heard:
        await notebook.write(hall.who, ROUND, WORDS, seen='')
    assert heard.empty()
    for view in (hall.control(), hall.projection(), hall.group('Ruth')):
        assert WORDS not in str(await view)


async def test_a_page_that_is_open_twice_writes_nothing_over(hall, notebook):
    first = await notebook.write(hall.who, ROUND, WORDS, seen='')
    with pytest.raises(Changed, match='on another screen'):
        await notebook.write(hall.who, ROUND, 'Other words', seen='')
    assert await notebook.read(hall.who, ROUND) == first
    await notebook.write(hall.who, ROUND, f'{first}, then the door', seen=first)


async def test_notes_that_are_too_long_are_refused_and_the_page_stays(hall, notebook):
    await notebook.write(hall.who, ROUND, WORDS, seen='')
    with pytest.raises(BadInput, match='Your notes'):
        await notebook.write(hall.who, ROUND, 'x' * (LONGEST + 1), seen=WORDS)
    assert await notebook.read(hall.who, ROUND) == WORDS
