"""What a pipeline says of its runs: to its record, and to whoever watches."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import cast

from polyaxon_sdk.runner.executors.warm import WARM
from polyaxon_sdk.runner.life import Found
from polyaxon_sdk.runner.pipelines.child import Child
from polyaxon_sdk.runner.pipelines.findings import Findings
from polyaxon_sdk.runner.pipelines.kept import keep_findings
from polyaxon_sdk.runner.pipelines.past import Suggested, recorded
from polyaxon_sdk.runner.pipelines.schedule import Ended, Verdict, remark_of
from polyaxon_sdk.runner.scene import Scene
from polyaxon_sdk.types import JsonObject

__all__ = ["Telling"]


class Telling:
    """Says of a pipeline and its runs what becomes of them.

    Args:
        scene: the pipeline, with its record and whoever watches.
        ended: is told of a run that has ended, or can't start, its name and how.

    Attributes:
        tell: shows a line.
        later: takes lines from any thread, until `pass_on` shows them.

    >>> telling = Telling(scene, ended=print)  # doctest: +SKIP
    >>> telling.left_out("train", Verdict("skipped", "Runner", "condition is false"))  # doctest: +SKIP
    train skipped: condition is false
    """

    def __init__(self, scene: Scene, *, ended: Callable[[str, str], None]) -> None:
        self.later: SimpleQueue[str] = SimpleQueue()
        self.tell = scene.watcher.tell
        self._folder = scene.plan.folder
        self._reporter = scene.reporter
        self._ended = ended

    def pass_on(self) -> None:
        """Show what the runs told since."""
        for told in (self.later, WARM.told):
            while not told.empty():
                self.tell(told.get())

    def suggested(self, batch: Suggested) -> None:
        """A search suggests these: the record has them before one of them begins."""
        self._reporter.note("suggested", **recorded(batch))

    def began(self, key: str, uuid: str) -> None:
        """A run begins, or is left out; the record has it first, so that it is found again."""
        self._reporter.note("began", key=key, run=uuid)

    def kept(self, key: str, found: Found) -> None:
        """A run of before counts as it ended."""
        self.tell(f"{found.state.name or key} {found.folder.uuid[:12]} kept")

    def pruned(self, key: str, child: Child, why: str) -> None:
        """A run is stopped as it goes on in vain; the record has it, so that it is not run again."""
        self.tell(f"{child.plan.operation.name or key} {child.folder.uuid[:12]} is stopped: {why}")
        self._reporter.note("pruned", run=child.folder.uuid)

    def ended(self, child: Child, ended: Ended, which: str) -> None:
        """A run has ended.

        Args:
            which: what tells it from the others; empty where its name does.
        """
        told = f"{child.folder.uuid[:12]} {_spoken(ended.status)}"
        why = remark_of(ended) or child.problem
        line = "  ".join(part for part in (f"{told}: {why}" if why else told, which) if part)
        self._ended(child.plan.operation.name or ended.key, line)

    def left_out(self, name: str, why: Verdict) -> None:
        """A run does not start."""
        self._ended(name, f"{_spoken(why.status)}: {why.message}")

    def unwritten(self, key: str, status: str, error: OSError) -> None:
        """A run has no place in the home, such as on a full disk."""
        self.tell(f"{key} {_spoken(status)}: {error.strerror or error}")

    def stopping(self, signal: str, grace: float) -> None:
        """A signal asks for the end; the runs have `grace` seconds."""
        self._reporter.status("stopping", "Interrupted", f"asked to by {signal}")
        self.tell(f"the runs are asked to stop, and killed in {grace:g} s; a second Ctrl-C kills them")

    def outputs(self, values: dict[str, object]) -> None:
        """What the pipeline itself has to show, by the names of its outputs."""
        if values:
            self._reporter.note("outputs", values=cast("JsonObject", values))

    def findings(self, findings: Findings) -> None:
        """What a search found, in a file too."""
        with suppress(OSError):  # the disk is full: what it found is in its runs too
            self._reporter.artifact(keep_findings(self._folder, findings))
        for line in findings.lines:
            self.tell(line)


def _spoken(status: str) -> str:
    return status.replace("_", " ")
