"""One run as a program reads it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from polyaxon_sdk.client.charting import ChartCalls
from polyaxon_sdk.client.filing import FileCalls
from polyaxon_sdk.client.finding import FindingCalls
from polyaxon_sdk.client.following import follow_logs, follow_statuses, known_statuses, wait_for
from polyaxon_sdk.client.looking import look_at
from polyaxon_sdk.client.offline import OfflineCalls
from polyaxon_sdk.client.seam import checks_calls
from polyaxon_sdk.client.series_calls import SeriesCalls
from polyaxon_sdk.client.starting import StartingCalls
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.index.graph import Graph
from polyaxon_sdk.index.lineage import graph_of
from polyaxon_sdk.index.selector import resolve
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.logs import LogLine, read_logs
from polyaxon_sdk.runs.series import with_last_values
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.runs.status import Condition
from polyaxon_sdk.runs.superseded import superseded_state
from polyaxon_sdk.settings import load

__all__ = ["RunClient"]


@checks_calls
class RunClient(StartingCalls, FileCalls, OfflineCalls, FindingCalls, SeriesCalls, ChartCalls):
    """Reads and steers a run of the home (semantics 5.2), over or not: each call tells what is there now.

    Args:
        owner: the owner of the project; by default the run's.
        project: the project; by default the run's.
        run_uuid: the run, by its uuid or the first digits of it; by default the one that this process was
            started for.
        client, is_offline, no_op, manual_exceptions_handling, log_context: accepted for existing scripts: there is no
            server here to do without, and what fails raises.
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
        manual_exceptions_handling: bool = False,
        log_context: bool = False,
        store: str | None = None,
    ) -> None:
        del client, is_offline, no_op, manual_exceptions_handling, log_context
        self._settings = load()
        self._store = store or self._settings.read_store
        self._owner = owner
        self._project = project
        if run_uuid is not None and not run_uuid.strip():
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
        found = resolve(self._looked(), self._wanted, project=project)
        # Its name and its project may be others by the next call.
        self._named, self._wanted = None, found.uuid
        return found

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

    def refresh_data(
        self,
        *,
        load_artifacts_lineage: bool = False,
        load_conditions: bool = False,
        load_metrics: bool = False,
    ) -> RunState:
        """Read the run again.

        Args:
            load_artifacts_lineage, load_conditions, load_metrics: accepted for existing scripts: all of it is read.
        """
        del load_artifacts_lineage, load_conditions, load_metrics
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

    def get_statuses(self, last_status: str | None = None) -> tuple[str, list[Condition]]:
        """The run's status, and all that it had; with `last_status` those since it last had that one."""
        state = self.refresh_data()
        return state.status, state.conditions_since(last_status)

    def watch_statuses(self, statuses: str | Collection[str] | None = None) -> Iterator[Condition]:
        """Each status that the run had, and those that follow until it has one of `statuses`, or is done.

        Raises:
            InputError: there is no such status.
        """
        wanted = known_statuses(statuses)
        for condition in follow_statuses(self.folder):
            yield condition
            if condition.status in wanted:
                return

    def wait_for_condition(
        self,
        statuses: str | Collection[str] | None = None,
        *,
        timeout: float | None = None,
        print_status: bool = False,
        live_update: object = None,
    ) -> RunState:
        """Wait until the run has one of `statuses`, or is done.

        Args:
            statuses: None to wait until the run is done.
            timeout: seconds; None to wait for as long as it takes.
            print_status, live_update: accepted for existing scripts: `watch_statuses` gives what there is to print.

        Raises:
            InputError: there is no such status.
            TimeoutError: it has not by then.
        """
        del print_status, live_update
        self._state = wait_for(self.folder, known_statuses(statuses), timeout)
        return self._state

    def get_logs(
        self,
        replica: str | None = None,
        last_time: datetime | float | None = None,
        *,
        last_file: str | None = None,
    ) -> list[LogLine]:
        """The lines that the run printed, or one replica of it.

        Args:
            replica: the one that is wanted; None for all.
            last_time: only those after that moment; of what is not drained yet nothing tells when it was printed.
            last_file: accepted for existing scripts: all lines come at once.
        """
        del last_file
        lines = read_logs(self.folder, replica)
        since = last_time.timestamp() if isinstance(last_time, datetime) else last_time
        return [line for line in lines if since is None or line.time is None or line.time > since]

    def watch_logs(
        self, replica: str | None = None, *, hide_time: bool = False, all_info: bool = False
    ) -> Iterator[LogLine]:
        """Each line that the run printed, and those that follow until it is done.

        Args:
            replica: the one that is wanted; None for all.
            hide_time, all_info: accepted for existing scripts: lines are given, not printed.
        """
        del hide_time, all_info
        return follow_logs(self.folder, replica)

    def get_lineage(self, depth: int | None = None) -> Graph:
        """The runs that this one comes from and those that come from it, and what links them.

        Args:
            depth: how many runs away to go, up and downstream; None for all.
        """
        return graph_of(self._looked(), self.run_uuid, depth)
