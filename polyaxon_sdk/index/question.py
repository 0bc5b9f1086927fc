"""What is asked of the index."""

from __future__ import annotations

from typing import NamedTuple

from polyaxon_sdk.index.run_row import DEFAULT_SORT

__all__ = ["Question"]


class Question(NamedTuple):
    """Which runs, in which order.

    Attributes:
        query: in the query language; empty for all.
        project: the project of the runs: `name`, of any owner, `owner/name`, or `owner/` for all of an owner;
            None for all.
        sort: fields with commas, `-` before what goes down.
        limit: how many at most; None for all.
        offset: how many to pass over.
        now: what `last_month` counts back from, in seconds since the epoch.
        me: the user who asks, for `mine`.
        cwd: the folder that they were started in; None for any.
    """

    query: str = ""
    project: str | None = None
    sort: str = DEFAULT_SORT
    limit: int | None = None
    offset: int = 0
    now: float = 0.0
    me: str | None = None
    cwd: str | None = None
