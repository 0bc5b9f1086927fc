"""Runs in folders of Polyaxon's form, such as its offline mode leaves them: read, written, brought into a home."""

from __future__ import annotations

import json
import os
import shutil
from errno import EIO
from pathlib import Path
from typing import NamedTuple, TypeVar

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.damage import GARBAGE, damage_in, tells_no_run
from polyaxon_sdk.runs.drained import Drained, read_drained, write_whole
from polyaxon_sdk.runs.event_series import read_event_series
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.history import facts_of, write_history
from polyaxon_sdk.runs.journals import journal_writers
from polyaxon_sdk.runs.names import is_uuid, new_uuid
from polyaxon_sdk.runs.record import RecordWriter, read_facts, read_writers_of
from polyaxon_sdk.runs.salvage import names_of_files
from polyaxon_sdk.runs.state import RunState, fold, read_run
from polyaxon_sdk.runs.status import COPIED
from polyaxon_sdk.runs.views import lineages_view, run_view
from polyaxon_sdk.types import Json

__all__ = ["Arrival", "bring_in", "persist", "read_offline", "take_out"]

T = TypeVar("T")

_VIEW, _LINEAGES = "run.plx.json", "lineages.plx.json"
_SERIES = ("events", "resources")
_PRIVATE = frozenset({"record", "journal"})
"""What of a run only this package reads: a copy for others does without."""


_MADE_ANEW = frozenset({_VIEW, _LINEAGES, "journal/lease"})
"""What a copy has whatever becomes of the original's."""

_UNKNOWN = {
    "status": COPIED[0],
    "reason": COPIED[1],
    "message": "it went on when it was copied: what becomes of it is told where it was copied from",
}


class Arrival(NamedTuple):
    """What of a run is to change when it is brought into a home.

    Attributes:
        name: what it is called there; by default as it was.
        project, owner: whose it is there.
        is_new: whether it gets a uuid of its own, so that it may be brought in again.
        takes_files: whether its files come too, or what is known of it alone.
        source: where it is from; by default the folder that it lies in.
    """

    name: str | None = None
    project: str | None = None
    owner: str | None = None
    is_new: bool = False
    takes_files: bool = True
    source: str | None = None


def read_offline(path: Path) -> RunState:
    """The run that lies in a folder, of this package's making or of Polyaxon's own.

    Raises:
        InputError: no run lies there.
        OSError: it can't be read.
    """
    folder = RunFolder(path)
    if folder.record.is_dir():
        try:
            return read_run(folder)
        except GARBAGE as error:
            raise InputError("it holds facts that can't be", where=str(folder.record)) from error
    view = _document(path / _VIEW, dict)
    lineages = _document(path / _LINEAGES, list) if (path / _LINEAGES).exists() else []
    uuid = str(view.get("uuid") or path.name).replace("-", "").lower()
    return fold(uuid if is_uuid(uuid) else new_uuid(), facts_of(view, lineages))


def bring_in(path: Path, home: Path, arrival: Arrival | None = None) -> RunFolder:
    """Copy the run that lies in a folder into a home: whole there, or not there.

    Raises:
        InputError: no run lies there, or the home has it already.
        OSError: it can't be read, or the home can't be written.
    """
    arrival = arrival or Arrival()
    state = read_offline(path)
    if _is_garbage(RunFolder(path), state):
        raise InputError("nothing of it can be read", where=str(path / "record"))
    folder = RunFolder(home / "runs" / (new_uuid() if arrival.is_new else state.uuid))
    if folder.path.exists():
        raise InputError(f"run {folder.uuid} is in the home already", where=str(path), expected="another run")
    draft = RunFolder(folder.path.with_name(f".{folder.uuid}.{os.getpid()}.part"))
    try:
        _copy(path, draft.path, takes_files=arrival.takes_files)
        if not draft.record.is_dir():
            _begin(draft, path)
        draft.path.rename(folder.path)
    except BaseException:
        shutil.rmtree(draft.path, ignore_errors=True)
        raise
    _arrive(folder, path, arrival, goes_on=not state.is_done and _may_go_on(path))
    return folder


