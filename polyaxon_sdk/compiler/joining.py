"""Joins: the values of many runs, each param's as one list (semantics 3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from polyaxon_sdk.compiler.referring import RunValues, look_up
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Param
from polyaxon_sdk.polyflow.templates import verbatim

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Join, V1JoinParam

__all__ = ["collect"]


def collect(joins: Sequence[tuple[V1Join, Sequence[RunValues]]]) -> dict[str, V1Param]:
    """The params that joins give, each with a list of one value a run.

    A run without the value gives none in its place; no run at all gives an empty list; `{files, dirs}` gives one
    such mapping with the paths of all runs. A param of two joins has the values of both.

    Args:
        joins: each join, its templates resolved, with the runs that it found, in order.

    Raises:
        InputError: a param of two joins is a list in one and a mapping in the other.

    >>> from polyaxon_sdk.polyflow import V1Join, V1JoinParam
    >>> join = V1Join(query="kind:job", params={"losses": V1JoinParam(value="outputs.loss")})
    >>> runs = [RunValues(uuid="a", outputs={"loss": 0.0}), RunValues(uuid="b")]
    >>> collect([(join, runs)])["losses"].value
    [0.0, None]
    """
    params: dict[str, V1Param] = {}
    for join, runs in joins:
        for name, wanted in (join.params or {}).items():
            value = _collected(wanted, runs)
            if name in params:
                value = _joined(name, params[name].value, value)
            params[name] = evolve(_param(wanted), value=verbatim(value))
    return params


def _param(wanted: V1JoinParam) -> V1Param:
    return V1Param(
        context_only=wanted.context_only,
        connection=wanted.connection,
        to_init=wanted.to_init,
        to_env=wanted.to_env,
    )


def _collected(wanted: V1JoinParam, runs: Sequence[RunValues]) -> object:
    found = [look_up(wanted.value, run) for run in runs]
    if not isinstance(wanted.value, dict):
        return found
    merged: dict[str, object] = {"files": [], "dirs": []}
    for one in found:
        merged = {part: [*_list(merged[part]), *_list(_mapping(one)[part])] for part in merged}
    return merged


def _joined(name: str, first: object, second: object) -> object:
    if isinstance(first, list) and isinstance(second, list):
        return first + second
    if isinstance(first, dict) and isinstance(second, dict):
        return {part: [*_list(first[part]), *_list(second[part])] for part in first}
    raise InputError(f"{name!r} is a list in one join and files and dirs in another", path="joins")


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


def _mapping(value: object) -> dict[str, object]:
    assert isinstance(value, dict)
    return value
