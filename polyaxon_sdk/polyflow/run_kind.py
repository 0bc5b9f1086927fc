"""What a run may be, as enumerations (semantics 1.9)."""

from __future__ import annotations

from polyaxon_sdk.polyflow.words import Word

__all__ = ["V1CloningKind", "V1MatrixKind", "V1PipelineKind", "V1RunKind", "V1ScheduleKind"]


class V1CloningKind(Word):
    """How a run came from an earlier one (semantics 1.12).

    >>> V1CloningKind.CACHE == "cache"
    True
    """

    COPY = "copy"
    RESTART = "restart"
    CACHE = "cache"


class V1MatrixKind(Word):
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


class V1PipelineKind(Word):
    """The runs that consist of further runs (semantics 1.9).

    >>> V1PipelineKind.DAG == "dag"
    True
    """

    DAG = "dag"
    MATRIX = "matrix"
    SCHEDULE = "schedule"


class V1RunKind(Word):
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


class V1ScheduleKind(Word):
    """The schedules (semantics 1.14).

    >>> V1ScheduleKind.CRON == "cron"
    True
    """

    CRON = "cron"
    INTERVAL = "interval"
    DATETIME = "datetime"
