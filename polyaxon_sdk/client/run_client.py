"""One run as a program reads it."""

from __future__ import annotations

import builtins
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Literal, overload

from polyaxon_sdk.client.arrow import to_table
from polyaxon_sdk.client.charting import ChartCalls
from polyaxon_sdk.client.events import EventColumns, Names, check_kind, columns_of, texts_of
from polyaxon_sdk.client.filing import FileCalls
from polyaxon_sdk.client.finding import FindingCalls
from polyaxon_sdk.client.following import follow_logs, follow_statuses, wait_for
from polyaxon_sdk.client.frames import Library, tidy_frame, wide_frame
from polyaxon_sdk.client.lineage import Artifact, artifacts_of, superseded_artifacts
from polyaxon_sdk.client.looking import look_at
from polyaxon_sdk.client.narrowing import Wanted, narrowed, record_of_artifact
from polyaxon_sdk.client.offline import OfflineCalls
from polyaxon_sdk.client.steering import SteeringCalls
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.index.graph import Graph
from polyaxon_sdk.index.lineage import graph_of
from polyaxon_sdk.index.selector import resolve
from polyaxon_sdk.query import ARTIFACTS
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.logs import LogLine, read_logs
from polyaxon_sdk.runs.series import with_last_values
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.runs.status import Condition
from polyaxon_sdk.runs.superseded import superseded_state
from polyaxon_sdk.settings import load

__all__ = ["RunClient"]


