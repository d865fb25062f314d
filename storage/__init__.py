"""Where rounds are kept. Whoever opens a store says where; nobody else knows what it is made of."""

from pathlib import Path

from app.store import Store

from .tinydb_store import backup as _backup
from .tinydb_store.disk import RealDisk
from .tinydb_store.store import TinyStore

__all__ = ['backup', 'open_for_reading', 'open_store', 'restore']


async def open_store(data: Path) -> TinyStore:
    """The data folder, made if need be and taken for this process until the store is closed.

    Raises `NotKept` with a sentence if another process has it or the disk refuses.
    """
    return await TinyStore.open(data, RealDisk())


def open_for_reading(data: Path) -> TinyStore:
    """The data folder as it is, beside a running app: takes no lock, writes nothing, refuses works that write.

    What is read is what was on disk when the round was first asked for. Raises `NotFound` where there is no data.
    """
    return TinyStore.open_for_reading(data, RealDisk())


def backup(data: Path, file: Path) -> None:
    """All data of the folder in one file, consistent beside a running app.

    Raises `NotFound` where there is no data and `NotKept` when the file cannot be written.
    """
    _backup.backup(RealDisk(), data, file)


def restore(file: Path, data: Path) -> None:
    """Bring a backup back into an empty folder; if it cannot be done nothing has changed.

    Raises `NotKept` if the folder is in use, holds something or cannot be written, and `BadInput` for a file that is
    not a whole backup.
    """
    _backup.restore(RealDisk(), file, data)


def _is_a_store(store: TinyStore) -> Store:
    return store  # checked by mypy
