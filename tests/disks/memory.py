"""A disk in memory, served by FUSE, that fails when it is told to and knows what a loss of power leaves."""

import os
import random
import stat
import time
from collections.abc import Callable, Iterator
from errno import EEXIST, ENOENT, ENOTEMPTY
from functools import wraps
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple, ParamSpec, TypeVar, cast

import mfusepy

__all__ = ["Fault", "MemoryDisk"]

P = ParamSpec("P")
T = TypeVar("T")

Group = object
"""What happens at once: both ends of a renaming."""


class Node:
    """A file or folder: as it is, as it was when it was synced, and what was done since."""

    def __init__(self, mode: int) -> None:
        self.mode = mode
        self.time = time.time()
        self.data = bytearray()
        self.synced = b""
        self.writes: list[tuple[int, bytes | None]] = []
        self.entries: dict[str, Node] = {}
        self.synced_entries: dict[str, Node] = {}
        self.changes: list[tuple[Group, str, Node | None]] = []

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return stat.S_ISDIR(self.mode)

    def enter(self, name: str, node: "Node | None", group: Group) -> None:
        """Make a name stand for a file or folder, or for none."""
        if node is None:
            del self.entries[name]
        else:
            self.entries[name] = node
        self.changes.append((group, name, node))

    def write(self, offset: int, data: bytes) -> None:
        """Write within a file, or behind its end."""
        _apply(self.data, offset, data)
        self.writes.append((offset, data))
        self.time = time.time()

    def truncate(self, length: int) -> None:
        """Make a file so long."""
        _apply(self.data, length, None)
        self.writes.append((length, None))

    def sync(self) -> None:
        """Bring it to the disk itself."""
        self.synced, self.writes = bytes(self.data), []
        self.synced_entries, self.changes = dict(self.entries), []


def _apply(data: bytearray, offset: int, written: bytes | None) -> None:
    """Do one write, or cut where there is nothing to write."""
    data.extend(bytes(max(0, offset - len(data))))
    if written is None:
        del data[offset:]
    else:
        data[offset : offset + len(written)] = written


class Fault(NamedTuple):
    """What goes wrong: `times` operations from the `nth` on, of process `pid` or, below zero, of all others."""

    nth: int
    error: int
    pid: int
    times: int = 1
    seconds: float = 0.0


