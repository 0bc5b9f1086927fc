"""Versions that a training process makes of what its run made."""

from __future__ import annotations

from polyaxon_sdk.projects.promotion import Promotion, promote
from polyaxon_sdk.projects.version import Version, VersionKind
from polyaxon_sdk.runs.owed import complete
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.tracking.place import Place

__all__ = ["Promotion", "promote_run", "version_of"]


def promote_run(place: Place, kind: VersionKind, promotion: Promotion) -> Version:
    """Make a version of what the run made, in the hub of its home.

    Raises:
        InputError: the run has no such artifact, or the name is taken or malformed.
        OSError: the hub can't be written.
    """
    run = complete(place.folder, read_run(place.folder))  # a version tells hashes, and is made here and now
    return promote(place.folder.home / "hub", run, kind, promotion)


def version_of(kind: VersionKind, promotion: Promotion) -> Version:
    """A version as it is asked for, which is kept nowhere.

    >>> version_of("model", Promotion("v1")).name
    'v1'
    """
    return Version(name=str(promotion.version), kind=kind, content=promotion.content)
