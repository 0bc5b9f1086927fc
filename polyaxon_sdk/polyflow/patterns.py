"""Regular expressions from files: refused where they are wrong, ended where they would search for ever."""

from __future__ import annotations

import json
import re

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow.problems import fault

__all__ = ["check_pattern", "matches"]

_REPEATED_GROUP = re.compile(r"\)[*+{]")
_REPEAT = re.compile(r"[*+{]")
_SHORT = 16
"""No text of so few characters takes long."""
_STEPS = 10_000_000
_SECONDS = 2
_MATCH = "import json, re, sys; found = re.match(*json.load(sys.stdin)); sys.exit(0 if found else 3)"


def check_pattern(pattern: str) -> None:
    """Raise where `pattern` is no regular expression.

    >>> check_pattern("[a-z]+")
    """
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise fault(
            f"{pattern!r} is no regular expression: {error}", expected="one that Python's re takes"
        ) from error


def matches(pattern: str, text: str) -> bool:
    """Whether `text` begins with what `pattern` describes.

    Raises:
        InputError: the search takes too long.

    >>> matches("[a-z]+", "adam"), matches("[a-z]+", "7")
    (True, False)
    """
    if _is_quick(pattern, text):
        return re.match(pattern, text) is not None
    import subprocess  # 10 ms, and few patterns can take long
    import sys  # beside it

    command = [sys.executable, "-I", "-S", "-c", _MATCH]
    try:
        ended = subprocess.run(
            command, input=json.dumps([pattern, text]).encode(), timeout=_SECONDS, capture_output=True
        )
    except subprocess.TimeoutExpired as error:
        raise InputError(
            f"looking for {pattern!r} in {text[:40]!r} takes more than {_SECONDS} s",
            expected="a regular expression without repeats inside of repeats",
        ) from error
    return ended.returncode == 0


def _is_quick(pattern: str, text: str) -> bool:
    if len(text) <= _SHORT:
        return True
    if _REPEATED_GROUP.search(pattern):
        return False
    steps: int = len(text) ** max(1, len(_REPEAT.findall(pattern)))
    return steps <= _STEPS
