"""The optional frameworks: what to say when one is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from polyaxon_sdk.exceptions import MissingExtraError

__all__ = ["requires"]


@contextmanager
def requires(module: str, *, extra: str = "") -> Iterator[None]:
    """Turn a missing `module` into the line that installs it.

    Only the absence of that very module is meant: a framework that is there but lacks something of its own,
    and every other error, passes through untouched.

    Args:
        module: what is imported, such as `keras`.
        extra: the extra that brings it, where it is not called like the module.

    Raises:
        MissingExtraError: `module` is not installed.

    >>> with requires("keras"):
    ...     import keras
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        install = f"pip install 'polyaxon-sdk[{extra or module}]'"
        raise MissingExtraError(f"{module} is not installed: {install}", name=module) from error
