"""One sidecar for all the runs of the pipelines that this process carries out."""

from __future__ import annotations

from threading import Lock

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import load
from polyaxon_sdk.sidecar.launch import Sidecar
from polyaxon_sdk.sidecar.shared import SHARED

__all__ = ["look_after", "share"]

_ALONE = Lock()


def share(folder: RunFolder) -> Sidecar:
    """Have the sidecar of many runs work beside this one too; it is started with the first.

    Raises:
        OSError: no process can be started.
    """
    with _ALONE:
        SHARED.tell(folder, tuple(load().texts.values()))
    return Sidecar(folder)


def look_after() -> None:
    """Start it anew where somebody ended it, for the runs that it has not finished.

    Raises:
        OSError: no process can be started.
    """
    with _ALONE:
        SHARED.look()
