"""Files that a person logs: copied into the run, with their lineage."""

from __future__ import annotations

import os
from collections.abc import Mapping
from errno import ENOENT
from functools import partial
from typing import NamedTuple

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.hashes import hash_of_path
from polyaxon_sdk.runs.names import file_name
from polyaxon_sdk.runs.owed import mark_of
from polyaxon_sdk.tracking.copies import Copying, check_is_file, keep_copied
from polyaxon_sdk.tracking.given import flag_given, mapping_given, name_or, path_given, text_given
from polyaxon_sdk.tracking.interface import Place
from polyaxon_sdk.tracking.numbers import Moment, step_of
from polyaxon_sdk.tracking.trees import copy_tree, remove
from polyaxon_sdk.tracking.values import plain_values, text_of
from polyaxon_sdk.types import Json

__all__ = ["Artifact", "StrPath", "log_file", "log_lineage", "summary_of"]

StrPath = str | os.PathLike[str]

_TOLD = 3
"""Entries of a folder that are named where they can't be copied."""


class Artifact(NamedTuple):
    """What is said of a logged file or folder.

    Attributes:
        name: what it is called in the run; by default the file's name without its ending.
        kind: `file`, `dir`, `model`, `data`, … (semantics 5.9).
        summary: whatever else is known of it.
        step: where it belongs in a series; None for a single one.
        timestamp: seconds since the epoch or a datetime, by default now.
        rel_path: the folder in the outputs that it goes to under its own file name; by default its `name` in the
            outputs themselves.
        skip_hash: whether to compute no hash.
        framework: what made a model.
    """

    name: str | None
    kind: str
    summary: Mapping[str, object] | None = None
    step: int | None = None
    timestamp: Moment | None = None
    rel_path: str | None = None
    skip_hash: bool = False
    framework: str | None = None


def log_file(place: Place, path: StrPath, artifact: Artifact) -> None:
    """Copy what lies at `path` into the run, unless it is there already, and say so in the run's lineage.

    With a step it goes to `assets/<kind>/` and becomes an event, without one to `outputs/` (semantics 5.2). That
    takes as long as copying does; a disk that hangs is not waited for.
    """
    given = path_given(path, "path")
    if place.writes:
        source = os.path.abspath(given)
        keep_copied(
            place,
            f"artifact {given!r}",
            partial(_keep_file, place, source, _checked(place, artifact, source)),
        )


def summary_of(framework: object, summary: object) -> dict[str, Json]:
    """What else is known of a file, as JSON; of a model, what made it.

    Raises:
        InputError: `summary` or `framework` is of another type.
    """
    made = "" if framework is None else text_given(framework, "framework")
    known: dict[str, Json] = {"framework": made} if made else {}
    return {**known, **plain_values(mapping_given(summary, "summary"))}


def _checked(place: Place, artifact: Artifact, source: str) -> Artifact:
    """What is said of a file, each of its type, and named.

    Raises:
        InputError: something is of another type.
    """
    name = name_or(artifact.name, os.path.splitext(os.path.basename(source))[0])
    return Artifact(
        place.named(text_of(name)),
        text_given(artifact.kind, "kind", expected="what it is, such as 'file' or 'model'"),
        summary_of(artifact.framework, artifact.summary),
        artifact.step,
        artifact.timestamp,
        rel_path=None if artifact.rel_path is None else path_given(artifact.rel_path, "rel_path"),
        skip_hash=flag_given(artifact.skip_hash, "skip_hash_calculation"),
    )


