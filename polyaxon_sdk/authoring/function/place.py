"""Where a function stands, and whether it can be a component at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from types import CodeType, FunctionType

from polyaxon_sdk.authoring.caller import caller, short_path
from polyaxon_sdk.exceptions import InputError

__all__ = ["check_free", "check_function", "file_of", "innermost", "place_of"]

_VAR_POSITIONAL = 0x04
_VAR_KEYWORD = 0x08
_LOCAL = "<locals>"


def innermost(function: object) -> object:
    """The function below the decorators that said what they wrap."""
    while (below := getattr(function, "__wrapped__", None) or _of_partial(function)) is not None:
        function = below
    return function


def _of_partial(function: object) -> object:
    return function.func if isinstance(function, partial) else None


def check_function(function: object) -> None:
    """Refuse what has no inputs that can be told by name; costs microseconds, imports nothing.

    Raises:
        InputError: with the file and line of the function.
    """
    found = function if isinstance(function, staticmethod | classmethod | partial) else innermost(function)
    if not isinstance(found, FunctionType):
        raise InputError(
            f"@component takes a function, not {_kind_of(found)}",
            where=caller(),
            expected="`@component` right above `def`",
        )
    code = found.__code__
    if found.__name__ == "<lambda>":
        raise InputError("a lambda has no name to be found by", where=place_of(found), expected="a `def`")
    if (problem := _unnamed(code)) is not None:
        raise InputError(
            f"{found.__name__}: {problem}",
            where=place_of(found),
            expected="parameters with names of their own",
        )


def place_of(function: Callable[..., object]) -> str:
    """`file:line` of a function, as a person types it.

    >>> place_of(place_of).partition(":")[0].endswith("place.py")
    True
    """
    code = innermost(function).__code__  # type: ignore[attr-defined]  # checked when it was decorated
    return f"{short_path(code.co_filename)}:{code.co_firstlineno}"


def file_of(function: Callable[..., object]) -> str:
    """The file that a new process can import the function from, relative to here where it lies below.

    Raises:
        InputError: it stands in no file, or inside another function.
    """
    found = innermost(function)
    assert isinstance(found, FunctionType)
    check_free(function)
    if _LOCAL in function.__qualname__:
        raise _unreachable(found, "defined inside another function")
    file = found.__code__.co_filename
    if not file.endswith(".py") or not os.path.isfile(file):
        raise InputError(
            f"{found.__name__} stands in no file", where=file, expected="a .py file, which a run can import"
        )
    return short_path(file)


def check_free(function: Callable[..., object]) -> None:
    """Refuse a method, whose object no run could make.

    Raises:
        InputError: it is one, with its file and line.
    """
    found = innermost(function)
    assert isinstance(found, FunctionType)
    if _LOCAL not in function.__qualname__ and _is_method(found, function.__qualname__):
        reachable = "a function at the top of a file, or a class with a `__call__`, which a run can make"
        raise _unreachable(found, "a method of an object", reachable)


def _unreachable(
    function: FunctionType,
    why: str,
    reachable: str = "a function at the top of a file, which a run can import",
) -> InputError:
    return InputError(f"{function.__name__} is {why}", where=place_of(function), expected=reachable)


def _is_method(function: FunctionType, name: str) -> bool:
    """Whether a call needs an object: the function stands in a class, and as no static method of it."""
    *classes, own = name.split(".")
    if not classes:
        return False
    owner: object = function.__globals__.get(classes[0])
    for part in classes[1:]:
        owner = getattr(owner, part, None)
    return not isinstance(getattr(owner, "__dict__", {}).get(own), staticmethod)


def _unnamed(code: CodeType) -> str | None:
    count = code.co_argcount + code.co_kwonlyargcount
    if code.co_flags & _VAR_POSITIONAL:
        return f"*{code.co_varnames[count]} can't be an input"
    if code.co_flags & _VAR_KEYWORD:
        return f"**{code.co_varnames[count]} can't be an input"
    if code.co_posonlyargcount:
        return f"{code.co_varnames[0]!r} is positional-only and can't be an input"
    return None


def _kind_of(found: object) -> str:
    if isinstance(found, staticmethod | classmethod | property):
        return f"a {type(found).__name__}, which stands below it"
    return f"a value of type {type(found).__name__}"
