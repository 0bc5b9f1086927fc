"""The manifest: what of a run a store holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.storage.draft import write_whole

__all__ = ["Manifest", "Shipped", "read_shipped"]


class Shipped(NamedTuple):
    """One file as it was stored: bytes, the file's time of change then, `sha256:<hex>` of those bytes.

    `stored` is what the store said that it keeps of them (see `Store.checksum`).
    """

    size: int
    mtime_ns: int
    checksum: str
    stored: str = ""


class Manifest:
    """What a store holds of a run, by path inside the run, kept in a JSON file that is replaced whole.

    It begins empty where the file is missing, damaged, or tells of another store: all is then stored again.

    >>> Manifest("/home/me/.polyaxon/runs/0f/journal/shipped.json", "file:///mnt/team").get("run.plx.json")
    """

    __slots__ = ("_files", "_is_saved", "_mark", "_store", "path")

    def __init__(self, path: str | Path, store: str) -> None:
        self.path = Path(path)
        self._store = store
        self._files, self._mark = _read(self.path, store)
        self._is_saved = True

    @property
    def files(self) -> Mapping[str, Shipped]:
        """Every file, by path inside the run."""
        return self._files

    @property
    def mark(self) -> str:
        """The key of the run's mark in the store, where it holds the run's head; empty where none does."""
        return self._mark

    @mark.setter
    def mark(self, key: str) -> None:
        self._is_saved = self._is_saved and key == self._mark
        self._mark = key

    def get(self, name: str) -> Shipped | None:
        """How `name` was stored; None where it was not."""
        return self._files.get(name)

    def add(self, name: str, shipped: Shipped) -> None:
        """Say that `name` is stored now."""
        self._files[name] = shipped
        self._is_saved = False

    def forget(self, name: str) -> None:
        """Say that `name` is not stored any more."""
        del self._files[name]
        self._is_saved = False

    def forget_all(self, names: Iterable[str]) -> None:
        """Say that those of `names` that were stored are not any more, and write it.

        Raises:
            OSError: the folder can't be written.
        """
        for name in names:
            if name in self._files:
                self.forget(name)
        self.save()

    def save(self) -> None:
        """Write what was said since the last time.

        Raises:
            OSError: the folder can't be written.
        """
        if self._is_saved:
            return
        check = _check(self._files)
        document = {"store": self._store, "mark": self._mark, "check": check, "files": self._files}
        write_whole(str(self.path), [json.dumps(document, separators=(",", ":")).encode("ascii")])
        self._is_saved = True


def read_shipped(path: Path) -> dict[str, Shipped]:
    """What a manifest tells of, whichever store it is of; nothing where it is missing or damaged."""
    return _read(path, None)[0]


def _read(path: Path, store: str | None) -> tuple[dict[str, Shipped], str]:
    try:
        found = json.loads(path.read_bytes())
        if store not in {None, found["store"]} or found["check"] != _check(found["files"]):
            return {}, ""
        files = {name: Shipped(*fields) for name, fields in found["files"].items()}
        return files, str(found.get("mark", ""))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}, ""


def _check(files: Mapping[str, Shipped]) -> str:
    return sha256(json.dumps(files, sort_keys=True).encode("ascii")).hexdigest()
