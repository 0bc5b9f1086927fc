"""The views of a run in Polyaxon's form, which lie beside its record."""

from __future__ import annotations

import json
from collections.abc import Mapping

from polyaxon_sdk.runs.drained import read_drained, write_whole
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.runs.views import lineages_view, run_view

__all__ = ["write_views"]


def write_views(
    folder: RunFolder, state: RunState | None = None, names: Mapping[str, str] | None = None
) -> None:
    """Write the views of the run in Polyaxon's form.

    Args:
        folder: the run.
        state: as it is now; None for it to be read.
        names: of its drained series, by path; None for them to be read.

    Raises:
        OSError: the disk is full or broken; the old views stand.
    """
    state = state or read_run(folder)
    lineages = lineages_view(state, read_drained(folder).names if names is None else names)
    write_whole(folder.lineages_view, json.dumps(lineages).encode("ascii"), lasts=False)
    write_whole(folder.run_view, json.dumps(run_view(state)).encode("ascii"))
