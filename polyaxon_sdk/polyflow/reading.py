"""Reading what a Polyaxonfile holds: a component or an operation."""

from __future__ import annotations

from polyaxon_sdk.polyflow.component import V1Component
from polyaxon_sdk.polyflow.converter import read
from polyaxon_sdk.polyflow.operation import V1Operation

__all__ = ["read_component", "read_operation"]


def read_component(data: object) -> V1Component:
    """The component that plain data describes.

    >>> read_component({"kind": "component", "name": "train"}).name
    'train'
    """
    return read(V1Component, data)


def read_operation(data: object) -> V1Operation:
    """The operation that plain data describes.

    >>> read_operation({"params": {"lr": 0.1}}).params["lr"].value
    0.1
    """
    return read(V1Operation, data)
