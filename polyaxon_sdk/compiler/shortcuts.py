"""The short ways into the runtime that stand at the top of a file (semantics 1.4)."""

from __future__ import annotations

from collections.abc import Mapping

from polyaxon_sdk.polyflow.problems import at
from polyaxon_sdk.polyflow.resources import split_resource

__all__ = ["SHORTCUTS", "expand", "long_resources"]

SHORTCUTS = (
    "container", "ports", "cmd", "env", "resources", "environment", "init", "connections", "sidecars",
    "volumes",
)  # fmt: skip
"""The keys that stand for parts of the runtime."""

_SHELL = ["/bin/sh", "-c"]
_AS_THEY_ARE = ("ports", "environment", "init", "connections", "sidecars", "volumes")


def expand(fields: Mapping[str, object]) -> dict[str, object]:
    """The part of a runtime that these fields stand for; nothing where none is set.

    Raises:
        SpecError: an unknown resource, or no amount of one.

    >>> expand({"cmd": "echo hi"})
    {'container': {'command': ['/bin/sh', '-c'], 'args': ['set -e\\necho hi']}}
    """
    run: dict[str, object] = {key: fields[key] for key in _AS_THEY_ARE if fields.get(key) is not None}
    container = fields.get("container")
    parts: dict[str, object] = dict(container) if isinstance(container, Mapping) else {}
    if (cmd := fields.get("cmd")) is not None:
        lines = cmd if isinstance(cmd, list) else [cmd]
        parts |= {"command": list(_SHELL), "args": ["\n".join(["set -e", *map(str, lines)])]}
    if isinstance(env := fields.get("env"), Mapping):
        own = parts.get("env")
        added = [{"name": name, "value": value} for name, value in env.items()]
        parts["env"] = (own if isinstance(own, list) else []) + added
    if isinstance(resources := fields.get("resources"), Mapping):
        with at("resources"):
            parts["resources"] = long_resources(resources)
    return run | ({"container": parts} if parts else {})


def long_resources(wanted: Mapping[str, object]) -> dict[str, object]:
    """Requests and limits, as Kubernetes spells them.

    Raises:
        SpecError: an unknown resource, or no amount of one.

    >>> long_resources({"cpu": 2, "gpu": 1})
    {'requests': {'cpu': 2, 'nvidia.com/gpu': 1}, 'limits': {'nvidia.com/gpu': 1}}
    """
    requests: dict[str, object] = {}
    limits: dict[str, object] = {}
    for name, amount in wanted.items():
        for side, found in zip((requests, limits), split_resource(name, amount), strict=True):
            if found is not None:
                side["nvidia.com/gpu" if name == "gpu" else name] = found
    return {part: found for part, found in (("requests", requests), ("limits", limits)) if found}
