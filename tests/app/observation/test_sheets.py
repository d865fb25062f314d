"""Somebody at base types in a stack of paper sheets: whose, which, when, and what they never get to read."""

import datetime as dt
from dataclasses import replace

import pytest

from app.errors import BadInput, Gone, NotFound, NotYours, TooMany, WrongStage
from app.observation.model import ObserverAsker
from app.observation.receiving import SentNote
from app.observation.rescued import Rescue
from app.observation.sheets import SheetService
from app.rounds.model import Code, CodeKind, Visit
from app.rounds.stages import Stage

from .conftest import HALL, ROUND
from .sealing import sealed

pytestmark = pytest.mark.anyio
HERE = {'address': '10.0.0.1'}
NOTE = 'note-typed-from-paper-{:03}'


@pytest.fixture
async def sheets(day) -> SheetService:
    """Group 1 visits classroom 1, group 2 classroom 2; each visit has its sheet."""
    async with day.store.round(ROUND) as work:
        await work.visits.put(Visit(id='v2', group='g2', classroom='c2', start=dt.time(9), end=dt.time(9, 20)))
        for group in await work.groups.all():
            await work.groups.put(replace(group, size=4))
    async with day.store.index() as index:
        await index.codes.put(Code(id='SHEET2', round=ROUND, kind=CodeKind.SHEET, classroom='c1', group='g1'))
        await index.codes.put(Code(id='SHEET3', round=ROUND, kind=CodeKind.SHEET, classroom='c2', group='g2'))
        await index.codes.put(Code(id='ELSE22', round='another', kind=CodeKind.SHEET, classroom='c1', group='g1'))
    return day.sheets


async def member(day, name: str, group: str = 'g1') -> ObserverAsker:
    asker = await day.asker(name)
    await day.observation.choose_group(asker, group)
    return asker


def typed(n: int, text: str, rev: int = 1, **more) -> SentNote:
    return SentNote(id=NOTE.format(n), rev=rev, classroom=1, text=text, **more)


async def test_a_sheet_is_typed_in_under_the_name_of_who_wrote_it(day, sheets):
    ann, ben = await member(day, 'Ann'), await member(day, 'Ben')
    await member(day, 'Cleo', 'g2')
    sheet = await sheets.sheet(ann, 'she et2', **HERE)
    assert sheet.classroom == 1
    assert [(one.display_name, one.school_name, one.you) for one in sheet.writers] == [
        ('Ann', 'Tidewell', True), ('Ben', 'Tidewell', False),
    ]  # fmt: skip
    token = await sheets.token_for(ann, 'SHEET2', ben.observer, **HERE)
    sender = await day.observation.sender(token)
    answer = await day.observation.receive_notes(sender, [typed(1, 'Four of six read aloud.', lens='task')], unsent=7)
    assert [one.state for one in answer.received] == ['stored']
    [(note, number)] = await day.observation.notes_of(ben)
    assert (note.text, note.lens, note.group, note.observer, number) == (
        'Four of six read aloud.', 'task', 'g1', ben.observer, 1,
    )  # fmt: skip
    assert await day.observation.notes_of(ann) == []
    async with day.store.round(ROUND) as work:
        assert (await work.observers.get(ben.observer)).unsent == 0, 'it is not Ben’s phone that holds seven more'
    # The author goes on with it as with every other note.
    answer = await day.observation.receive_notes(ben, [typed(1, 'Four of the six read aloud.', 2, chosen=True)])
    assert answer.received[0].chosen
    # What the typist sends once more afterwards changes nothing.
    answer = await day.observation.receive_notes(sender, [typed(1, 'Four of six read aloud.')])
    assert [one.state for one in answer.received] == ['older']


async def test_who_types_for_another_reads_nothing(day, sheets):
    ann, ben = await member(day, 'Ann'), await member(day, 'Ben')
    await day.observation.receive_notes(ben, [typed(1, 'Ben’s own words.')])
    token = await sheets.token_for(ann, 'SHEET2', ben.observer, **HERE)
    with pytest.raises(NotYours, match='Only their author'):
        await day.observation.asker(token)
    for given in vars(await sheets.sheet(ann, 'SHEET2', **HERE))['writers']:
        assert set(vars(given)) == {'id', 'display_name', 'school_name', 'you'}


