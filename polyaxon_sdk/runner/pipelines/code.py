"""The code of a pipeline: what its runs kept of theirs, so that the pipeline can be repeated without them."""

from __future__ import annotations

import shutil
from contextlib import suppress

from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["keep_code"]


def keep_code(pipeline: RunFolder, run: RunFolder) -> bool:
    """Keep the source files of a run with its pipeline, those that it lacks; what can't be read is left out.

    Returns:
        Whether these are the first.

    >>> keep_code(RunFolder(home / "runs" / pipeline), RunFolder(home / "runs" / uuid))  # doctest: +SKIP
    True
    """
    is_first = not pipeline.sources.is_dir()
    for file in sorted(run.sources.rglob("*")):
        target = pipeline.sources / file.relative_to(run.sources)
        if file.is_file() and not target.exists():
            with suppress(OSError):  # it is gone, or the disk is full: the run has it still
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
    return is_first and pipeline.sources.is_dir()
