"""The classes of the specification, and its enumerations, by their names."""

from __future__ import annotations

from enum import StrEnum

import attrs

from polyaxon_sdk import polyflow
from polyaxon_sdk.polyflow.hp.parts import Parts
from polyaxon_sdk.polyflow.problems import Problem

__all__ = ["ENUMERATIONS", "NOUNS"]


def _below(cls: type[Parts]) -> list[type[Parts]]:
    return [found for each in cls.__subclasses__() for found in (each, *_below(each))]


_CLASSES = {name: found for name in polyflow.__all__ if isinstance(found := getattr(polyflow, name), type)}
_PARTS = {each.__name__: each for each in _below(Parts)}

ENUMERATIONS: dict[str, type[StrEnum]] = {
    name: found for name, found in _CLASSES.items() if issubclass(found, StrEnum)
}
NOUNS: dict[str, type[attrs.AttrsInstance]] = {
    name: found for name, found in {**_CLASSES, **_PARTS}.items() if attrs.has(found) and found is not Problem
}
