"""Running decorated functions again from the sources that a run kept."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeVar

from attrs import evolve

from polyaxon_sdk.authoring.code.sources import kept_sources
from polyaxon_sdk.authoring.code.target import import_object
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.modules import specified_by
from polyaxon_sdk.polyflow import V1CompiledOperation, V1Component, V1Operation, V1Param, read, write
from polyaxon_sdk.polyflow.templates import verbatim
from polyaxon_sdk.runner.descent import Descent
from polyaxon_sdk.runner.draft import Draft, Labels, draft
from polyaxon_sdk.runner.rerun import restart
from polyaxon_sdk.runner.reuse.anew import anew
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings

__all__ = ["rerun"]

T = TypeVar("T", V1CompiledOperation, V1Operation)

_ENTRY = "polyaxon_sdk.authoring"


def rerun(settings: Settings, folder: RunFolder) -> Draft:
    """A new run with the inputs of one that was, and the code that it had in place of what its files hold by now.

    Of a dag or a search, each function in it; of a recorded call, the function, in a process of its own.

    Args:
        settings: tell the home.
        folder: the run that was.

    Raises:
        InputError: it has no decorated function, or kept no sources.
        OSError: it can't be read.
    """
    if not folder.operation.is_file():
        return _recorded(settings, folder)
    drafted = restart(settings, folder)
    operation = _repeated(drafted.operation, folder)
    if operation == drafted.operation:
        raise InputError(
            f"run {folder.uuid[:12]} is none of a decorated function, so its code is not kept",
            expected=f"polyaxon ops restart -uid {folder.uuid[:12]}",
        )
    source = None if drafted.source is None else anew(_repeated(drafted.source, folder))
    return evolve(drafted, operation=anew(operation), source=source)


def _recorded(settings: Settings, folder: RunFolder) -> Draft:
    """The function of a recorded call, with the inputs of that call."""
    state = read_run(folder)
    summary = state.artifacts.get(("sources", "dir"), {}).get("summary")
    target = summary.get("function") if isinstance(summary, dict) else None
    if not isinstance(target, str):
        raise InputError(
            f"run {folder.uuid[:12]} is of a script that called no function to be recorded, or kept no code",
            expected="a run of `polyaxon run`, `.run()` or `.record()`",
        )
    component = specified_by(import_object(_kept_target(folder, target)), target)
    given = {
        name: V1Param(value=verbatim(value)) for name, value in state.inputs.items() if value is not None
    }
    operation = evolve(_operation(component), params=given or None)
    labels = Labels(project=f"{state.owner}/{state.project}", tags=tuple(state.tags))
    drafted = draft(operation, settings=settings, params={}, labels=labels)
    return evolve(drafted, descent=Descent(folder, "restart"))


def _operation(specified: V1Component | V1Operation) -> V1Operation:
    return specified if isinstance(specified, V1Operation) else V1Operation(component=specified)


def _repeated(operation: T, folder: RunFolder) -> T:
    """The operation with the kept file in place of each function's."""
    return read(type(operation), _with_kept(write(operation), folder))


def _with_kept(document: object, folder: RunFolder) -> object:
    if isinstance(document, list):
        return [_with_kept(item, folder) for item in document]
    if not isinstance(document, dict):
        return document
    command, args = document.get("command"), document.get("args")
    if isinstance(command, list) and _ENTRY in command and isinstance(args, list) and args:
        return {**document, "args": [_kept_target(folder, str(args[0]))]}
    return {key: _with_kept(item, folder) for key, item in document.items()}


def _kept_target(folder: RunFolder, target: str) -> str:
    """A function as `FILE.py:NAME`, of the kept copy of its file."""
    file, _, name = target.rpartition(":")
    return f"{_kept(folder, Path(file))}:{name}"


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
