"""References: what a run read or made, noted in its lineage where it lies, without a copy (semantics 5.9)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple, cast

from polyaxon_sdk.tracking.artifacts import StrPath, summary_of
from polyaxon_sdk.tracking.copies import FILE_PATIENCE
from polyaxon_sdk.tracking.given import flag_given, mapping_given, name_or, path_given, text_given
from polyaxon_sdk.tracking.hashes import hash_of_content, hash_of_path
from polyaxon_sdk.tracking.interface import Place
from polyaxon_sdk.tracking.values import plain_values, text_of
from polyaxon_sdk.types import Json

__all__ = ["Reference", "log_body", "log_code", "log_reference", "note"]

_REQUIRED = ("name", "kind")


class Reference(NamedTuple):
    """What is said of a thing that is not copied.

    Attributes:
        path: where it lies: a path on this machine, or a URL; None where only its hash is known.
        kind: `file`, `dir`, `model`, `data`, … (semantics 5.9).
        name: what it is called in the run; by default the file's name without its ending.
        hash: a hash that is known; else it is computed from `content`, or from what lies at `path`.
        content: the thing itself.
        summary: whatever else is known of it.
        is_input: whether the run read it.
        rel_path: its path inside the run, where that is known.
        skip_hash: whether to compute no hash.
        framework: what made a model.
    """

    path: StrPath | None
    kind: str
    name: str | None = None
    hash: str | None = None
    content: object = None
    summary: Mapping[str, object] | None = None
    is_input: bool = False
    rel_path: str | None = None
    skip_hash: bool = False
    framework: str | None = None


def log_reference(place: Place, reference: Reference) -> None:
    """Note a thing in the run's lineage.

    Its path is relative to the run where it lies in it, a URL stays one; of a thing elsewhere on this machine the
    path is its file name, and `meta_info` says where it lies, so that what is known of it is the same on every
    machine (semantics 5.13, T5).

    Its hash takes as long as reading it takes; a disk that hangs is not waited for.

    Raises:
        ValueError: it has neither path nor name.
        InputError: something that is said of it is of another type.
    """
    path = None if reference.path is None else path_given(reference.path, "path")
    if path is not None and "://" not in path:
        path = os.path.abspath(path)
    if not (name := text_of(name_or(reference.name, _stem(path or "")))):
        raise ValueError("it has neither path nor name")
    known = None if reference.hash is None else text_given(reference.hash, "hash", expected="a hash, as text")
    skip = flag_given(reference.skip_hash, "skip_hash_calculation")
    if not known and not skip and reference.content is not None:
        known = hash_of_content(reference.content)  # now: it is the caller's, who may change it
    told = Reference(
        path,
        text_given(reference.kind, "kind", expected="what it is, such as 'file' or 'data'"),
        name,
        known,
        summary=summary_of(reference.framework, reference.summary),
        is_input=flag_given(reference.is_input, "is_input"),
        rel_path=None if reference.rel_path is None else path_given(reference.rel_path, "rel_path"),
        skip_hash=skip,
    )
    place.keep(f"reference to {name!r}", partial(_note, place, told), patience=FILE_PATIENCE)


def _note(place: Place, reference: Reference) -> None:
    """Note what a disk has to be asked for."""
    path, name = cast("str | None", reference.path), reference.name
    shown, location = (reference.rel_path, None) if reference.rel_path else _path_of(place, path)
    summary = cast("dict[str, Json]", dict(reference.summary or {}))
    if path is not None and not reference.hash and not reference.skip_hash:
        reference = reference._replace(hash=hash_of_path(path, place.progress))
    summary.update({"hash": reference.hash} if reference.hash else {})
    artifact: dict[str, Json] = {"name": name, "kind": reference.kind, "is_input": reference.is_input}
    if shown:
        artifact["path"] = summary["path"] = shown
    if location:
        artifact["meta_info"] = {"location": location}
    place.fact("lineage", artifact={**artifact, "summary": summary})


def log_code(place: Place, code: Mapping[str, object] | None, *, is_input: bool) -> None:
    """Note the state of the code: as given, or as git tells of the working folder.

    Raises:
        ValueError: nothing is given, and the working folder is in no repository.
    """
    if code is None:
        from polyaxon_sdk.sidecar.capture import capture_code  # starts git: the sidecar does it by itself

        captured = capture_code(os.getcwd())
        if captured is None:
            raise ValueError(f"{os.getcwd()} is in no git repository")
        code = {name: value for name, value in captured._asdict().items() if name != "diff"}
    summary = plain_values(mapping_given(code, "code_ref"))
    name = str(summary.get("commit") or "uncommitted")
    place.fact(
        "lineage",
        artifact={
            "name": name,
            "kind": "coderef",
            "is_input": flag_given(is_input, "is_input"),
            "summary": summary,
        },
    )


def log_body(place: Place, body: object) -> None:
    """Note artifacts given in Polyaxon's own form: a dict or an object with `to_dict`, or a list of these.

    Raises:
        TypeError: it is nothing of that kind.
        ValueError: an artifact has no name or no kind.
    """
    for each in body if isinstance(body, list | tuple) else [body]:
        to_dict = getattr(each, "to_dict", None)
        artifact = to_dict() if callable(to_dict) else each
        if not isinstance(artifact, Mapping):
            raise TypeError(f"{type(each).__name__} is no artifact")
        fields = plain_values(artifact)
        missing = [name for name in _REQUIRED if not fields.get(name)]
        if missing:
            raise ValueError(f"an artifact has no {' and no '.join(missing)}")
        place.fact("lineage", artifact={"is_input": False, "summary": {}, **fields})


def note(place: Place, /, **meta: Json) -> None:
    """Set free facts about the run."""
    place.fact("meta", values=meta, reset=False)


def _path_of(place: Place, path: str | None) -> tuple[str | None, str | None]:
    """The path that is told of a reference, and where it lies on this machine where that says more."""
    if path is None or "://" in path:
        return path, None
    whole = os.path.realpath(path)
    relative = os.path.relpath(whole, os.path.realpath(place.folder.path))
    if relative.split(os.sep)[0] != os.pardir:
        return relative, None
    return os.path.basename(whole), whole


def _stem(path: str) -> str:
    return os.path.splitext(os.path.basename(path.rstrip("/")))[0]
