"""What a file may say though nothing can come of it: a warning each, since what it asks may be right elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from polyaxon_sdk.compiler.doubts.limits import limit_doubts
from polyaxon_sdk.compiler.doubts.pods import pod_doubts
from polyaxon_sdk.polyflow import Problem, V1CompiledOperation

__all__ = ["doubts"]


def doubts(merged: V1CompiledOperation) -> list[str]:
    """A line for each value that looks wrong: its field, what was expected, the nearest valid word.

    Templates are left out, so that the same may be asked again once they are resolved.

    >>> from polyaxon_sdk.polyflow import V1Termination
    >>> doubts(V1CompiledOperation(termination=V1Termination(max_retries=-1)))
    ['termination.maxRetries: -1 is not allowed, expected 0 or more']
    """
    return [str(problem.error()) for problem in _all(merged)]


def _all(merged: V1CompiledOperation) -> Iterator[Problem]:
    inputs = [io.name for io in merged.inputs or []]
    yield from limit_doubts(merged)
    if merged.schedule is not None:
        from polyaxon_sdk.compiler.doubts.times import time_doubts  # a plain job has no schedule

        yield from time_doubts(merged.schedule)
    if merged.joins:
        from polyaxon_sdk.compiler.doubts.queries import query_doubts  # nor a join

        yield from query_doubts(merged.joins, inputs)
    if merged.matrix is not None:
        from polyaxon_sdk.compiler.doubts.searches import search_doubts  # nor a search

        yield from search_doubts(merged.matrix, inputs)
    if merged.run is not None:
        yield from pod_doubts(merged.run)
