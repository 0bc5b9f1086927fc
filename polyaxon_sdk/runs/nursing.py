"""Starting a nursery as a program of its own."""

from __future__ import annotations

import socket

from polyaxon_sdk.runs.detached import Program, start_detached
from polyaxon_sdk.runs.nursery import LINE, pair

__all__ = ["start_nursery"]


def start_nursery(module: str) -> tuple[socket.socket, int]:
    """Start a module of this package that forks what it is asked for: the line to it, and its pid.

    It finds the other end as its descriptor `LINE`, and is nobody's child.

    Raises:
        OSError: no process can be started.
    """
    ours, theirs = pair()
    # Nothing of site-packages is needed, and looking for it takes longer than all the rest.
    program = Program(module, (), ("-S",))
    try:
        [pid] = start_detached([program], added={}, descriptors={LINE: theirs.fileno()})
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()
    return ours, pid
