"""A place that keeps nothing, for runs that are not tracked, and for those that have ended."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journal import Room
from polyaxon_sdk.tracking.metrics import Metrics
from polyaxon_sdk.tracking.numbers import Moment
from polyaxon_sdk.tracking.trouble import Trouble
from polyaxon_sdk.types import Json

__all__ = ["Nowhere"]


class Nowhere:
    """Keeps nothing; paths are those of a temporary folder, made when one is first asked for.

    Args:
        complaint: said once on stderr when something is logged; nothing where a person chose this.
        folder: the folder for paths, where there is one.
    """

    writes = False
    spool = None
    masker = None

    def __init__(self, complaint: str = "", folder: RunFolder | None = None) -> None:
        self._complaint = complaint
        self._folder = folder
        self._trouble = Trouble()
        self.metrics = Metrics(_NoJournal(), self._complain_of_series, self.trouble)

    @property
    def folder(self) -> RunFolder:
        """The folder for paths: the given one, or a temporary one that goes with this process."""
        if self._folder is None:
            import atexit  # with the two below: only a no-op run that is asked for a path needs them
            import shutil  # see above
            import tempfile  # see above

            path = tempfile.mkdtemp(prefix="polyaxon-")
            atexit.register(shutil.rmtree, path, ignore_errors=True)
            self._folder = RunFolder(os.path.join(path, "runs", "0" * 32)).create()
        return self._folder

    def together(self) -> AbstractContextManager[None]:
        """Nothing is written anyway."""
        return nullcontext()

    def named(self, name: object) -> str:
        """The same, as text: nothing is kept."""
        return str(name)

    def fact(self, _kind: str, /, **_fields: Json) -> None:
        """Keep nothing."""
        self.trouble("not kept")

    def event(
        self,
        _kind: str,
        _name: str,
        _value: Json,
        /,
        *,
        step: int | None,
        timestamp: Moment | None,
        snapshot: str | None = None,
    ) -> None:
        """Keep nothing."""
        del step, timestamp, snapshot
        self.trouble("not kept")

    def keep(
        self,
        what: str,
        _write: Callable[[], None],
        _size: int = 0,
        *,
        patience: float | None = None,
        is_local: bool = False,
    ) -> bool:
        """Keep nothing."""
        del patience, is_local
        self.trouble(what)
        return True

    def progress(self) -> None:
        """Nothing is under way."""

    def trouble(self, what: str) -> None:
        """Say the complaint, once, where there is one: what was logged is not at fault."""
        if what and self._complaint:
            self._trouble.of(self._complaint)

    def restart(self) -> None:
        """Go on in a forked child."""

    def close(self) -> None:
        """Nothing is open."""

    def _complain_of_series(self, _series: int, name: str) -> None:
        self.trouble(name)


class _NoJournal:
    """A journal that has no room and takes everything."""

    def __init__(self) -> None:
        self.room: Room = (iter(()), bytearray(), {})

    def append(self, series: int, step: int | None, time: float, value: float) -> None:
        """Keep nothing."""
