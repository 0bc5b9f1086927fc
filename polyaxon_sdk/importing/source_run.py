"""A run of another tracker as its reader gives it, whatever the tracker is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from attrs import field, frozen

from polyaxon_sdk.importing.item import Item
from polyaxon_sdk.importing.left_out import LeftOut

__all__ = ["About", "Source", "SourceRun"]


@frozen(kw_only=True)
class About:
    """What is known of a run besides its series and files; times are seconds since the epoch.

    Attributes:
        status: a final one (semantics 5.11).
        message: what is told with it.
        upstream: the uuid, here, of the run that it was begun within.
        inputs, outputs, meta: values by name.
    """

    name: str | None = None
    project: str | None = None
    description: str | None = None
    user: str | None = None
    tags: list[str] = field(factory=list)
    status: str = "succeeded"
    message: str = ""
    created_at: float
    started_at: float | None = None
    finished_at: float | None = None
    upstream: str | None = None
    inputs: Mapping[str, object] = field(factory=dict)
    outputs: Mapping[str, object] = field(factory=dict)
    meta: Mapping[str, object] = field(factory=dict)


class SourceRun(Protocol):
    """One run at its source; reading it changes nothing of it."""

    @property
    def uuid(self) -> str:
        """The uuid of the run in the home: the same at each import, wherever the source lies by then.

        Of a run that can't be read it may be empty: `items` raises why.
        """

    @property
    def label(self) -> str:
        """What a person knows the run by at its source."""

    @property
    def folder(self) -> Path | None:
        """The run in Polyaxon's form, to be copied as it is; None where it is to be written."""

    def items(self, left_out: LeftOut) -> Iterator[Item]:
        """Everything that the run holds, in its order; what can't be carried is told to `left_out`.

        Raises:
            InputError, OSError: the run can't be read.
        """

    def about(self) -> About:
        """What else is known of the run, once all items were taken."""


class Source(Protocol):
    """Where runs of another tracker lie."""

    def runs(self, left_out: LeftOut) -> AbstractContextManager[Iterator[SourceRun]]:
        """The runs there; what belongs to none of them and can't be carried is told to `left_out`.

        Raises:
            InputError: no run lies there, or it can't be read.
        """
