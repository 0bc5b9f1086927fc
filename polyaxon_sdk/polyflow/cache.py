"""V1Cache: when an earlier run's results are taken instead of running."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1Cache"]


@documented
@frozen(kw_only=True)
class V1Cache:
    """Reuse of earlier runs (semantics 1.12).

    Args:
        disable: never reuse; default: true for a run of its own, false inside a matrix or a dag.
        ttl: seconds since the earlier run's end within which it counts; default: no limit.
        io: the names of the inputs that have to agree; default: all.
        sections: which of `containers`, `init` and `connections` have to agree; default: all.

    >>> V1Cache(io=["lr"], ttl=3600).io
    ['lr']
    """

    disable: bool | Template | None = None
    ttl: int | Template | None = None
    io: list[str] | Template | None = None
    sections: list[Literal["containers", "init", "connections"]] | Template | None = None
