"""V1Operation: a component with the values to run it with."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from polyaxon_sdk.polyflow.definition import Definition

__all__ = ["V1Operation"]


@frozen(kw_only=True)
class V1Operation(Definition):
    """How to run a component; the fields are those of `Definition`.

    >>> from polyaxon_sdk.polyflow import V1Component, V1Param
    >>> V1Operation(component=V1Component(name="train"), params={"epochs": V1Param(value=3)}).references
    ['component']
    """

    kind: ClassVar[str] = "operation"
