"""What `polyaxon run` shows while a run goes on, and after it."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from time import monotonic
from typing import TextIO, cast

from rich.console import Console
from rich.text import Text

from polyaxon_sdk.cli.growing import GrowingTree
from polyaxon_sdk.cli.live import LiveLine, PlainLines
from polyaxon_sdk.cli.searched import searched
from polyaxon_sdk.cli.show import brief, lasting, print_pairs, status_text
from polyaxon_sdk.cli.watching import Watching
from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.runner.lifecycle import Outcome
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.progress import Progress
from polyaxon_sdk.types import JsonObject

__all__ = ["Display"]


class Display:
    """Shows a run on a terminal, with a line, or a pipeline's tree, renewed in place; elsewhere line by line.

    Args:
        stream: where to.
        shows_output: whether what the run prints is shown, as it comes.
        watches: whether each of its statuses is.
    """

    def __init__(self, stream: TextIO, *, shows_output: bool, watches: bool = False) -> None:
        self._console = Console(file=stream)
        self._shows_output = shows_output
        self._lines = LiveLine(stream) if self._console.is_terminal else PlainLines(stream)
        self._tree: GrowingTree | None = None
        self._started = monotonic()
        self._watches = watches
        self._watching: Watching | None = None
        self._turn = Lock()

    def started(self, plan: Plan) -> None:
        """Show what is run, and with which inputs."""
        self._started = monotonic()
        operation = plan.operation
        title = Text.assemble(("run ", "bold"), plan.folder.uuid[:12], f"  {operation.name or '-'}")
        self._console.print(title.append(f"  in project {plan.project}"), soft_wrap=True)
        for note in plan.notes:
            self._console.print(f"  {note}", style="dim", markup=False, highlight=False, soft_wrap=True)
        given = searched(operation)
        values = {name: value for name, value in operation.values().items() if name not in given}
        self._print_values({**plan.masker.values(cast("JsonObject", values)), **given})
        if self._console.is_terminal and plan.kind in ("dag", "matrix"):
            self._tree = GrowingTree(self._console, plan.folder)
            self._tree.start()
        else:
            self._lines.show(self._elapsed)
        if self._watches:
            self._watching = Watching(plan.folder, self.tell)
            self._watching.start()

    def output(self, data: bytes) -> None:
        """Show what the run printed."""
        if not self._shows_output:
            return
        with self._turn:
            if self._tree is None:
                self._lines.write(data)
                return
            for line in data.decode("utf-8", "replace").splitlines():
                self._tree.write(line)

    def progress(self, progress: Progress) -> None:
        """Show how far it is and the last value of each metric."""
        parts = [self._elapsed]
        if progress.done is not None:
            parts.append(_bar(progress.done))
        parts += [f"{name} {brief(value)}" for name, value in progress.metrics.items()]
        with self._turn:
            self._lines.show(printable("  ".join(parts)))

    def tell(self, line: str) -> None:
        """Show something a person should know."""
        with self._turn:  # statuses come from a thread
            if self._tree is not None:
                self._tree.write(f"polyaxon: {line}")
            else:
                self._lines.write(f"polyaxon: {line}\n".encode())

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self._watching is not None:
            self._watching.close()
            self._watching = None
        if self._tree is not None:
            self._tree.stop()
            self._tree = None
        else:
            self._lines.close()

    def ended(self, plan: Plan, outcome: Outcome) -> None:
        """Show how it ended, and what to type next."""
        uuid, state = plan.folder.uuid[:12], outcome.state
        if state is None:
            ended = f"it ended with {outcome.exit}" if outcome.exit else "it did not start"
            self._console.print(f"the run's folder is gone; {ended}", style="red")
            return
        outputs = {name: value for name, value in state.outputs.items() if value is not None}
        if outputs:
            self._console.print("outputs", style="bold")
            self._print_values(outputs)
        last = state.conditions[-1]
        status = status_text(state.status)
        if state.duration is not None:
            tried = (
                f" in {state.tries} attempts, the last {lasting(state.last_try)}" if state.tries > 1 else ""
            )
            since = " since it was resumed" if plan.is_resumed else ""
            status.append(f" after {lasting(state.duration)}{since}{tried}", style="default")
        if last.message:
            status.append(printable(f": {last.message}"), style="default")
        self._console.print(status, soft_wrap=True, highlight=False)
        for problem in state.problems:
            self._console.print(
                f"  {printable(problem)}", style="yellow", markup=False, highlight=False, soft_wrap=True
            )
        if not outcome.is_shipped:
            self._console.print("  still being finished, in the background", style="yellow")
        next_: dict[str, str | Text] = {
            "it lies in": str(plan.folder.path),
            "look at it": f"polyaxon ops get -uid {uuid}",
            "its output": f"polyaxon ops logs -uid {uuid}",
            "all runs": "polyaxon ops ls",
        }
        print_pairs(self._console, next_, indent="  ")

    def _print_values(self, values: Mapping[str, object]) -> None:
        print_pairs(self._console, {name: brief(value) for name, value in values.items()}, indent="  ")

    @property
    def _elapsed(self) -> str:
        return lasting(monotonic() - self._started)


def _bar(done: float) -> str:
    full = round(20 * min(max(done, 0.0), 1.0))
    return f"{'━' * full}{'─' * (20 - full)} {100 * done:.0f} %"
