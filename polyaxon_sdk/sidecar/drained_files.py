"""Appending to drained files so that what is behind the committed length never counts."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.sync import sync

__all__ = ["DrainedFiles"]

_DRAINED = ("events", "resources", "plxlogs")


class DrainedFiles:
    """The files that draining writes, by path relative to the run, each with its committed length.

    Rows are gathered with `add`, put behind the committed lengths and synced by `write`, and count only once
    the lengths that `write` returns are committed.
    """

    def __init__(self, folder: RunFolder, lengths: Mapping[str, int]) -> None:
        self._folder = folder
        self.lengths = dict(lengths)
        self._rows: defaultdict[str, list[bytes]] = defaultdict(list)

    def restore(self) -> list[str]:
        """Cut every file back to its committed length, and take away those that have none.

        Returns the files that are shorter than that, which only a broken disk makes; their length is taken as
        it is.

        Raises:
            OSError: a file can't be read or written.
        """
        short = []
        for relative, length in list(self.lengths.items()):
            path = self._folder.path / relative
            size = path.stat().st_size if path.exists() else 0
            if size > length:
                os.truncate(path, length)
            elif size < length:
                short.append(relative)
                self.lengths[relative] = size
        for path in self._there():
            if str(path.relative_to(self._folder.path)) not in self.lengths:
                path.unlink()
        return short

    def adopt(self) -> None:
        """Take the files that are there as they are: those of a run that came back without its journal."""
        for path in self._there():
            self.lengths[str(path.relative_to(self._folder.path))] = path.stat().st_size

    def _there(self) -> Iterator[Path]:
        """The files that there are; a short run has not even the folders."""
        for name in _DRAINED:
            if (folder := self._folder.path / name).is_dir():
                yield from (path for path in folder.rglob("*") if path.is_file())

    @property
    def has_rows(self) -> bool:
        """Whether rows wait to be written and committed."""
        return bool(self._rows)

    def add(self, relative: str, header: bytes, row: bytes) -> None:
        """Gather a row of a file, which begins with `header` where it is new."""
        rows = self._rows[relative]
        if not rows and not self.lengths.get(relative):
            rows.append(header)
        rows.append(row)

    def write(self) -> dict[str, int]:
        """Write and sync the gathered rows; the lengths of all files with them.

        Raises:
            OSError: the disk is full or broken; nothing counts, and the rows are kept for the next time.
        """
        lengths = dict(self.lengths)
        new: set[Path] = set()
        for relative, rows in self._rows.items():
            if not self.lengths.get(relative):
                new.update((self._folder.path / relative).relative_to(self._folder.path).parents)
            lengths[relative] = self._write_file(relative, b"".join(rows))
        for parent in sorted(new, reverse=True):
            sync(self._folder.path / parent)
        return lengths

    def commit(self, lengths: Mapping[str, int]) -> None:
        """Take `lengths` as committed, and forget the rows."""
        self.lengths = dict(lengths)
        self._rows.clear()

    def _write_file(self, relative: str, data: bytes) -> int:
        path = self._folder.path / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        position = self.lengths.get(relative, 0)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        with os.fdopen(descriptor, "wb") as file:
            file.seek(position)
            file.write(data)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        return position + len(data)
