"""What a join finds by now, for a dag that is called with values."""

from __future__ import annotations

from typing import cast

from polyaxon_sdk.compiler import Globals
from polyaxon_sdk.polyflow import V1IO, V1Component, V1Job, V1Join, V1Operation
from polyaxon_sdk.polyflow.templates import unverbatim
from polyaxon_sdk.runner.draft import project_of
from polyaxon_sdk.runner.upstream import with_upstream
from polyaxon_sdk.settings import load

__all__ = ["found_now"]


def found_now(join: V1Join) -> list[object]:
    """The values of a join's one param, of the runs of this home.

    Raises:
        InputError: the query is wrong.
    """
    settings = load()
    owner, project = project_of(settings.project)
    inputs = [V1IO(name=name, is_list=True) for name in join.params or {}]
    operation = V1Operation(component=V1Component(inputs=inputs, run=V1Job()), joins=[join])
    run = Globals(owner_name=owner, project_name=project)
    filled = with_upstream(operation, run=run, settings=settings, params={}).operation.params or {}
    [param] = filled.values()
    return cast("list[object]", unverbatim(param.value))
