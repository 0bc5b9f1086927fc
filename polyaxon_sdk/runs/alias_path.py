"""Where the import names `polyaxon` and `traceml` come from, for those who start or run a person's script."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["ALIAS_FOLDER", "with_alias"]

ALIAS_FOLDER = str(Path(__file__).parents[1] / "alias" / "packages")
"""The folder to import them from (see `polyaxon_sdk.alias`)."""


def with_alias(python_path: str | None) -> str:
    """A `PYTHONPATH` that ends with the alias: what a person put there comes first.

    >>> with_alias("/my/modules").startswith("/my/modules:")
    True
    """
    if not python_path:
        return ALIAS_FOLDER
    if ALIAS_FOLDER in python_path.split(os.pathsep):
        return python_path
    return f"{python_path}{os.pathsep}{ALIAS_FOLDER}"
