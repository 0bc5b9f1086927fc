"""The projects that the runs of a home name."""

from __future__ import annotations

from polyaxon_sdk.settings import Settings

__all__ = ["count_projects"]


def count_projects(settings: Settings) -> dict[tuple[str, str], tuple[int, float | None]]:
    """How many runs each project has, and when one of them last changed, by owner and name.

    Raises:
        PolyaxonError: another process keeps the index locked.

    >>> count_projects(settings)["default", "digits"]  # doctest: +SKIP
    (12, 1760000000.0)
    """
    if not settings.runs.is_dir():
        return {}
    # SQLAlchemy takes 0.2 s to import, which a home without runs needn't wait for.
    from polyaxon_sdk.index.store import Index

    with Index(settings.home, settings.cache, settings.index_url) as index:
        return index.projects()
