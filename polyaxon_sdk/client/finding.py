"""Calls that find runs."""

from __future__ import annotations

import builtins
from typing import Any

from polyaxon_sdk.client.extras import load_extra
from polyaxon_sdk.client.looking import look_at_page
from polyaxon_sdk.exceptions import RunNotFoundError
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.run_row import DEFAULT_SORT, Listing
from polyaxon_sdk.settings import Settings

__all__ = ["FindingCalls"]


class FindingCalls:
    """The part of `RunClient` that finds runs (semantics 4, 5.2)."""

    _settings: Settings
    _store: str | None
    _owner: str | None
    _project: str | None

    @property
    def _of_project(self) -> str | None:
        """Which runs are meant: those of a project, of any owner where none was named; of an owner; None for all."""
        owner, _, name = (self._project or "").rpartition("/")
        owner = self._owner or owner
        return f"{owner}/{name}" if owner else name or None

    def _looked(self) -> Settings:
        """Where runs are looked for: the home, or a store as it is now."""
        if self._store is None:
            return self._settings
        from polyaxon_sdk.index.mirrored import mirrored  # stores, which cost 40 ms

        return mirrored(self._settings, self._store)

    @property
    def run_uuid(self) -> str:
        """The run's uuid."""
        raise RunNotFoundError("no run is named")

    def list(
        self,
        query: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        *,
        all_projects: bool = False,
    ) -> Listing:
        """The runs of the client's project, or of all where it has none; `results` of the answer are those of a page.

        Args:
            query: which of them, in the query language; all by default.
            sort: fields with commas, `-` before what goes down.
            limit: how many at most.
            offset: how many to pass over.
            all_projects: of all projects, though the client has one.

        Raises:
            InputError: a mistake in the query, or an unknown field to sort by.
        """
        project = None if all_projects else self._of_project
        order = DEFAULT_SORT if sort is None else sort
        asked = Question(query or "", project, order, limit, offset or 0)
        return look_at_page(self._looked(), asked)

    def list_children(
        self,
        query: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Listing:
        """The runs that come from this one: those that were begun within it, and those that took values from it.

        Args:
            query, sort, limit, offset: as for `list`.
        """
        wanted = f"upstream:{self.run_uuid}"
        return self.list(f"{wanted}, ({query})" if query and query.strip() else wanted, sort, limit, offset)

    def get_runs_io(
        self,
        query: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> builtins.list[dict[str, Any]]:
        """The inputs and outputs of runs that have any: `{"uid": ..., "values": {...}}` each.

        Args:
            query, sort, limit, offset: as for `list`.
        """
        rows = self.list(query, sort, limit, offset).results
        found = [(row.uuid, {**row.inputs, **row.outputs}) for row in rows]
        return [{"uid": uuid, "values": values} for uuid, values in found if values]

    def get_runs_as_hiplot(
        self,
        query: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Any:  # a hiplot.Experiment, which has no types
        """What `get_runs_io` gives, as an experiment of HiPlot: a line a run through an axis a value.

        Args:
            query, sort, limit, offset: as for `list`.

        Raises:
            MissingExtraError: HiPlot is not installed.
        """
        hiplot = load_extra("hiplot", "hiplot")
        points = self.get_runs_io(query, sort, limit, offset)
        return hiplot.Experiment(datapoints=[hiplot.Datapoint(**point) for point in points])
