"""The code of a pipeline: what its runs kept of theirs, so that the pipeline can be repeated without them."""

from __future__ import annotations

import os
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
    sources, kept = os.fspath(run.sources), os.fspath(pipeline.sources)
    if not os.path.isdir(sources):
        return
    is_first = not os.path.isdir(kept)
    for folder, _, files in os.walk(sources):  # paths of all of them would take most of the time
        there = f"{kept}{folder.removeprefix(sources)}"
        for name in sorted(files):
            target = f"{there}/{name}"
            if not os.path.exists(target):
                with suppress(OSError):  # it is gone, or the disk is full: the run has it still
                    os.makedirs(there, exist_ok=True)
                    shutil.copyfile(f"{folder}/{name}", target)
    if is_first and os.path.isdir(kept):
        path = pipeline.sources.relative_to(pipeline.path).as_posix()
        note({"name": "sources", "kind": "dir", "path": path, "is_input": True})
