"""Running a decorated function again from the sources that a run kept."""

from __future__ import annotations

import os
from pathlib import Path

from attrs import evolve

from polyaxon_sdk.authoring.code.sources import kept_sources
from polyaxon_sdk.compiler import command_line
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Job
from polyaxon_sdk.runner.draft import Draft
from polyaxon_sdk.runner.feasible import is_pipeline
from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["with_kept_sources"]

_ENTRY = "polyaxon_sdk.authoring"


def with_kept_sources(drafted: Draft, folder: RunFolder) -> Draft:
    """The draft with the code that a run was started with, in place of what its files hold by now.

    Args:
        drafted: what the run was started from, as a new run.
        folder: the run that was.

    Raises:
        InputError: it was a pipeline, or no decorated function's, or kept no sources.
    """
    job = drafted.operation.run
    if is_pipeline(drafted.operation):
        raise InputError(
            f"run {folder.uuid[:12]} is a pipeline: each of its runs keeps its code, it keeps none itself",
            expected=f"one of its runs, or polyaxon ops restart -uid {folder.uuid[:12]}",
        )
    container = job.container if isinstance(job, V1Job) else None
    words = command_line(container) if container else []
    if not isinstance(job, V1Job) or container is None or _ENTRY not in words:
        raise InputError(
            f"run {folder.uuid[:12]} is none of a decorated function, so its code is not kept",
            expected=f"polyaxon ops restart -uid {folder.uuid[:12]}",
        )
    file, _, name = words[-1].rpartition(":")
    args: list[object] = [f"{_kept(folder, Path(file))}:{name}"]
    run = evolve(job, container=evolve(container, args=args))
    return evolve(drafted, operation=evolve(drafted.operation, run=run))


def _kept(folder: RunFolder, file: Path) -> Path:
    """The kept copy of a file: the longest end of its path that was kept."""
    root = kept_sources(folder)
    parts = Path(os.path.abspath(file)).parts
    tails = [Path(*parts[start:]) for start in range(1, len(parts))]
    found = next((root / tail for tail in tails if (root / tail).is_file()), None) if root else None
    if found is None:
        raise InputError(
            f"run {folder.uuid[:12]} kept no {file.name}",
            expected=f"polyaxon ops restart -uid {folder.uuid[:12]}, which runs the file as it is now",
        )
    return found
