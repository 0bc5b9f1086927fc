"""Retries, time limits and shares that can't be."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from polyaxon_sdk.polyflow import Problem, V1CompiledOperation
from polyaxon_sdk.polyflow.problems import Path
from polyaxon_sdk.polyflow.shapes import camel

__all__ = ["limit_doubts", "share_doubts"]


def limit_doubts(merged: V1CompiledOperation) -> Iterator[Problem]:
    """Negative retries, time limits and costs of keeping."""
    termination = merged.termination
    if not attrs.has(type(termination)):
        return
    path: Path = ("termination",)
    yield from _least(termination, ("max_retries", "ttl"), path, least=0)
    yield from _least(termination, ("timeout",), path, least=1)
    culling = getattr(termination, "culling", None)
    yield from _least(culling, ("timeout",), (*path, "culling"), least=1)


def share_doubts(stopping: object, path: Path) -> Iterator[Problem]:
    """Shares of early stopping that are none of 100, and looks that lie no step apart."""
    for at, rule in enumerate(stopping if isinstance(stopping, list) else []):
        for where, holder in (((), rule), (("policy",), getattr(rule, "policy", None))):
            percent = getattr(holder, "percent", None)
            if isinstance(percent, (int, float)) and not 0 <= percent <= 100:
                told = f"{percent:g} is not allowed"
                yield Problem(what=told, path=(*path, at, *where, "percent"), expected="0 to 100")
        policy, place = getattr(rule, "policy", None), (*path, at, "policy")
        yield from _least(policy, ("evaluation_interval",), place, least=1)
        yield from _least(policy, ("min_interval", "min_samples"), place, least=0)


def _least(holder: object, names: tuple[str, ...], path: Path, *, least: int) -> Iterator[Problem]:
    for name in names:
        value = getattr(holder, name, None)
        if isinstance(value, (int, float)) and value < least:
            yield Problem(
                what=f"{value} is not allowed", path=(*path, camel(name)), expected=f"{least} or more"
            )
