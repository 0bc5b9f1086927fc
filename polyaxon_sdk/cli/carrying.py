"""Carrying a run out before a person's eyes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.run_document import document_of
from polyaxon_sdk.cli.unbreakable import unbreakable
from polyaxon_sdk.runner.carrying import carry_out_whole
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.lifecycle import Outcome
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.settings import Settings

if TYPE_CHECKING:
    from polyaxon_sdk.cli.display import Display

__all__ = ["carry", "exit_code_of"]

_STOPPED = 130


def carry(plan: Plan, settings: Settings, *, logs: bool, for_programs: bool, watch: bool = False) -> int:
    """Carry a run out and show it; the exit code that it stands for.

    Args:
        plan: what is carried out.
        settings: of the home.
        logs: show what the run prints, as it comes.
        for_programs: print the run as JSON in the end, and all else to stderr.
        watch: show each of its statuses, as they come.

    Raises:
        PolyaxonError: the home can't be written.
    """
    display = _display(logs=logs, watch=watch, for_programs=for_programs)
    try:
        outcome = carry_out_whole(plan, settings=settings, executor=ProcessExecutor(), watcher=display)
    finally:
        display.close()
    display.ended(plan, outcome)
    if for_programs:
        print_json(_document(plan, outcome))
    return exit_code_of(outcome.state.status if outcome.state else "unknown")


def _display(*, logs: bool, watch: bool, for_programs: bool) -> Display:
    # rich costs 40 ms, which a command line that is wrong needn't wait for.
    from polyaxon_sdk.cli.display import Display

    return Display(unbreakable(sys.stderr if for_programs else sys.stdout), shows_output=logs, watches=watch)


def _document(plan: Plan, outcome: Outcome) -> dict[str, object]:
    if outcome.state is None:
        return {"uuid": plan.folder.uuid, "status": "unknown", "path": str(plan.folder.path)}
    return document_of(plan.folder, outcome.state)


def exit_code_of(status: str) -> int:
    """The exit code that the status of a run stands for.

    >>> exit_code_of("succeeded"), exit_code_of("failed")
    (0, 1)
    """
    return {"succeeded": 0, "on_schedule": 0, "stopped": _STOPPED}.get(status, 1)
