"""All data in one file, and back."""

import asyncio
import zipfile
from pathlib import Path

import pytest

from app.errors import BadInput, NotFound, NotKept
from app.rounds.model import Code, CodeKind
from storage import backup, open_store, restore

from .builders import card, everything, note, put_note
from .processes import notes_in, start_writers

pytestmark = pytest.mark.anyio


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    """A backup of an instance with two rounds."""
    store = await open_store(tmp_path / 'data')
    for round_id in ('r', 'other'):
        await store.create_round(round_id)
        async with store.round(round_id) as work:
            await work.notes.put(note('b', seq=work.ledger.next_seq()))
            await work.notes.put(note('a', seq=work.ledger.next_seq(), text='‘Why?’ 🙂'))
            await work.cards.put(card('c'))
    async with store.index() as index:
        await index.codes.put(Code(id='ABCDEF', round='r', kind=CodeKind.JOIN))
    backup(tmp_path / 'data', tmp_path / 'backup.zip')
    await store.close()
    return tmp_path / 'backup.zip'


def files(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob('*') if path.is_file()}


async def test_a_backup_comes_back_whole_and_in_order(file, tmp_path):
    restore(file, tmp_path / 'new')
    before, after = await open_store(tmp_path / 'data'), await open_store(tmp_path / 'new')
    for round_id in ('r', 'other'):
        async with before.round(round_id) as there, after.round(round_id) as here:
            assert await everything(here) == await everything(there)
            assert [kept.id for kept in await here.notes.all()] == ['b', 'a']
            assert here.ledger.next_seq() == 3
    async with after.index() as index:
        assert [code.id for code in await index.codes.all()] == ['ABCDEF']
    await before.close()
    await after.close()


async def test_a_backup_beside_a_writer_holds_all_that_was_acknowledged(tmp_path):
    process = start_writers(tmp_path / 'data', 'w', pause=0.05)
    try:
        said = [(await asyncio.to_thread(process.stdout.readline)).decode().strip() for _note in range(200)]
        backup(tmp_path / 'data', tmp_path / 'backup.zip')
    finally:
        process.kill()
        process.communicate()
    restore(tmp_path / 'backup.zip', tmp_path / 'new')
    assert set(await notes_in(tmp_path / 'new')) >= {line.removeprefix('kept ') for line in said}


async def test_a_folder_with_something_in_it_is_not_restored_into(file, tmp_path):
    before = files(tmp_path / 'data')
    with pytest.raises(NotKept, match='not empty'):
        restore(file, tmp_path / 'data')
    assert files(tmp_path / 'data') == before


async def test_a_folder_in_use_is_not_restored_into(file, tmp_path):
    store = await open_store(tmp_path / 'data')
    with pytest.raises(NotKept, match='in use'):
        restore(file, tmp_path / 'data')
    await store.close()


async def test_a_restore_that_was_interrupted_can_be_repeated(file, tmp_path):
    (tmp_path / 'new' / '.restoring' / 'rounds' / 'r').mkdir(parents=True)
    (tmp_path / 'new' / 'rounds' / 'r').mkdir(parents=True)
    restore(file, tmp_path / 'new')
    assert await notes_in(tmp_path / 'new') == ['b', 'a']
    assert sorted(path.name for path in (tmp_path / 'new').iterdir()) == ['LOCK', 'index', 'rounds']


@pytest.mark.parametrize('broken', ['half', 'no zip', 'missing', 'a bit', 'no index', 'stranger', 'short checkpoint'])
async def test_a_broken_backup_changes_nothing(file, tmp_path, broken):
    content = file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    file.unlink()
    if broken == 'half':
        file.write_bytes(content[: len(content) // 2])
    elif broken == 'no zip':
        file.write_bytes(b'no zip')
    elif broken == 'a bit':
        file.write_bytes(content[:120] + bytes([content[120] ^ 1]) + content[121:])
    elif broken == 'no index':
        rewrite(file, {name: text for name, text in members.items() if name != 'index/checkpoint-1'})
    elif broken == 'stranger':
        rewrite(file, {**members, 'rounds/../../evil': b'x'})
    elif broken == 'short checkpoint':
        text = members['rounds/r/checkpoint-1']
        rewrite(file, {**members, 'rounds/r/checkpoint-1': text[: text.rindex(b'\n', 0, -1) + 1]})
    with pytest.raises(BadInput, match='not a whole backup'):
        restore(file, tmp_path / 'new')
    assert not (tmp_path / 'new').exists()


def rewrite(file: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(file, 'w') as archive:
        for name, content in members.items():
            archive.writestr(name, content)


async def test_a_backup_that_cannot_be_written_leaves_nothing_behind(file, tmp_path):
    with pytest.raises(NotKept, match='could not be written'):
        backup(tmp_path / 'data', tmp_path / 'no such folder' / 'backup.zip')
    with pytest.raises(NotFound, match='no data'):
        backup(tmp_path / 'elsewhere', tmp_path / 'other.zip')
    assert not (tmp_path / 'other.zip').exists()
    assert list(tmp_path.glob('*.part')) == []


async def test_a_backup_goes_on_where_it_was(file, tmp_path):
    restore(file, tmp_path / 'new')
    store = await open_store(tmp_path / 'new')
    assert await put_note(store, 'r', 'more') == 3
    await store.close()
    assert await notes_in(tmp_path / 'new') == ['b', 'a', 'more']
