"""The runs that were made from one."""

from __future__ import annotations

from collections.abc import Sequence

from polyaxon_sdk.index.run_row import Descendant
from polyaxon_sdk.settings import Settings

__all__ = ["descendants_of"]


def descendants_of(settings: Settings, uuid: str) -> Sequence[Descendant]:
    """The runs of the home that say that `uuid` is their original, oldest first.

    Raises:
        PolyaxonError: another process keeps the index locked.
    """
    if not settings.runs.is_dir():
        return []
    # SQLAlchemy takes 0.2 s to import, which a home without runs needn't wait for.
    from polyaxon_sdk.index.store import Index

    with Index(settings.home, settings.cache, settings.index_url) as index:
        return index.descendants(uuid)
