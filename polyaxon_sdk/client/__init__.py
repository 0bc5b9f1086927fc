"""Reading runs and projects from Python, at rest and while they go on.

Each class is loaded on first use: who asks for a project needn't pay for the index of runs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polyaxon_sdk.client.project_client import ProjectClient
    from polyaxon_sdk.client.run_client import RunClient

__all__ = ["ProjectClient", "RunClient"]

_HOMES = {"ProjectClient": "project_client", "RunClient": "run_client"}


if not TYPE_CHECKING:  # else a checker would take every name for one that is there

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return list(__all__)
