"""V1Template: a file that wants to be edited before it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1Template"]


@documented
@frozen(kw_only=True)
class V1Template:
    """The mark of a file that isn't ready to run (semantics 1.3).

    Args:
        enabled: whether the mark counts; default true.
        description: what to fill in, for people; default none.
        fields: the fields to fill in; default none.

    >>> V1Template(description="Say where the data is.", fields=["inputs.data"]).fields
    ['inputs.data']
    """

    enabled: bool | Template | None = None
    description: str | None = None
    fields: list[str] | Template | None = None
