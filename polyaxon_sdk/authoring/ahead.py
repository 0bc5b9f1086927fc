"""What of a run is known before its process is forked, so that this need not find it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from polyaxon_sdk.authoring.code.sources import keep_in, lineage_of_sources
from polyaxon_sdk.runs.clock import Clock
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.masking import secret_inputs
from polyaxon_sdk.settings import inherited, load
from polyaxon_sdk.tracking.joining import Joining, Said, Shared, shared_by

__all__ = ["Ahead", "Lookout"]

_JOINED: Said = ("joined", {})


class Ahead(NamedTuple):
    """What is known of a run before its process is forked.

    Attributes:
        inputs: the values of its inputs by name.
        joining: what is needed to join it.
    """

    inputs: Mapping[str, object]
    joining: Joining


class Lookout:
    """Looks at runs whose processes are about to be forked; what is the same for all is found once."""

    def __init__(self) -> None:
        self._same: object = None
        self._shared: Shared | None = None
        self._secret: Mapping[str, object] = {}
        self._sources: Said = _JOINED

    def look(self, told: Mapping[str, Any]) -> Ahead | None:
        """What is known of a run, whose sources are kept then; None where its own process has to see, or to tell it.

        Args:
            told: what who asks for the process knows of the run, whose variables this one has too.
        """
        try:
            if told["same"] != self._same:
                self._look_around()
                self._same = told["same"]
            return None if self._shared is None else self._looked(told, self._shared)
        except Exception:  # the edge of a process that is there for other runs too: the run meets it again
            self._same = None
            return None

    def _looked(self, told: Mapping[str, Any], shared: Shared) -> Ahead | None:
        folder, clock = RunFolder(told["run"]), Clock()
        if not told["run"].endswith(told["environment"]["POLYAXON_RUN_UUID"]) or not shared.holds(
            told["run"]
        ):
            return None
        if shared.reserve is not None:
            shared.reserve.renew()
        clock.saw(told["stamp"])
        is_noted = shared.keeps_sources and keep_in(folder.path, shared.masker)
        said = (_JOINED, self._sources) if is_noted else (_JOINED,)
        return Ahead({**told["inputs"], **self._secret}, Joining(folder, clock, said, shared))

    def _look_around(self) -> None:
        """Find what is the same for all runs with these variables and settings."""
        before, self._shared = self._shared, None
        if before is not None and before.reserve is not None:
            before.reserve.close()
        self._secret = secret_inputs(inherited({}))
        self._shared = shared_by(load())
        if self._shared is not None:
            lineage = self._shared.masker.values({"artifact": lineage_of_sources()})
            self._sources = ("lineage", lineage)
