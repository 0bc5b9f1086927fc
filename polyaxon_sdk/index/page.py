"""One page of the runs of a home."""

from __future__ import annotations

from polyaxon_sdk.index.run_row import DEFAULT_SORT, Listing
from polyaxon_sdk.settings import Settings

__all__ = ["list_page"]


def list_page(
    settings: Settings,
    *,
    project: str | None = None,
    sort: str = DEFAULT_SORT,
    limit: int | None = None,
    offset: int = 0,
) -> Listing:
    """The runs of `project`, or of all projects, as they are now.

    Raises:
        InputError: an unknown field to sort by.
        PolyaxonError: another process keeps the index locked.
    """
    if not settings.runs.is_dir():
        return Listing([], 0)
    # SQLAlchemy takes 0.2 s to import, which a home without runs needn't wait for.
    from polyaxon_sdk.index.store import Index

    with Index(settings.home, settings.cache) as index:
        return index.list(project=project, sort=sort, limit=limit, offset=offset)
