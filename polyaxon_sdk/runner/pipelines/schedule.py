"""What a pipeline starts next, and how it ends: decided by what its runs came to, without any I/O."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.polyflow import V1Operation
from polyaxon_sdk.runner.upstream import Edge
from polyaxon_sdk.runs.state import RunState

__all__ = ["Ended", "Next", "Schedule", "Verdict", "failure_of", "remark_of"]

_LONGEST = 100
"""How much of a reason the line of a run shows; `ops get` has the rest."""


class Next(NamedTuple):
    """A run of a pipeline that can be decided.

    Attributes:
        key: by which the schedule knows it.
        operation: to start; None where it is not started.
        edges: the runs that it takes values from.
        status: the final status of one that is not started.
        message: why.
        node: what is not started; None where that is `operation`, or nothing.
        after: the uuid of the run whose outputs it goes on from; empty where it begins anew.
    """

    key: str
    operation: V1Operation | None
    edges: tuple[Edge, ...] = ()
    status: str = ""
    message: str = ""
    node: V1Operation | None = None
    after: str = ""


class Ended(NamedTuple):
    """How a run of a pipeline ended.

    Attributes:
        key: by which the schedule knows it.
        status: the final one.
        state: the run; None where it has none.
    """

    key: str
    status: str
    state: RunState | None


def failure_of(ended: Ended) -> str:
    """Why a run failed, in a line beside others: an exit code, or what it raised; empty where its record tells nothing.

    >>> failure_of(Ended("0", "succeeded", None))
    ''
    """
    if ended.status != "failed" or ended.state is None or not ended.state.conditions:
        return ""
    last = ended.state.conditions[-1]
    return _in_line(last.message or last.reason)


def remark_of(ended: Ended) -> str:
    """What is said beside how a run ended: why it failed; of a search or a dag, what came of its runs.

    >>> remark_of(Ended("0", "succeeded", None))
    ''
    """
    state = ended.state
    if ended.status != "succeeded" or state is None or state.kind not in ("dag", "matrix"):
        return failure_of(ended)
    return _in_line(state.conditions[-1].message if state.conditions else "")


def _in_line(text: str | None) -> str:
    line = printable((text or "").strip().partition("\n")[0])
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


class Verdict(NamedTuple):
    """How a pipeline ends."""

    status: str
    reason: str
    message: str = ""


class Schedule(Protocol):
    """The runs of one pipeline."""

    @property
    def width(self) -> int | None:
        """How many runs at once; None for all that can."""

    def next(self, room: int) -> list[Next]:
        """What can be decided now; at most `room` of it to start.

        Raises:
            InputError: a search that can't say what comes next.
        """
        ...  # without it pyright takes the docstring for a body

    def ended(self, ended: Ended) -> Verdict | None:
        """Take in how a run ended; how the pipeline ends where that stops it early."""

    def described(self, ended: Ended) -> str:
        """What tells a run of the pipeline from the others, and what it came to; nothing where its name does."""
        ...  # without it pyright takes the docstring for a body

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to start or to wait for."""
        ...  # without it pyright takes the docstring for a body

    def outputs(self) -> dict[str, object]:
        """What the pipeline itself has to show, by the names of its outputs."""
        ...  # without it pyright takes the docstring for a body

    def verdict(self) -> Verdict:
        """How the pipeline ends once all of it is over."""
        ...  # without it pyright takes the docstring for a body
