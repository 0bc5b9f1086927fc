"""Calls about the runs of a project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polyaxon_sdk.client.run_client import RunClient
    from polyaxon_sdk.index.run_row import Listing

__all__ = ["RunCalls"]


class RunCalls:
    """The part of `ProjectClient` about runs (semantics 5.2); each is named by its uuid or the first digits of it.

    Raises:
        InputError: from each call about runs, where several begin so, or what is asked can't be done to one.
        RunNotFoundError: likewise, where there is no such run.
    """

    _whose: str | None
    _project: str

    def list_runs(
        self,
        query: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Listing:
        """The runs of the project, as `RunClient.list` gives them."""
        return self._run(None).list(query, sort, limit, offset)

    def tag_runs(self, uuids: Sequence[str], tags: str | Sequence[str]) -> None:
        """Add tags to runs."""
        added = tags.split(",") if isinstance(tags, str) else tags
        for run in self._runs(uuids):
            run.update(tags=[*dict.fromkeys([*run.run_data.tags, *map(str.strip, added)])])

    def transfer_runs(self, uuids: Sequence[str], to_project: str) -> None:
        """Make runs those of another project, `name` or `owner/name`."""
        for run in self._runs(uuids):
            run.transfer(to_project)

    def stop_runs(self, uuids: Sequence[str]) -> None:
        """End runs that go on."""
        for run in self._runs(uuids):
            run.stop()

    def approve_runs(self, uuids: Sequence[str]) -> None:
        """Let runs begin that wait for approval."""
        for run in self._runs(uuids):
            run.approve()

    def skip_runs(self, uuids: Sequence[str]) -> None:
        """End runs as ones that were not to be carried out."""
        for run in self._runs(uuids):
            run.skip()

    def invalidate_runs(self, uuids: Sequence[str]) -> None:
        """Let no later run be taken from these."""
        for run in self._runs(uuids):
            run.invalidate()

    def delete_runs(self, uuids: Sequence[str]) -> None:
        """Delete runs for good, here and in the store.

        Raises:
            StoreError: the store fails; the run is here still.
        """
        for run in self._runs(uuids):
            run.delete()

    def _runs(self, uuids: Sequence[str]) -> list[RunClient]:
        """Clients of runs that are there, all of them."""
        found = [self._run(uuid) for uuid in uuids]
        for run in found:
            run.refresh_data()
        return found

    def _run(self, uuid: str | None) -> RunClient:
        from polyaxon_sdk.client.run_client import RunClient  # the index of runs comes with it

        return RunClient(self._whose, self._project, uuid)
