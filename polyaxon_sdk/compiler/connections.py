"""The connections that a run may use, as templates and init steps see them (semantics 1.18 and 2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import field, frozen

from polyaxon_sdk.polyflow import write

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Connection

__all__ = ["Connections"]


@frozen(kw_only=True)
class Connections:
    """What is configured where the run will be.

    Args:
        known: the connections by name.
        store: the name of the artifacts store.

    >>> Connections(store="artifacts").as_dict()
    {}
    """

    known: Mapping[str, V1Connection] = field(factory=dict)
    store: str | None = None

    def as_dict(self) -> dict[str, object]:
        """Each connection's schema by its name, as `{{ connections.NAME.url }}` needs it."""
        return {
            name: one.schema if isinstance(one.schema, dict) else write(one.schema)
            for name, one in self.known.items()
            if one.schema is not None
        }
