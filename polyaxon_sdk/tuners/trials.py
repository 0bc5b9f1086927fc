"""What a search knows of the runs before."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from attrs import frozen

__all__ = ["Trial", "key_of"]


@frozen(kw_only=True)
class Trial:
    """One run of a search and what came of it.

    Args:
        values: of the params.
        result: the metric; None where the run failed or is not done.
        is_pending: whether it goes on, so that its result is to come.

    >>> Trial(values={"rate": 0.1}, result=float("nan")).counts
    False
    """

    values: Mapping[str, object]
    result: float | None = None
    is_pending: bool = False

    @property
    def counts(self) -> bool:
        """Whether its result says anything; a failed run's and one that isn't finite don't."""
        return self.result is not None and math.isfinite(self.result)


def key_of(values: Mapping[str, object]) -> str:
    """What tells some values from others; 2 and 2.0 are the same.

    >>> key_of({"a": 2, "b": "x"}) == key_of({"b": "x", "a": 2.0})
    True
    """
    return json.dumps({name: _plain(value) for name, value in values.items()}, sort_keys=True, default=str)


def _plain(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value
