"""Beside other processes: one has the folder and writes, others may read meanwhile."""

import time
from pathlib import Path

from app.errors import NotKept
from app.texts import _

from .disk import Disk, File
from .recovery import Recovered, recover

TRIES = 50
PAUSE = 0.02  # seconds; a checkpoint is switched in far less


def read_beside_a_writer(disk: Disk, folder: Path) -> Recovered | None:
    """What was acknowledged before this was called, and perhaps more. None where there is nothing.

    Raises `NotKept` when a file is missing for good.
    """
    for _attempt in range(TRIES):
        try:
            return recover(disk, folder)
        except FileNotFoundError:  # the writer went on to its next generation
            time.sleep(PAUSE)
    sentence = _('A file is missing in {folder}. Please start the app once; it says then what could be kept.')
    raise NotKept(sentence.format(folder=folder))


def take(disk: Disk, data: Path) -> File:
    """The folder, made if need be, until the result is closed. Raises `NotKept` if another process has it."""
    disk.make_folder(data)
    lock = disk.lock(data / 'LOCK')
    if lock is None:
        sentence = _(
            'The data folder {folder} is in use by another Rounds process. Please stop that one first, or choose '
            'another folder with --data.'
        )
        raise NotKept(sentence.format(folder=data))
    return lock
