"""V1Operation: a component with the values to run it with."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from polyaxon_sdk.polyflow.definition import Definition
from polyaxon_sdk.polyflow.documentation import documented

__all__ = ["V1Operation"]


@documented
@frozen(kw_only=True)
class V1Operation(Definition):
    """How to run a component (semantics 1.3).

    >>> from polyaxon_sdk.polyflow import V1Component, V1Param
    >>> V1Operation(component=V1Component(name="train"), params={"epochs": V1Param(value=3)}).references
    ['component']
    """

    kind: ClassVar[str] = "operation"
