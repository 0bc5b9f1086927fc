"""A run that is taken from an earlier one: a run of its own that has what came of that one."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import cast

from attrs import evolve

from polyaxon_sdk.runner.descent import Descent
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.reporter import create
from polyaxon_sdk.runner.sidecars import share
from polyaxon_sdk.runner.upstream import Edge
from polyaxon_sdk.runs.copying import copy_within
from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.owed import complete
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.types import Json

__all__ = ["take"]

_PATIENCE = 60.0
_BROUGHT = ("outputs", "assets", "uploads", "events")


def take(
    plan: Plan, taken: RunState, *, why: str, facts: Mapping[str, Mapping[str, Json]], settings: Settings
) -> RunState:
    """Make a run that has the outputs, the artifacts and the metrics of an earlier one; as it then is.

    Files are copied; where the disk can, they share their blocks, so that they take no room.

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
    writer = create(evolve(plan, edges=(*plan.edges, edge), descent=descent, upload=None, steps=()), settings)
    _bring(source, plan.folder)
    for kind, fields in facts.items():
        writer.append(kind, **fields)
    for artifact in state.artifacts.values():
        writer.append("lineage", artifact=cast("dict[str, Json]", artifact))
    if state.logged:
        writer.append("outputs", values=cast("dict[str, Json]", state.logged))
    if state.summaries or state.other_series:
        summaries = cast("dict[str, Json]", state.summaries)
        writer.append("series", summaries=summaries, others=dict[str, Json](state.other_series))
    writer.append("status", status="succeeded", reason="CacheHit", message=why)
    writer.close()
    share(plan.folder)
    return read_run(plan.folder)


def _bring(source: RunFolder, target: RunFolder) -> None:
    for name in _BROUGHT:
        if (source.path / name).is_dir():
            shutil.copytree(
                source.path / name, target.path / name, symlinks=True, copy_function=_copy, dirs_exist_ok=True
            )
    drained, was = read_drained(target), read_drained(source)
    drained.files = {name: size for name, size in was.files.items() if name.startswith("events/")}
    drained.names = was.names
    drained.write(target)


def _copy(source: str, target: str) -> None:
    """Copy a file within the kernel, which shares the blocks where the disk can.

    Never a link: a run that is resumed may write its outputs again, in place.
    """
    with open(source, "rb") as file, open(target, "wb", buffering=0) as copy:
        copy_within(file, copy)
    shutil.copystat(source, target)
