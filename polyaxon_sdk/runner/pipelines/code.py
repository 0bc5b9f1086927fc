"""The code of a pipeline: what its runs kept of theirs, so that the pipeline can be repeated without them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.types import JsonObject

__all__ = ["keep_code"]


def keep_code(pipeline: RunFolder, run: RunFolder, note: Callable[[JsonObject], None]) -> None:
    """Keep the source files of a run with its pipeline, those that it lacks; what can't be read is left out.

    Args:
        note: is told of the folder as an artifact, with the first of them.

    >>> keep_code(RunFolder(home / "runs" / pipeline), RunFolder(home / "runs" / uuid), print)  # doctest: +SKIP
    """
    is_first = not pipeline.sources.is_dir()
    for file in sorted(run.sources.rglob("*")):
        target = pipeline.sources / file.relative_to(run.sources)
        if file.is_file() and not target.exists():
            with suppress(OSError):  # it is gone, or the disk is full: the run has it still
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
    if is_first and pipeline.sources.is_dir():
        path = pipeline.sources.relative_to(pipeline.path).as_posix()
        note({"name": "sources", "kind": "dir", "path": path, "is_input": True})
