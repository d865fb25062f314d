"""The file system calls that the store makes, and no others: tests put a disk under it that loses and tears."""

import fcntl
import os
import shutil
from pathlib import Path
from typing import Protocol

# fdatasync writes what is needed to read the data back, the file's length included, and spares the time stamps.
_sync = getattr(os, 'fdatasync', os.fsync)


class File(Protocol):
    """A file that is written at its end."""

    def write(self, data: bytes) -> None:
        """Append all of it, or raise `OSError` after some of it."""

    def sync(self) -> None:
        """What was written outlives a power cut when this returns."""

    def close(self) -> None:
        """Free the handle; syncs nothing."""


class Disk(Protocol):
    """All that is asked of a file system. Every method can raise `OSError`."""

    def names(self, folder: Path) -> list[str]:
        """What lies in the folder; nothing where there is none."""

    def make_folder(self, folder: Path) -> None:
        """The folder and those above it; one that is there stays."""

    def sync_folder(self, folder: Path) -> None:
        """Names that were made, changed and removed in the folder outlive a power cut when this returns."""

    def read(self, path: Path) -> bytes:
        """All of a file; raises `FileNotFoundError`."""

    def create(self, path: Path) -> File:
        """A new file, empty; one of that name is emptied."""

    def append(self, path: Path, size: int) -> File:
        """A file that is there, cut to `size` bytes, to be written at its end."""

    def rename(self, old: Path, new: Path) -> None:
        """At once or not at all; replaces a file called `new`."""

    def remove(self, path: Path) -> None:
        """Remove a file; nothing happens if it is not there."""

    def remove_folder(self, folder: Path) -> None:
        """Remove a folder with all that lies in it; nothing happens if it is not there."""

    def lock(self, path: Path) -> File | None:
        """A handle that no other process can have until it is closed; None if one has it."""


class RealFile:
    """A file of this machine, by its descriptor."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def write(self, data: bytes) -> None:
        """Append all of it, or raise `OSError` after some of it."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]

    def sync(self) -> None:
        """What was written outlives a power cut when this returns."""
        _sync(self._descriptor)

    def close(self) -> None:
        """Free the handle; syncs nothing."""
        os.close(self._descriptor)


class RealDisk:
    """This machine's file system."""

    def names(self, folder: Path) -> list[str]:
        """What lies in the folder; nothing where there is none."""
        try:
            return sorted(os.listdir(folder))
        except (FileNotFoundError, NotADirectoryError):
            return []

    def make_folder(self, folder: Path) -> None:
        """The folder and those above it; one that is there stays."""
        folder.mkdir(parents=True, exist_ok=True)

    def sync_folder(self, folder: Path) -> None:
        """Names that were made, changed and removed in the folder outlive a power cut when this returns."""
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def read(self, path: Path) -> bytes:
        """All of a file; raises `FileNotFoundError`."""
        return path.read_bytes()

    def create(self, path: Path) -> File:
        """A new file, empty; one of that name is emptied."""
        return RealFile(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600))

    def append(self, path: Path, size: int) -> File:
        """A file that is there, cut to `size` bytes, to be written at its end."""
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND)
        try:
            if os.fstat(descriptor).st_size != size:
                os.ftruncate(descriptor, size)
        except OSError:
            os.close(descriptor)
            raise
        return RealFile(descriptor)

    def rename(self, old: Path, new: Path) -> None:
        """At once or not at all; replaces a file called `new`."""
        os.rename(old, new)

    def remove(self, path: Path) -> None:
        """Remove a file; nothing happens if it is not there."""
        path.unlink(missing_ok=True)

    def remove_folder(self, folder: Path) -> None:
        """Remove a folder with all that lies in it; nothing happens if it is not there."""
        if folder.exists():
            shutil.rmtree(folder)

    def lock(self, path: Path) -> File | None:
        """A handle that no other process can have until it is closed; None if one has it."""
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            if isinstance(error, BlockingIOError):
                return None
            raise
        return RealFile(descriptor)
