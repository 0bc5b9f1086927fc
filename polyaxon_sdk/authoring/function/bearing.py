"""What a function is known by, and what is made of it with it."""

from __future__ import annotations

__all__ = ["NAMES", "bear"]

NAMES = ("__module__", "__name__", "__qualname__", "__doc__")
"""What `inspect`, `pydoc` and messages call a function by."""

_INSIDE = ("__annotations__", "__code__", "__defaults__", "__kwdefaults__")
"""What `inspect.iscoroutinefunction`, `typing.get_type_hints` and the like go by."""


def bear(made: object, function: object, *, inside: bool = False) -> None:
    """Give what was made of a function its names.

    Args:
        inside: also what its code and parameters are told by; for what is no function itself.

    >>> def run() -> None: ...
    >>> bear(run, len)
    >>> run.__name__
    'len'
    """
    for name in (*NAMES, *_INSIDE) if inside else NAMES:
        if hasattr(function, name):
            setattr(made, name, getattr(function, name))
