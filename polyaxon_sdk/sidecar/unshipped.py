"""What of a run is still to be shipped, as anybody sees it."""

from __future__ import annotations

import os
from typing import NamedTuple

from polyaxon_sdk.exceptions import counted
from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.sidecar.tree import scan
from polyaxon_sdk.storage.manifest import read_shipped

__all__ = ["Unshipped", "unshipped"]

_NAMED = 3
_LONG = 60


class Unshipped(NamedTuple):
    """What is left: the largest files first, their bytes, and the bytes of the whole run."""

    names: tuple[str, ...]
    bytes: int
    total: int

    def __str__(self) -> str:
        """What a person reads of it.

        >>> str(Unshipped(("outputs/model.bin",), 12_000_000, 30_000_000))
        '1 file left, 12.0 MB of 30.0 MB: outputs/model.bin'
        """
        count = len(self.names)
        some = ", ".join(name[-_LONG:] for name in self.names[:_NAMED])
        more = f" and {count - _NAMED} more" if count > _NAMED else ""
        return f"{counted(count, 'file')} left, {_size(self.bytes)} of {_size(self.total)}: {some}{more}"


def _size(count: int) -> str:
    """Bytes as a person reads them.

    >>> _size(999), _size(1_500), _size(30_000_000)
    ('999 B', '1.5 kB', '30.0 MB')
    """
    if count < 1_000:
        return f"{count} B"
    return f"{count / 1e3:.1f} kB" if count < 1_000_000 else f"{count / 1e6:.1f} MB"


def unshipped(folder: RunFolder) -> Unshipped:
    """What of the run's files its manifest doesn't tell of; a sidecar brings that up to date every few seconds.

    Raises:
        OSError: the run can't be read.
    """
    shipped = read_shipped(folder.journal / "shipped.json")
    files = scan(os.fspath(folder.path), read_drained(folder).files).files
    left = [file for file in files if (copy := shipped.get(file.name)) is None or copy.size != file.size]
    left.sort(key=lambda file: file.size, reverse=True)
    return Unshipped(
        tuple(file.name for file in left), sum(file.size for file in left), sum(file.size for file in files)
    )
