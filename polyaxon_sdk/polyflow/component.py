"""V1Component: what to run, with typed inputs and outputs."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from polyaxon_sdk.polyflow.definition import Definition
from polyaxon_sdk.polyflow.documentation import documented

__all__ = ["V1Component"]


@documented
@frozen(kw_only=True)
class V1Component(Definition):
    """What to run, with typed inputs and outputs (semantics 1.3).

    >>> from polyaxon_sdk.polyflow import V1Container, V1IO, V1Job
    >>> train = V1Component(
    ...     name="train",
    ...     inputs=[V1IO(name="epochs", type="int")],
    ...     run=V1Job(container=V1Container(command=["python", "train.py"], args="{{ params.as_args }}")),
    ... )
    >>> train.inputs[0].required
    True
    """

    kind: ClassVar[str] = "component"
