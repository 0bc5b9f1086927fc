"""Who writes to a run: one process on one boot of one host."""

import os
import re
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from polyaxon_sdk.settings import rank_of

# Annotations here are no texts: typing would compile those of a named tuple, which takes a script a millisecond.

if TYPE_CHECKING:
    pass

__all__ = ["Life", "Writer", "forked_process", "process_start", "this_process"]

_STAT = 4096
"""Bytes that hold what the system says of a process in a line."""

Life = Literal["alive", "gone", "unknown"]


class Writer(NamedTuple):
    """The identity of a writing process, told apart from any other there ever was.

    Attributes:
        host: host name and machine id.
        boot: the kernel's id of this boot; empty where the kernel has none.
        space: the pid namespace, so that containers of one host are told apart.
        pid: process id in that namespace.
        start: process start in clock ticks since boot; 0 where unknown.
        token: a random part, new for each writer of a process.
        rank: which of the processes of one training it is; None where it is the only one.
    """

    host: str
    boot: str
    space: str
    pid: int
    start: int
    token: str
    rank: int | None = None

    @property
    def name(self) -> str:
        """The file name stem of what this writer writes."""
        rank = "" if self.rank is None else f"-r{self.rank}"
        return f"{_short(self.host)}-{self.boot[:8] or 'x'}-{self.pid}-{self.start}-{self.token}{rank}"

    def life(self) -> Life:
        """Whether the process is there: `unknown` where this process has no way to see it."""
        host, boot, space = _place(os.getpid(), os.getppid())
        if self.host != host:
            return "unknown"
        if self.boot != boot:
            return "gone"
        if self.space != space:
            return "unknown"
        return "alive" if _is_running(self.pid, self.start) else "gone"


@cache
def _short(host: str) -> str:
    """A host's name as files have it."""
    return re.sub(r"[^A-Za-z0-9]+", "-", host.partition("/")[0])[:32]


def this_process() -> Writer:
    """A new writer for this process.

    >>> this_process().life()
    'alive'
    """
    rank = rank_of()
    host, boot, space = _place(os.getpid(), os.getppid())
    return Writer(
        host=host,
        boot=boot,
        space=space,
        pid=os.getpid(),
        start=_own_start(os.getpid(), os.getppid()),
        token=os.urandom(4).hex(),
        rank=None if rank is None else rank.number,
    )


def forked_process(before: Writer) -> Writer:
    """A new writer for this process, which was forked from that of another: it is at the same place.

    >>> forked_process(this_process()).life()
    'alive'
    """
    pid, token = os.getpid(), os.urandom(4).hex()
    return Writer(before.host, before.boot, before.space, pid, process_start(pid) or 0, token, before.rank)


@cache
def _place(_pid: int, _parent: int) -> tuple[str, str, str]:
    """Host, boot and pid namespace of this process: asked for once, as many are told apart by them; a forked child may
    be in another namespace."""
    host = f"{os.uname().nodename}/{_text('/etc/machine-id')}"
    return host, _text("/proc/sys/kernel/random/boot_id"), _link("/proc/self/ns/pid")


@cache
def _own_start(pid: int, _parent: int) -> int:
    """When this process started: asked for once, as one that begins many runs writes as many times; a forked child,
    which may have the number of a process that was, has another parent."""
    return process_start(pid) or 0


def process_start(pid: int) -> int | None:
    """When process `pid` started, in clock ticks since boot; None where it is gone, or a zombie.

    Without a file object, which takes thrice the time.
    """
    try:
        descriptor = os.open(f"/proc/{pid}/stat", os.O_RDONLY | os.O_CLOEXEC)
        try:
            stat = os.read(descriptor, _STAT)
        finally:
            os.close(descriptor)
    except OSError:
        return None
    state, *fields = stat.rpartition(b")")[2].split()
    return None if state in {b"Z", b"X"} else int(fields[18])


def _is_running(pid: int, start: int) -> bool:
    if os.path.isdir("/proc/self"):
        return process_start(pid) == start
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@cache
def _text(path: str) -> str:
    """What a file says that says the same as long as this process lives."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _link(path: str) -> str:
    try:
        return os.readlink(path)
    except OSError:
        return ""
