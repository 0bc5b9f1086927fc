"""Versions that a training process makes of what its run made."""

from __future__ import annotations

from polyaxon_sdk.projects.promotion import Promotion, promote
from polyaxon_sdk.projects.version import Version, VersionKind
from polyaxon_sdk.runs.owed import complete
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.tracking.given import flag_given, text_given, texts_given
from polyaxon_sdk.tracking.interface import Place

__all__ = ["Promotion", "promote_run", "version_of"]


def promote_run(place: Place, kind: VersionKind, promotion: Promotion) -> Version:
    """Make a version of what the run made, in the hub of its home.

    Raises:
        InputError: the run has no such artifact, the name is taken or malformed, or something is of another type.
        OSError: the hub can't be written.
    """
    made = promotion._replace(
        version=text_given(promotion.version, "version", expected="a name, such as 'v1'"),
        description=_text_or_none(promotion.description, "description"),
        connection=_text_or_none(promotion.connection, "connection"),
        tags=None if promotion.tags is None else texts_given(promotion.tags, "tags"),
        artifacts=None if promotion.artifacts is None else texts_given(promotion.artifacts, "artifacts"),
        force=flag_given(promotion.force, "force"),
    )
    run = complete(place.folder, read_run(place.folder))  # a version tells hashes, and is made here and now
    return promote(place.folder.home / "hub", run, kind, made)


def _text_or_none(value: object, path: str) -> str | None:
    return None if value is None else text_given(value, path)


def version_of(kind: VersionKind, promotion: Promotion) -> Version:
    """A version as it is asked for, which is kept nowhere.

    >>> version_of("model", Promotion("v1")).name
    'v1'
    """
    return Version(name=str(promotion.version), kind=kind, content=promotion.content)
