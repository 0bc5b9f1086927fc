"""A version: a model, artifact or component of a project under a name that stays, and the run that made it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

from attrs import asdict, field, fields, frozen
from attrs.validators import deep_iterable, in_, instance_of, optional

from polyaxon_sdk.types import Json

__all__ = ["KINDS", "STAGES", "Stage", "StageCondition", "Version", "VersionKind"]

VersionKind = Literal["model", "artifact", "component"]
Stage = Literal["testing", "staging", "production", "disabled"]

KINDS: tuple[VersionKind, ...] = get_args(VersionKind)
STAGES: tuple[Stage, ...] = get_args(Stage)


_is_text = instance_of(str)
_may_be_text = optional(_is_text)
_are_texts = deep_iterable(_is_text)


@frozen(kw_only=True)
class StageCondition:
    """One stage that a version was in, why, and since when, as an ISO 8601 moment."""

    stage: Stage = field(validator=in_(STAGES))
    reason: str = field(default="", validator=_is_text)
    message: str = field(default="", validator=_is_text)
    time: str = field(default="", validator=_is_text)


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


def _conditions(values: Iterable[StageCondition]) -> tuple[StageCondition, ...]:
    return tuple(values)


@frozen(kw_only=True)
class Version:
    """A version as its file holds it (semantics 5.2, 7); times are ISO 8601 moments.

    Args:
        name: such as `v1`; one of its kind in its project.
        run: the uuid of the run that made it; None where it was registered by hand.
        artifacts: the names of that run's artifacts that it is.
        meta_info: of each of these its kind, path in the run and hash, and what else is known.
        content: whatever a person says of it, as JSON or text.
        connection: the name of the connection that it lies behind.

    >>> Version.of({"name": "v1", "kind": "model", "artifacts": ["net"]}).artifacts
    ('net',)
    """

    name: str = field(validator=_is_text)
    kind: VersionKind = field(validator=in_(KINDS))
    owner: str = field(default="default", validator=_is_text)
    project: str = field(default="default", validator=_is_text)
    uuid: str = field(default="", validator=_is_text)
    description: str | None = field(default=None, validator=_may_be_text)
    tags: tuple[str, ...] = field(default=(), converter=_texts, validator=_are_texts)
    run: str | None = field(default=None, validator=_may_be_text)
    artifacts: tuple[str, ...] = field(default=(), converter=_texts, validator=_are_texts)
    connection: str | None = field(default=None, validator=_may_be_text)
    content: Json = None
    readme: str | None = field(default=None, validator=_may_be_text)
    meta_info: Mapping[str, Json] = field(factory=dict, validator=instance_of(dict))
    stage: Stage = field(default="testing", validator=in_(STAGES))
    stage_conditions: tuple[StageCondition, ...] = field(default=(), converter=_conditions)
    created_at: str | None = field(default=None, validator=_may_be_text)
    updated_at: str | None = field(default=None, validator=_may_be_text)

    @classmethod
    def of(cls, view: Mapping[str, Any]) -> Version:  # a document of whatever shape
        """The version that a file's document tells; what later versions of this package add is left out.

        Raises:
            TypeError: it has no name or no kind, or a field of another type.
            ValueError: there is no such kind or stage.
        """
        known = {each.name for each in fields(cls)}
        given = {name: value for name, value in view.items() if name in known and value is not None}
        conditions = [StageCondition(**each) for each in given.pop("stage_conditions", ())]
        return cls(**given, stage_conditions=conditions)

    def view(self) -> dict[str, Any]:  # JSON, as deep as a person made it
        """The version as its file holds it."""
        return asdict(self)
