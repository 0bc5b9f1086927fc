"""Making a version of what a run made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.projects.shelf import Shelf
from polyaxon_sdk.projects.version import StageCondition, Version, VersionKind
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.types import Json

__all__ = ["Promotion", "check_made", "promote", "registered", "tags_of"]


class Promotion(NamedTuple):
    """What is said of a version that is to be made.

    Attributes:
        version: its name.
        tags: a list, or text with commas.
        artifacts: the names of the run's artifacts that it is; by default for a model all models of the run.
        force: whether it takes the place of a version of its name.
    """

    version: str
    description: str | None = None
    tags: str | Sequence[str] | None = None
    content: Json = None
    connection: str | None = None
    artifacts: Sequence[str] | None = None
    force: bool = False


def promote(hub: Path, run: RunState, kind: VersionKind, promotion: Promotion) -> Version:
    """Keep a version of what `run` made, in the run's project.

    Raises:
        InputError: the run has no such artifact, or the name is taken or malformed.
        OSError: the hub can't be written.
    """
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    chosen = _chosen(run, kind, promotion.artifacts)
    version = Version(
        name=promotion.version,
        kind=kind,
        owner=run.owner,
        project=run.project,
        uuid=new_uuid(),
        description=promotion.description,
        tags=tags_of(promotion.tags),
        run=run.uuid,
        artifacts=[name for name, _ in chosen],
        connection=promotion.connection,
        content=promotion.content,
        meta_info={"run": {"name": run.name}, "artifacts": [_known(artifact) for _, artifact in chosen]},
        stage_conditions=[StageCondition(stage="testing", reason="Promoted", time=now)],
        created_at=now,
        updated_at=now,
    )
    Shelf(hub, run.owner, run.project).put(version, force=promotion.force)
    return version


def check_made(run: RunState, kind: VersionKind, promotion: Promotion) -> None:
    """Refuse a version of nothing.

    Raises:
        InputError: neither what `run` made nor anything else is said to be it.
    """
    if (
        promotion.content is None
        and promotion.connection is None
        and not _chosen(run, kind, promotion.artifacts)
    ):
        made = sorted({name for name, _ in run.artifacts})
        some = f"`artifacts`: some of {', '.join(made)}" if made else "a run with artifacts, or `content`"
        nothing = "no model" if kind == "model" and promotion.artifacts is None else "nothing"
        raise InputError(f"{nothing} of run {run.uuid[:12]} is named", path=promotion.version, expected=some)


def registered(kind: VersionKind, owner: str, project: str, promotion: Promotion) -> Version:
    """A version of what no run here made; it is kept nowhere yet.

    >>> registered("model", "acme", "digits", Promotion("v1")).stage
    'testing'
    """
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    return Version(
        name=promotion.version,
        kind=kind,
        owner=owner,
        project=project,
        uuid=new_uuid(),
        description=promotion.description,
        tags=tags_of(promotion.tags),
        artifacts=promotion.artifacts or (),
        connection=promotion.connection,
        content=promotion.content,
        stage_conditions=[StageCondition(stage="testing", reason="Registered", time=now)],
        created_at=now,
        updated_at=now,
    )


def _chosen(
    run: RunState, kind: VersionKind, names: Sequence[str] | None
) -> list[tuple[str, Mapping[str, object]]]:
    found = {name: artifact for (name, _), artifact in run.artifacts.items()}
    if names is None:
        return [(name, each) for (name, of), each in run.artifacts.items() if kind == "model" == of]
    for name in names:
        if name not in found:
            raise InputError(f"the run has no artifact {name!r}{did_you_mean(name, found)}")
    return [(name, found[name]) for name in names]


def _known(artifact: Mapping[str, object]) -> dict[str, Json]:
    summary = artifact.get("summary")
    digest = summary.get("hash") if isinstance(summary, Mapping) else None
    return {
        "name": str(artifact.get("name")),
        "kind": str(artifact.get("kind")),
        "path": None if artifact.get("path") is None else str(artifact.get("path")),
        "hash": None if digest is None else str(digest),
    }


def tags_of(tags: str | Sequence[str] | None) -> tuple[str, ...]:
    """Tags as somebody names them: a list, or text with commas.

    >>> tags_of("a, b")
    ('a', 'b')
    """
    each = tags.split(",") if isinstance(tags, str) else tags or ()
    return tuple(str(tag).strip() for tag in each if str(tag).strip())
