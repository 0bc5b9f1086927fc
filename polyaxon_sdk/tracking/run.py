"""A run as its training process sees it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.secrets.masker import Masker
from polyaxon_sdk.settings import rank_of
from polyaxon_sdk.tracking.descriptions import log_tags, log_values
from polyaxon_sdk.tracking.given import called
from polyaxon_sdk.tracking.hooks import SUCCEEDED, Ending, ending_of
from polyaxon_sdk.tracking.metrics import LogMetric, LogMetrics, log_metric_of, log_metrics_of
from polyaxon_sdk.tracking.nowhere import Nowhere
from polyaxon_sdk.tracking.numbers import Moment, number_of, shown
from polyaxon_sdk.tracking.parts import Part
from polyaxon_sdk.tracking.series import Series, log_text
from polyaxon_sdk.tracking.values import plain, plain_values
from polyaxon_sdk.tracking.verbs.charts import ChartVerbs
from polyaxon_sdk.tracking.verbs.curves import CurveVerbs
from polyaxon_sdk.tracking.verbs.descriptions import DescriptionVerbs
from polyaxon_sdk.tracking.verbs.media import MediaVerbs
from polyaxon_sdk.tracking.verbs.offline import OfflineVerbs
from polyaxon_sdk.tracking.verbs.paths import PathVerbs
from polyaxon_sdk.tracking.verbs.reading import ReadingVerbs
from polyaxon_sdk.tracking.verbs.references import ReferenceVerbs
from polyaxon_sdk.tracking.verbs.traces import TraceVerbs
from polyaxon_sdk.tracking.verbs.versions import VersionVerbs

if TYPE_CHECKING:
    from pathlib import Path

    from polyaxon_sdk.tracking.artifacts import StrPath
    from polyaxon_sdk.tracking.interface import Place

__all__ = ["Run"]

_PROGRESS_STEP = 0.025
_DEVICE_PATIENCE = 60.0
"""Seconds that the end of a run waits for what devices are still computing."""


class Host(Protocol):
    """Who begins and ends runs in this process: `tracking.host`."""

    def ended(self, run: Run) -> None:
        """Take note that a run ends."""

    def closed(self, folder: RunFolder, part: Part) -> None:
        """Take note that nothing of it is open any more."""

    def begin_child(
        self, parent: Run, *, name: str | None, description: str | None, tags: str | Sequence[str] | None
    ) -> Run:
        """Begin a run within another."""

    @property
    def attach(self) -> Callable[[str], Run]:
        """What joins the run in a folder; it can be pickled."""


class Run(
    ChartVerbs,
    CurveVerbs,
    DescriptionVerbs,
    MediaVerbs,
    OfflineVerbs,
    PathVerbs,
    ReadingVerbs,
    ReferenceVerbs,
    TraceVerbs,
    VersionVerbs,
):
    """Logs to one run (semantics 5.2). Get one from `tracking.init()`; a `with` block ends it.

    No verb that logs raises or waits: what can't be taken is told once on stderr and in the run. Once a verb
    returned, what it logged survives the death of the process. `async_req` is accepted for existing scripts: no
    call here waits for a server.

    >>> with tracking.init(name="digits") as run:  # doctest: +SKIP
    ...     run.log_metric("loss", 0.25, step=1)
    """

    log_metric: LogMetric
    log_metrics: LogMetrics

    def __init__(self, place: Place, *, part: Part = "leader", host: Host | None = None) -> None:
        self._place = place
        self._part: Part = part
        self._host = host
        self._owner = os.getpid()
        self._progress = -1.0
        self._ended = False
        self.metrics, self.journal = place.metrics, place.metrics.journal
        self.log_metric = log_metric_of(self)
        self.log_metrics = log_metrics_of(self)

    def __repr__(self) -> str:
        return f"Run(uuid={self.uuid!r})"

    def __reduce__(self) -> tuple[Callable[[str], Run], tuple[str]]:
        """In another process of this machine: the same run, joined."""
        if self._host is None:
            raise TypeError("a run that tracking.init() did not begin can't be handed to another process")
        return self._host.attach, (str(self._place.folder.path) if self._place.writes else "",)

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end_with(SUCCEEDED if error is None else ending_of(error))

    @property
    def uuid(self) -> str:
        """The run's uuid: 32 lower-case hexadecimal digits."""
        return self._place.folder.uuid

    @property
    def outputs(self) -> dict[str, object]:
        """The outputs logged so far, by any process of this run."""
        return self.run_data.outputs

    @property
    def folder(self) -> Path:
        """The run's folder on this machine."""
        return self._place.folder.path

    @property
    def part(self) -> Part:
        """What this process is to the run: only a `leader` begins and ends it."""
        return self._part

    @property
    def is_kept(self) -> bool:
        """Whether anything that is logged is kept."""
        return self._place.writes

    @property
    def masker(self) -> Masker | None:
        """What takes secrets out of all that this process writes; None where nothing is kept."""
        return self._place.masker

    @property
    def environment(self) -> dict[str, str | None]:
        """The variables by which processes that this one starts join the run."""
        if not self._place.writes or self._part == "child":
            return {}
        folder = self._place.folder
        return {
            "POLYAXON_RUN_UUID": folder.uuid,
            "POLYAXON_RUN_PROCESS": str(self._owner),
            "POLYAXON_HOME": os.path.abspath(folder.home),
        }

    def child(
        self,
        name: str | None = None,
        *,
        description: str | None = None,
        tags: str | Sequence[str] | None = None,
    ) -> Run:
        """Begin a run within this one: a fold, a trial, a stage. A `with` block ends it.

        It is a run of its own in the same project, is found under this one in the lineage, and is the active run
        until it ends.

        >>> for fold in range(5):  # doctest: +SKIP
        ...     with run.child(f"fold {fold}") as each:
        ...         each.log_metric("accuracy", 0.9)
        """
        if self._host is None:
            raise TypeError("a run that tracking.init() did not begin has no children")
        return self._host.begin_child(self, name=name, description=description, tags=tags)

    def log_inputs(self, /, *, reset: bool = False, async_req: bool = True, **inputs: object) -> None:
        """Set inputs of the run by name; `reset` forgets those of before."""
        del async_req
        self._log("inputs", log_values, "inputs", inputs, reset=reset)

    def log_outputs(self, /, *, reset: bool = False, async_req: bool = True, **outputs: object) -> None:
        """Set outputs of the run by name; `reset` forgets those of before.

        The last value of every metric is an output by itself.
        """
        del async_req
        self._log("outputs", log_values, "outputs", outputs, reset=reset)

    def log_meta(self, /, *, reset: bool = False, async_req: bool = True, **meta: object) -> None:
        """Set free facts about the run by name."""
        del async_req
        self._log("meta", log_values, "meta", meta, reset=reset)

    def log_tags(self, tags: str | Sequence[str], *, reset: bool = False, async_req: bool = True) -> None:
        """Add tags, given as a list or as text with commas; `reset` forgets those of before."""
        del async_req
        self._log("tags", log_tags, tags, reset=reset)

    def log_progress(self, value: float) -> None:
        """Say how far the run is, from 0 to 1; steps of less than 2.5 % are left out (semantics 5.2)."""
        number = number_of(value)
        if number is None:
            self._place.trouble(f"progress is left out: {shown(value)} is no number")
        elif number >= 1.0 > self._progress or abs(number - self._progress) >= _PROGRESS_STEP:
            self._progress = number
            self._place.fact("meta", values={"progress": number})

    def log_text(
        self, name: str, text: str, step: int | None = None, timestamp: Moment | None = None
    ) -> None:
        """Log a text to the series `name`."""
        self._log(f"text {called(name)}", log_text, Series("text", name, step, timestamp), text)

    def log_artifact(
        self,
        path: StrPath,
        name: str | None = None,
        *,
        kind: str = "file",
        summary: dict[str, object] | None = None,
        step: int | None = None,
        timestamp: Moment | None = None,
        rel_path: str | None = None,
        skip_hash_calculation: bool = False,
    ) -> None:
        """Keep a copy of a file or folder; with `step` as an event of the series `name` (see `Artifact`)."""
        from polyaxon_sdk.tracking.artifacts import Artifact, log_file  # what copies comes with it

        artifact = Artifact(name, kind, summary, step, timestamp, rel_path, skip_hash_calculation)
        self._log(f"artifact {called(path)}", log_file, path, artifact)

    def log_model(
        self,
        path: StrPath,
        name: str | None = None,
        framework: str | None = None,
        *,
        summary: dict[str, object] | None = None,
        step: int | None = None,
        timestamp: Moment | None = None,
        rel_path: str | None = None,
        skip_hash_calculation: bool = False,
    ) -> None:
        """Keep a copy of a model's file or folder, and say what made it."""
        from polyaxon_sdk.tracking.artifacts import Artifact, log_file  # see above

        artifact = Artifact(
            name, "model", summary, step, timestamp, rel_path, skip_hash_calculation, framework
        )
        self._log(f"artifact {called(path)}", log_file, path, artifact)

    def log_succeeded(self, reason: str = "Tracking", message: str = "") -> None:
        """Say that the run succeeded; a final status stays."""
        self._status("succeeded", reason, message)

    def log_failed(self, reason: str = "Tracking", message: str = "") -> None:
        """Say that the run failed; a final status stays."""
        self._status("failed", reason, message)

    def log_stopped(self, reason: str = "Tracking", message: str = "") -> None:
        """Say that the run was stopped; a final status stays."""
        self._status("stopped", reason, message)

    def end(self) -> None:
        """End the run: succeeded, unless it was said to have ended otherwise. A second call does nothing.

        A run that was started by a runner gets its final status from the runner, when the process is gone. In a
        process that joined a run it is that process' leave.
        """
        self.end_with(SUCCEEDED)

    def end_with(self, ending: Ending, outputs: Mapping[str, object] | None = None) -> None:
        """End the run as `ending` says, with some outputs more; a process that joined it takes its leave."""
        if self._ended:
            return
        self._ended = True
        self.metrics.settle(_DEVICE_PATIENCE)
        ended = self._place
        with (
            ended.together()
        ):  # and with all else that waits: each trip to the disk may cost a turn of the processor
            if self._owner != os.getpid():
                ended.fact("joined", part=self._part)  # whose leave is not that of the run's own process
            if outputs:
                ended.fact("outputs", values=plain_values(outputs), reset=False)
            self._tell(ending)
            ended.close()
        if self._host is not None:
            self._host.ended(self)
        if ended.writes:
            self._place = Nowhere("the run has ended: what is logged now is left out", ended.folder)
        self.metrics, self.journal = self._place.metrics, self._place.metrics.journal
        if self._host is not None and ended.writes:
            self._host.closed(ended.folder, self._part)

    def restart(self) -> None:
        """Go on in a forked child, as a writer of its own that joined the run."""
        self._place.restart()
        self._part = "child"

    def _tell(self, ending: Ending) -> None:
        """Say how this process ended, as far as its part lets it."""
        if self._part == "leader":
            self._status(*ending)
        elif ending is SUCCEEDED:
            return
        elif self._part == "managed":
            self._status(*ending)
        elif self._part == "rank":
            rank = rank_of()
            who = "a rank" if rank is None else f"rank {rank.number}"
            number = None if rank is None else rank.number
            self._status(ending.status, ending.reason, f"{who}: {ending.message}", rank=number)
        else:
            self._place.fact("problem", what=f"process {os.getpid()} {ending.status}: {ending.message}")

    def _status(self, status: str, reason: str, message: str, **said: int | None) -> None:
        self._place.fact("status", status=status, reason=plain(reason), message=plain(message), **said)
