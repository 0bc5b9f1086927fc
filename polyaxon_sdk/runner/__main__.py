"""`python -m polyaxon_sdk.runner`: carries out the run whose draft it finds (see `background`)."""

from __future__ import annotations

import json
import os
import sys

from attrs import evolve

from polyaxon_sdk.runner.background import DESCRIPTOR, handed_over, upload_of
from polyaxon_sdk.runner.carrying import Nobody, carry_out_whole, plan_any
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.settings import load

__all__ = ["main"]


def main() -> int:
    """Carry the run out; 0 where it succeeded."""
    settings = load()
    with os.fdopen(DESCRIPTOR, "rb") as file:
        document = json.load(file)
    plan = evolve(plan_any(handed_over(document, settings)), upload=upload_of(document))
    executor = ProcessExecutor()
    outcome = carry_out_whole(plan, settings=settings, executor=executor, watcher=Nobody())
    return 0 if outcome.state is not None and outcome.state.status == "succeeded" else 1


if __name__ == "__main__":
    sys.exit(main())
