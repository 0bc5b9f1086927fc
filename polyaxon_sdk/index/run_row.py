"""What the index says of runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, SupportsIndex, overload

__all__ = ["DEFAULT_SORT", "MOST_DAMAGED", "Listing", "RunRow"]

DEFAULT_SORT = "-created_at"
"""The newest run first."""

MOST_DAMAGED = 50
"""Damaged runs that are named beside a page: nobody reads more."""


class RunRow(NamedTuple):
    """One run; times in seconds since the epoch.

    Attributes:
        pipeline: the uuid of the dag, the search or the schedule that it is a run of; None for none.
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
    pipeline: str | None
    problem: str | None
    damage: str | None = None


class Listing:
    """A page of runs, as a sequence of them, and how many there are in all.

    Attributes:
        rows: the runs of the page.
        total: how many runs are meant, on whatever page.
        hints: of names that the question has and no run, which ones may be meant.
        damaged: the uuids of other runs that are damaged, with what of them is; of the project that was asked for.

    >>> [row.name for row in RunClient().list(sort="name")]  # doctest: +SKIP
    ['first', 'second']
    """

    __slots__ = ("damaged", "hints", "rows", "total")

    def __init__(
        self,
        rows: list[RunRow],
        total: int,
        hints: tuple[str, ...] = (),
        damaged: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.rows, self.total, self.hints, self.damaged = rows, total, hints, damaged

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[RunRow]:
        return iter(self.rows)

    @overload
    def __getitem__(self, place: SupportsIndex) -> RunRow: ...

    @overload
    def __getitem__(self, place: slice) -> list[RunRow]: ...

    def __getitem__(self, place: SupportsIndex | slice) -> RunRow | list[RunRow]:
        return self.rows[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Listing) and self._all == other._all

    __hash__ = None  # type: ignore[assignment]  # it holds lists

    def __repr__(self) -> str:
        return f"Listing({self.rows!r}, total={self.total})"

    @property
    def results(self) -> list[RunRow]:
        """The runs, as public Polyaxon's answers call them."""
        return self.rows

    @property
    def count(self) -> int:
        """How many runs are meant, as public Polyaxon's answers call it."""
        return self.total

    @property
    def _all(self) -> tuple[object, ...]:
        return self.rows, self.total, self.hints, self.damaged