class RunClient(SteeringCalls, FileCalls, OfflineCalls, FindingCalls, ChartCalls):
    """Reads and steers a run of the home (semantics 5.2), over or not: each call tells what is there now.

    Args:
        owner: the owner of the project; by default the run's.
        project: the project; by default the run's.
        run_uuid: the run, by its uuid or the first digits of it; by default the one that this process was
            started for.
        client, is_offline, no_op: accepted for existing scripts: there is no server here to do without.
        store: the URL of a store whose runs are read in place of the home's; they can't be changed. By default
            the setting `read_store`.

    Raises:
        InputError: from each call about a run, where none was named, or several begin with `run_uuid`.
        RunNotFoundError: likewise, where there is no such run.
        OSError: likewise, where it can't be read.

    >>> RunClient(run_uuid="0f3a").get_metrics("loss")  # doctest: +SKIP
    {'loss': {'step': [0, 1], 'timestamp': ['2026-11-21 19:38:30.394173+00:00', …], 'metric': [1.0, 0.5]}}
    """

    def __init__(
        self,
        owner: str | None = None,
        project: str | None = None,
        run_uuid: str | None = None,
        *,
        client: object = None,
        is_offline: bool | None = None,
        no_op: bool | None = None,
        store: str | None = None,
    ) -> None:
        del client, is_offline, no_op
        self._settings = load()
        self._store = store or self._settings.read_store
        self._owner = owner
        self._project = project
        if not (run_uuid is None or _is_name(run_uuid)):
            raise InputError(f"run_uuid={run_uuid!r} names no run", expected="a uuid, or None")
        self._named = run_uuid
        self._wanted = run_uuid or self._settings.run_uuid
        self._state: RunState | None = None

    def __repr__(self) -> str:
        return f"RunClient(owner={self._owner!r}, project={self._project!r}, run_uuid={self._wanted!r})"

    @property
    def folder(self) -> RunFolder:
        """Where the run lies."""
        if self._wanted is None:
            raise InputError("no run is named", expected="RunClient(run_uuid=...)")
        project = self._of_project if self._wanted == self._named else None
        return resolve(self._looked(), self._wanted, project=project)

    @property
    def _own_folder(self) -> RunFolder:
        """The same, of a run that can be changed.

        Raises:
            InputError: it lies in a store.
        """
        self._refuse_store()
        return self.folder

    @property
    def run_uuid(self) -> str:
        """The run's uuid: 32 lower-case hexadecimal digits."""
        return self.folder.uuid

    @property
    def run_data(self) -> RunState:
        """The run as it was last read."""
        return self.refresh_data() if self._state is None else self._state

    @property
    def owner(self) -> str:
        """The owner of the run's project."""
        return self._owner or self.run_data.owner

    @property
    def project(self) -> str:
        """The run's project."""
        return self._project or self.run_data.project

    @property
    def status(self) -> str:
        """The run's status as it was last read."""
        return self.run_data.status

    def refresh_data(self) -> RunState:
        """Read the run again."""
        folder = self.folder
        look_at(folder)
        self._state = read_run(folder)
        return self._state

    def get_inputs(self) -> dict[str, object]:
        """The run's inputs by name."""
        return self.refresh_data().inputs

    def get_outputs(self, *, superseded: int | None = None) -> dict[str, object]:
        """The run's outputs by name, the last value of each metric among them.

        With `superseded`, as for `get_events`: those that were logged as such in what an attempt superseded.
        """
        if superseded is not None:
            return superseded_state(self.folder, superseded).logged
        return with_last_values(self.folder, self.refresh_data()).outputs

    def get_statuses(self) -> tuple[str, list[Condition]]:
        """The run's status, and all that it had."""
        state = self.refresh_data()
        return state.status, state.conditions

    def watch_statuses(self) -> Iterator[Condition]:
        """Each status that the run had, and those that follow until it is done."""
        return follow_statuses(self.folder)

    def wait_for_condition(
        self, statuses: str | Collection[str] = (), *, timeout: float | None = None
    ) -> RunState:
        """Wait until the run has one of `statuses`, or is done.

        Args:
            statuses: none to wait until the run is done.
            timeout: seconds; None to wait for as long as it takes.

        Raises:
            TimeoutError: it has not by then.
        """
        wanted = {statuses} if isinstance(statuses, str) else set(statuses)
        self._state = wait_for(self.folder, wanted, timeout)
        return self._state

    def get_logs(self, replica: str | None = None) -> list[LogLine]:
        """The lines that the run printed, or one replica of it."""
        return read_logs(self.folder, replica)

    def watch_logs(self, replica: str | None = None) -> Iterator[LogLine]:
        """Each line that the run printed, and those that follow until it is done."""
        return follow_logs(self.folder, replica)

    @overload
    def get_events(
        self,
        kind: str,
        names: Names = None,
        orient: Literal["dict"] = "dict",
        *,
        force: bool = False,
        superseded: int | None = None,
    ) -> dict[str, EventColumns]: ...

    @overload
    def get_events(
        self,
        kind: str,
        names: Names = None,
        *,
        orient: Literal["csv"],
        force: bool = False,
        superseded: int | None = None,
    ) -> dict[str, str]: ...

    def get_events(
        self,
        kind: str,
        names: Names = None,
        orient: Literal["dict", "csv"] = "dict",
        *,
        force: bool = False,
        superseded: int | None = None,
    ) -> dict[str, EventColumns] | dict[str, str]:
        """Each series of a kind, by the name that it was logged under.

        Args:
            kind: `metric`, `image`, `text`, … (semantics 5.9).
            names: the series that are wanted; None for all. One that is not there is left out.
            orient: `dict` for columns, `csv` for the text of the event file.
            force: accepted for existing scripts: nothing is kept between two calls here.
            superseded: the number, from 1 on, of an attempt with `resume_from_step`: what it took out of the series.

        Raises:
            InputError: runs have no such kind, and this one neither.
        """
        del force
        check_kind(kind, [self.folder], superseded=superseded)
        of = texts_of if orient == "csv" else columns_of
        return of(self.folder, kind, names, superseded=superseded)

    def get_multi_run_events(
        self, kind: str, runs: Sequence[str], names: Names = None
    ) -> dict[str, dict[str, EventColumns]]:
        """What `get_events` gives, of several runs, by their uuids."""
        settings = self._looked()
        folders = [resolve(settings, run) for run in runs]
        check_kind(kind, folders)
        return {folder.uuid: columns_of(folder, kind, names) for folder in folders}

    def get_metrics(self, names: Names = None, *, superseded: int | None = None) -> dict[str, EventColumns]:
        """The points of each metric as columns; with `superseded` as for `get_events`."""
        return columns_of(self.folder, "metric", names, superseded=superseded)

    def get_metrics_as_tidy_df(
        self, names: Names = None, *, library: Library | None = None
    ) -> Any:  # a frame of either library
        """The points of each metric as a data frame, one row a point: run, name, step, timestamp, value.

        Args:
            names: the metrics that are wanted; None for all.
            library: `pandas` or `polars`; by default the one that is installed.

        Raises:
            MissingExtraError: it is not installed.
        """
        return tidy_frame(self.folder, names, library)

    def get_metrics_as_wide_df(
        self, names: Names = None, *, library: Library | None = None
    ) -> Any:  # a frame of either library
        """The metrics as a data frame, one row a step and one column a metric.

        The last value of a step counts; a point without one has its number in the series for a step.

        Args:
            names: the metrics that are wanted; None for all.
            library: `pandas` or `polars`; by default the one that is installed.

        Raises:
            MissingExtraError: it is not installed.
        """
        return wide_frame(self.folder, names, library)

    def to_arrow(self, names: Names = None) -> Any:  # a pyarrow.Table, which has no types
        """All points of the metrics as an Arrow table: run, name, step, timestamp, value.

        Raises:
            MissingExtraError: pyarrow is not installed.
        """
        return to_table([self.folder], names)

    def get_artifacts_lineage(
        self,
        query: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        *,
        superseded: int | None = None,
    ) -> builtins.list[Artifact]:
        """What the run took in and made, each series of events among it.

        Args:
            query: which of it, in the query language: by name, kind, path, state and is_input.
            sort: fields with commas, `-` before what goes down.
            limit: how many at most.
            offset: how many to pass over.
            superseded: as for `get_events`.

        Raises:
            InputError: a mistake in the query, or an unknown field to sort by.
        """
        folder = self.folder
        if superseded is None:
            found = artifacts_of(folder, read_run(folder))
        else:
            found = superseded_artifacts(folder, superseded)
        run = {"uuid": folder.uuid}
        wanted = Wanted(query, sort, limit, offset)
        return narrowed(found, lambda each: {**record_of_artifact(each), "run": run}, ARTIFACTS, wanted)

    def get_lineage(self, depth: int | None = None) -> Graph:
        """The runs that this one comes from and those that come from it, and what links them.

        Args:
            depth: how many runs away to go, up and downstream; None for all.
        """
        return graph_of(self._looked(), self.run_uuid, depth)


def _is_name(run: object) -> bool:
    return isinstance(run, str) and bool(run.strip())
