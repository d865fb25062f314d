"""TinyDB's own tables and queries, over what works have kept."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tinydb import where
from tinydb.table import Document

from storage import open_store
from storage.plain import kind
from storage.tinydb_store.store import TinyStore

from .builders import note, put_note

pytestmark = pytest.mark.anyio


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[TinyStore]:
    made = await open_store(tmp_path)
    await made.create_round('r')
    for number in range(5):
        await put_note(made, 'r', f'n{number}')
    yield made
    await made.close()


async def test_queries_find_what_works_have_put(store):
    async with store.round('r') as work:
        database = store.database(work)
        notes = database.table('notes')
        assert [found.doc_id for found in notes.search(where('seq') > 3)] == ['n3', 'n4']
        await work.notes.put(note('n5', seq=6))
        assert notes.count(where('seq') > 3) == 3
        assert notes.get(doc_id='n5')['lens'] == 'task'
        assert (len(notes), database.tables()) == (6, {'notes'})


async def test_what_tinydb_changes_is_part_of_the_work(store, tmp_path):
    async with store.round('r') as work:
        notes = store.database(work).table('notes')
        notes.update({'chosen': True}, where('seq') == 2)
        notes.remove(doc_ids=['n0'])
        notes.insert(Document(kind(type(note('x'))).plain(note('new')), 'new'))
        assert [change.key for change in work.ledger.changes()] == ['n1', 'n0', 'new']
    await store.close()
    again = await open_store(tmp_path)
    async with again.round('r') as work:
        assert [(found.id, found.chosen) for found in await work.notes.all()] == [
            ('n1', True),
            ('n2', False),
            ('n3', False),
            ('n4', False),
            ('new', False),
        ]
    await again.close()


async def test_what_tinydb_changes_is_undone_with_the_work(store):
    with pytest.raises(ZeroDivisionError):  # noqa: PT012
        async with store.round('r') as work:
            store.database(work).drop_tables()
            assert await work.notes.all() == []
            raise ZeroDivisionError
    async with store.round('r') as work:
        assert len(await work.notes.all()) == 5


async def test_outside_of_a_work_nothing_can_be_changed(store):
    async with store.round('r') as work:
        notes = store.database(work).table('notes')
    assert len(notes.all()) == 5
    with pytest.raises(RuntimeError, match='left'):
        notes.truncate()


async def test_an_id_is_made_by_who_writes(store):
    async with store.round('r') as work:
        notes = store.database(work).table('notes')
        with pytest.raises(TypeError, match='id'):
            notes.insert({'text': 'a note without an id'})
        with pytest.raises(ValueError, match='not its own'):
            notes.insert(Document(kind(type(note('x'))).plain(note('x')), 'other'))
