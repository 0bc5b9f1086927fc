"""A class whose instances are called, as a function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import Signature, signature
from typing import cast

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.function.bearing import bear
from polyaxon_sdk.exceptions import InputError

__all__ = ["as_function"]


def as_function(kind: type) -> Callable[..., object]:
    """The function that makes an instance and calls it: its inputs are the class', its result the call's.

    A class with annotations and without an `__init__` of its own is made a dataclass.

    Raises:
        InputError: a class whose instances can't be called without arguments.

    >>> class Trainer:
    ...     epochs: int
    ...     def __call__(self) -> int:
    ...         return self.epochs
    >>> as_function(Trainer)(epochs=3)
    3
    """
    called = kind.__dict__.get("__call__")
    if called is None or not hasattr(called, "__code__") or called.__code__.co_argcount != 1:
        raise InputError(
            f"{kind.__name__} has no `__call__(self)`",
            where=caller(),
            expected="a function, or a class with a `__call__` that takes no inputs",
        )
    kind = kind if any("__init__" in vars(each) for each in kind.__mro__[:-1]) else dataclass(kind)

    def run(*args: object, **kwargs: object) -> object:
        return cast("Callable[[], object]", kind(*args, **kwargs))()

    bear(run, kind)
    run.__doc__ = _told(kind)
    run.__wrapped__ = called  # type: ignore[attr-defined]  # as functools.wraps does
    run.__signature__ = _signature(kind, called)  # type: ignore[attr-defined]  # inspect goes by it
    return run


def _told(kind: type) -> str | None:
    """Its docstring, but for the one that a dataclass makes of its fields."""
    told = kind.__doc__ or ""
    is_made = hasattr(kind, "__dataclass_fields__") and told.startswith(f"{kind.__name__}(")
    return None if is_made else kind.__doc__


def _signature(kind: type, called: Callable[..., object]) -> Signature:
    """What makes an instance, and what its call returns."""
    fields = getattr(kind, "__dataclass_fields__", {})
    parameters = [
        each.replace(default=fields[each.name].default_factory())
        if each.name in fields and callable(fields[each.name].default_factory)
        else each
        for each in signature(kind).parameters.values()
    ]
    return Signature(parameters, return_annotation=signature(called).return_annotation)
