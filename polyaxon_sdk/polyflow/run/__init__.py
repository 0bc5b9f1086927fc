"""The runtimes: what `run.kind` names (semantics 1.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

from polyaxon_sdk.polyflow.kinds import Kinds

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.run.job import V1Job

    Runtime: TypeAlias = V1Job
else:
    Runtime = Annotated[object, Kinds(job="V1Job")]

__all__ = ["Runtime"]
