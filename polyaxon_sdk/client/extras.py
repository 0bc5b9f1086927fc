"""Libraries that are there for those who want them."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from polyaxon_sdk.exceptions import MissingExtraError

__all__ = ["INSTALL", "load_extra"]

INSTALL = "polyaxon-sdk[parquet]"
"""What brings pyarrow."""


def load_extra(name: str, install: str) -> ModuleType:
    """The module `name`.

    Args:
        name: the module.
        install: what `pip install` is told to get it.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name.partition(".")[0]:
            raise
        raise MissingExtraError(f"{error.name} is not installed: pip install '{install}'") from error
