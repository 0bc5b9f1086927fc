"""One sidecar for all the runs of the pipelines that this process carries out."""

from __future__ import annotations

from contextlib import suppress
from threading import Lock

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import load
from polyaxon_sdk.sidecar.launch import Sidecar
from polyaxon_sdk.sidecar.shared import SHARED

__all__ = ["look_after", "share"]

_ALONE = Lock()


class _Shared(Sidecar):
    """The sidecar of many, beside one of them.

    Args:
        folder: the run.
        settings: with which it was told of the run: they tell which one it is.
    """

    def __init__(self, folder: RunFolder, settings: tuple[str, ...]) -> None:
        super().__init__(folder)
        self._settings = settings

    def ended(self) -> None:
        with _ALONE, suppress(OSError):  # it is gone, and none can be started now: `look_after` tries again
            SHARED.tell_end(self._folder, self._settings)


def share(folder: RunFolder) -> Sidecar:
    """Have the sidecar of many runs work beside this one too; it is started with the first, and is to be told when the
    run has `ended`.

    Raises:
        OSError: no process can be started.
    """
    settings = tuple(load().texts.values())
    with _ALONE:
        SHARED.tell(folder, settings, tells_end=True)
    return _Shared(folder, settings)


def look_after() -> None:
    """Start it anew where somebody ended it, for the runs that it has not finished.

    Raises:
        OSError: no process can be started.
    """
    with _ALONE:
        SHARED.look()
