"""The runtimes that the system itself starts."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from polyaxon_sdk.polyflow.run.job import V1Job

__all__ = ["V1CleanerJob", "V1NotifierJob", "V1TunerJob"]


@frozen(kw_only=True)
class V1NotifierJob(V1Job):
    """A job that tells people about a run's end.

    >>> V1NotifierJob().kind
    'notifier'
    """

    kind: ClassVar[str] = "notifier"


@frozen(kw_only=True)
class V1CleanerJob(V1Job):
    """A job that removes what deleted runs left behind.

    >>> V1CleanerJob().kind
    'cleaner'
    """

    kind: ClassVar[str] = "cleaner"


@frozen(kw_only=True)
class V1TunerJob(V1Job):
    """A job that makes a search's next suggestions.

    >>> V1TunerJob().kind
    'tuner'
    """

    kind: ClassVar[str] = "tuner"
