"""What is on disk of one round, or of the index: read after a clean end, a power cut, or damage alike."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .disk import Disk
from .lines import read_line

ROUND_ID = re.compile(r'[A-Za-z0-9_-]{1,64}')  # ids come from addresses and become names of folders
CHECKPOINT = re.compile(r'checkpoint-(\d+)')
Tables = dict[str, dict[str, Any]]


@dataclass(kw_only=True)
class Recovered:
    """All acknowledged works, and of the others a first part, each whole.

    `journal_size` is where the next line goes; what lies behind it was never acknowledged. `damaged` are the
    files in which something acknowledged cannot be read any more; `tables` then holds what is good.
    """

    generation: int
    n: int = 0
    seq: int = 0
    tables: Tables = field(default_factory=dict)
    checkpoint_size: int = 0
    journal_size: int = 0
    damaged: list[Path] = field(default_factory=list)


def recover(disk: Disk, folder: Path) -> Recovered | None:
    """Read the newest generation; None where there is none. Changes nothing.

    Raises `FileNotFoundError` when another process moves on to the next generation meanwhile.
    """
    generations = [int(match[1]) for name in disk.names(folder) if (match := CHECKPOINT.fullmatch(name))]
    if not generations:
        return None
    found = Recovered(generation=max(generations))
    checkpoint = checkpoint_path(folder, found.generation)
    if not read_checkpoint(disk.read(checkpoint), found):
        found.damaged.append(checkpoint)
    _read_journal(disk, journal_path(folder, found.generation), found)
    return found


def read_checkpoint(content: bytes, found: Recovered) -> bool:
    """Put what is good in a checkpoint into `found`; whether that is all of it."""
    found.checkpoint_size = len(content)
    documents, end = 0, None
    for _end, entry in _entries(content):
        if entry is None:
            continue
        if 'generation' in entry:
            found.n, found.seq = entry['n'], entry['seq']
        elif 'end' in entry:
            end = entry['end']
        else:
            documents += 1
            _apply(entry, found.tables)
    return end == documents


def checkpoint_path(folder: Path, generation: int) -> Path:
    """Everything as it was when the generation began; complete, because it got its name last."""
    return folder / f'checkpoint-{generation}'


def journal_path(folder: Path, generation: int) -> Path:
    """What has been done since; there is one as long as there is its checkpoint."""
    return folder / f'journal-{generation}'


def _read_journal(disk: Disk, path: Path, found: Recovered) -> None:
    entries = list(_entries(disk.read(path)))
    synced = max((entry['synced'] for _end, entry in entries if entry and 'synced' in entry), default=0)
    damaged = False
    for end, entry in entries:
        n = found.n + 1 if entry is None else entry.get('n', found.n)
        if entry is None or n > found.n + 1:
            if found.n + 1 > synced:  # nobody was told that it was kept: a power cut tore it
                break
            damaged = True
        if entry is not None and n > found.n:
            _apply(entry, found.tables)
            found.n, found.seq = n, entry['seq']
        found.journal_size = end
    if damaged:
        found.damaged.append(path)


def _entries(content: bytes) -> Iterator[tuple[int, dict[str, Any] | None]]:
    end = 0
    for text in content.split(b'\n')[:-1]:  # behind the last line break is nothing, or half a line
        end += len(text) + 1
        yield end, read_line(text)


def _apply(entry: dict[str, Any], tables: Tables) -> None:
    for name, keys in entry.get('drop', {}).items():
        table = tables.get(name, {})
        for key in keys:
            table.pop(key, None)
    for name, documents in entry.get('put', {}).items():
        tables.setdefault(name, {}).update(documents)
