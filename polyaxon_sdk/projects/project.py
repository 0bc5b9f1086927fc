"""A project: what is said of it, in `<hub>/@project/<owner>/<name>.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import asdict, field, fields, frozen
from attrs.validators import deep_iterable, instance_of, optional

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.projects.shelf import checked
from polyaxon_sdk.runs.drained import write_whole
from polyaxon_sdk.runs.names import new_uuid

__all__ = ["Project", "read_project", "read_projects", "remove_project", "write_project"]


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


_is_text = instance_of(str)
_may_be_text = optional(_is_text)


@frozen(kw_only=True)
class Project:
    """What is said of a project; times are ISO 8601 moments.

    A project is there as soon as a run names it: this is for what its runs can't tell.

    >>> Project(name="digits").owner
    'default'
    """

    name: str = field(validator=_is_text)
    owner: str = field(default="default", validator=_is_text)
    uuid: str = field(factory=new_uuid, validator=_is_text)
    description: str | None = field(default=None, validator=_may_be_text)
    tags: tuple[str, ...] = field(default=(), converter=_texts, validator=deep_iterable(_is_text))
    readme: str | None = field(default=None, validator=_may_be_text)
    created_at: str = field(
        factory=lambda: datetime.now(UTC).isoformat(timespec="microseconds"), validator=_is_text
    )
    updated_at: str | None = field(default=None, validator=_may_be_text)

    @classmethod
    def of(cls, view: Mapping[str, Any]) -> Project:  # a document of whatever shape
        """The project that a file's document tells.

        Raises:
            TypeError: it has no name, or a field of another type.
        """
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in view.items() if name in known and value is not None})


def read_project(hub: Path, owner: str, name: str) -> Project | None:
    """What is said of a project; None where nothing is.

    Raises:
        InputError: the names can't be those of files, or the file is damaged.
        OSError: it can't be read.
    """
    path = _file(hub, owner, name)
    try:
        return Project.of(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, AttributeError, IsADirectoryError) as error:
        raise InputError("no project is told in it", where=str(path)) from error


def read_projects(hub: Path, kind: str = "project") -> list[tuple[str, str]]:
    """The owner and name of each project of which something is said, or that has versions of a kind, sorted.

    >>> read_projects(Path("/nowhere"))
    []
    """
    pattern = "*/*.json" if kind == "project" else "*/*"
    found = (path for path in hub.joinpath(f"@{kind}").glob(pattern) if path.name[0] != ".")
    return sorted((path.parent.name, path.name.removesuffix(".json")) for path in found)


def write_project(hub: Path, project: Project) -> None:
    """Keep what is said of a project.

    Raises:
        InputError: the names can't be those of files.
        OSError: the hub can't be written.
    """
    path = _file(hub, project.owner, project.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(asdict(project), indent=1).encode("ascii"))


def remove_project(hub: Path, owner: str, name: str) -> None:
    """Forget what is said of a project; where nothing is, nothing happens.

    Raises:
        InputError: the names can't be those of files.
    """
    _file(hub, owner, name).unlink(missing_ok=True)


def _file(hub: Path, owner: str, name: str) -> Path:
    return hub / "@project" / checked(owner, "owner") / f"{checked(name, 'project')}.json"
