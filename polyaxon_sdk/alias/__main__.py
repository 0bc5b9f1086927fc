"""`python -m polyaxon_sdk.alias script.py`: run a script with the names `polyaxon` and `traceml`."""

from __future__ import annotations

import os
import sys

from polyaxon_sdk.runs.alias_path import with_alias
from polyaxon_sdk.settings import inherited

__all__ = ["main"]

_USAGE = "usage: python -m polyaxon_sdk.alias [option of python]... script.py [argument]...\n"


def main() -> None:
    """Go on as `python` with the rest of the command line; the names go to all that it starts, too.

    >>> main()                                                                      # doctest: +SKIP
    """
    words = sys.argv[1:]
    if not words or words[0] in {"-h", "--help"}:
        sys.stderr.write(_USAGE)
        sys.exit(0 if words else 2)
    path = with_alias(inherited({}).get("PYTHONPATH"))
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, *_options(), *words], inherited({"PYTHONPATH": path}))  # noqa: S606  # no shell


def _options() -> list[str]:
    """What stood between `python` and `-m`."""
    before = sys.orig_argv[1 : len(sys.orig_argv) - len(sys.argv[1:])]
    return before[:-1] if before[-1].startswith("-m") else before[:-2]


if __name__ == "__main__":
    main()
