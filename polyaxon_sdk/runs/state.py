"""A run as its facts tell it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordReader
from polyaxon_sdk.runs.rewound import rewound
from polyaxon_sdk.runs.run_state import RunState, Upstream
from polyaxon_sdk.runs.telling import TELLINGS

__all__ = ["RunState", "Upstream", "fold", "read_run"]


def read_run(folder: RunFolder, reader: RecordReader | None = None) -> RunState:
    """The run that lies in `folder`, as far as it can be read.

    Args:
        folder: the run.
        reader: what read of its record before, where somebody did: then only what came since is read.

    Raises:
        OSError: a record file can't be read.
    """
    reader = reader or RecordReader(folder)
    run = fold(folder.uuid, reader.read())
    run.damage += reader.damage(is_done=run.is_done)
    run.summaries.update(_live_summaries(folder))
    return run


def _live_summaries(folder: RunFolder) -> dict[str, dict[str, object]]:
    try:
        with open(folder.live, "rb") as file:
            found = json.loads(file.read())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def fold(uuid: str, facts: Iterable[Fact]) -> RunState:
    """The run that `facts`, in their order, tell; unknown kinds are for later versions and left alone."""
    run, found = RunState(uuid), rewound(facts)
    for fact in found.standing:
        if (told := TELLINGS.get(fact.kind)) is not None:
            told(run, fact)
            run.updated_at = max(run.updated_at or 0.0, fact.time)
    superseded = {_path(fact.fields.get("artifact")) for taken in found.superseded for fact in taken}
    run.hidden = superseded - {"", *map(_path, run.artifacts.values())}
    run.upstream = list(dict.fromkeys(run.upstream))
    return run


def _path(artifact: object) -> str:
    return str(artifact.get("path")) if isinstance(artifact, dict) else ""
