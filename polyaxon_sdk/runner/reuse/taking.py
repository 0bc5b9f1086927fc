"""A run that is taken from an earlier one: a run of its own that has what came of that one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import cast

from attrs import evolve

from polyaxon_sdk.runner.descent import Descent
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.reporter import create
from polyaxon_sdk.runner.upstream import Edge
from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.owed import complete
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.types import Json

__all__ = ["take"]

_PATIENCE = 60.0
_LINKED = ("outputs", "assets", "uploads")
"""What no run changes once it is over: it may be the same files."""

_COPIED = ("events",)


def take(
    plan: Plan, taken: RunState, *, why: str, facts: Mapping[str, Mapping[str, Json]], settings: Settings
) -> RunState:
    """Make a run that has the outputs, the artifacts and the metrics of an earlier one; as it then is.

    Files are linked where the disk can, so that they take no room, and stay where the earlier run is deleted.

    Args:
        plan: the run.
        taken: the earlier one, which succeeded.
        why: for people.
        facts: what its record says besides.

    Raises:
        PolyaxonError: the home can't be written.
        OSError: a file can't be read.
    """
    source = RunFolder(plan.folder.path.parent / taken.uuid)
    if not read_drained(source).is_finished:
        launch(source).wait(_PATIENCE)
    state = complete(source, read_run(source))
    edge = Edge(taken.uuid, "cache", [f"outputs.{name}" for name in state.outputs])
    descent = Descent(source, "cache")
    create(evolve(plan, edges=(*plan.edges, edge), descent=descent, upload=None, steps=()), settings)
    _bring(source, plan.folder)
    writer = RecordWriter(plan.folder, masker=plan.masker)
    for kind, fields in facts.items():
        writer.append(kind, **fields)
    for artifact in state.artifacts.values():
        writer.append("lineage", artifact=cast("dict[str, Json]", artifact))
    if state.logged:
        writer.append("outputs", values=cast("dict[str, Json]", state.logged))
    if state.summaries:
        writer.append("series", summaries=cast("dict[str, Json]", state.summaries))
    writer.append("status", status="succeeded", reason="CacheHit", message=why)
    writer.close()
    launch(plan.folder)
    return read_run(plan.folder)


def _bring(source: RunFolder, target: RunFolder) -> None:
    for name in (*_LINKED, *_COPIED):
        if (source.path / name).is_dir():
            copy = shutil.copy2 if name in _COPIED else _link
            shutil.copytree(
                source.path / name, target.path / name, symlinks=True, copy_function=copy, dirs_exist_ok=True
            )
    drained, was = read_drained(target), read_drained(source)
    drained.files = {name: size for name, size in was.files.items() if name.startswith("events/")}
    drained.names = was.names
    drained.write(target)


def _link(source: str, target: str) -> None:
    """The same file under another name; a copy where the disk has no such names."""
    with suppress(FileExistsError):
        try:
            os.link(source, target, follow_symlinks=False)
        except OSError:
            shutil.copy2(source, Path(target), follow_symlinks=False)
