"""What a run took in and made, the runs that it came from, and those that came from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

from polyaxon_sdk.index.graph import Graph
from polyaxon_sdk.index.lineage import graph_of
from polyaxon_sdk.runs.damage import read_anyway
from polyaxon_sdk.runs.event_series import EventSeries, read_event_series
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.runs.superseded import read_superseded, superseded_state
from polyaxon_sdk.runs.views import lineages_view
from polyaxon_sdk.settings import Settings

__all__ = [
    "Artifact",
    "Lineage",
    "artifacts_of",
    "lineage_of",
    "superseded_artifacts",
    "with_artifacts",
]

Artifact: TypeAlias = Mapping[str, object]
"""`name`, `kind`, `path`, `is_input`, `summary` and `state` of an artifact (semantics 5.9)."""


class Lineage(NamedTuple):
    """A run among its artifacts and runs."""

    run: RunState
    inputs: list[Artifact]
    outputs: list[Artifact]
    graph: Graph


def artifacts_of(folder: RunFolder, state: RunState) -> list[Artifact]:
    """The artifacts of a run, one a name and kind: those that were logged, and each series of events.

    Raises:
        OSError: the run can't be read.
    """
    return _shown(state, read_event_series(folder))


def superseded_artifacts(folder: RunFolder, number: int) -> list[Artifact]:
    """The same of what the rewind `number`, from 1 on, took out.

    Raises:
        OSError: the run can't be read.
    """
    return _shown(superseded_state(folder, number), read_superseded(folder, number))


def lineage_of(settings: Settings, folder: RunFolder, depth: int | None = None) -> Lineage:
    """A run, its artifacts and the runs around it, as far as records of the home tell.

    Args:
        settings: tell which home.
        folder: the run.
        depth: how many runs away to go at most; None for all.

    Raises:
        OSError: the run can't be read.
        PolyaxonError: another process keeps the index locked.
    """
    return with_artifacts(folder, graph_of(settings, folder.uuid, depth))


def with_artifacts(folder: RunFolder, graph: Graph) -> Lineage:
    """A run of a graph, and its artifacts.

    Raises:
        OSError: the run can't be read.
    """
    state = read_anyway(folder)
    artifacts = artifacts_of(folder, state)
    return Lineage(
        run=state,
        inputs=[artifact for artifact in artifacts if artifact.get("is_input")],
        outputs=[artifact for artifact in artifacts if not artifact.get("is_input")],
        graph=graph,
    )


def _shown(state: RunState, found: Iterable[EventSeries]) -> list[Artifact]:
    """What is told of a run to who asks."""
    view = lineages_view(state, {each.path: f"{each.kind}/{each.name}" for each in found})
    return [{**artifact, "name": _logged_name(artifact)} for artifact in view]


def _logged_name(artifact: Artifact) -> object:
    """What an artifact, or a series of events, was logged under: in a view a series is called as its file is."""
    summary = artifact.get("summary")
    said = summary.get("name") if isinstance(summary, dict) and summary.get("is_event") else None
    return said or artifact.get("name")
