"""A service that outlived its runner, looked after by whoever goes on with its pipeline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from polyaxon_sdk.runner.beside import Beside
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.reporter import Reporter
from polyaxon_sdk.runner.scene import Scene
from polyaxon_sdk.runner.stopping import StopRequests
from polyaxon_sdk.runner.watcher import Watcher

__all__ = ["attending"]


@contextmanager
def attending(plan: Plan, watcher: Watcher) -> Iterator[Callable[[], None]]:
    """Say that a service runs, and where, once it answers, and end it where nobody uses it for long.

    Gives what is to be called now and then.

    Args:
        plan: what it was started from.
        watcher: is told where it answers.
    """
    reporter = Reporter(plan.folder, watcher.tell)
    try:
        with Beside(Scene(plan, reporter, StopRequests(), watcher)) as beside:
            yield beside.look
    finally:
        reporter.close()
