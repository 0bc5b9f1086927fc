"""How often a run tries again, and how long it may take (semantics 1.12)."""

from __future__ import annotations

from attrs import frozen

from polyaxon_sdk.polyflow import V1CompiledOperation, V1Termination

__all__ = ["Termination", "pause_before", "termination_of"]

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0


@frozen
class Termination:
    """The limits of one run.

    Args:
        retries: how often a failed run is tried again.
        timeout: seconds that all its tries may take; None for no limit.
    """

    retries: int = 0
    timeout: float | None = None


def termination_of(operation: V1CompiledOperation) -> Termination:
    """The limits that a compiled operation sets.

    >>> termination_of(V1CompiledOperation())
    Termination(retries=0, timeout=None)
    """
    found = operation.termination
    if not isinstance(found, V1Termination):
        return Termination()
    retries, timeout = found.max_retries, found.timeout
    return Termination(
        max(retries, 0) if isinstance(retries, int) else 0,
        float(timeout) if isinstance(timeout, int) else None,
    )


def pause_before(retry: int) -> float:
    """Seconds to wait before a retry, the first of which is number 0: twice as long each time.

    >>> [pause_before(retry) for retry in (0, 1, 2, 9)]
    [1.0, 2.0, 4.0, 60.0]
    """
    return float(min(_FIRST_PAUSE * 2 ** min(retry, 16), _LONGEST_PAUSE))
