"""What `lineageRef`, `modelRef` and `artifactRef` of init steps lead to (semantics 1.8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.projects.version import Version, VersionKind
from polyaxon_sdk.runner.inits.earlier import EarlierRuns, uuid_in
from polyaxon_sdk.runs.names import is_uuid

__all__ = ["Referred", "Versions", "of_lineage", "of_version"]

Versions = Callable[[VersionKind, str], Version]


class Referred(NamedTuple):
    """Where a reference leads.

    Attributes:
        keys: of files and folders: below the runs that they are of, or in the connection's store.
        connection: the name of the connection that they lie behind; None for the runs' own place.
    """

    keys: list[str]
    connection: str | None = None


def of_lineage(runs: EarlierRuns, reference: str, *, path: str) -> Referred:
    """What another run logged under a name: `RUN:NAME`.

    Raises:
        InputError: there is no such run, or it logged no such thing.
        StoreError: the store can't be read.
    """
    run, _, name = reference.partition(":")
    uuid = uuid_in(run)
    return Referred([_key(uuid, name, _artifacts(runs, uuid, run, path), path)])


def of_version(
    runs: EarlierRuns, versions: Versions, kind: VersionKind, reference: str, *, path: str
) -> Referred:
    """What a registered version names: `VERSION` of the run's project, `PROJECT:VERSION`, `OWNER/PROJECT:VERSION`.

    Raises:
        InputError: there is no such version, or what it names can't be had.
        StoreError: the store can't be read.
    """
    try:
        version = versions(kind, reference)
    except InputError as error:
        error.path = path
        raise
    if version.run is None:
        if version.connection is None:
            raise InputError(
                f"{kind} version {reference!r} names no run and no connection, so nothing can be brought",
                path=path,
            )
        return Referred(list(version.artifacts) or [""], version.connection)
    told = version.meta_info.get("artifacts")
    paths = (
        {str(each["name"]): each for each in told if isinstance(each, Mapping)}
        if isinstance(told, list)
        else {}
    )
    known: Mapping[str, Mapping[str, object]] = paths
    if any(not paths.get(name, {}).get("path") for name in version.artifacts):
        known = _artifacts(runs, version.run, version.run, path)
    if not version.artifacts:
        raise InputError(f"{kind} version {reference!r} names no artifacts", path=path)
    return Referred([_key(version.run, name, known, path) for name in version.artifacts], version.connection)


def _artifacts(runs: EarlierRuns, uuid: str, run: str, path: str) -> Mapping[str, Mapping[str, object]]:
    found = runs.artifacts(uuid) if is_uuid(uuid) else None
    if found is None:
        raise InputError(
            f"no run {run!r} in this home, nor in its artifacts store", path=path, expected="UUID:NAME"
        )
    return found


def _key(uuid: str, name: str, known: Mapping[str, Mapping[str, object]], path: str) -> str:
    """Where an artifact of a run is, below all runs."""
    place = known.get(name, {}).get("path")
    if not isinstance(place, str) or not place:
        raise InputError(
            f"run {uuid[:12]} logged no {name!r} with a path", path=path, hint=did_you_mean(name, known)
        )
    if "://" in place or place.startswith("/"):
        raise InputError(
            f"{name!r} of run {uuid[:12]} lies outside of the run, in {place}",
            path=path,
            expected="what was logged into the run, or paths of a connection",
        )
    return f"{uuid}/{place}"
