"""`python -m polyaxon_sdk.runner`: carries out the run whose draft it finds (see `background`)."""

from __future__ import annotations

import json
import os
import sys

from polyaxon_sdk.runner.background import DESCRIPTOR, handed_over
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.lifecycle import carry_out
from polyaxon_sdk.runner.plan import Plan, make_plan
from polyaxon_sdk.runner.progress import Progress
from polyaxon_sdk.settings import load

__all__ = ["main"]


class _Nobody:
    """Nobody looks on."""

    def started(self, plan: Plan) -> None:
        pass

    def output(self, data: bytes) -> None:
        pass

    def progress(self, progress: Progress) -> None:
        pass

    def tell(self, line: str) -> None:
        pass


def main() -> int:
    """Carry the run out; 0 where it succeeded."""
    settings = load()
    with os.fdopen(DESCRIPTOR, "rb") as file:
        drafted = handed_over(json.load(file), settings)
    outcome = carry_out(make_plan(drafted), settings=settings, executor=ProcessExecutor(), watcher=_Nobody())
    return 0 if outcome.state is not None and outcome.state.status == "succeeded" else 1


if __name__ == "__main__":
    sys.exit(main())
