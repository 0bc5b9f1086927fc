"""What a run may be, as enumerations (semantics 1.9 and 5.11)."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["V1CloningKind", "V1MatrixKind", "V1PipelineKind", "V1RunKind", "V1ScheduleKind", "V1Statuses"]


class V1CloningKind(StrEnum):
    """How a run came from an earlier one (semantics 1.12).

    >>> V1CloningKind.CACHE == "cache"
    True
    """

    COPY = "copy"
    RESTART = "restart"
    CACHE = "cache"


class V1MatrixKind(StrEnum):
    """The searches (semantics 1.15).

    >>> V1MatrixKind.GRID == "grid"
    True
    """

    RANDOM = "random"
    GRID = "grid"
    HYPERBAND = "hyperband"
    BAYES = "bayes"
    TPE = "tpe"
    ITERATIVE = "iterative"
    MAPPING = "mapping"
    ASHA = "asha"


class V1PipelineKind(StrEnum):
    """The runs that consist of further runs (semantics 1.9).

    >>> V1PipelineKind.DAG == "dag"
    True
    """

    DAG = "dag"
    MATRIX = "matrix"
    SCHEDULE = "schedule"


class V1RunKind(StrEnum):
    """The runs: those that a file may ask for, and those that the system makes (semantics 1.9).

    >>> V1RunKind.JOB == "job"
    True
    """

    JOB = "job"
    SERVICE = "service"
    DAG = "dag"
    DASKCLUSTER = "daskcluster"
    RAYCLUSTER = "raycluster"
    MPIJOB = "mpijob"
    TFJOB = "tfjob"
    PYTORCHJOB = "pytorchjob"
    MATRIX = "matrix"
    SCHEDULE = "schedule"
    TUNER = "tuner"
    WATCHDOG = "watchdog"
    NOTIFIER = "notifier"
    CLEANER = "cleaner"
    BUILDER = "builder"


class V1ScheduleKind(StrEnum):
    """The schedules (semantics 1.14).

    >>> V1ScheduleKind.CRON == "cron"
    True
    """

    CRON = "cron"
    INTERVAL = "interval"
    DATETIME = "datetime"


class V1Statuses(StrEnum):
    """The statuses of a run, and `done` for any final one, which hooks and notifications wait for (semantics 5.11).

    >>> V1Statuses.SUCCEEDED == "succeeded"
    True
    """

    CREATED = "created"
    RESUMING = "resuming"
    ON_SCHEDULE = "on_schedule"
    COMPILED = "compiled"
    QUEUED = "queued"
    SCHEDULED = "scheduled"
    STARTING = "starting"
    RUNNING = "running"
    PROCESSING = "processing"
    STOPPING = "stopping"
    FAILED = "failed"
    STOPPED = "stopped"
    SUCCEEDED = "succeeded"
    SKIPPED = "skipped"
    WARNING = "warning"
    UNSCHEDULABLE = "unschedulable"
    UPSTREAM_FAILED = "upstream_failed"
    RETRYING = "retrying"
    UNKNOWN = "unknown"
    DONE = "done"
