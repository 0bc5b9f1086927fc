"""The graph of runs around one of a home."""

from __future__ import annotations

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.index.graph import Graph
from polyaxon_sdk.settings import Settings

__all__ = ["graph_of"]


def graph_of(settings: Settings, uuid: str, depth: int | None = None) -> Graph:
    """The runs that a run of the home comes from, and those that come from it, as far as `depth` edges away.

    Raises:
        InputError: `depth` is below 0.
        PolyaxonError: another process keeps the index locked.

    >>> graph_of(settings, uuid, 2).below(uuid)  # doctest: +SKIP
    """
    if depth is not None and depth < 0:
        raise InputError(f"a depth of {depth} is none", expected="0 or more runs, or None for all")
    # SQLAlchemy takes 0.2 s to import, which nobody but who asks for a graph needs wait for.
    from polyaxon_sdk.index.store import Index

    with Index(settings.home, settings.cache, settings.index_url) as index:
        return index.lineage(uuid, depth)
