"""V1Template: a file that wants to be edited before it runs."""

from __future__ import annotations

from attrs import frozen

__all__ = ["V1Template"]


@frozen(kw_only=True)
class V1Template:
    """The mark of a file that isn't ready to run (semantics 1.3).

    Args:
        enabled: default true.
        description: what to fill in.
        fields: the fields to fill in.
    """

    enabled: bool | None = None
    description: str | None = None
    fields: list[str] | None = None
