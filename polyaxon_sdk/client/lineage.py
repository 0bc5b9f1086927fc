"""What a run took in and made, the runs that it came from, and those that came from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from polyaxon_sdk.exceptions import did_you_mean
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


class Artifact(dict[str, Any]):
    """An artifact of a run (semantics 5.9), as a mapping, and as the object that public Polyaxon's client gives.

    >>> artifact = Artifact(name="net", kind="model", path="outputs/net.bin")
    >>> artifact["path"], artifact.path, artifact.is_input
    ('outputs/net.bin', 'outputs/net.bin', None)
    """

    name: str
    kind: str
    path: str | None
    is_input: bool | None
    summary: dict[str, Any] | None
    state: str | None

    def __getattr__(self, name: str) -> Any:  # what JSON holds
        if name in Artifact.__annotations__:
            return self.get(name)
        raise AttributeError(f"an artifact has no {name!r}{did_you_mean(name, Artifact.__annotations__)}")

    def to_dict(self) -> dict[str, Any]:
        """It as a plain mapping."""
        return dict(self)


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
    told = map(Artifact, view)
    return [Artifact(artifact, name=_logged_name(artifact)) for artifact in told]


def _logged_name(artifact: Artifact) -> object:
    """What an artifact, or a series of events, was logged under: in a view a series is called as its file is."""
    summary = artifact.get("summary")
    said = summary.get("name") if isinstance(summary, dict) and summary.get("is_event") else None
    return said or artifact.get("name")
