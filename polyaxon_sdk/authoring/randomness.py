"""The state of random numbers in a forked process: as it would be in one that has just imported the same."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

__all__ = ["digests", "renew", "states"]


class _Source(NamedTuple):
    """Random numbers that a library keeps the state of for all of a process."""

    get: Callable[[], Any]
    put: Callable[[Any], object]
    seed: Callable[[], object]


def states() -> dict[str, Any]:
    """The state of each source that is imported, by its name; it means something to `renew` alone."""
    return {name: source.get() for name, source in _sources().items()}


def digests() -> dict[str, str]:
    """What tells the states of two processes apart."""
    return {name: sha256(repr(_plain(state)).encode()).hexdigest() for name, state in states().items()}


def renew(before: Mapping[str, Any], fixed: Mapping[str, bool]) -> None:
    """Give this process the states that it would have had by itself.

    Args:
        before: the states of the process that it was forked from.
        fixed: whether the files that were imported seed a source themselves; the others get a seed of their own.
    """
    for name, source in _sources().items():
        if fixed.get(name) and name in before:
            source.put(before[name])
        else:
            source.seed()


def _sources() -> dict[str, _Source]:
    found = {"random": _Source(random.getstate, random.setstate, random.seed)}
    if (numpy := sys.modules.get("numpy.random")) is not None:
        found["numpy"] = _Source(numpy.get_state, numpy.set_state, numpy.seed)
    if (torch := sys.modules.get("torch")) is not None:
        found["torch"] = _Source(torch.get_rng_state, torch.set_rng_state, torch.seed)
    return found


def _plain(state: Any) -> object:
    """A state as what prints in full."""
    if isinstance(state, tuple):
        return [_plain(each) for each in state]
    return state.tolist() if hasattr(state, "tolist") else state
