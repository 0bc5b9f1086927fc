"""`python -m polyaxon_sdk.console.nursery`: forks the processes behind captured streams, which then import nothing."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys

from polyaxon_sdk.console.__main__ import capture
from polyaxon_sdk.console.launch import FIRST
from polyaxon_sdk.runs.nursery import serve
from polyaxon_sdk.settings import replace_environment

__all__ = ["main"]

_IGNORED = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)


def main() -> int:
    """Fork until nobody asks any more; 0."""
    for each in _IGNORED:
        signal.signal(each, signal.SIG_IGN)
    os.chdir("/")
    gc.freeze()
    birth = serve(socket.socket(fileno=FIRST))
    if birth is None:
        return 0
    os.setsid()
    first = max(birth.descriptors) + 1  # in a row, and none in another's place
    for number, descriptor in enumerate(birth.descriptors):
        os.dup2(descriptor, first + number)
    replace_environment(birth.document["environment"])
    os._exit(capture({**birth.document["words"], "descriptors": first}))  # there is nothing to take down


if __name__ == "__main__":
    sys.exit(main())
