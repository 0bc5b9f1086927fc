"""V1EventTrigger: what has to happen elsewhere before an operation starts."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["EventKind", "V1EventKind", "V1EventTrigger"]


class V1EventKind(StrEnum):
    """What may happen elsewhere (semantics 1.13).

    >>> V1EventKind.RUN_STATUS_DONE == "run_status_done"
    True
    """

    RUN_STATUS_CREATED = "run_status_created"
    RUN_STATUS_RESUMING = "run_status_resuming"
    RUN_STATUS_ON_SCHEDULE = "run_status_on_schedule"
    RUN_STATUS_COMPILED = "run_status_compiled"
    RUN_STATUS_QUEUED = "run_status_queued"
    RUN_STATUS_SCHEDULED = "run_status_scheduled"
    RUN_STATUS_STARTING = "run_status_starting"
    RUN_STATUS_RUNNING = "run_status_running"
    RUN_STATUS_PROCESSING = "run_status_processing"
    RUN_STATUS_STOPPING = "run_status_stopping"
    RUN_STATUS_FAILED = "run_status_failed"
    RUN_STATUS_STOPPED = "run_status_stopped"
    RUN_STATUS_SUCCEEDED = "run_status_succeeded"
    RUN_STATUS_SKIPPED = "run_status_skipped"
    RUN_STATUS_WARNING = "run_status_warning"
    RUN_STATUS_UNSCHEDULABLE = "run_status_unschedulable"
    RUN_STATUS_UPSTREAM_FAILED = "run_status_upstream_failed"
    RUN_STATUS_RETRYING = "run_status_retrying"
    RUN_STATUS_UNKNOWN = "run_status_unknown"
    RUN_STATUS_DONE = "run_status_done"
    RUN_APPROVED_ACTOR = "run_approved_actor"
    RUN_INVALIDATED_ACTOR = "run_invalidated_actor"
    RUN_NEW_ARTIFACTS = "run_new_artifacts"
    CONNECTION_GIT_COMMIT = "connection_git_commit"
    CONNECTION_DATASET_VERSION = "connection_dataset_version"
    CONNECTION_REGISTRY_IMAGE = "connection_registry_image"
    ALERT_INFO = "alert_info"
    ALERT_WARNING = "alert_warning"
    ALERT_CRITICAL = "alert_critical"
    MODEL_VERSION_NEW_METRIC = "model_version_new_metric"
    PROJECT_CUSTOM_EVENT = "project_custom_event"
    ORG_CUSTOM_EVENT = "org_custom_event"


EventKind: TypeAlias = Literal[
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
"""The words of `V1EventKind`."""


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

    kinds: list[V1EventKind | EventKind | Template]
    ref: str

    @property
    def upstream(self) -> str | None:
        """The operation of the same dag that it waits for."""
        return self.ref.removeprefix("ops.") if self.ref.startswith("ops.") else None
