"""Waiting for what happens elsewhere, with a deadline."""

from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar

T = TypeVar("T")


def eventually(seen: Callable[[], T], timeout: float = 60.0) -> T:
    """What `seen` gives once it is true; an error where it is not within `timeout` seconds."""
    deadline = monotonic() + timeout
    while not (found := seen()):
        assert monotonic() < deadline, f"still {found!r} after {timeout} s"
        sleep(0.01)
    return found
