"""Who writes down what a replica prints, and whether any of them is still there."""

from __future__ import annotations

import os

from polyaxon_sdk.runs.writer import Life, Writer, this_process

__all__ = ["Scribes"]

_MODULE = b"polyaxon_sdk.console"
_GONE = frozenset({b"Z", b"X"})


class Scribes(Writer):
    """The processes behind one captured stream, named by the first of them, which leads their process group.

    Where that one is killed another goes on in its place, which no record tells of yet; it is of the same group.
    """

    __slots__ = ()

    def life(self) -> Life:
        """Whether one of them is there."""
        life = super().life()
        if life != "gone" or self.boot != this_process().boot:
            return life
        return "alive" if _is_led_on(self.pid) else "gone"


def _is_led_on(group: int) -> bool:
    """Whether a process of ours is in the group; one of its number may be a stranger's by now."""
    try:
        os.killpg(group, 0)  # there seldom is one, and looking at each process takes milliseconds
        return any(_is_of(name, b"%d" % group) for name in os.listdir("/proc") if name.isdigit())
    except (OSError, OverflowError):
        return False


def _is_of(pid: str, group: bytes) -> bool:
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            state, _, found, *_ = file.read().rpartition(b")")[2].split()
        if found != group or state in _GONE:
            return False
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return _MODULE in file.read()
    except (OSError, ValueError):  # it is gone by now
        return False
