"""Verbs that tell what is known of the run, by any process of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyaxon_sdk.tracking.verbs.placed import Placed

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Connection
    from polyaxon_sdk.runs.state import RunState
    from polyaxon_sdk.runs.status import Condition

__all__ = ["ReadingVerbs"]


class ReadingVerbs(Placed):
    """What the run is known by, as its record tells it now; `RunClient(run_uuid=run.uuid)` tells the rest."""

    @property
    def run_uuid(self) -> str:
        """The run's uuid, under the name that `RunClient` has for it."""
        return self._place.folder.uuid

    @property
    def run_data(self) -> RunState:
        """The run as its record tells it."""
        from polyaxon_sdk.runs.state import read_run  # a run that is only written to doesn't need it

        return read_run(self._place.folder)

    @property
    def status(self) -> str:
        """The run's status."""
        return self.run_data.status

    @property
    def owner(self) -> str:
        """The owner of the run's project."""
        return self.run_data.owner

    @property
    def project(self) -> str:
        """The run's project."""
        return self.run_data.project

    def refresh_data(
        self,
        *,
        load_artifacts_lineage: bool = False,
        load_conditions: bool = False,
        load_metrics: bool = False,
    ) -> RunState:
        """Read the run again; the choices are accepted for existing scripts: all of it is read.

        >>> run.refresh_data().tags  # doctest: +SKIP
        ['cnn']
        """
        del load_artifacts_lineage, load_conditions, load_metrics
        return self.run_data

    def get_inputs(self) -> dict[str, object]:
        """The run's inputs by name: its params, and what was logged as one.

        >>> run.get_inputs()  # doctest: +SKIP
        {'epochs': 3}
        """
        return self.run_data.inputs

    def get_outputs(self) -> dict[str, object]:
        """The run's outputs by name: what was logged as one, and the last value of each metric that is drained."""
        return self.run_data.outputs

    def get_statuses(self, last_status: str | None = None) -> tuple[str, list[Condition]]:
        """The run's status, and all that it had, or those after `last_status`."""
        state = self.run_data
        return state.status, state.conditions_since(last_status)

    def get_connections_catalog(self) -> list[V1Connection] | None:
        """The connections that this process may use, as `POLYAXON_CONNECTIONS_CATALOG` tells them, or None.

        Raises:
            InputError: it is no catalog.
        """
        from polyaxon_sdk.tracking.connections import read_catalog  # attrs come with it: paid by who asks

        return read_catalog()

    def get_artifacts_store_connection(self) -> V1Connection | None:
        """The store that the run is shipped to, or None where it stays in the home.

        >>> run.get_artifacts_store_connection().schema.bucket  # doctest: +SKIP
        's3://team/runs'
        """
        from polyaxon_sdk.tracking.connections import store_connection  # see above

        return store_connection()

    def set_artifacts_path(self, artifacts_path: str | None = None, *, is_related: bool = False) -> None:
        """Accepted for existing scripts: a run's files lie in the run, where `get_artifacts_path` says.

        Another folder is not used, which is told once.
        """
        from polyaxon_sdk.tracking.connections import refuse_artifacts_path  # see above

        del is_related
        self._log("artifacts path", refuse_artifacts_path, artifacts_path)
