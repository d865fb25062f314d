"""All data of an instance in one file, and back; the file is a zip of checkpoints, without journals."""

import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from app.errors import BadInput, NotFound, NotKept
from app.texts import _

from .beside import read_beside_a_writer, take
from .disk import Disk
from .journal import Snapshot, checkpoint_chunks, create
from .recovery import ROUND_ID, Recovered, read_checkpoint

FIRST = 1  # all that comes out of a backup is a first generation
RESTORING = '.restoring'
TRIES = 5


def backup(disk: Disk, data: Path, file: Path) -> None:
    """Write what was acknowledged before now to `file`, beside a running app; the file appears when it is complete.

    Raises `NotFound` where there is no data and `NotKept` when the file cannot be written.
    """
    if read_beside_a_writer(disk, data / 'index') is None:
        raise NotFound(_('There is no data in {folder}, so there is nothing to back up.').format(folder=data))
    part = file.with_name(f'{file.name}.part')
    try:
        for _attempt in range(TRIES):
            index = _write(disk, data, part)
            now = read_beside_a_writer(disk, data / 'index')
            if now is not None and now.n == index.n:  # no round came or went meanwhile
                break
        os.replace(part, file)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        sentence = _('The backup {file} could not be written: {why}. Please choose a place with enough room.')
        raise NotKept(sentence.format(file=file, why=error.strerror)) from error


def restore(disk: Disk, file: Path, data: Path) -> None:
    """Bring a backup back into an empty folder.

    Raises `NotKept` if the folder is in use, holds something or cannot be written, and `BadInput` if the file is not
    a whole backup; nothing has changed then.
    """
    snapshots = _read(file)
    try:
        lock = take(disk, data)
        try:
            _require_empty(disk, data)
            _bring_back(disk, snapshots, data)
        finally:
            lock.close()
    except OSError as error:
        sentence = _('The backup could not be brought back into {folder}: {why}. Please choose another folder.')
        raise NotKept(sentence.format(folder=data, why=error.strerror)) from error


def _write(disk: Disk, data: Path, part: Path) -> Recovered:
    index = read_beside_a_writer(disk, data / 'index')
    assert index is not None
    with open(part, 'wb') as file:
        with zipfile.ZipFile(file, 'w', zipfile.ZIP_DEFLATED) as archive:
            _add(archive, 'index', index)
            for name in filter(ROUND_ID.fullmatch, disk.names(data / 'rounds')):
                found = read_beside_a_writer(disk, data / 'rounds' / name)
                if found is not None:
                    _add(archive, f'rounds/{name}', found)
        file.flush()
        os.fsync(file.fileno())
    return index


def _add(archive: zipfile.ZipFile, name: str, found: Recovered) -> None:
    with archive.open(f'{name}/checkpoint-{FIRST}', 'w', force_zip64=True) as member:
        for chunk in checkpoint_chunks(FIRST, _snapshot(found)):
            member.write(chunk)


def _read(file: Path) -> dict[str, Snapshot]:
    """Every folder in the backup, all of it checked before anything is written."""
    try:
        with zipfile.ZipFile(file) as archive:
            snapshots = dict(_members(archive))
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, NotImplementedError) as error:
        raise _no_backup(file) from error
    if 'index' not in snapshots:
        raise _no_backup(file)
    return snapshots


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, Snapshot]]:
    for name in archive.namelist():
        folder, _slash, checkpoint = name.rpartition('/')
        kind, _slash, round_id = folder.partition('/')
        found = Recovered(generation=FIRST)
        if checkpoint != f'checkpoint-{FIRST}' or not (
            folder == 'index' or (kind == 'rounds' and ROUND_ID.fullmatch(round_id))
        ):
            raise ValueError(name)
        if not read_checkpoint(archive.read(name), found):
            raise ValueError(name)
        yield folder, _snapshot(found)


def _snapshot(found: Recovered) -> Snapshot:
    return Snapshot(n=found.n, seq=found.seq, tables=found.tables)


def _require_empty(disk: Disk, data: Path) -> None:
    names = set(disk.names(data))
    interrupted = RESTORING in names  # without an index: an earlier try that came to no end
    if names - {'LOCK', RESTORING, 'rounds'} or (disk.names(data / 'rounds') and not interrupted):
        sentence = _('The folder {folder} is not empty. Please restore into a new one, with --data.')
        raise NotKept(sentence.format(folder=data))


def _bring_back(disk: Disk, snapshots: dict[str, Snapshot], data: Path) -> None:
    """Written apart and then moved, the index last: with it the folder is complete."""
    room = data / RESTORING
    disk.remove_folder(room)
    disk.make_folder(room / 'rounds')
    for folder, snapshot in snapshots.items():
        create(disk, room / folder, snapshot)
    disk.sync_folder(room)
    disk.remove_folder(data / 'rounds')
    disk.rename(room / 'rounds', data / 'rounds')
    disk.rename(room / 'index', data / 'index')
    disk.sync_folder(data)
    disk.remove_folder(room)


def _no_backup(file: Path) -> BadInput:
    sentence = _('{file} is not a whole backup of Rounds, so nothing was changed. Please take another one.')
    return BadInput(sentence.format(file=file))
