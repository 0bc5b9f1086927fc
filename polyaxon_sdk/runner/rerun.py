"""Starting again what a run was started from: as a new run, or as a new attempt of the same one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from attrs import evolve, field, frozen

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.layers import lay_over
from polyaxon_sdk.polyflow import V1CompiledOperation, V1Operation, read
from polyaxon_sdk.runner.descent import WHOLE, Descent, paths_in
from polyaxon_sdk.runner.draft import (
    Draft,
    Labels,
    check_store,
    check_whole,
    draft,
    labelled,
    ports_of,
    project_of,
)
from polyaxon_sdk.runner.uploads import Upload
from polyaxon_sdk.runner.upstream import Edge
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.watch import crew

__all__ = ["Changes", "as_it_is", "compiled_of", "ports_of_run", "restart", "resume", "source_of"]

T = TypeVar("T", V1CompiledOperation, V1Operation)

_UPLOADS = Upload(()).target


@frozen(kw_only=True)
class Changes:
    """What is to be other than it was; nothing by default.

    Args:
        labels: what the run is called; what is None stays.
        over: laid over what was compiled, which is then compiled anew.
        params: values above its own; the same.
        recompile: compile it anew, with the joins, presets and references as they are now.
        adopts_space: of a search that is resumed, go on in another space.
    """

    labels: Labels = field(factory=Labels)
    over: V1Operation | None = None
    params: Mapping[str, object] = field(factory=dict)
    recompile: bool = False
    adopts_space: bool = False

    @property
    def compiles(self) -> bool:
        """Whether the operation is compiled anew."""
        return self.recompile or self.over is not None or bool(self.params)


def restart(
    settings: Settings,
    folder: RunFolder,
    changes: Changes | None = None,
    *,
    copy: bool = False,
    paths: Sequence[str] = (),
) -> Draft:
    """A new run of what a run was started from; nothing is created.

    Args:
        settings: tell the home.
        folder: the run that was.
        changes: what is to be other.
        copy: take all of its outputs and assets along.
        paths: files and folders of it to take along.

    Raises:
        InputError: it was started by hand, has no such file, or a change is wrong.
        OSError: it can't be read.
    """
    state, changes = read_run(folder), changes or Changes()
    copies = paths_in(folder, [*(each for each in WHOLE if copy and (folder.path / each).is_dir()), *paths])
    drafted = _draft(settings, folder, state, changes, RunFolder(settings.runs / new_uuid()))
    kind = "copy" if copy or copies else "restart"
    if (folder.path / _UPLOADS).is_dir():
        copies = (*copies, _UPLOADS)  # what it was started with
    return evolve(drafted, descent=Descent(folder, "copy" if kind == "copy" else "restart", copies))


def resume(settings: Settings, folder: RunFolder, changes: Changes | None = None) -> Draft:
    """A new attempt of the same run, which goes on in its folder; nothing is changed yet.

    Raises:
        InputError: it goes on, was started by hand, or a change is wrong.
        OSError: it can't be read.
    """
    state, changes = read_run(folder), changes or Changes()
    if not state.is_done and not crew(folder, read_facts(folder)).is_abandoned:
        raise InputError(f"run {folder.uuid[:12]} is {state.status}", expected="one that is over")
    is_other_search = state.kind == "matrix" and changes.over is not None
    if state.kind in ("dag", "matrix") and changes.compiles and not is_other_search:
        raise InputError(
            "a pipeline goes on as it is, since its runs are kept", expected="polyaxon ops restart"
        )
    if changes.labels.project is not None:
        raise InputError("a run keeps its project when it is resumed", expected="polyaxon ops transfer")
    if is_other_search and changes.over is not None:
        # Matrices are compared as they are merged, which is for those who change one.
        from polyaxon_sdk.runner.changed_search import with_search

        over = with_search(source_of(folder), changes.over, adopts_space=changes.adopts_space)
        labels = _labels(state, changes.labels)
        drafted = draft(over, settings=settings, params=changes.params, labels=labels, folder=folder)
    else:
        drafted = _draft(settings, folder, state, changes, folder)
    return evolve(drafted, descent=Descent(folder, "resume"))


def as_it_is(settings: Settings, folder: RunFolder) -> Draft:
    """What a run is carried out of that goes on.

    Raises:
        InputError: it was started by hand, or holds what was masked.
        OSError: it can't be read.
    """
    state = read_run(folder)
    return _as_it_was(settings, folder, state, _labels(state, Labels()), folder)


def compiled_of(folder: RunFolder) -> V1CompiledOperation:
    """What a run is carried out of.

    Raises:
        InputError: it was started by hand.
    """
    return _document(folder, folder.operation, V1CompiledOperation)


def source_of(folder: RunFolder) -> V1Operation:
    """What a run was compiled from, with its params.

    Raises:
        InputError: it was started by hand.
    """
    return _document(folder, folder.source, V1Operation)


def _draft(
    settings: Settings, folder: RunFolder, state: RunState, changes: Changes, target: RunFolder
) -> Draft:
    labels = _labels(state, changes.labels)
    if changes.compiles:
        source = _document(folder, folder.source, V1Operation)
        operation = source if changes.over is None else lay_over(source, changes.over)
        return draft(operation, settings=settings, params=changes.params, labels=labels, folder=target)
    drafted = _as_it_was(settings, folder, state, labels, target)
    ports = ports_of(drafted.operation, kept=ports_of_run(folder))
    if ports is None or [*ports.numbers] == [*ports_of_run(folder)]:
        return evolve(drafted, ports=ports)
    ports.release()  # others are to be named wherever it names them
    source = _document(folder, folder.source, V1Operation)
    return draft(source, settings=settings, params={}, labels=labels, folder=target)


def ports_of_run(folder: RunFolder) -> tuple[int, ...]:
    """The ports that a service was given; none of another run."""
    with suppress(OSError, ValueError, AttributeError):  # it has no operation, or one of garbage
        run = json.loads(folder.operation.read_bytes()).get("run")
        ports = run.get("ports") if run.get("kind") == "service" else None
        return tuple(port for port in ports or () if isinstance(port, int))
    return ()


def _labels(state: RunState, labels: Labels) -> Labels:
    return evolve(labels, project=labels.project or f"{state.owner}/{state.project}")


def _as_it_was(
    settings: Settings, folder: RunFolder, state: RunState, labels: Labels, target: RunFolder
) -> Draft:
    check_store(settings)
    operation = _document(folder, folder.operation, V1CompiledOperation, target.uuid)
    check_whole(operation)
    has_source = folder.source.is_file()
    owner, project = project_of(labels.project or state.project)
    tags = list(dict.fromkeys([*(operation.tags or []), *labels.tags]))
    return Draft(
        folder=target,
        context=settings.home / "contexts" / target.uuid,
        settings=settings,
        owner=owner,
        project=project,
        operation=evolve(
            operation,
            name=labels.name or operation.name,
            description=labels.description or operation.description,
            tags=tags or None,
        ),
        # Those that it took values from; the pipeline that made it did not make this one.
        edges=tuple(Edge(each.uuid, each.kind, list(each.values)) for each in state.upstream if each.values),
        source=labelled(_document(folder, folder.source, V1Operation), labels) if has_source else None,
    )


def _document(folder: RunFolder, file: Path, kind: type[T], uuid: str | None = None) -> T:
    """An operation of a run; paths in it are those of the run `uuid`."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(
            f"run {folder.uuid[:12]} has no {file.name}: nothing tells what it was started from",
            expected="a run that `polyaxon run` started",
        ) from None
    try:
        return read(kind, json.loads(text.replace(folder.uuid, uuid or folder.uuid)))
    except ValueError as error:
        raise InputError(f"it is no JSON: {error}", where=str(file)) from error
