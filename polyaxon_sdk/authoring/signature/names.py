"""The names of inputs that a call gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from inspect import Signature, signature
from weakref import WeakKeyDictionary

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.exceptions import InputError, did_you_mean

__all__ = ["check_names", "name_of", "parameters_of"]

_KNOWN: WeakKeyDictionary[Callable[..., object], Signature] = WeakKeyDictionary()


def parameters_of(function: Callable[..., object]) -> Signature:
    """As `inspect.signature`, which takes as long as some calls that are recorded; asked once.

    >>> list(parameters_of(lambda epochs: None).parameters)
    ['epochs']
    """
    if (known := _KNOWN.get(function)) is None:
        known = _KNOWN[function] = signature(function)
    return known


def check_names(function: Callable[..., object], given: Iterable[str]) -> None:
    """Refuse a name that no input has, with the line of the call and the nearest one that there is.

    Raises:
        InputError: there is one.
    """
    known = parameters_of(function).parameters
    for name in given:
        if name not in known:
            hint = did_you_mean(name, known) or f", it has {', '.join(known) or 'none'}"
            raise InputError(f"no input {name!r}", where=caller(), path=name_of(function), hint=hint)


def name_of(function: Callable[..., object]) -> str:
    """What messages call a function."""
    return getattr(function, "__name__", type(function).__name__)
