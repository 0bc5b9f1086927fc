"""Init steps that bring files and folders of a store here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from attrs import frozen

from polyaxon_sdk.exceptions import StoreError, counted
from polyaxon_sdk.runner.inits.step import StepError, Work
from polyaxon_sdk.runs.names import is_uuid
from polyaxon_sdk.storage.download import Get, get_many, landing
from polyaxon_sdk.storage.keys import Stored
from polyaxon_sdk.storage.store import Store
from polyaxon_sdk.storage.transfer import wait

__all__ = ["FetchStep", "Wanted", "run_of"]

_PRIVATE = "journal"
"""What of a run is in no store: it is not drained yet."""


class Wanted(NamedTuple):
    """One thing to bring here.

    Attributes:
        store: where it is.
        key: of a file, or of a folder; empty for everything that the store holds.
        target: its path here.
        kind: `file` or `dir` where it is said which of them it has to be.
        only: tells by the path within a folder whether a file is wanted; there may be none then.
    """

    store: Store
    key: str
    target: Path
    kind: str = ""
    only: Callable[[str], bool] | None = None


@frozen(kw_only=True)
class FetchStep:
    """Brings files and folders here, many at once.

    Args:
        title: what it puts in place, for a person.
        wanted: what to bring, and where to.
        workers: how many transfers at once; by default as many as the store takes well.
        upstream: tells the run that a key belongs to, where the files are those of runs.
    """

    title: str
    wanted: Sequence[Wanted]
    workers: int | None = None
    upstream: Callable[[str], str | None] | None = None

    def carry_out(self, work: Work) -> None:
        """Bring all of it here, then say which runs it comes from."""
        files = 0
        for wanted in self.wanted:
            brought = self._bring(wanted, work)
            files += brought
            if not brought:
                work.say(f"nothing of the kind in {wanted.key}")
        work.say(f"{counted(files, 'file')}")
        taken: dict[str, list[str]] = {}
        for wanted in self.wanted if self.upstream else ():
            if self.upstream and (run := self.upstream(wanted.key)) is not None:
                taken.setdefault(run, []).append(wanted.key.partition("/")[2] or "artifacts")
        for run, paths in taken.items():
            work.note("edge", upstream=run, kind="run", values=paths)

    def _bring(self, wanted: Wanted, work: Work) -> int:
        try:
            gets = [
                Get(stored.key, path, stored.size)
                for stored, path in _found(wanted)
                if not work.given_up.is_set()
            ]
        except StoreError as error:
            raise StepError(str(error)) from error
        for got in get_many(wanted.store, gets, workers=self.workers, given_up=work.given_up):
            if not got.is_here:
                raise StepError(got.error)
        return len(gets)


def run_of(key: str) -> str | None:
    """The run whose files lie below `key`; None where it is no run's."""
    first = key.partition("/")[0]
    return first if is_uuid(first) else None


def _found(wanted: Wanted) -> list[tuple[Stored, Path]]:
    """The objects that are wanted, each with the path that it gets."""
    if wanted.kind != "dir" and wanted.key:
        stored = wait(wanted.store.stat(wanted.key))
        if stored is not None:
            return [(stored, wanted.target)]
    below = () if wanted.kind == "file" else wait(wanted.store.list(wanted.key))
    start = len(wanted.key) + 1 if wanted.key else 0
    found = [(each, each.key[start:]) for each in below]
    if run_of(wanted.key) == wanted.key:
        found = [(each, name) for each, name in found if not name.startswith(f"{_PRIVATE}/")]
    if wanted.only is not None and found:
        return [(each, landing(wanted.target, name)) for each, name in found if wanted.only(name)]
    if not found and wanted.key:
        kind = {"file": "file", "dir": "folder"}.get(wanted.kind, "file or folder")
        run, _, path = wanted.key.partition("/")
        if path and run_of(run) is not None:
            raise StepError(f"run {run[:12]} has no {kind} {path!r} in {wanted.store.url}")
        raise StepError(f"no {kind} {wanted.key!r} in {wanted.store.url}")
    return [(each, landing(wanted.target, name)) for each, name in found]
