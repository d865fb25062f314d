"""Processes that are killed, and others that want the folder or read beside a writer."""

import asyncio
import os
import signal
from random import Random

import pytest

from app.errors import NotFound, NotKept
from storage import open_for_reading, open_store

from .builders import put_note
from .processes import notes_in, start_writers, written

pytestmark = pytest.mark.anyio
SOAK = bool(os.environ.get('ROUNDS_SOAK'))


@pytest.mark.slow
async def test_kill_9_under_40_writers_takes_nothing_that_was_acknowledged(tmp_path):
    random, said = Random(9), []
    for attempt in range(40 if SOAK else 5):
        process = start_writers(tmp_path, f's{attempt}')
        first = await asyncio.to_thread(process.stdout.readline)
        await asyncio.sleep(random.uniform(0, 0.4))
        os.kill(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        lines = (first + output).decode().splitlines()
        said += [line.removeprefix('kept ') for line in lines]
        store = await open_store(tmp_path)
        async with store.round('r') as work:
            notes, cards = await work.notes.all(), await work.cards.all()
            assert {kept.id for kept in notes} >= set(said)
            assert [kept.id for kept in cards] == [kept.id for kept in notes], 'half of a work'
            assert [kept.seq for kept in notes] == list(range(1, len(notes) + 1))
        assert store.damage == []
        await store.close()
    assert len(said) > 200


async def test_a_second_process_is_refused_at_once_in_a_sentence(tmp_path):
    store = await open_store(tmp_path)
    process = start_writers(tmp_path, 'second')
    process.stdout.close()
    assert await asyncio.to_thread(process.wait) != 0
    with pytest.raises(NotKept, match='in use by another Rounds process'):
        await open_store(tmp_path)
    await store.close()
    await (await open_store(tmp_path)).close()


async def test_reading_beside_a_writer_sees_all_that_was_acknowledged(tmp_path):
    process = start_writers(tmp_path, 'w', pause=0.05)
    said: list[str] = []
    try:
        for _look in range(40):
            said.append((await asyncio.to_thread(process.stdout.readline)).decode().strip().removeprefix('kept '))
            store = open_for_reading(tmp_path)
            async with store.round('r') as work:
                notes = [kept.id for kept in await work.notes.all()]
                assert [kept.id for kept in await work.cards.all()] == notes, 'half of a work'
            assert set(said) <= set(notes)
            assert store.damage == []
            await store.close()
    finally:
        process.kill()
        process.communicate()


async def test_a_store_opened_for_reading_refuses_to_change_anything(tmp_path):
    await written(tmp_path, 1)
    before = {path: path.read_bytes() for path in tmp_path.rglob('*') if path.is_file()}
    store = open_for_reading(tmp_path)
    with pytest.raises(NotKept, match='reading only'):
        await put_note(store, 'r', 'a')
    with pytest.raises(NotKept, match='reading only'):
        await store.create_round('new')
    with pytest.raises(NotKept, match='reading only'):
        await store.delete_round('r')
    with pytest.raises(NotKept, match='reading only'):
        await store.rewrite_round('r')
    await store.close()
    assert {path: path.read_bytes() for path in tmp_path.rglob('*') if path.is_file()} == before
    with pytest.raises(NotFound, match='no data'):
        open_for_reading(tmp_path / 'elsewhere')
    assert not (tmp_path / 'elsewhere').exists()


async def test_after_a_rewrite_no_byte_of_what_was_removed_is_left(tmp_path):
    store = await open_store(tmp_path)
    await store.create_round('r')
    await put_note(store, 'r', 'secret', text='The quick brown sentence')
    await put_note(store, 'r', 'kept', text='Another one')
    (tmp_path / 'rounds' / 'r' / 'journal-1.corrupt-x').write_bytes(b'The quick brown sentence')
    async with store.round('r') as work:
        await work.notes.remove('secret')
    await store.rewrite_round('r')
    content = b''.join(path.read_bytes() for path in tmp_path.rglob('*') if path.is_file())
    assert b'quick brown' not in content
    assert b'Another one' in content
    await put_note(store, 'r', 'more')
    await store.close()
    assert await notes_in(tmp_path) == ['kept', 'more']


async def test_a_deleted_round_leaves_nothing_and_what_a_crash_left_of_one_goes_at_the_next_start(tmp_path):
    await written(tmp_path, 3)
    store = await open_store(tmp_path)
    await store.delete_round('r')
    assert list((tmp_path / 'rounds').iterdir()) == []
    await store.close()
    await written(tmp_path, 3)
    (tmp_path / 'rounds' / 'r').rename(tmp_path / 'rounds' / 'r.deleted')
    store = await open_store(tmp_path)
    with pytest.raises(NotFound):
        await put_note(store, 'r', 'a')
    assert list((tmp_path / 'rounds').iterdir()) == []
    await store.close()
