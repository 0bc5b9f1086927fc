"""Starting runs that go on by themselves, whatever becomes of the process that starts them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic, sleep
from typing import Any

from polyaxon_sdk.exceptions import InputError, PolyaxonError
from polyaxon_sdk.polyflow import V1CompiledOperation, V1Operation, read, write
from polyaxon_sdk.runner.carrying import plan_any
from polyaxon_sdk.runner.descent import Descent
from polyaxon_sdk.runner.draft import Draft
from polyaxon_sdk.runner.uploads import Upload
from polyaxon_sdk.runner.upstream import Edge
from polyaxon_sdk.runs.detached import Program, start_detached
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.script import imported_now
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.runs.writer import process_start
from polyaxon_sdk.settings import Settings

__all__ = ["DESCRIPTOR", "handed_over", "start", "upload_of"]

DESCRIPTOR = 3
"""Where the process that carries a run out finds the draft of it."""

_STARTS_WITHIN = 120.0
_POLL = 0.02


def start(
    drafted: Draft, *, upload: Upload | None = None, tell: Callable[[str], object] | None = None
) -> RunFolder:
    """Carry a run out in a process of its own; where it lies, once it is there.

    The draft, which may hold secrets, is handed over in a file without a name.

    Args:
        upload: files of this machine that it takes along.
        tell: gets what a person is told first of the run, before it is started; as `Plan.notes`.

    Raises:
        InputError: it can't be carried out here, or it is started while a person's file is imported to be run, which
            would start it again and again.
        PolyaxonError: no process could begin it.
        OSError: no process can be started.

    >>> start(restart(settings, folder)).uuid  # doctest: +SKIP
    '0f3a…'
    """
    if (imported := imported_now()) is not None:
        raise InputError(
            "a run is started while the file is imported: whoever carries that one out imports it too",
            where=str(imported),
            expected='it below `if __name__ == "__main__":`',
        )
    plan = plan_any(drafted)
    if tell is not None:
        for note in plan.notes:
            tell(note)
    before = _attempts(drafted.folder)
    with TemporaryFile() as file:
        file.write(json.dumps({**_document(drafted), "upload": _written(upload)}).encode("ascii"))
        file.seek(0)
        program = Program("polyaxon_sdk.runner", ())
        if drafted.ports is not None:
            drafted.ports.release()
        [pid] = start_detached([program], added={}, descriptors={DESCRIPTOR: file.fileno()})
    deadline = monotonic() + _STARTS_WITHIN
    while _attempts(drafted.folder) == before:
        if process_start(pid) is None or monotonic() > deadline:
            raise PolyaxonError(f"run {drafted.folder.uuid[:12]} can't be begun in {drafted.folder.path}")
        sleep(_POLL)
    return drafted.folder


def handed_over(document: Mapping[str, Any], settings: Settings) -> Draft:  # JSON that `start` wrote
    """The draft that another process wrote down."""
    source, descent = document["source"], document["descent"]
    return Draft(
        folder=RunFolder(document["folder"]),
        context=Path(document["context"]),
        settings=settings,
        owner=document["owner"],
        project=document["project"],
        operation=read(V1CompiledOperation, document["operation"]),
        edges=tuple(Edge(*each) for each in document["edges"]),
        source=None if source is None else read(V1Operation, source),
        descent=descent and Descent(RunFolder(descent[0]), descent[1], tuple(descent[2])),
    )


def _document(drafted: Draft) -> dict[str, object]:
    descent, source = drafted.descent, drafted.source
    return {
        "folder": str(drafted.folder.path),
        "context": str(drafted.context),
        "owner": drafted.owner,
        "project": drafted.project,
        "operation": write(drafted.operation),
        "edges": drafted.edges,
        "source": None if source is None else write(source),
        "descent": descent and [str(descent.original.path), descent.kind, descent.copies],
    }


def upload_of(document: Mapping[str, Any]) -> Upload | None:  # JSON that `start` wrote
    """The files that another process wants taken along."""
    written = document.get("upload")
    return written and Upload(tuple(Path(path) for path in written[0]), written[1])


def _written(upload: Upload | None) -> list[object] | None:
    return None if upload is None else [[str(path.absolute()) for path in upload.paths], upload.target]


def _attempts(folder: RunFolder) -> int:
    """How many attempts of a run were begun."""
    run = read_run(folder)
    return run.attempt + bool(run.conditions)
