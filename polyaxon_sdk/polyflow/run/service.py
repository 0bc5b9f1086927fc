"""V1Service: a container that listens until it is stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.run.job import V1Job

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1Service"]


@documented
@frozen(kw_only=True)
class V1Service(V1Job):
    """A container that listens until it is stopped (semantics 1.9).

    Args:
        ports: where it listens; default none.
        rewrite_path: the proxy takes its own prefix off a request's path; default false.
        is_external: reached without the platform's login; default false.
        replicas: how many of it; default 1.

    >>> V1Service(ports=[6006]).kind
    'service'
    """

    kind: ClassVar[str] = "service"

    ports: list[int] | Template | None = None
    rewrite_path: bool | Template | None = None
    is_external: bool | Template | None = None
    replicas: int | Template | None = None