async def test_the_author_hears_of_what_was_typed_for_them(day, sheets):
    ann, ben = await member(day, 'Ann'), await member(day, 'Ben')
    sender = await day.observation.sender(await sheets.token_for(ann, 'SHEET2', ben.observer, **HERE))
    with day.announcer.listening(ROUND) as queue:
        await day.observation.receive_notes(sender, [typed(1, 'Two pairs talk.')])
        hints = [queue.get_nowait() for _n in range(queue.qsize())]
    assert [hint.observer for hint in hints if hint.kind == 'receipt'] == [ben.observer]


async def test_a_sheet_of_another_group_is_theirs(day, sheets):
    ann, cleo = await member(day, 'Ann'), await member(day, 'Cleo', 'g2')
    with pytest.raises(BadInput, match='This sheet is of Group 2'):
        await sheets.sheet(ann, 'SHEET3', **HERE)
    with pytest.raises(BadInput, match='changed group'):
        await sheets.token_for(ann, 'SHEET2', cleo.observer, **HERE)
    with pytest.raises(BadInput, match='Choose your group first'):
        await sheets.sheet(await day.asker('Dee'), 'SHEET2', **HERE)
    # A group that was joined into another has nobody left who could.
    async with day.store.round(ROUND) as work:
        await work.groups.put(replace(await work.groups.get('g2'), size=0))
    assert (await sheets.sheet(ann, 'SHEET3', **HERE)).classroom == 2


async def test_a_doors_code_stands_for_a_sheet_of_the_own_group(day, sheets):
    ann = await member(day, 'Ann')
    assert (await sheets.sheet(ann, 'DR2224', **HERE)).classroom == 3
    # Without a group, one types in what one wrote oneself.
    alone = await sheets.sheet(await day.asker('Dee'), 'DR2224', **HERE)
    assert [(one.display_name, one.you) for one in alone.writers] == [('Dee', True)]


@pytest.mark.parametrize(
    ('code', 'kind', 'said'),
    [
        ('WRNG22', NotFound, 'No sheet of this round has this code'),
        ('', NotFound, 'No sheet of this round has this code'),
        ('ELSE22', NotFound, 'No sheet of this round has this code'),
        (HALL, NotFound, 'not the code of a sheet'),
        ('RMVED2', Gone, 'replaced'),
    ],
)
async def test_a_code_that_opens_no_sheet_is_answered_in_a_sentence(day, sheets, code, kind, said):
    ann = await member(day, 'Ann')
    with pytest.raises(kind, match=said):
        await sheets.sheet(ann, code, **HERE)


async def test_many_wrong_codes_are_too_many(day, sheets):
    ann = await member(day, 'Ann')
    for _n in range(20):
        with pytest.raises(NotFound):
            await sheets.sheet(ann, 'WRNG22', address='10.0.0.9')
    with pytest.raises(TooMany):
        await sheets.sheet(ann, 'WRNG22', address='10.0.0.9')


async def test_nothing_is_typed_in_when_the_round_takes_no_notes(day, sheets):
    ann, ben = await member(day, 'Ann'), await member(day, 'Ben')
    token = await sheets.token_for(ann, 'SHEET2', ben.observer, **HERE)
    for stage in (Stage.PLANNED, Stage.CLOSED):
        await day.at(stage)
        with pytest.raises(WrongStage):
            await sheets.sheet(ann, 'SHEET2', **HERE)
        with pytest.raises(WrongStage):
            await sheets.token_for(ann, 'SHEET2', ben.observer, **HERE)
    answer = await day.observation.receive_notes(await day.observation.sender(token), [typed(1, 'Too late.')])
    assert [one.reason for one in answer.refused] == ['round_gone']
    await day.at(Stage.PURGED)
    with pytest.raises(Gone):
        await sheets.sheet(ann, 'SHEET2', **HERE)
    with pytest.raises(Gone):
        await day.observation.sender(token)


async def test_nobody_joins_by_a_sheet(day, sheets):
    with pytest.raises(NotFound, match='on a paper sheet'):
        await day.observation.look('SHEET2', **HERE)


async def test_what_was_typed_in_without_a_network_is_carried_under_its_author(day, sheets):
    ann, ben = await member(day, 'Ann'), await member(day, 'Ben')
    token = await sheets.token_for(ann, 'SHEET2', ben.observer, **HERE)
    packet = sealed(token, [{'id': NOTE.format(1), 'rev': 1, 'classroom': 1, 'text': 'Carried by hand.'}])
    (one,) = await Rescue(day.observation).bring_in([packet], address='10.0.0.9')
    assert (one.notes, one.kind) == (1, '')
    assert [note.text for note, _number in await day.observation.notes_of(ben)] == ['Carried by hand.']
