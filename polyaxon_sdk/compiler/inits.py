"""The init steps of a runtime: those that inputs ask for, and where each reads from (semantics 1.6 and 1.8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve

from polyaxon_sdk.polyflow import V1IO, SpecError
from polyaxon_sdk.polyflow.problems import fault
from polyaxon_sdk.polyflow.recognition import is_dag, is_job, is_replica

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Init, V1Job, V1KFReplica, V1Runtime

__all__ = ["fetched", "inits_of", "with_inits"]

_STORED = frozenset({"artifacts", "paths"})
"""The sources that are read from the artifacts store where no connection is named; the others know their own."""

_GROUPS = ("chief", "ps", "worker", "evaluator", "master", "launcher", "head", "workers", "scheduler")
_SOURCES = frozenset({"git", "artifacts", "dockerfile", "file", "tensorboard"})

J = TypeVar("J", "V1Job", "V1KFReplica")


def inits_of(ios: Sequence[V1IO]) -> list[V1Init]:
    """An init step for each input that asks for one and has a value, in order; none for nothing of a join.

    Raises:
        SpecError: an input whose type can't be fetched, and that has no connection.

    >>> inits_of([V1IO(name="code", type="git", value={"url": "https://a/b"}, to_init=True)])[0].source
    'git'
    """
    return [_init(io) for io in fetched(ios)]


def fetched(ios: Sequence[V1IO]) -> list[V1IO]:
    """Those that have an init step: they ask for one, and name something to fetch.

    >>> fetched([V1IO(name="code", type="artifacts", value={"files": [], "dirs": []}, to_init=True)])
    []
    """
    return [io for io in ios if io.to_init and io.value is not None and not _is_nothing(io)]


def _is_nothing(io: V1IO) -> bool:
    merged = _merged(io.value) if io.type == "artifacts" else io.value
    return merged == [] or (io.type == "artifacts" and isinstance(merged, dict) and not any(merged.values()))


def with_inits(runtime: V1Runtime, wanted: Sequence[V1Init], *, store: str | None) -> V1Runtime:
    """The runtime with these steps before its own, in every group of pods.

    Args:
        store: the connection of each of its own steps that reads the artifacts store and names none.

    >>> from polyaxon_sdk.polyflow import V1ArtifactsType, V1Init, V1Job
    >>> job = V1Job(init=[V1Init(artifacts=V1ArtifactsType(files=["a"]))])
    >>> with_inits(job, [], store="artifacts").init[0].connection
    'artifacts'
    """
    if is_job(runtime):
        return _prepared(runtime, wanted, store)
    if is_dag(runtime):
        return runtime
    groups = {
        name: _group(getattr(runtime, name), wanted, store) for name in _GROUPS if hasattr(runtime, name)
    }
    return evolve(runtime, **groups)


def _group(group: object, wanted: Sequence[V1Init], store: str | None) -> Any:  # a group, or groups by name
    if is_replica(group):
        return _prepared(group, wanted, store)
    if isinstance(group, dict):
        return {name: _group(one, wanted, store) for name, one in group.items()}
    return group


def _prepared(job: J, wanted: Sequence[V1Init], store: str | None) -> J:
    own: list[V1Init] = job.init if isinstance(job.init, list) else []
    stored: list[V1Init] = [
        evolve(one, connection=store) if one.connection is None and one.source in _STORED else one
        for one in own
    ]
    return evolve(job, init=[*wanted, *stored]) if wanted or stored else job


def _init(io: V1IO) -> V1Init:
    from polyaxon_sdk.polyflow import V1Init, read  # 7 classes, for those who fetch something

    parts: dict[str, object] = {"connection": io.connection} if io.connection else {}
    if io.type in _SOURCES:
        parts[io.type] = _merged(io.value) if io.type == "artifacts" else io.value
    elif io.connection is None:
        expected = "git, artifacts, dockerfile, file or tensorboard, or a connection"
        raise fault(f"type {io.type} can't be fetched", path=("params", io.name, "toInit"), expected=expected)
    elif io.type == "path":
        parts["paths"] = io.value if isinstance(io.value, list) else [io.value]
    try:
        return read(V1Init, parts)
    except SpecError as error:
        raise error.under("params", io.name) from error


def _merged(value: object) -> object:
    """Several `{files, dirs}` as one."""
    if not isinstance(value, list):
        return value
    merged: dict[str, list[object]] = {}
    for part in value:
        for key in ("files", "dirs"):
            found = part.get(key) if isinstance(part, dict) else None
            merged.setdefault(key, []).extend(found if isinstance(found, list) else [])
    return {key: found for key, found in merged.items() if found}
