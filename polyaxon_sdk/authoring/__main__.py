"""What runs inside of a run: `python -m polyaxon_sdk.authoring file.py:name`."""

from __future__ import annotations

import sys

from polyaxon_sdk.authoring.ahead import Ahead
from polyaxon_sdk.authoring.execution import Target, execute
from polyaxon_sdk.exceptions import PolyaxonError


def main(words: list[str], found: Target | None = None, ahead: Ahead | None = None) -> int:
    """Carry out the function that the first word names; returns the exit code.

    Args:
        found: the function, where it is imported already.
        ahead: what else is known of the run.
    """
    if len(words) != 1:
        sys.stderr.write("Error: expected one word, file.py:name\n")
        return 2
    try:
        return execute(words[0], found, ahead)
    except PolyaxonError as error:
        sys.stderr.write(f"Error: {error}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
