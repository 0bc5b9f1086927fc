"""Where the versions of a project lie: `<hub>/@<kind>/<owner>/<project>/<name>.json`, one file each."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.projects.version import KINDS, Version, VersionKind
from polyaxon_sdk.runs.drained import write_whole

__all__ = ["DamagedVersionError", "Shelf", "checked"]

_WORD = re.compile(r"[a-zA-Z0-9_][\w.-]{0,127}", re.ASCII)


class DamagedVersionError(InputError):
    """The file of a version tells none."""


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
        """The versions of a kind, the newest first; a file that tells none is left out: `damaged` names it.

        Raises:
            InputError: there is no such kind.
            OSError: the hub can't be read.
        """
        found = [told for told in self._told(kind) if isinstance(told, Version)]
        return sorted(found, key=lambda version: (version.created_at or "", version.name), reverse=True)

    def damaged(self, kind: VersionKind) -> list[str]:
        """A line for each file of a kind that tells no version, with its name.

        Raises:
            InputError: there is no such kind.
            OSError: the hub can't be read.
        """
        return [str(told) for told in self._told(kind) if isinstance(told, DamagedVersionError)]

    def get(self, kind: VersionKind, name: str) -> Version:
        """The version of a name.

        Raises:
            InputError: there is none.
            DamagedVersionError: its file tells none.
        """
        try:
            return self._read(kind, checked(name, "version"))
        except FileNotFoundError:
            raise self._unknown(kind, name) from None

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
            expected = "another name, or `force` (`--force` in a command) to replace it"
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

    def _told(self, kind: VersionKind) -> Iterator[Version | DamagedVersionError]:
        """What each file of a kind tells."""
        if kind not in KINDS:
            raise InputError(
                f"no kind of version {kind!r}",
                expected=f"one of {', '.join(KINDS)}",
                hint=did_you_mean(str(kind), KINDS),
            )
        for name in self._names(kind):
            try:
                yield self._read(kind, name)
            except FileNotFoundError:  # it was taken away meanwhile
                continue
            except DamagedVersionError as error:
                yield error

    def _read(self, kind: VersionKind, name: str) -> Version:
        path = self._file(kind, name)
        try:
            found: Any = json.loads(path.read_bytes())
            return Version.of(found)
        except (
            ValueError,
            TypeError,
            AttributeError,
            IsADirectoryError,
        ) as error:  # a person's edit, or garbage
            raise DamagedVersionError("no version is told in it", where=str(path)) from error

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
