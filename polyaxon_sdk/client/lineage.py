"""What a run took in and made, the runs that it came from, and those that came from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from polyaxon_sdk.index.descendants import descendants_of
from polyaxon_sdk.runs.event_series import read_event_series
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import is_uuid
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.runs.views import lineages_view
from polyaxon_sdk.settings import Settings

__all__ = ["Artifact", "Edge", "Lineage", "artifacts_of", "lineage_of"]

Artifact: TypeAlias = Mapping[str, object]
"""`name`, `kind`, `path`, `is_input`, `summary` and `state` of an artifact (semantics 5.9)."""


class Edge(NamedTuple):
    """That one run was made from another.

    Attributes:
        upstream: the uuid of the run that was there first.
        downstream: the uuid of the run that was made from it.
        kind: how: `copy`, `restart` or `cache`; `run` where it was begun within it.
        name: what the run at the other end is called; None where it has no name or lies elsewhere.
        status: its status; None where it lies elsewhere.
    """

    upstream: str
    downstream: str
    kind: str
    name: str | None
    status: str | None


class Lineage(NamedTuple):
    """A run among its artifacts and runs."""

    run: RunState
    inputs: list[Artifact]
    outputs: list[Artifact]
    upstream: list[Edge]
    downstream: list[Edge]


def artifacts_of(folder: RunFolder, state: RunState) -> list[Artifact]:
    """The artifacts of a run, one a name and kind: those that were logged, and each series of events.

    Raises:
        OSError: the run can't be read.
    """
    series = {each.path: f"{each.kind}/{each.name}" for each in read_event_series(folder)}
    return [dict(artifact) for artifact in lineages_view(state, series)]


def lineage_of(settings: Settings, folder: RunFolder) -> Lineage:
    """A run, its artifacts and the runs next to it, as far as records of the home tell.

    Raises:
        OSError: the run can't be read.
        PolyaxonError: another process keeps the index locked.
    """
    state = read_run(folder)
    artifacts = artifacts_of(folder, state)
    downstream = [
        Edge(state.uuid, run.uuid, run.kind or "copy", run.name, run.status)
        for run in descendants_of(settings, state.uuid)
    ]
    return Lineage(
        run=state,
        inputs=[artifact for artifact in artifacts if artifact.get("is_input")],
        outputs=[artifact for artifact in artifacts if not artifact.get("is_input")],
        upstream=_upstream(settings, state),
        downstream=downstream,
    )


def _upstream(settings: Settings, state: RunState) -> list[Edge]:
    cloned = [] if state.original is None else [(state.original, state.cloning_kind or "copy")]
    return [_edge(settings, state, uuid, kind) for uuid, kind in (*cloned, *state.upstream)]


def _edge(settings: Settings, state: RunState, upstream: str, kind: str) -> Edge:
    folder = RunFolder(settings.runs / upstream)
    there = read_run(folder) if is_uuid(upstream) and folder.path.is_dir() else None
    name, status = (there.name, there.status) if there else (None, None)
    return Edge(upstream, state.uuid, kind, name, status)