def _keep_file(place: Place, source: str, artifact: Artifact, copying: Copying) -> None:
    if not os.path.exists(source):
        raise FileNotFoundError(ENOENT, "there is no such file")
    if not os.path.isdir(source):
        check_is_file(source)
    own = _inside_already(place, source)
    place.progress()  # a server that is busy takes its time over each step
    relative = own or _copied(place, source, _target(artifact, source), copying)
    if artifact.step is None:
        kind = "dir" if artifact.kind == "file" and os.path.isdir(source) else artifact.kind
        _log_made(place, relative, artifact._replace(kind=kind), is_copy=own is None)
    else:
        known: dict[str, Json] = {} if artifact.kind == "model" else {"kind": artifact.kind}
        value: dict[str, Json] = {**known, **plain_values(artifact.summary or {}), "path": relative}
        place.event(
            artifact.kind, artifact.name or "", value, step=artifact.step, timestamp=artifact.timestamp
        )


def log_lineage(
    place: Place,
    name: str,
    kind: str,
    relative: str,
    summary: dict[str, Json],
    *,
    is_input: bool = False,
    pending: str | None = None,
) -> None:
    """Say that the run made `relative`, a path inside it, or with `is_input` that it read it.

    With `pending` its hash follows: that of the contents that are marked so.
    """
    artifact: dict[str, Json] = {
        "name": name,
        "kind": kind,
        "path": relative,
        "is_input": is_input,
        "summary": {"path": relative, **summary},
        **({} if pending is None else {"pending": pending}),
    }
    place.fact("lineage", artifact=artifact)


def _target(artifact: Artifact, source: str) -> str:
    ending, name = os.path.splitext(source)[1], file_name(artifact.name or "")
    if artifact.step is None:
        own = (
            os.path.join(artifact.rel_path.strip("/"), os.path.basename(source)) if artifact.rel_path else ""
        )
        return f"outputs/{own or f'{name}{ending}'}"
    step = step_of(artifact.step)
    at = file_name(text_of(artifact.step)) if step is None else step
    return f"assets/{file_name(artifact.kind)}/{name}_{at}{ending}"


def _log_made(place: Place, relative: str, artifact: Artifact, *, is_copy: bool) -> None:
    """Say that the run made it. A copy, which nobody else writes to, is hashed by the sidecar, other files at once."""
    summary, pending = plain_values(artifact.summary or {}), None
    try:
        if not artifact.skip_hash and "hash" not in summary:
            path = str(place.folder.inside(relative))
            if is_copy:
                pending = mark_of(path)
            else:
                summary = {**summary, "hash": hash_of_path(path, place.progress)}
    except OSError as error:
        place.trouble(f"artifact {relative!r} is noted without its hash: {error.strerror or error}")
    log_lineage(place, artifact.name or "", artifact.kind, relative, summary, pending=pending)


def _inside_already(place: Place, source: str) -> str | None:
    """The path of `source` in the run where it lies there.

    Raises:
        InputError: the run lies in `source`, so that a copy would hold itself.
    """
    relative = os.path.relpath(os.path.realpath(source), os.path.realpath(place.folder.path))
    first, *others = relative.split(os.sep)
    if {first, *others} <= {os.curdir, os.pardir}:
        raise InputError("the run lies in it")
    return None if first == os.pardir else relative


def _copied(place: Place, source: str, relative: str, copying: Copying) -> str:
    target = str(place.folder.inside(relative))
    os.makedirs(os.path.dirname(target), exist_ok=True)
    place.progress()
    draft = os.path.join(os.path.dirname(target), f".{os.path.basename(target)}.{os.getpid()}.part")
    try:
        if os.path.isdir(source):
            _tell_left_out(place, source, copy_tree(source, draft, copying))
            remove(target)
        else:
            copying.copy(source, draft)
        os.replace(draft, target)
        place.progress()
    except (OSError, ValueError):
        remove(draft)
        raise
    return relative


def _tell_left_out(place: Place, source: str, left_out: dict[str, str]) -> None:
    told = [f"{path!r} ({why})" for path, why in left_out.items()][:_TOLD]
    more = f" and {len(left_out) - _TOLD} more" if len(left_out) > _TOLD else ""
    if told:
        place.trouble(f"artifact {source!r} is kept without {', '.join(told)}{more}")
