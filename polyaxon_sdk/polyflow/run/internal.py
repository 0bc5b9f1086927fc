"""The runtimes that the system itself starts."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.run.job import V1Job

__all__ = ["V1CleanerJob", "V1NotifierJob", "V1TunerJob"]


@documented
@frozen(kw_only=True)
class V1NotifierJob(V1Job):
    """A job that tells people about a run's end (semantics 1.9).

    >>> V1NotifierJob().kind
    'notifier'
    """

    kind: ClassVar[str] = "notifier"


@documented
@frozen(kw_only=True)
class V1CleanerJob(V1Job):
    """A job that removes what deleted runs left behind (semantics 1.9).

    >>> V1CleanerJob().kind
    'cleaner'
    """

    kind: ClassVar[str] = "cleaner"


@documented
@frozen(kw_only=True)
class V1TunerJob(V1Job):
    """A job that makes a search's next suggestions (semantics 1.9).

    >>> V1TunerJob().kind
    'tuner'
    """

    kind: ClassVar[str] = "tuner"
