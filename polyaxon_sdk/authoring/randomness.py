"""The state of random numbers in a forked process: as it would be in one that has just imported the same."""

from __future__ import annotations

import gc
import random
import sys
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from polyaxon_sdk.authoring.code.imported import imported_now

__all__ = ["digests", "find_kept", "fixed_in", "renew", "states"]


class _Source(NamedTuple):
    """Random numbers that a library keeps the state of for all of a process."""

    get: Callable[[], Any]
    put: Callable[[Any], object]
    seed: Callable[[], object]


_HEEDING = "random"
"""The one that is seeded anew by itself in a process that is forked."""

_KEPT: dict[str, _Source] = {}
"""The generators that files made for themselves when they were imported."""


def find_kept() -> None:
    """Look for the generators that files made: once, before any process is forked, as that looks at every object."""
    _KEPT.clear()
    _KEPT.update({f"{type(each).__name__} {at}": source for at, (each, source) in enumerate(_kept())})


def states() -> dict[str, Any]:
    """The state of each source that is imported, by its name; it means something to `renew` alone."""
    return {name: source.get() for name, source in _sources().items()}


def digests() -> dict[str, str]:
    """What tells the states of two processes apart."""
    return {name: sha256(repr(_plain(state)).encode()).hexdigest() for name, state in states().items()}


def fixed_in(own: Mapping[str, str], other: Mapping[str, str]) -> dict[str, bool]:
    """Which sources the files seed that two processes have imported, by what tells the states of both apart.

    Args:
        own: those of this process.
        other: those of another one, which may have made its generators in another order.

    >>> fixed_in({"random": "a", "Random 0": "c"}, {"random": "b", "Random 1": "c"})
    {'random': False, 'Random 0': True}
    """
    known = {*other.values()}
    return {name: digest in known for name, digest in own.items()}


def renew(before: Mapping[str, Any], fixed: Mapping[str, bool]) -> None:
    """Give this process the states that it would have had by itself.

    Args:
        before: the states of the process that it was forked from.
        fixed: whether the files that were imported seed a source themselves; the others get a seed of their own.
    """
    for name, source in _sources().items():
        if fixed.get(name) and name in before:
            source.put(before[name])
        elif name != _HEEDING:
            source.seed()


def _sources() -> dict[str, _Source]:
    found = {"random": _Source(random.getstate, random.setstate, random.seed)}
    if (numpy := sys.modules.get("numpy.random")) is not None:
        found["numpy"] = _Source(numpy.get_state, numpy.set_state, numpy.seed)
    if (torch := sys.modules.get("torch")) is not None:
        found["torch"] = _Source(torch.get_rng_state, torch.set_rng_state, torch.seed)
    return {**found, **_KEPT}


def _kept() -> Iterator[tuple[object, _Source]]:
    numpy: Any = sys.modules.get("numpy.random")
    of_numpy = () if numpy is None else (numpy.Generator, numpy.RandomState)
    for each in gc.get_objects():
        kind = type(each)
        if issubclass(kind, random.Random) and not issubclass(kind, random.SystemRandom):
            yield each, _Source(each.getstate, each.setstate, each.seed)
        elif issubclass(kind, of_numpy):
            yield each, _of_bits(each._bit_generator)
    torch: Any = sys.modules.get("torch")
    for each in _held() if torch is not None else ():
        if isinstance(each, torch.Generator):
            yield each, _Source(each.get_state, each.set_state, each.seed)


def _of_bits(bits: Any) -> _Source:
    def put(state: Any) -> None:
        bits.state = state

    return _Source(lambda: bits.state, put, lambda: put(type(bits)().state))


def _held() -> Iterator[object]:
    """What the person's own modules hold: some libraries hide their objects from whoever looks for all."""
    for each in imported_now():
        yield from [*vars(each.module).values()]


def _plain(state: Any) -> object:
    """A state as what prints in full."""
    if isinstance(state, tuple):
        return [_plain(each) for each in state]
    if isinstance(state, dict):
        return {name: _plain(each) for name, each in state.items()}
    return state.tolist() if hasattr(state, "tolist") else state
