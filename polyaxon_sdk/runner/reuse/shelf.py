"""Which runs of a home are made of what: derived from their records, and made again from them where it is gone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.runner.reuse.units import Statement
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import is_uuid
from polyaxon_sdk.runs.state import RunState, read_run

__all__ = ["Entry", "Shelf"]

_LAST = 64
"""Runs of one key that are looked at, the newest first."""


class Entry(NamedTuple):
    """A run that was made of something, and the pipeline that it is of; empty for none."""

    run: str
    pipeline: str


class Shelf:
    """The runs of a home by what they are made of.

    Nothing here is believed: who takes a run from here looks at its record. Lines that are missing, doubled or torn
    do no harm but that a run is carried out that needn't be.

    Args:
        home: whose runs.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self._folder = home / "reuse"

    def runs(self, key: str) -> list[Entry]:
        """The last runs of a key, the newest first.

        Raises:
            OSError: the home can't be read.
        """
        self._make()
        try:
            with self._file(key).open("rb") as file:
                file.seek(max(0, os.fstat(file.fileno()).st_size - _LAST * _WIDTH))
                lines = file.read().decode("ascii", "replace").split("\n")
        except FileNotFoundError:
            return []
        found = [Entry(run, pipeline) for run, _, pipeline in (line.partition(" ") for line in lines)]
        return list(dict.fromkeys(entry for entry in reversed(found) if is_uuid(entry.run)))

    def add(self, keys: Iterable[str], entry: Entry) -> None:
        """Note a run under its keys.

        Raises:
            OSError: the home can't be written.
        """
        line = f"{entry.run} {entry.pipeline:<32}\n".encode("ascii")
        for key in keys:
            with self._opened(key) as descriptor:
                os.write(descriptor, line)

    @contextmanager
    def alone(self, key: str) -> Iterator[None]:
        """Let nobody else look at a key, and note a run under it, meanwhile.

        Raises:
            OSError: the home can't be written.
        """
        self._make()
        with self._opened(key) as descriptor:
            with suppress(OSError):  # a home that takes no locks: at worst a run is carried out twice
                flock(descriptor, LOCK_EX)
            yield

    def keep(self, digest: str, statements: Iterable[Statement]) -> None:
        """Keep what a hash of code is of, as hashes of its statements.

        Raises:
            OSError: the home can't be written.
        """
        file = self._file(digest)
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            draft = file.with_suffix(f".{os.getpid()}-{os.urandom(4).hex()}")
            draft.write_text(" ".join(each.digest for each in statements), encoding="ascii")
            draft.replace(file)

    def statements(self, digest: str) -> list[str] | None:
        """What a hash of code is of; None where it is not known any more."""
        try:
            return self._file(digest).read_text(encoding="ascii").split()
        except (OSError, UnicodeDecodeError):
            return None

    def _file(self, key: str) -> Path:
        return self._folder / key[:2] / key

    @contextmanager
    def _opened(self, key: str) -> Iterator[int]:
        file = self._file(key)
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def _make(self) -> None:
        """Look at all runs, where that was never done or is lost."""
        whole = self._folder / "whole"
        if whole.exists():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        found = []
        with suppress(FileNotFoundError):
            found = [
                RunFolder(self.home / "runs" / name)
                for name in os.listdir(self.home / "runs")
                if is_uuid(name)
            ]
        states = [state for folder in found if (state := _read(folder)) is not None and state.made_of]
        for state in sorted(states, key=lambda state: state.created_at or 0.0):
            pipeline = next((each.uuid for each in state.upstream if each.kind == "pipeline"), "")
            keys = [str(state.made_of.get(name)) for name in ("key", "like", "subject")]
            self.add(keys, Entry(state.uuid, pipeline))
        whole.touch()


_WIDTH = 66


def _read(folder: RunFolder) -> RunState | None:
    try:
        return read_run(folder)
    except OSError:  # told by whoever looks at that run
        return None
