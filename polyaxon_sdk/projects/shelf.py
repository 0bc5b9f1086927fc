"""Where the versions of a project lie: `<hub>/@<kind>/<owner>/<project>/<name>.json`, one file each."""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.projects.version import KINDS, Version, VersionKind
from polyaxon_sdk.runs.drained import write_whole

__all__ = ["Shelf", "checked"]

_WORD = re.compile(r"[a-zA-Z0-9_][\w.-]{0,127}", re.ASCII)


class Shelf:
    """The versions of one project; making one touches nothing.

    Raises:
        InputError: owner or project can't be the name of a folder.

    >>> Shelf(Path("/home/me/.polyaxon/hub"), "default", "digits").versions("model")
    []
    """

    def __init__(self, hub: Path, owner: str, project: str) -> None:
        self._hub = hub
        self._owner = checked(owner, "owner")
        self._project = checked(project, "project")

    def versions(self, kind: VersionKind) -> list[Version]:
        """The versions of a kind, the newest first; a file that can't be read as one is left out.

        Raises:
            InputError: there is no such kind.
            OSError: the hub can't be read.
        """
        if kind not in KINDS:
            raise InputError(
                f"no kind of version {kind!r}",
                expected=f"one of {', '.join(KINDS)}",
                hint=did_you_mean(str(kind), KINDS),
            )
        found = [version for name in self._names(kind) if (version := self._read(kind, name)) is not None]
        return sorted(found, key=lambda version: (version.created_at or "", version.name), reverse=True)

    def get(self, kind: VersionKind, name: str) -> Version:
        """The version of a name.

        Raises:
            InputError: there is none, or its file is damaged.
        """
        found = self._read(kind, checked(name, "version"))
        if found is None:
            raise self._unknown(kind, name)
        return found

    def put(self, version: Version, *, force: bool = False) -> None:
        """Keep a version; with `force` in the place of the one that has its name.

        Raises:
            InputError: the name is taken, or can't be a file's.
            OSError: the hub can't be written.
        """
        path = self._file(version.kind, checked(version.name, "version"))
        path.parent.mkdir(parents=True, exist_ok=True)
        data = json.dumps(version.view(), indent=1).encode("ascii")
        if force:
            write_whole(path, data)
            return
        draft = path.with_name(f".{path.name}.{os.getpid()}.new")
        write_whole(draft, data)
        try:
            os.link(draft, path)  # the one step that two who promote at once can't both take
        except FileExistsError:
            expected = "another name, or `force` to replace it"
            raise InputError(
                f"{version.kind} version {version.name!r} is there already", expected=expected
            ) from None
        finally:
            with suppress(OSError):
                draft.unlink()

    def remove(self, kind: VersionKind, name: str) -> None:
        """Take a version away; what it names stays in its run.

        Raises:
            InputError: there is none.
        """
        try:
            self._file(kind, checked(name, "version")).unlink()
        except FileNotFoundError:
            raise self._unknown(kind, name) from None

    def _file(self, kind: VersionKind, name: str) -> Path:
        return self._hub / f"@{kind}" / self._owner / self._project / f"{name}.json"

    def _names(self, kind: VersionKind) -> list[str]:
        try:
            files = self._file(kind, "x").parent.iterdir()
            return sorted(path.stem for path in files if path.suffix == ".json" and path.name[0] != ".")
        except FileNotFoundError:
            return []

    def _read(self, kind: VersionKind, name: str) -> Version | None:
        try:
            found: Any = json.loads(self._file(kind, name).read_bytes())
            return Version.of(found)
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, AttributeError):
            return None  # a person's edit, or garbage: the rest is listed all the same

    def _unknown(self, kind: VersionKind, name: str) -> InputError:
        names = self._names(kind)
        what = f"no {kind} version {name!r} in project {self._owner}/{self._project}"
        hint = did_you_mean(name, names) or (f", it has {', '.join(names[:20])}" if names else "")
        return InputError(what, hint=hint)


def checked(name: str, what: str) -> str:
    """`name`, where it can be the name of a file.

    Raises:
        InputError: it can't.
    """
    if not _WORD.fullmatch(str(name)):
        raise InputError(f"invalid {what} {name!r}", expected="letters, digits, -, _ and .")
    return name
