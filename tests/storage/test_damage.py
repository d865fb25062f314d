"""Files that are damaged, torn or gone."""

import pytest

from storage import open_for_reading, open_store

from .builders import put_note
from .processes import keys_of, notes_in, only, written

pytestmark = pytest.mark.anyio


async def test_damage_in_the_middle_is_set_aside_said_and_costs_only_what_is_damaged(tmp_path, caplog):
    await written(tmp_path, 10)
    journal = only(tmp_path / 'rounds' / 'r', 'journal-*')
    bytes_of_the_journal = bytearray(journal.read_bytes())
    bytes_of_the_journal[bytes_of_the_journal.index(b'"n4"') + 1] ^= 1
    journal.write_bytes(bytes_of_the_journal)
    reading = open_for_reading(tmp_path)
    assert len(reading.damage) == 1
    await reading.close()
    assert journal.read_bytes() == bytes_of_the_journal, 'reading changes nothing'

    good = [f'n{n}' for n in range(10) if n != 4]
    assert await notes_in(tmp_path) == good
    assert 'is damaged' in caplog.text
    aside = only(tmp_path / 'rounds' / 'r', '*.corrupt-*')
    assert aside.read_bytes() == bytes_of_the_journal
    store = await open_store(tmp_path)
    assert [aside.name in sentence for sentence in store.damage] == [True]
    assert await put_note(store, 'r', 'more') == 11, 'no number of the order is given twice'
    await store.rewrite_round('r')
    assert store.damage == []
    await store.close()
    assert await notes_in(tmp_path) == [*good, 'more']


async def test_a_damaged_checkpoint_costs_only_what_is_damaged(tmp_path):
    await written(tmp_path, 10)
    store = await open_store(tmp_path)
    await store.rewrite_round('r')
    await put_note(store, 'r', 'after')
    await store.close()
    checkpoint = only(tmp_path / 'rounds' / 'r', 'checkpoint-*')
    checkpoint.write_bytes(checkpoint.read_bytes().replace(b'"n4"', b'"n\0"'))
    assert await notes_in(tmp_path) == [*[f'n{n}' for n in range(10) if n != 4], 'after']
    assert only(tmp_path / 'rounds' / 'r', 'checkpoint-*.corrupt-*')


async def test_a_journal_that_somebody_removed_is_said(tmp_path):
    await written(tmp_path, 3)
    only(tmp_path / 'rounds' / 'r', 'journal-*').unlink()
    store = await open_store(tmp_path)
    async with store.round('r') as work:
        assert await work.notes.all() == []
    assert len(store.damage) == 1
    await put_note(store, 'r', 'more')
    await store.close()


@pytest.mark.parametrize(
    'rest', [b'', b'00', b'12345678 {"n":4,"seq":4}', b'\0' * 4096, b'12345678 {}\n', b'\xff\n\xff']
)
async def test_a_torn_tail_is_no_damage_and_is_written_over(tmp_path, rest):
    await written(tmp_path, 3)
    journal = only(tmp_path / 'rounds' / 'r', 'journal-*')
    journal.write_bytes(journal.read_bytes() + rest)
    store = await open_store(tmp_path)
    assert await put_note(store, 'r', 'n3') == 4
    assert store.damage == []
    await store.close()
    assert await notes_in(tmp_path) == ['n0', 'n1', 'n2', 'n3']


async def test_a_line_that_was_taken_out_is_noticed(tmp_path):
    await written(tmp_path, 5)
    journal = only(tmp_path / 'rounds' / 'r', 'journal-*')
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b''.join(text for text in lines if b'"n2"' not in text))
    store = await open_store(tmp_path)
    assert await keys_of(store) == ['n0', 'n1', 'n3', 'n4']
    assert len(store.damage) == 1
    await store.close()
