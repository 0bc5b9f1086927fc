"""Files that logging makes in a run's `assets/`: a name of its own for each, whole or not there."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import file_name
from polyaxon_sdk.runs.snapshots import AS_IT_IS, Buffer, Snapshot, snapshot_path, write_snapshot
from polyaxon_sdk.tracking.copies import Copying, check_is_file, keep_copied
from polyaxon_sdk.tracking.interface import Place
from polyaxon_sdk.tracking.numbers import step_of
from polyaxon_sdk.tracking.series import Series
from polyaxon_sdk.types import Json

__all__ = ["keep_bytes", "keep_copy", "keep_file", "keep_raw"]


class _Asset(NamedTuple):
    """What is to be logged: `value` gets the asset's path."""

    series: Series
    ending: str
    value: dict[str, Json]

    def log(self, place: Place, relative: str, *, snapshot: str | None = None) -> None:
        """Log the event of an asset at this path."""
        self.series.log(place, _with_path(self.value, relative), snapshot=snapshot)


class _Claim(NamedTuple):
    """A name that is taken: nobody else makes this asset while `hold` or the asset is there."""

    relative: str
    target: Path
    hold: Path
    descriptor: int


def keep_raw(
    place: Place,
    series: Series,
    ending: str,
    data: Buffer,
    *,
    fields: dict[str, Json],
    value: dict[str, Json],
) -> None:
    """Keep `data` for the sidecar to encode as `fields` say, as an event of `value` and the asset's path."""
    copied = bytes(data)  # a disk that hangs takes them later, when the caller may have changed its array
    asset, snapshot = _Asset(series.now(), ending, value), Snapshot("", fields, copied)
    _keep(place, asset, snapshot, partial(_keep_raw, place, asset, snapshot))


def _keep_raw(place: Place, asset: _Asset, snapshot: Snapshot) -> None:
    claim = _claim(place, asset.series, asset.ending)
    try:
        write_snapshot(claim.descriptor, snapshot._replace(target=claim.relative))
    except OSError:
        claim.hold.unlink()
        raise
    finally:
        os.close(claim.descriptor)
    asset.log(place, claim.relative, snapshot=claim.hold.name)


def keep_bytes(place: Place, series: Series, ending: str, data: Buffer, value: dict[str, Json]) -> None:
    """Keep `data` as an asset, and an event of `value` and its path."""
    copied, asset = bytes(data), _Asset(series.now(), ending, value)
    write = partial(keep_file, place, asset.series, ending, lambda path: _write(path, copied), value)
    _keep(place, asset, Snapshot("", {"encoding": AS_IT_IS}, copied), write)


def _keep(place: Place, asset: _Asset, snapshot: Snapshot, write: Callable[[], None]) -> None:
    """Do `write`; where there is a spool with room a snapshot is kept there instead, and waits for no server."""
    what, size, spool = f"{asset.series.kind} {asset.series.name!r}", len(snapshot.data), place.spool

    def keep_nearby(spool: RunFolder) -> None:
        try:
            _keep_in_spool(place, spool, asset, snapshot)
        except OSError:
            place.keep(what, write, size, patience=0.0)

    if spool is None:
        place.keep(what, write, size)
    else:
        place.keep(what, partial(keep_nearby, spool), size, is_local=True)


def _keep_in_spool(place: Place, spool: RunFolder, asset: _Asset, snapshot: Snapshot) -> None:
    """Keep a snapshot in the spool, under a name that no server has to be asked for."""
    relative = f"{_stem(place, asset.series)}-{os.urandom(8).hex()}{asset.ending}"
    hold = snapshot_path(spool, relative)
    try:
        with open(hold, "xb", buffering=0) as file:
            write_snapshot(file.fileno(), snapshot._replace(target=relative))
    except OSError:
        hold.unlink(missing_ok=True)
        raise
    asset.log(place, relative, snapshot=hold.name)


def keep_copy(
    place: Place,
    series: Series,
    source: str,
    value: Callable[[], dict[str, Json]],
) -> None:
    """Keep a copy of a file as an asset, and an event of the asset's path and of what `value`, asked later, gives."""
    series, ending = series.now(), os.path.splitext(source)[1]
    source = os.path.abspath(source)

    def work(copying: Copying) -> None:
        check_is_file(source)
        keep_file(place, series, ending, lambda draft: copying.copy(source, draft), value())

    keep_copied(place, f"{series.kind} {series.name!r}", work)


def keep_file(
    place: Place, series: Series, ending: str, write: Callable[[str], object], value: dict[str, Json]
) -> None:
    """Keep what `write` puts into the file that it is given, and an event of `value` and the asset's path.

    Raises:
        OSError: the disk is full or broken. Whatever `write` raises passes through; then nothing is kept.
    """
    claim = _claim(place, series, ending)
    os.close(claim.descriptor)
    draft = claim.target.with_name(f".{claim.target.name}.{os.getpid()}.part")
    try:
        draft.parent.mkdir(parents=True, exist_ok=True)
        write(str(draft))
        os.replace(draft, claim.target)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        claim.hold.unlink()
    _Asset(series, ending, value).log(place, claim.relative)


def _claim(place: Place, series: Series, ending: str) -> _Claim:
    folder, stem = place.folder, _stem(place, series)
    relative = f"{stem}{ending}"
    while True:
        hold, target = snapshot_path(folder, relative), folder.path / relative
        with suppress(FileExistsError):
            descriptor = os.open(hold, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
            if not target.exists():
                return _Claim(relative, target, hold, descriptor)
            os.close(descriptor)
            hold.unlink()
        relative = f"{stem}-{os.urandom(4).hex()}{ending}"


def _stem(place: Place, series: Series) -> str:
    step = step_of(series.step)
    return f"assets/{series.kind}/{file_name(place.named(series.name))}{'' if step is None else f'_{step}'}"


def _with_path(value: dict[str, Json], relative: str) -> dict[str, Json]:
    """`value` with the asset's path at the place that it holds for it (semantics 5.4 has an order of keys)."""
    return {**value, "path": relative}


def _write(path: str, data: Buffer) -> None:
    with open(path, "wb") as file:
        file.write(data)
