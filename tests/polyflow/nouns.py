"""The classes of the specification, and its enumerations, by their public names."""

from __future__ import annotations

from enum import StrEnum

import attrs

from polyaxon_sdk import polyflow
from polyaxon_sdk.polyflow.problems import Problem

__all__ = ["ENUMERATIONS", "NOUNS"]

_CLASSES = {name: found for name in polyflow.__all__ if isinstance(found := getattr(polyflow, name), type)}

ENUMERATIONS: dict[str, type[StrEnum]] = {
    name: found for name, found in _CLASSES.items() if issubclass(found, StrEnum)
}
NOUNS: dict[str, type[attrs.AttrsInstance]] = {
    name: found for name, found in _CLASSES.items() if attrs.has(found) and found is not Problem
}