def persist(folder: RunFolder, target: Path) -> None:
    """Write what is known of a run into a folder, in Polyaxon's form.

    What of it is damaged is written there too, and so a copy is known to lack it.

    Raises:
        OSError: the run can't be read, nothing tells of it any more, or the folder can't be written.
    """
    try:
        state, damage = _as_told(folder), damage_in(folder)
    except GARBAGE as error:
        raise OSError(EIO, "damaged", str(folder.record)) from error
    if _is_garbage(folder, state):
        raise OSError(EIO, "nothing of it can be read", str(folder.record))
    target.mkdir(parents=True, exist_ok=True)
    view = run_view(state)
    if lost := [line for line in damage if line.partition(": ")[0] not in _MADE_ANEW]:
        view["damage"] = lost
    series = {each.path: f"{each.kind}/{each.name}" for each in read_event_series(folder)}
    write_whole(target / _VIEW, json.dumps(view).encode("ascii"))
    write_whole(target / _LINEAGES, json.dumps(lineages_view(state, series)).encode("ascii"))


def take_out(folder: RunFolder, target: Path, *, takes_files: bool = True) -> Path:
    """Copy a run to `<target>/<uuid>` in Polyaxon's form, each event that was logged so far in it.

    Raises:
        OSError: the run can't be read, nothing tells of it any more, or the folder can't be written.
    """
    path = target / folder.uuid
    read_drained(folder)  # where it is damaged, what can be read is no copy
    persist(folder, path)
    if takes_files:
        skipped = shutil.ignore_patterns(*_PRIVATE, _VIEW, _LINEAGES, ".*")
        shutil.copytree(folder.path, path, ignore=skipped, dirs_exist_ok=True)
        for series in read_event_series(folder):
            file = path / series.path
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, series.read())
    return path


def _is_garbage(folder: RunFolder, state: RunState) -> bool:
    """Whether a run had a record, of which nothing can be read."""
    if not (tells_no_run(state) and folder.record.is_dir() and any(folder.record.iterdir())):
        return False
    return bool(state.damage) or not read_facts(folder)


def _as_told(folder: RunFolder) -> RunState:
    """The run without what a reader of a store found by itself: it is true of that reading alone."""
    state, facts = read_run(folder), read_facts(folder)
    told = [fact for fact in facts if not fact.fields.get("is_readers")]
    if len(told) < len(facts):
        state.conditions = fold(folder.uuid, told).conditions
    return state


def _copy(path: Path, draft: Path, *, takes_files: bool) -> None:
    kept = {_VIEW, _LINEAGES, "record"}
    names = [name for name in os.listdir(path) if takes_files or name in kept]
    draft.mkdir(parents=True)
    for name in names:
        if (path / name).is_dir():
            shutil.copytree(path / name, draft / name, symlinks=True)
        else:
            shutil.copy2(path / name, draft / name)


def _begin(draft: RunFolder, path: Path) -> None:
    """Give a run of Polyaxon's own making its record, and say that all of its events are drained."""
    lineages = _document(path / _LINEAGES, list) if (path / _LINEAGES).exists() else []
    draft.create()
    write_history(draft, facts_of(_document(path / _VIEW, dict), lineages))
    drained = Drained()
    for file in sorted(each for root in _SERIES for each in (draft.path / root).rglob("*.plx")):
        relative = file.relative_to(draft.path).as_posix()
        drained.files[relative] = file.stat().st_size
    drained.names = names_of_files(drained.files, lineages)
    for file in sorted(draft.logs.glob("*.jsonl")):
        drained.files[file.relative_to(draft.path).as_posix()] = file.stat().st_size
    drained.write(draft)


def _may_go_on(path: Path) -> bool:
    """Whether somebody may work on the run that lies in a folder, or on what that is a copy of."""
    writers = read_writers_of(read_facts(RunFolder(path)))
    return not writers or any(each.life() != "gone" for each in writers)


def _arrive(folder: RunFolder, path: Path, arrival: Arrival, *, goes_on: bool) -> None:
    given = {"name": arrival.name, "project": arrival.project, "owner": arrival.owner}
    changed: dict[str, Json] = {name: value for name, value in given.items() if value is not None}
    record = RecordWriter(folder)
    source = arrival.source or str(path)
    if goes_on:
        came: list[Json] = [*sorted({each.name for each in journal_writers(folder)})]
        record.append("imported", source=source, unfinished=came)
        record.append("status", **_UNKNOWN)
    else:
        record.append("imported", source=source)
    if changed:
        record.append("update", **changed)
    record.close()


def _document(file: Path, kind: type[T]) -> T:
    try:
        found = json.loads(file.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(
            "no run lies there", where=str(file.parent), expected=f"a folder with {_VIEW}"
        ) from None
    except ValueError as error:
        raise InputError(f"it is no JSON: {error}", where=str(file)) from error
    if not isinstance(found, kind):
        raise InputError(f"it is a {type(found).__name__}", where=str(file), expected=f"a {kind.__name__}")
    return found
