"""`python -m polyaxon_sdk.sidecar RUN_FOLDER`: the process beside one run."""

from __future__ import annotations

import os
import sys

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.sidecar.rounds import work_beside

__all__ = ["main"]

_MOST_DESCRIPTORS = 1 << 16
_NICENESS = 5
"""The training goes first where both want a processor."""


def main() -> int:
    """Work beside the run until it is finished; 0 also where another sidecar does that already."""
    os.closerange(
        3, _MOST_DESCRIPTORS
    )  # what a parent's libraries left open would keep its files and sockets
    os.chdir("/")
    os.nice(_NICENESS)
    return 0 if work_beside(RunFolder(sys.argv[1])) else 1


if __name__ == "__main__":
    sys.exit(main())
