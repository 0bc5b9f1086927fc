"""Init steps that are a command of their own: the container's, as a process of this machine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

from polyaxon_sdk.runner.inits.program import follow_program
from polyaxon_sdk.runner.inits.step import StepError, Work
from polyaxon_sdk.settings import inherited

__all__ = ["ProcessStep"]


@frozen(kw_only=True)
class ProcessStep:
    """Runs a command to its end; what it prints is in the run's logs.

    Args:
        words: the command line.
        folder: where it starts.
        environment: variables above those of this process.
    """

    words: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(factory=dict, repr=False)

    @property
    def title(self) -> str:
        """What it runs: the program alone, as its words may hold what nobody is to read."""
        return f"container {os.path.basename(self.words[0])}"

    def carry_out(self, work: Work) -> None:
        """Run it; it has to end with exit code 0."""
        environment = inherited(self.environment)
        code = follow_program(
            self.words, folder=self.folder, environment=environment, given_up=work.given_up, say=work.say
        )
        if code:
            raise StepError(f"exit code {code}" if code > 0 else f"killed by signal {-code}")
