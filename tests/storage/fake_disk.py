"""A disk in memory that keeps for certain only what was synced.

After a power cut everything else is as unkind as a real disk may be: of each file's unsynced sectors any may be written
and any not, in no order, or hold what lay on the disk before; of the names that were made, changed and removed in a
folder since it was synced, any may have happened.
"""

import errno
import threading
from collections.abc import Callable
from pathlib import Path
from random import Random

SECTOR = 64  # small, so that a short journal is torn at many places
LEFT_FROM_BEFORE = b'what lay here before, a note of somebody else, long removed. '


class FakeFile:
    """An inode: what it holds now, and what it holds for certain."""

    def __init__(self, content: bytes = b'') -> None:
        self.now = bytearray(content)
        self.synced = bytes(content)
        self.sizes = [len(content)]  #: since the last sync; any may be the size after a power cut

    def after_power_cut(self, random: Random) -> bytes:
        size = random.choice(self.sizes)
        content = bytearray()
        for start in range(0, size, SECTOR):
            new, old = bytes(self.now[start : start + SECTOR]), self.synced[start : start + SECTOR]
            content += new if new == old else self._sector(new, old, start, random)
        return bytes(content[:size].ljust(size, b'\0'))

    def _sector(self, new: bytes, old: bytes, start: int, random: Random) -> bytes:
        kind = random.random()
        if kind < 0.5:
            return new
        if kind < 0.7:
            return old.ljust(SECTOR, b'\0')
        if kind < 0.9:
            return (old + LEFT_FROM_BEFORE * 2)[:SECTOR]
        torn = random.randrange(SECTOR)
        return new[:torn] + old[torn:].ljust(SECTOR - torn, b'\0')


class FakeFolder:
    """Names now, names for certain, and what happened to names since."""

    def __init__(self) -> None:
        self.now: dict[str, FakeFile | FakeFolder] = {}
        self.synced: dict[str, FakeFile | FakeFolder] = {}
        self.since: list[Callable[[dict[str, FakeFile | FakeFolder]], None]] = []

    def happen(self, change: Callable[[dict[str, 'FakeFile | FakeFolder']], None]) -> None:
        change(self.now)
        self.since.append(change)

    def sync(self) -> None:
        self.synced = dict(self.now)
        self.since.clear()

    def copy(self, random: Random | None) -> 'FakeFolder':
        """As it is now, or with `random` as it may be after a power cut; all of it synced."""
        names = dict(self.now)
        if random is not None:
            names = dict(self.synced)
            for change in self.since:
                if random.random() < 0.5:
                    change(names)
        folder = FakeFolder()
        for name, node in names.items():
            if isinstance(node, FakeFolder):
                folder.now[name] = node.copy(random)
            else:
                folder.now[name] = FakeFile(node.after_power_cut(random) if random else bytes(node.now))
        folder.sync()
        return folder


class FakeDisk:
    """Implements `storage.tinydb_store.disk.Disk`.

    `before_each` is called before every call that changes something, with its name; it may raise `OSError`.
    """

    def __init__(self, root: FakeFolder | None = None) -> None:
        self.root = root or FakeFolder()
        self.before_each: Callable[[str], None] = lambda name: None
        self.guard = threading.RLock()

    def after_power_cut(self, random: Random) -> 'FakeDisk':
        with self.guard:
            return type(self)(self.root.copy(random))

    def after_the_process(self) -> 'FakeDisk':
        """The process has ended and the machine goes on: nothing is lost."""
        with self.guard:
            return type(self)(self.root.copy(None))

    def names(self, folder: Path) -> list[str]:
        with self.guard:
            node = self._node(folder)
            return sorted(node.now) if isinstance(node, FakeFolder) else []

    def make_folder(self, folder: Path) -> None:
        with self._changing('make_folder'):
            node = self.root
            for name in folder.parts[1:]:
                if name not in node.now:
                    node.happen(_set(name, FakeFolder()))
                child = node.now[name]
                assert isinstance(child, FakeFolder)
                node = child

    def sync_folder(self, folder: Path) -> None:
        with self._changing('sync_folder'):
            self._folder(folder).sync()

    def read(self, path: Path) -> bytes:
        with self.guard:
            return bytes(self._file(path).now)

    def create(self, path: Path) -> 'FakeHandle':
        with self._changing('create'):
            folder = self._folder(path.parent)
            if path.name in folder.now:
                file = self._file(path)
                file.now.clear()
                file.sizes.append(0)
            else:
                file = FakeFile()
                folder.happen(_set(path.name, file))
            return FakeHandle(self, file)

    def append(self, path: Path, size: int) -> 'FakeHandle':
        with self._changing('append'):
            file = self._file(path)
            if len(file.now) != size:
                del file.now[size:]
                file.sizes.append(size)
            return FakeHandle(self, file)

    def rename(self, old: Path, new: Path) -> None:
        with self._changing('rename'):
            assert old.parent == new.parent
            folder = self._folder(old.parent)
            node = folder.now[old.name]

            def change(names: dict[str, FakeFile | FakeFolder]) -> None:
                names.pop(old.name, None)
                names[new.name] = node

            folder.happen(change)

    def remove(self, path: Path) -> None:
        with self._changing('remove'):
            folder = self._folder(path.parent)
            if path.name in folder.now:
                folder.happen(lambda names: names.pop(path.name, None))

    def remove_folder(self, folder: Path) -> None:
        node = self._node(folder)
        if isinstance(node, FakeFolder):
            for name in list(node.now):
                self.remove(folder / name)
            self.remove(folder)

    def lock(self, path: Path) -> 'FakeHandle':
        return FakeHandle(self, FakeFile())

    def _changing(self, name: str) -> threading.RLock:
        self.before_each(name)
        return self.guard

    def _node(self, path: Path) -> 'FakeFile | FakeFolder | None':
        node: FakeFile | FakeFolder | None = self.root
        for name in path.parts[1:]:
            node = node.now.get(name) if isinstance(node, FakeFolder) else None
        return node

    def _file(self, path: Path) -> FakeFile:
        node = self._node(path)
        if not isinstance(node, FakeFile):
            raise FileNotFoundError(errno.ENOENT, 'No such file', str(path))
        return node

    def _folder(self, path: Path) -> FakeFolder:
        node = self._node(path)
        if not isinstance(node, FakeFolder):
            raise FileNotFoundError(errno.ENOENT, 'No such folder', str(path))
        return node


class FakeHandle:
    """An open file."""

    def __init__(self, disk: FakeDisk, file: FakeFile) -> None:
        self._disk = disk
        self._file = file

    def write(self, data: bytes) -> None:
        """In pieces, as a disk takes it: a failure leaves a part behind."""
        half = len(data) // 2
        for piece in (data[:half], data[half:]):
            with self._disk._changing('write'):
                self._file.now += piece
                self._file.sizes.append(len(self._file.now))

    def sync(self) -> None:
        with self._disk._changing('sync'):
            self._file.synced = bytes(self._file.now)
            self._file.sizes = [len(self._file.now)]

    def close(self) -> None:
        """Nothing to free."""


def _set(name: str, node: FakeFile | FakeFolder) -> Callable[[dict[str, FakeFile | FakeFolder]], None]:
    def change(names: dict[str, FakeFile | FakeFolder]) -> None:
        names[name] = node

    return change
