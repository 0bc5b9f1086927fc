"""What became of each run that was to be brought in."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from polyaxon_sdk.importing.left_out import LeftOut
from polyaxon_sdk.importing.parity import Parity
from polyaxon_sdk.importing.tally import Tally

__all__ = ["RunReport", "State"]

State = Literal["imported", "here", "grown", "shorter", "new", "failed"]
"""`here` is what was in the home before, `grown` what got more now, `shorter` what the source has less of than the
home; `new` what a dry run would bring in."""


@frozen(kw_only=True)
class RunReport:
    """One run of the source.

    Attributes:
        label: what it is called there.
        uuid: its uuid in the home.
        state: what was done.
        tally: what it holds at its source.
        parity: what the home holds of it; None where it isn't there.
        left_out: what is not carried.
        added: how many points, events, files and data sets a run got that was here before.
        error: why it failed.
    """

    label: str
    uuid: str
    state: State
    tally: Tally = field(factory=Tally)
    parity: Parity | None = None
    left_out: LeftOut = field(factory=LeftOut)
    added: int = 0
    error: str | None = None

    @property
    def is_right(self) -> bool:
        """Whether nothing went wrong, and the home holds what the source does."""
        return self.state != "failed" and not (self.parity and self.parity.differences)
