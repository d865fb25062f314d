"""The files of one round, or of the index: a checkpoint, and the journal of what has been done since.

All of this runs in a thread of the store's pool, one call at a time for one folder.
"""

import datetime as dt
import logging
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from .disk import Disk, File
from .lines import line
from .recovery import Recovered, checkpoint_path, journal_path, recover

CHUNK = 64 * 1024  # the interpreter is free for others at every write, so that the event loop waits for one chunk only

ASIDE = '.corrupt-'  #: and the time: a damaged file, set aside for whoever wants to look at it

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Everything after work `n`, as models or documents; nobody changes it any more."""

    n: int
    seq: int
    tables: Mapping[str, Mapping[str, Any]]


class Journal:
    """The newest generation of one folder, open for writing."""

    def __init__(self, disk: Disk, folder: Path, found: Recovered) -> None:
        self.folder = folder
        self.generation = found.generation
        self.size = found.journal_size
        self.checkpoint_size = found.checkpoint_size
        self._disk = disk
        self._file: File | None = None

    def append(self, lines: bytes) -> None:
        """Write and sync. On `OSError` nothing more may be appended: what the disk holds then is not known."""
        if self._file is None:
            self._file = self._disk.append(journal_path(self.folder, self.generation), self.size)
        try:
            self._file.write(lines)
            self._file.sync()
        except OSError:
            self.close()
            # What was refused should not come back at the next start; if this fails too, then it does, whole.
            with suppress(OSError):
                self._disk.append(journal_path(self.folder, self.generation), self.size).close()
            raise
        self.size += len(lines)

    def close(self) -> None:
        """Free the handle."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def write_checkpoint(self, snapshot: Snapshot) -> int:
        """The next generation's checkpoint, not valid yet; its size. Journals can be appended meanwhile."""
        return write_checkpoint(self._disk, self._part(), self.generation + 1, snapshot)

    def give_up_checkpoint(self) -> None:
        """Remove what `write_checkpoint` left."""
        self._disk.remove(self._part())

    def switch(self, checkpoint_size: int, offset: int) -> None:
        """Go on to the next generation with what was appended after `offset`, then remove the one before.

        Nothing is appended meanwhile. On `OSError` it is not known which generation counts; both hold the same.
        """
        disk, folder, before, after = self._disk, self.folder, self.generation, self.generation + 1
        tail = disk.read(journal_path(folder, before))[offset : self.size]
        file = disk.create(journal_path(folder, after))
        try:
            file.write(tail)
            file.sync()
            disk.sync_folder(folder)  # before the checkpoint counts, its journal has to be there
            disk.rename(self._part(), checkpoint_path(folder, after))
            disk.sync_folder(folder)  # before the old one goes, the new one has to count
        except OSError:
            file.close()
            raise
        self.close()
        self._file, self.generation, self.size, self.checkpoint_size = file, after, len(tail), checkpoint_size
        with suppress(OSError):  # what is left is removed at the next start
            disk.remove(checkpoint_path(folder, before))
            disk.remove(journal_path(folder, before))

    def forget_the_past(self) -> None:
        """Remove every file but this generation's two, those set aside as damaged too."""
        tidy(self._disk, self.folder, self.generation, keep_aside=False)

    def _part(self) -> Path:
        return self.folder / f'checkpoint-{self.generation + 1}.part'


def create(disk: Disk, folder: Path, snapshot: Snapshot | None = None) -> None:
    """The first generation of a new folder, on disk when this returns."""
    disk.make_folder(folder)
    part = folder / 'checkpoint-1.part'
    write_checkpoint(disk, part, 1, snapshot or Snapshot(n=0, seq=0, tables={}))
    disk.create(journal_path(folder, 1)).close()
    disk.sync_folder(folder)
    disk.rename(part, checkpoint_path(folder, 1))
    disk.sync_folder(folder)
    disk.sync_folder(folder.parent)


def write_checkpoint(disk: Disk, path: Path, generation: int, snapshot: Snapshot) -> int:
    """Write and sync a checkpoint under the name of its part; its size in bytes."""
    size = 0
    file = disk.create(path)
    try:
        for chunk in checkpoint_chunks(generation, snapshot):
            file.write(chunk)
            size += len(chunk)
        file.sync()
    finally:
        file.close()
    return size


def checkpoint_chunks(generation: int, snapshot: Snapshot) -> Iterator[bytes]:
    """A checkpoint's lines, some tens of kilobytes at a time."""
    lines = bytearray(line(orjson.dumps({'generation': generation, 'n': snapshot.n, 'seq': snapshot.seq})))
    count = 0
    for name, rows in snapshot.tables.items():
        for key, model in rows.items():
            lines += line(orjson.dumps({'put': {name: {key: model}}}))
            count += 1
            if len(lines) > CHUNK:
                yield bytes(lines)
                lines.clear()
    yield bytes(lines + line(orjson.dumps({'end': count})))


def open_journal(disk: Disk, folder: Path) -> tuple[Journal, Recovered] | None:
    """The folder as it can be gone on with, and what is in it; None where there is nothing.

    What is left of works that nobody was told were kept, and of checkpoints that were not finished, is removed.
    Damaged files are set aside, and what is good of them is written anew.
    """
    try:
        found = recover(disk, folder)
    except FileNotFoundError as error:
        return _open_without_journal(disk, folder, Path(error.filename))
    if found is None:
        return None
    journal = Journal(disk, folder, found)
    if not found.damaged:
        tidy(disk, folder, found.generation, keep_aside=True)
        return journal, found
    _set_aside(disk, found.damaged)
    snapshot = Snapshot(n=found.n, seq=found.seq, tables=found.tables)
    journal.switch(journal.write_checkpoint(snapshot), journal.size)
    return journal, found


def _open_without_journal(disk: Disk, folder: Path, missing: Path) -> tuple[Journal, Recovered] | None:
    """A journal is always there before its checkpoint: somebody has removed it."""
    log.error('%s is missing: what was done since the last checkpoint is lost', missing)
    for path in (missing.with_name(f'{missing.name}{ASIDE}missing'), missing):
        disk.create(path).close()
    disk.sync_folder(folder)
    return open_journal(disk, folder)


def tidy(disk: Disk, folder: Path, generation: int, *, keep_aside: bool) -> None:
    """Remove what an interrupted checkpoint left: other generations and parts."""
    wanted = {checkpoint_path(folder, generation).name, journal_path(folder, generation).name}
    left = [name for name in disk.names(folder) if name not in wanted and not (keep_aside and ASIDE in name)]
    for name in left:
        disk.remove(folder / name)
    if left:
        disk.sync_folder(folder)


def _set_aside(disk: Disk, paths: list[Path]) -> None:
    """Copy, not rename: until the next checkpoint counts, what is good in these files is needed where it is."""
    stamp = dt.datetime.now(dt.UTC).strftime('%Y%m%dT%H%M%SZ')
    for path in paths:
        aside = path.with_name(f'{path.name}{ASIDE}{stamp}')
        file = disk.create(aside)
        file.write(disk.read(path))
        file.sync()
        file.close()
        log.error('%s is damaged: what could be read is kept, the file is set aside as %s', path, aside.name)
    disk.sync_folder(paths[0].parent)
