"""The connections of this machine, as templates see them."""

from __future__ import annotations

from polyaxon_sdk.compiler import Connections
from polyaxon_sdk.settings import Settings

__all__ = ["connections_of"]


def connections_of(settings: Settings) -> Connections:
    """What is configured, by name.

    Raises:
        InputError: a connection can't be read.
    """
    if not settings.texts["connections"] and not settings.texts["connections_catalog"]:
        return Connections()
    from polyaxon_sdk.storage.connections import connections  # asyncio, for those who have some

    return Connections(known={each.name: each for each in connections(settings)})
