"""Which module of ours stands for which of the public packages."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["INTEGRATIONS", "PLACES"]

INTEGRATIONS: Mapping[str, Mapping[str, str]] = {
    package: {"keras": "polyaxon_sdk.alias.contrib.keras"}
    for package in ("polyaxon.tracking.contrib", "traceml.integrations")
}
"""The frameworks that each package of integrations has, with the module that stands for each."""

PLACES: Mapping[str, str] = {
    "polyaxon._k8s": "polyaxon_sdk.alias.schemas",
    "polyaxon._k8s.k8s_schemas": "polyaxon_sdk.alias.schemas",
    "polyaxon.client": "polyaxon_sdk.client",
    "polyaxon.exceptions": "polyaxon_sdk.alias.exceptions",
    "polyaxon.k8s": "polyaxon_sdk.alias.schemas",
    "polyaxon.polyflow": "polyaxon_sdk.alias.schemas",
    "polyaxon.schemas": "polyaxon_sdk.alias.schemas",
    "polyaxon.settings": "polyaxon_sdk.alias.settings",
    "polyaxon.tracking": "polyaxon_sdk.tracking",
    "polyaxon.tracking.contrib": "polyaxon_sdk.alias.contrib",
    "polyaxon.tracking.run": "polyaxon_sdk.tracking.run",
    "polyaxon.types": "polyaxon_sdk.alias.schemas",
    "traceml.artifacts": "polyaxon_sdk.alias.schemas",
    "traceml.artifacts.enums": "polyaxon_sdk.alias.schemas",
    "traceml.artifacts.schemas": "polyaxon_sdk.alias.schemas",
    "traceml.events": "polyaxon_sdk.alias.schemas",
    "traceml.events.schemas": "polyaxon_sdk.alias.schemas",
    "traceml.exceptions": "polyaxon_sdk.alias.exceptions",
    "traceml.integrations": "polyaxon_sdk.alias.contrib",
    "traceml.tracking": "polyaxon_sdk.tracking",
    "traceml.tracking.run": "polyaxon_sdk.tracking.run",
    **{
        f"{package}.{name}": place for package, found in INTEGRATIONS.items() for name, place in found.items()
    },
}
"""The module of ours for each public one; what is not here is told to be missing."""
