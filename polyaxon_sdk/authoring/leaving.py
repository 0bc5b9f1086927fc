"""The end of a forked process: as that of any other, without taking down what it shares with others."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import threading
from _io import _IOBase
from contextlib import suppress
from typing import NoReturn

from polyaxon_sdk.runs.nursery import NUMBER

__all__ = ["leave"]


def leave(code: int, *, told: int) -> NoReturn:
    """End this process once its threads have ended, what is registered for its end is done, and files are written.

    Taking an interpreter down costs 10 to 20 ms in a forked process, since all that it looks at is copied first.

    Args:
        code: its exit code.
        told: the descriptor that gets it too: the process which would tell it may be gone.
    """
    threading._shutdown()  # type: ignore[attr-defined]  # as the interpreter and multiprocessing end
    atexit._run_exitfuncs()
    for (
        each
    ) in gc.get_objects():  # those that came after the fork; `io.IOBase` would ask each what it claims to be
        if isinstance(each, _IOBase):
            _flush(each)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    with suppress(OSError):  # the script closed it, or nobody wants to know any more
        os.write(told, NUMBER.pack(code))
    os._exit(code)


def _flush(file: _IOBase) -> None:
    with suppress(OSError, ValueError):  # its disk is full, or it is half closed: as the interpreter does
        if not file.closed and file.writable():
            file.flush()
