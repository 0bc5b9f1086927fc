"""Changing versions: another stage, another project, other words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from attrs import evolve

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.projects.shelf import Shelf
from polyaxon_sdk.projects.version import STAGES, Stage, StageCondition, Version
from polyaxon_sdk.runs.names import new_uuid

__all__ = ["copied", "moment", "renamed", "stage_of", "staged"]


def moment() -> str:
    """Now, as versions have it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def stage_of(text: str) -> Stage:
    """The stage of a name.

    Raises:
        InputError: there is none.

    >>> stage_of("production")
    'production'
    """
    for stage in STAGES:
        if stage == text:
            return stage
    raise InputError(
        f"no stage {text!r}", expected=f"one of {', '.join(STAGES)}", hint=did_you_mean(text, STAGES)
    )


def staged(version: Version, stage: Stage, reason: str, message: str) -> Version:
    """A version in another stage; those before stay known."""
    now = moment()
    condition = StageCondition(stage=stage, reason=reason, message=message, time=now)
    conditions = (*version.stage_conditions, condition)
    return evolve(version, stage=stage, stage_conditions=conditions, updated_at=now)


def renamed(version: Version, *, description: str | None, tags: Sequence[str] | None) -> Version:
    """A version of which something else is said; what is None stays."""
    return evolve(
        version,
        description=version.description if description is None else description,
        tags=version.tags if tags is None else tuple(tags),
        updated_at=moment(),
    )


def copied(hub: Path, version: Version, project: str, name: str | None, *, force: bool) -> Version:
    """Keep a copy of a version in another project, `name` or `owner/name`; it comes from the same run.

    Raises:
        InputError: that project has a version of its name, or the names can't be.
        OSError: the hub can't be written.
    """
    owner, _, title = project.rpartition("/")
    copy = evolve(
        version,
        name=name or version.name,
        owner=owner or version.owner,
        project=title,
        uuid=new_uuid(),
        updated_at=moment(),
    )
    Shelf(hub, copy.owner, copy.project).put(copy, force=force)
    return copy
