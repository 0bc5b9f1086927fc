"""V1EventTrigger: what has to happen elsewhere before an operation starts."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented

__all__ = ["V1EventTrigger"]


@documented
@frozen(kw_only=True)
class V1EventTrigger:
    """Events to wait for (semantics 1.13).

    Args:
        kinds: the events, such as `run_status_running`.
        ref: where they happen, such as `ops.NAME`.

    >>> V1EventTrigger(kinds=["run_status_running"], ref="ops.train").upstream
    'train'
    """

    kinds: list[
        Literal[
            "run_status_created",
            "run_status_resuming",
            "run_status_on_schedule",
            "run_status_compiled",
            "run_status_queued",
            "run_status_scheduled",
            "run_status_starting",
            "run_status_running",
            "run_status_processing",
            "run_status_stopping",
            "run_status_failed",
            "run_status_stopped",
            "run_status_succeeded",
            "run_status_skipped",
            "run_status_warning",
            "run_status_unschedulable",
            "run_status_upstream_failed",
            "run_status_retrying",
            "run_status_unknown",
            "run_status_done",
            "run_approved_actor",
            "run_invalidated_actor",
            "run_new_artifacts",
            "connection_git_commit",
            "connection_dataset_version",
            "connection_registry_image",
            "alert_info",
            "alert_warning",
            "alert_critical",
            "model_version_new_metric",
            "project_custom_event",
            "org_custom_event",
        ]
    ]
    ref: str

    @property
    def upstream(self) -> str | None:
        """The operation of the same dag that it waits for."""
        return self.ref.removeprefix("ops.") if self.ref.startswith("ops.") else None
