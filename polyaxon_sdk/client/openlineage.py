"""Lineage as OpenLineage events (openlineage.io, specification 2-0-2): one tells of one run, so a graph is several."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from polyaxon_sdk.client.lineage import Artifact, Lineage, with_artifacts
from polyaxon_sdk.index.graph import Edge, Graph
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import is_uuid
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.runs.status import RUNNING
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.version import __version__

__all__ = ["openlineage_event", "openlineage_events"]

_SPECIFICATION = "https://openlineage.io/spec"
_PRODUCER = f"pkg:pypi/polyaxon-sdk@{__version__}"
_ENDED = {
    "succeeded": "COMPLETE",
    "stopped": "ABORT",
    "skipped": "ABORT",
    "failed": "FAIL",
    "upstream_failed": "FAIL",
}

Document = dict[str, object]


def openlineage_events(settings: Settings, graph: Graph) -> list[Document]:
    """The event of each run of a graph that lies in this home, what was there first before what came from it.

    The runs meet in their datasets: what one made and another took in has one name there, or an identifier in common.

    Raises:
        OSError: a run can't be read.
    """
    folders = [RunFolder(settings.runs / node.uuid) for node in graph.nodes if is_uuid(node.uuid)]
    there = [with_artifacts(folder, graph) for folder in folders if folder.path.is_dir()]
    there.sort(key=lambda lineage: (lineage.run.created_at or 0.0, lineage.run.uuid))
    return [openlineage_event(RunFolder(settings.runs / each.run.uuid), each) for each in there]


def openlineage_event(folder: RunFolder, lineage: Lineage) -> Document:
    """The run event that tells a run's state, inputs and outputs.

    What OpenLineage has no place for stands in facets whose names begin with `polyaxon_`.

    >>> openlineage_event(folder, lineage)["eventType"]  # doctest: +SKIP
    'COMPLETE'
    """
    state = lineage.run
    return {
        "eventType": _event_type(state),
        "eventTime": _moment(state.finished_at or state.updated_at or 0.0),
        "producer": _PRODUCER,
        "schemaURL": f"{_SPECIFICATION}/2-0-2/OpenLineage.json#/$defs/RunEvent",
        "run": {"runId": str(UUID(state.uuid)), "facets": _run_facets(lineage)},
        "job": {
            "namespace": f"{state.owner}/{state.project}",
            "name": state.name or state.uuid,
            "facets": _job_facets(state),
        },
        "inputs": [_dataset(folder, artifact) for artifact in lineage.inputs],
        "outputs": [_dataset(folder, artifact) for artifact in lineage.outputs],
    }


def _event_type(state: RunState) -> str:
    return _ENDED.get(state.status) or ("RUNNING" if state.status in RUNNING else "OTHER")


def _run_facets(lineage: Lineage) -> Document:
    state = lineage.run
    graph = lineage.graph
    facets: Document = {
        "polyaxon_run": _own_facet(
            status=state.status,
            tags=state.tags,
            inputs=state.inputs,
            outputs=state.outputs,
            upstream=[_document(edge) for edge in graph.above(state.uuid)],
            downstream=[_document(edge) for edge in graph.below(state.uuid)],
        )
    }
    if _event_type(state) == "FAIL":
        last = state.conditions[-1]
        message = f"{last.reason}: {last.message}" if last.message else last.reason
        facets["errorMessage"] = _facet(
            "1-0-1/ErrorMessageRunFacet", message=message, programmingLanguage="PYTHON"
        )
    return facets


def _job_facets(state: RunState) -> Document:
    kind = _facet(
        "2-0-3/JobTypeJobFacet",
        processingType="BATCH",
        integration="POLYAXON",
        jobType=str(state.kind).upper(),
    )
    if not state.description:
        return {"jobType": kind}
    described = _facet("1-0-1/DocumentationJobFacet", description=state.description)
    return {"jobType": kind, "documentation": described}


def _document(edge: Edge) -> Document:
    return {**edge._asdict(), "artifacts": [each._asdict() for each in edge.artifacts]}


def _dataset(folder: RunFolder, artifact: Artifact) -> Document:
    path = _location(artifact) or artifact.get("path")
    namespace, name = _place(folder, str(path)) if path else ("polyaxon", str(artifact.get("name")))
    told = {key: artifact.get(key) for key in ("name", "kind", "state", "summary")}
    facets: Document = {"polyaxon_artifact": _own_facet(**told)}
    if state := artifact.get("state"):
        same = {"namespace": "polyaxon", "name": state, "type": "STATE"}
        facets["symlinks"] = _facet("1-0-1/SymlinksDatasetFacet", identifiers=[same])
    return {"namespace": namespace, "name": name, "facets": facets}


def _location(artifact: Artifact) -> object:
    """Where something lies that is no part of the run."""
    meta = artifact.get("meta_info")
    return meta.get("location") if isinstance(meta, Mapping) else None


def _place(folder: RunFolder, path: str) -> tuple[str, str]:
    """The namespace and name that OpenLineage gives to a place: a bucket and a key, or a file."""
    url = urlsplit(path)
    if url.scheme and url.netloc:
        return f"{url.scheme}://{url.netloc}", url.path.lstrip("/") or "/"
    return "file", str(Path(folder.path, path))


def _facet(schema: str, **fields: object) -> Document:
    version, _, name = schema.partition("/")
    place = f"{_SPECIFICATION}/facets/{version}/{name}.json#/$defs/{name}"
    return {"_producer": _PRODUCER, "_schemaURL": place, **fields}


def _own_facet(**fields: object) -> Mapping[str, object]:
    general = f"{_SPECIFICATION}/2-0-2/OpenLineage.json#/$defs/BaseFacet"
    return {"_producer": _PRODUCER, "_schemaURL": general, **fields}


def _moment(time: float) -> str:
    return datetime.fromtimestamp(time, UTC).isoformat(timespec="microseconds")
