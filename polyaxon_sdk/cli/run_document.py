"""A run as commands print it for programs."""

from __future__ import annotations

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState

__all__ = ["document_of"]


def document_of(folder: RunFolder, state: RunState) -> dict[str, object]:
    """A run for programs; times are seconds since the epoch."""
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
    times = ("created_at", "started_at", "finished_at", "updated_at", "duration", "wait_time")
    return {
        **{name: getattr(state, name) for name in names},
        "status": state.status,
        "status_conditions": [condition._asdict() for condition in state.conditions],
        **{name: getattr(state, name) for name in times},
        "inputs": state.inputs,
        "outputs": state.outputs,
        "meta_info": state.meta,
        "artifacts": list(state.artifacts.values()),
        "problems": state.problems,
        "mended_problems": [{"what": what, "over_since": time} for what, time in state.mended.items()],
        "reuse": state.reuse or None,
        "is_invalidated": state.is_invalidated,
        "path": str(folder.path),
    }
