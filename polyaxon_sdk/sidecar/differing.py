"""Which files of a run may differ from what a store has of them."""

from __future__ import annotations

from collections.abc import Mapping

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.sidecar.pace import Pace
from polyaxon_sdk.sidecar.tree import RunFile, RunTree, scan
from polyaxon_sdk.storage.keys import Copy
from polyaxon_sdk.storage.manifest import Manifest
from polyaxon_sdk.storage.source import SourceError, checksum

__all__ = ["Differing"]

_YOUNG = -1
"""Stands for a time of change that was so recent at the shipment that it may not tell the next change."""


class Differing:
    """Compares a run with the manifest of what was shipped of it.

    Args:
        folder: the run.
        manifest: what was shipped of it.
        pace: when each file may be shipped again.
        is_text_only: as for `scan`.

    Attributes:
        names: of the files that the run had at the last look.
        growing: bytes of those that only grow.
    """

    def __init__(
        self, folder: RunFolder, manifest: Manifest, pace: Pace, *, is_text_only: bool = False
    ) -> None:
        self.names: set[str] = set()
        self.growing = 0
        self._folder = folder
        self._manifest = manifest
        self._pace = pace
        self._is_text_only = is_text_only

    def look(self, lengths: Mapping[str, int]) -> RunTree:
        """The files that may differ; `lengths` as for `scan`."""
        tree = scan(str(self._folder.path), lengths, is_text_only=self._is_text_only)
        self.names = {file.name for file in tree.files}
        self.growing = sum(file.size for file in tree.files if file.kind == "series")
        return tree._replace(files=[file for file in tree.files if self._may_differ(file)])

    def is_same(self, file: RunFile, now: float) -> bool:
        """Whether a file of the same size, touched since or shipped young, still has the bytes it had."""
        shipped = self._manifest.get(file.name)
        if shipped is None or shipped.size != file.size:
            return False
        try:
            if checksum(file.path) != shipped.checksum:
                return False
        except SourceError:
            return False
        self._manifest.add(file.name, shipped._replace(mtime_ns=self.trusted(file.mtime_ns, now)))
        return True

    def trusted(self, mtime_ns: int, now: float) -> int:
        """A time of change as the manifest keeps it."""
        return mtime_ns if self._pace.is_settled(mtime_ns, now) else _YOUNG

    def before(self, file: RunFile) -> Copy | None:
        """What the store holds of a file that only grows."""
        shipped = self._manifest.get(file.name)
        if shipped is None or file.kind != "series" or self._is_rewound:
            return None
        return Copy(*shipped)

    def _may_differ(self, file: RunFile) -> bool:
        shipped = self._manifest.get(file.name)
        if shipped is None or shipped.size != file.size:
            return True
        only_grows = file.kind == "series" and not self._is_rewound
        return not only_grows and shipped.mtime_ns != file.mtime_ns

    @property
    def _is_rewound(self) -> bool:
        """Whether event files may have been written anew."""
        return (self._folder.path / "superseded").is_dir()
