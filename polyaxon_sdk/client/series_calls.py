"""Calls about what a run logged over its course."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, overload

from polyaxon_sdk.client.answers import Answers
from polyaxon_sdk.client.arrow import to_table
from polyaxon_sdk.client.events import EventColumns, Names, check_kind, columns_of, texts_of
from polyaxon_sdk.client.frames import Library, tidy_frame, wide_frame
from polyaxon_sdk.client.lineage import Artifact, artifacts_of, superseded_artifacts
from polyaxon_sdk.client.narrowing import Wanted, narrowed, record_of_artifact
from polyaxon_sdk.exceptions import RunNotFoundError
from polyaxon_sdk.index.selector import resolve
from polyaxon_sdk.query import ARTIFACTS
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings

__all__ = ["SeriesCalls"]

Orient = Literal["dict", "csv"]


class SeriesCalls:
    """The part of `RunClient` about series of events, and the artifacts that they are among (semantics 5.2)."""

    @property
    def folder(self) -> RunFolder:
        """Where the run lies."""
        raise RunNotFoundError("no run is named")

    def _looked(self) -> Settings:
        """Where runs are looked for."""
        raise RunNotFoundError("no run is named")

    @overload
    def get_events(
        self,
        kind: str,
        names: Names = None,
        orient: Literal["dict"] | None = None,
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
        orient: Orient | None = None,
        *,
        force: bool = False,
        superseded: int | None = None,
    ) -> dict[str, EventColumns] | dict[str, str]:
        """Each series of a kind, by the name that it was logged under.

        Args:
            kind: `metric`, `image`, `text`, … (semantics 5.9).
            names: the series that are wanted; None for all. One that is not there is left out.
            orient: `dict`, or None, for columns, `csv` for the text of the event file.
            force: accepted for existing scripts: nothing is kept between two calls here.
            superseded: the number, from 1 on, of an attempt with `resume_from_step`: what it took out of the series.

        Raises:
            InputError: runs have no such kind, and this one neither.
        """
        del force
        check_kind(kind, [self.folder], superseded=superseded)
        of = texts_of if orient == "csv" else columns_of
        return of(self.folder, kind, names, superseded=superseded)

    @overload
    def get_multi_run_events(
        self,
        kind: str,
        runs: Sequence[str],
        names: Names = None,
        orient: Literal["dict"] | None = None,
        *,
        force: bool = False,
    ) -> dict[str, dict[str, EventColumns]]: ...

    @overload
    def get_multi_run_events(
        self,
        kind: str,
        runs: Sequence[str],
        names: Names = None,
        *,
        orient: Literal["csv"],
        force: bool = False,
    ) -> dict[str, dict[str, str]]: ...

    def get_multi_run_events(
        self,
        kind: str,
        runs: Sequence[str],
        names: Names = None,
        orient: Orient | None = None,
        *,
        force: bool = False,
    ) -> dict[str, dict[str, EventColumns]] | dict[str, dict[str, str]]:
        """What `get_events` gives, of several runs, by their uuids."""
        del force
        settings = self._looked()
        folders = [resolve(settings, run) for run in runs]
        check_kind(kind, folders)
        if orient == "csv":
            return {folder.uuid: texts_of(folder, kind, names) for folder in folders}
        return {folder.uuid: columns_of(folder, kind, names) for folder in folders}

    def get_metrics(
        self, names: Names = None, *, force: bool = False, superseded: int | None = None
    ) -> dict[str, EventColumns]:
        """The points of each metric as columns; with `force` and `superseded` as for `get_events`."""
        del force
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
        For the arguments see `get_metrics_as_tidy_df`.
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
    ) -> Answers[Artifact]:
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