def _process_of(thread: int) -> int:
    """The process that a thread is of."""
    try:
        lines = Path(f"/proc/{thread}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("Tgid:"))


def _operation(work: Callable[P, T]) -> Callable[P, T]:
    """One operation of the file system: it may be the one that fails; one at a time."""

    @wraps(work)
    def operate(*args: P.args, **kwargs: P.kwargs) -> T:
        disk = cast(MemoryDisk, args[0])
        disk.meet()
        with disk.turn:
            return work(*args, **kwargs)

    return operate


class MemoryDisk(mfusepy.Operations):  # type: ignore[misc]  # mfusepy's class is untyped
    """The operations of the file system; each may be the one that fails, or takes long."""

    use_ns = True

    def __init__(self) -> None:
        self.root = Node(stat.S_IFDIR | 0o755)
        self.turn = RLock()
        self.fault: Fault | None = None
        self.met = 0
        self._files: dict[int, Node] = {}
        self._handles = 0

    def meet(self) -> None:
        """Fail, or take long, where it is this operation's turn."""
        fault = self.fault
        if fault is None or (_process_of(mfusepy.fuse_get_context()[2]) == abs(fault.pid)) != (fault.pid > 0):
            return
        with self.turn:
            self.met += 1
            is_due = fault.nth <= self.met < fault.nth + fault.times
        if is_due and fault.seconds:
            time.sleep(fault.seconds)
        elif is_due:
            raise mfusepy.FuseOSError(fault.error)

    def lost_power(self, target: Path, seed: int) -> None:
        """Write what a loss of power leaves: what was synced and, of the rest, whatever luck (`seed`) leaves."""
        with self.turn:
            luck = random.Random(seed)
            _leave(self.root, target, luck, {}, chance=(seed % 3) / 2)

    def _node(self, path: str) -> Node:
        node = self.root
        for name in filter(None, path.split("/")):
            if name not in node.entries:
                raise mfusepy.FuseOSError(ENOENT)
            node = node.entries[name]
        return node

    def _place(self, path: str) -> tuple[Node, str]:
        parent, _, name = path.rpartition("/")
        return self._node(parent), name

    def _opened(self, node: Node) -> int:
        self._handles += 1
        self._files[self._handles] = node
        return self._handles

    @_operation
    def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
        node = self._files[fh] if fh in self._files else self._node(path)
        moment = int(node.time * 1e9)
        return {
            "st_mode": node.mode,
            "st_size": len(node.data),
            "st_nlink": 2 if node.is_folder else 1,
            "st_blocks": (len(node.data) + 511) // 512,
            "st_uid": os.getuid(),
            "st_gid": os.getgid(),
            "st_atime": moment,
            "st_ctime": moment,
            "st_mtime": moment,
        }

    @_operation
    def readdir(self, path: str, fh: int) -> Iterator[str]:
        return iter([".", "..", *self._node(path).entries])

    @_operation
    def mkdir(self, path: str, mode: int) -> int:
        parent, name = self._place(path)
        if name in parent.entries:
            raise mfusepy.FuseOSError(EEXIST)
        parent.enter(name, Node(stat.S_IFDIR | mode), object())
        return 0

    @_operation
    def create(self, path: str, mode: int, fi: Any = None) -> int:
        parent, name = self._place(path)
        node = Node(stat.S_IFREG | mode)
        parent.enter(name, node, object())
        return self._opened(node)

    @_operation
    def open(self, path: str, flags: int) -> int:
        return self._opened(self._node(path))

    @_operation
    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return bytes(self._files[fh].data[offset : offset + size])

    @_operation
    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        self._files[fh].write(offset, bytes(data))
        return len(data)

    @_operation
    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        (self._files[fh] if fh in self._files else self._node(path)).truncate(length)
        return 0

    @_operation
    def fallocate(self, path: str, mode: int, offset: int, length: int, fh: int) -> int:
        node = self._files[fh]
        if len(node.data) < offset + length:
            node.truncate(offset + length)
        return 0

    @_operation
    def unlink(self, path: str) -> int:
        parent, name = self._place(path)
        parent.enter(name, None, object())
        return 0

    @_operation
    def rmdir(self, path: str) -> int:
        if self._node(path).entries:
            raise mfusepy.FuseOSError(ENOTEMPTY)
        return self.unlink(path)

    @_operation
    def rename(self, old: str, new: str) -> int:
        node, group = self._node(old), object()
        (here, name), (there, new_name) = self._place(old), self._place(new)
        here.enter(name, None, group)
        there.enter(new_name, node, group)
        return 0

    @_operation
    def fsync(self, path: str, datasync: int, fh: int) -> int:
        self._files[fh].sync()
        return 0

    @_operation
    def fsyncdir(self, path: str, datasync: int, fh: int) -> int:
        self._node(path).sync()
        return 0

    @_operation
    def flush(self, path: str, fh: int) -> int:
        return 0

    @_operation
    def release(self, path: str, fh: int) -> int:
        self._files.pop(fh, None)
        return 0

    @_operation
    def utimens(self, path: str, times: tuple[int, int] | None = None) -> int:
        self._node(path).time = time.time() if times is None else times[1] / 1e9
        return 0

    @_operation
    def chmod(self, path: str, mode: int) -> int:
        node = self._node(path)
        node.mode = stat.S_IFMT(node.mode) | stat.S_IMODE(mode)
        return 0

    @_operation
    def chown(self, path: str, uid: int, gid: int) -> int:
        return 0

    @_operation
    def statfs(self, path: str) -> dict[str, int]:
        return {
            "f_bsize": 4096,
            "f_frsize": 4096,
            "f_blocks": 1 << 18,
            "f_bfree": 1 << 17,
            "f_bavail": 1 << 17,
        }


def _leave(
    node: Node, target: Path, luck: random.Random, groups: dict[Group, bool], *, chance: float
) -> None:
    if not node.is_folder:
        data = bytearray(node.synced)
        for offset, written in node.writes:
            if luck.random() < chance:
                _apply(data, offset, written)
        target.write_bytes(data)
        return
    entries = dict(node.synced_entries)
    for group, name, entry in node.changes:
        if not groups.setdefault(group, luck.random() < chance):
            continue
        if entry is None:
            entries.pop(name, None)
        else:
            entries[name] = entry
    target.mkdir()
    for name, entry in entries.items():
        _leave(entry, target / name, luck, groups, chance=chance)
