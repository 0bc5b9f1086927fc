"""A run as commands print it for programs."""

from __future__ import annotations

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.types import Json

__all__ = ["document_of"]


def document_of(folder: RunFolder, state: RunState) -> dict[str, object]:
    """A run for programs; times are seconds since the epoch.

    What a search gives values to is none of its inputs: `searched` has the space of each.
    """
    names = (
        "uuid",
        "name",
        "description",
        "owner",
        "project",
        "user",
        "tags",
        "kind",
        "runtime",
        "managed_by",
    )
    spaces = _searched(folder, state)
    times = ("created_at", "started_at", "finished_at", "updated_at", "duration", "wait_time")
    return {
        **{name: getattr(state, name) for name in names},
        "status": state.status,
        "status_conditions": [condition._asdict() for condition in state.conditions],
        **{name: getattr(state, name) for name in times},
        "inputs": {name: value for name, value in state.inputs.items() if name not in spaces},
        "searched": spaces,
        "outputs": state.outputs,
        "meta_info": state.meta,
        "artifacts": list(state.artifacts.values()),
        "problems": state.problems,
        "mended_problems": [{"what": what, "over_since": time} for what, time in state.mended.items()],
        "reuse": state.reuse or None,
        "is_invalidated": state.is_invalidated,
        "path": str(folder.path),
    }


def _searched(folder: RunFolder, state: RunState) -> dict[str, Json]:
    if state.kind != "matrix":
        return {}
    from polyaxon_sdk.cli.searched import spaces_of  # specifications, for searches alone

    return spaces_of(folder)
