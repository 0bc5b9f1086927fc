"""Files of a run that a person took away from the store, which whoever ships the run is to know."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

from polyaxon_sdk.runs.drained import write_whole
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lease import take_lease
from polyaxon_sdk.storage.manifest import Manifest

__all__ = ["asked_removals", "forget_shipped"]

_NAME = "removed-"
_WITHIN = 15.0
_POLL = 0.1


def forget_shipped(folder: RunFolder, store: str, names: Sequence[str]) -> None:
    """Have a run's manifest forget files, so that the same bytes are shipped again where they come again.

    A sidecar that is at work has the manifest in its memory: it is asked, and waited for, but not for ever.

    Args:
        folder: the run.
        store: the URL of the store that they are taken from.
        names: the files, by path in the run.

    Raises:
        OSError: the folder can't be written.
    """
    folder.journal.mkdir(exist_ok=True)
    asked = folder.journal / f"{_NAME}{os.urandom(4).hex()}.json"
    write_whole(asked, json.dumps(list(names)).encode("utf-8"))
    deadline = monotonic() + _WITHIN
    while asked.exists() and monotonic() < deadline:
        lease = take_lease(folder)
        if lease is not None:
            Manifest(folder.journal / "shipped.json", store).forget_all(names)
            asked.unlink(missing_ok=True)
            lease.release()
        sleep(_POLL)


def asked_removals(folder: RunFolder) -> Iterator[tuple[Path, list[str]]]:
    """What was asked for and is not done, each with the file that asks; whoever did it takes that away."""
    with suppress(FileNotFoundError):
        for name in sorted(os.listdir(folder.journal)):
            path = folder.journal / name
            if name.startswith(_NAME) and name.endswith(".json"):
                with suppress(OSError, ValueError):
                    yield path, [str(each) for each in json.loads(path.read_bytes())]
