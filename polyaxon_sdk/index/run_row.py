"""What the index says of runs."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["DEFAULT_SORT", "Listing", "RunRow"]

DEFAULT_SORT = "-created_at"
"""The newest run first."""


class RunRow(NamedTuple):
    """One run; times in seconds since the epoch.

    Attributes:
        problem: why the run can't be read, or what went wrong beside it.
        damage: which of its files are not what was written; None where all that was looked at are.
    """

    uuid: str
    name: str | None
    description: str | None
    owner: str | None
    project: str | None
    user: str | None
    kind: str | None
    runtime: str | None
    status: str
    created_at: float | None
    updated_at: float | None
    started_at: float | None
    finished_at: float | None
    duration: float | None
    wait_time: float | None
    tags: list[str]
    inputs: dict[str, object]
    outputs: dict[str, object]
    problem: str | None
    damage: str | None = None


class Listing(NamedTuple):
    """A page of runs and how many there are in all.

    Attributes:
        hints: of names that the question has and no run, which ones may be meant.
        damaged: the uuids of other runs that are damaged, with what of them is; of the project that was asked for.
    """

    rows: list[RunRow]
    total: int
    hints: tuple[str, ...] = ()
    damaged: tuple[tuple[str, str], ...] = ()

    @property
    def results(self) -> list[RunRow]:
        """The runs, as public Polyaxon's answers call them."""
        return self.rows
