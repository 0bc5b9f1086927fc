"""The specification's nouns, as `polyaxon.schemas`, `polyaxon.polyflow`, `polyaxon.types` and `polyaxon.k8s`."""

from __future__ import annotations

from importlib import import_module

from polyaxon_sdk.exceptions import did_you_mean

__all__ = ["ELSEWHERE"]

_POLYFLOW = "polyaxon_sdk.polyflow"
_KINDS = "polyaxon_sdk.alias.schemas.kinds"
_SPANS = "polyaxon_sdk.tracking.spans"

ELSEWHERE = {
    "V1ArtifactKind": (_KINDS, "V1ArtifactKind"),
    "V1ArtifactsMount": (_POLYFLOW, "V1Mount"),
    "V1EventSpan": (_SPANS, "Span"),
    "V1EventSpanKind": (_KINDS, "V1EventSpanKind"),
    "V1RunArtifact": (_KINDS, "V1RunArtifact"),
}
"""Where a public name lies that polyflow doesn't have under it."""


def __getattr__(name: str) -> object:
    polyflow = import_module(_POLYFLOW)
    if name in polyflow.__all__:
        value: object = getattr(polyflow, name)
    elif name in ELSEWHERE:
        place, own = ELSEWHERE[name]
        value = getattr(import_module(place), own)
    else:
        hint = did_you_mean(name, __dir__())
        raise AttributeError(f"polyaxon-sdk has no schema {name!r}{hint}")
    return value


def __dir__() -> list[str]:
    return sorted({*ELSEWHERE, *import_module(_POLYFLOW).__all__})
