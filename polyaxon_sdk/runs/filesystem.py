"""What the file system under a path promises."""

from __future__ import annotations

import os
import sys
from functools import lru_cache

__all__ = ["is_network", "keeps_mappings", "type_of"]

_NETWORK = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "lustre",
        "beegfs",
        "ceph",
        "glusterfs",
        "gpfs",
        "afs",
        "virtiofs",
    }
)
_RESERVES = frozenset({"ext2", "ext3", "ext4", "xfs", "tmpfs", "overlay"})
"""Where an allocated block stays writable, so that a store into a mapping can't fail for want of space.

Copy-on-write systems (btrfs, zfs, bcachefs) allocate anew at each write-back and are left out.
"""


def type_of(path: str | os.PathLike[str]) -> str:
    """The type of the file system that `path` lies on, as Linux names it; empty where it can't be told."""
    around = os.path.dirname(os.path.abspath(path))
    try:
        device = os.stat(path).st_dev
        if device == os.stat(around).st_dev:
            return _type_around(around, device)
    except OSError:
        pass  # it is not there yet: what is above it tells
    return _type_at(path)


@lru_cache(maxsize=64)
def _type_around(folder: str, _device: int) -> str:
    """As `type_of`, asked once: what is mounted there later is another device."""
    return _type_at(folder)


def _type_at(path: str | os.PathLike[str]) -> str:
    real = os.path.realpath(path)
    best, found = "", ""
    for point, kind in _mounts():
        if len(point) >= len(best) and (real == point or real.startswith(point.rstrip("/") + "/")):
            best, found = point, kind
    return found


def is_network(path: str | os.PathLike[str]) -> bool:
    """Whether other hosts may write below `path` too: network and FUSE file systems."""
    kind = type_of(path)
    return kind in _NETWORK or kind.startswith("fuse")


def keeps_mappings(path: str | os.PathLike[str]) -> bool:
    """Whether stores into a mapped file below `path` outlive the process, in order, and can't fail.

    Needs a kernel and file system that reserve what they allocate, and a processor whose stores become visible
    in program order (x86-64); elsewhere write calls take the mapping's place.
    """
    return (
        sys.platform == "linux" and os.uname().machine in {"x86_64", "AMD64"} and type_of(path) in _RESERVES
    )


def _mounts() -> list[tuple[str, str]]:
    try:
        with open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as file:
            return _read(file.read())
    except OSError:
        return []


@lru_cache(maxsize=1)
def _read(table: str) -> list[tuple[str, str]]:
    mounts = []
    for line in table.splitlines():
        left, _, right = line.partition(" - ")
        mounts.append((_unescaped(left.split(" ")[4]), right.split(" ", 1)[0]))
    return mounts


def _unescaped(point: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, character)
    return point
