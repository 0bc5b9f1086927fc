"""How a process ended whose parent was killed, and is gone before it could tell."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from fcntl import ioctl
from struct import Struct

__all__ = ["find_exit", "is_awaited"]

_INFO = Struct("<QQ11Ii")
"""`struct pidfd_info` of Linux: which of it is asked for, what isn't needed here, the status that `wait` would tell."""

_EXIT = 1 << 3
_GET_INFO = (3 << 30) | (_INFO.size << 16) | (0xFF << 8) | 11
"""`PIDFD_GET_INFO`; where numbers are made otherwise (POWER, MIPS) it is an unknown one."""


def find_exit(pidfd: int) -> int | None:
    """The exit code of a process, or minus the signal that ended it; None where it goes on, or nothing tells.

    Its new parent knows, which is this process where it is the first of a container. Of others Linux tells from 6.15
    on, as soon as the new parent has taken leave of it.

    Args:
        pidfd: of the process, opened while it was there.
    """
    with suppress(ChildProcessError):
        ended = os.waitid(os.P_PIDFD, pidfd, os.WEXITED | os.WNOHANG)
        if ended is not None:
            return ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
    info = bytearray(_INFO.size)
    _INFO.pack_into(info, 0, _EXIT, *[0] * 13)
    try:
        ioctl(pidfd, _GET_INFO, info)
    except OSError:  # an older Linux
        return None
    told, *_, status = _INFO.unpack(info)
    return os.waitstatus_to_exitcode(status) if told & _EXIT else None


def is_awaited(pidfd: int) -> bool:
    """Whether a process is there still: it goes on, or its parent has not taken leave of it."""
    try:
        signal.pidfd_send_signal(pidfd, 0)  # it only looks
    except ProcessLookupError:
        return False
    except PermissionError:  # of another user
        return True
    return True
