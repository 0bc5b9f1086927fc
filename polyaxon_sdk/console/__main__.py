"""`python -m polyaxon_sdk.console WORDS`: the processes behind one captured stream (see `launch`)."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from polyaxon_sdk.console.channel import ALIVE, CONTROL, MEMORY, SOURCE, TARGET, Channel
from polyaxon_sdk.console.follower import Follower
from polyaxon_sdk.console.mover import Mover
from polyaxon_sdk.console.peer import Peer
from polyaxon_sdk.console.ring import Ring
from polyaxon_sdk.console.scribe import Scribe
from polyaxon_sdk.runs.masking import make_masker
from polyaxon_sdk.settings import inherited

__all__ = ["capture", "main"]

_MOST_DESCRIPTORS = 1 << 16
_IGNORED = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGTTOU)
"""What ends or stops a script is not meant for what passes on its last words."""


def main() -> int:
    """Capture what the first word tells of."""
    return capture(json.loads(sys.argv[1]))


def capture(told: Mapping[str, Any]) -> int:  # JSON that `launch` wrote
    """Capture until the script has left and everything is written down."""
    for each in _IGNORED:
        signal.signal(each, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    for number in (SOURCE, TARGET, CONTROL, ALIVE, MEMORY):
        os.dup2(told["descriptors"] + number - SOURCE, number)
    os.closerange(MEMORY + 1, _MOST_DESCRIPTORS)
    os.chdir("/")
    with suppress(OSError):  # of who leads a session
        os.setpgid(0, 0)  # the sidecar knows by the group who goes on, however soon this process is killed
    masker = make_masker(told["names"], told["patterns"], inherited({}))
    ring = Ring(MEMORY) if told["start"] is None else Ring(MEMORY, 0)
    channel = Channel(ring, told["journal"], tuple(told["trainer"]), masker, told["shows"])
    if told["start"] is None:
        _move(channel)
    else:
        if not ring.scribe.pid:  # else others were there before
            ring.tail = told["start"]
        _follow(channel)
    return 0


def _move(channel: Channel) -> None:
    """Move and write down in two processes, each of which starts the other anew where it is gone.

    The one that finds its parent gone goes on as the parent of a new one, so that there is one of each again.
    """
    is_over = False
    while not is_over:
        channel.ring.scribe = Peer.this()  # before the other says who it is: none of the two is ever unknown
        child = os.fork()
        if child == 0:
            is_over = Mover(channel).run()
            continue
        scribe = Scribe(channel)
        is_over = scribe.run(child)
        scribe.close()


def _follow(channel: Channel) -> None:
    """Follow in a process of its own, and start another where that one is gone."""
    channel.ring.scribe = Peer.this()
    while (child := os.fork()) != 0:
        while os.WIFSTOPPED(status := os.waitpid(child, os.WUNTRACED)[1]):
            os.kill(child, signal.SIGCONT)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0:
            return
    Follower(channel).run()


if __name__ == "__main__":
    sys.exit(main())
