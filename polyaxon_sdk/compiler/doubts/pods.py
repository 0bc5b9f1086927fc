"""Containers, init steps and groups of pods that no cluster takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

import attrs

from polyaxon_sdk.compiler.doubts.quantities import amount_of
from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.polyflow import Problem, SpecError, V1Container, V1Init, is_template
from polyaxon_sdk.polyflow.problems import Path
from polyaxon_sdk.polyflow.recognition import is_dag, is_replica
from polyaxon_sdk.polyflow.shapes import shape_of
from polyaxon_sdk.polyflow.values import parse

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Runtime

__all__ = ["pod_doubts"]

_RESOURCES = ("limits", "requests", "claims")
_PORTS = range(1, 65536)


def pod_doubts(runtime: V1Runtime) -> Iterator[Problem]:
    """What looks wrong in a runtime's containers, init steps, ports and groups; a dag's operations are left out.

    >>> from polyaxon_sdk.polyflow import V1Job
    >>> [problem.what for problem in pod_doubts(V1Job(container=V1Container(image="a:b:c")))]
    ["'a:b:c' is no image"]
    """
    if not is_dag(runtime):
        yield from _within(runtime, ("run",))


def _within(value: object, path: Path) -> Iterator[Problem]:
    if isinstance(value, list):
        for at, item in enumerate(value):
            yield from _within(item, (*path, at))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _within(item, (*path, key))
    elif isinstance(value, V1Container):
        yield from _container(value, path)
    elif attrs.has(type(value)):
        yield from _own(value, path)
        for field in shape_of(type(cast(attrs.AttrsInstance, value))).fields:
            if (item := getattr(value, field.name)) is not None:
                yield from _within(item, (*path, field.key))


def _own(value: object, path: Path) -> Iterator[Problem]:
    if isinstance(value, V1Init) and not (value.source or value.connection or value.container):
        yield Problem(what="does nothing", path=path, expected="a source such as git or artifacts")
    if is_replica(value) and isinstance(value.replicas, int) and value.replicas < 0:
        yield Problem(what=f"{value.replicas} is not allowed", path=(*path, "replicas"), expected="0 or more")
    ports = getattr(value, "ports", None)
    for at, port in enumerate(ports if isinstance(ports, list) else []):
        if isinstance(port, int) and port not in _PORTS:
            yield Problem(what=f"{port} is no port", path=(*path, "ports", at), expected="1 to 65535")


def _container(container: V1Container, path: Path) -> Iterator[Problem]:
    try:
        container.check()
    except SpecError as error:
        keys = {field.key: field.name for field in shape_of(V1Container).fields}
        for problem in error.under(*path).problems:
            name = keys.get(str(problem.path[len(path)])) if len(problem.path) > len(path) else None
            if name is None or not is_template(getattr(container, name)):
                yield problem
    if (
        isinstance(container.image, str)
        and not is_template(container.image)
        and not _is_image(container.image)
    ):
        yield Problem(
            what=f"{container.image!r} is no image", path=(*path, "image"), expected="such as name:tag"
        )
    if isinstance(container.resources, Mapping):
        yield from _resources(container.resources, (*path, "resources"))


def _is_image(text: str) -> bool:
    name, at, digest = text.partition("@")
    try:
        parse("image", name)
    except InputError:
        return False
    return not at or digest.startswith("sha256:")


def _resources(resources: Mapping[str, object], path: Path) -> Iterator[Problem]:
    for part, amounts in resources.items():
        if part not in _RESOURCES:
            hint = did_you_mean(part, _RESOURCES)
            yield Problem(what="unknown field", path=(*path, part), expected="limits or requests", hint=hint)
        for name, amount in amounts.items() if isinstance(amounts, Mapping) else ():
            if not is_template(amount) and not _is_amount(name, amount):
                expected = "a whole number" if _is_device(name) else "such as 500m or 2Gi"
                yield Problem(what=f"{amount!r} is no amount", path=(*path, part, name), expected=expected)
    requests, limits = resources.get("requests"), resources.get("limits")
    if isinstance(requests, Mapping) and isinstance(limits, Mapping):
        for name in requests:
            asked, most = amount_of(requests[name]), amount_of(limits.get(name))
            if asked is not None and most is not None and asked > most:
                told = f"{requests[name]} is more than the limit {limits[name]}"
                yield Problem(what=told, path=(*path, "requests", name), expected="at most the limit")


def _is_device(name: str) -> bool:
    return name == "gpu" or "/" in name


def _is_amount(name: str, amount: object) -> bool:
    number = amount_of(amount)
    return number is not None and (number.is_integer() or not _is_device(name))
