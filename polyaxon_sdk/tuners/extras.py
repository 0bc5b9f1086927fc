"""The libraries of the search, which come with an extra."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from polyaxon_sdk.exceptions import MissingExtraError

__all__ = ["requires"]

_INSTALL = "pip install 'polyaxon-sdk[search]'"


@contextmanager
def requires(module: str) -> Iterator[None]:
    """Say how to install a module where an import inside doesn't find that very one.

    Raises:
        MissingExtraError: it is not installed.

    >>> with requires("math"):
    ...     import math
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        raise MissingExtraError(f"{module} is not installed: {_INSTALL}") from error
