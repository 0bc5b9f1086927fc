"""V1Job: a container that runs to its end."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.run.pod import Pod

__all__ = ["V1Job"]


@documented
@frozen(kw_only=True)
class V1Job(Pod):
    """A container that runs to its end (semantics 1.9).

    >>> from polyaxon_sdk.polyflow import V1Container
    >>> V1Job(container=V1Container(image="busybox", command=["true"])).kind
    'job'
    """

    kind: ClassVar[str] = "job"
