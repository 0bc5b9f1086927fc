"""Runs in one file, and back: their folders in Polyaxon's form, and the hash of each file."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, NamedTuple

from polyaxon_sdk.client.packing import form_of
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.offline import read_offline, take_out
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.arrival import Arrival, push_offline
from polyaxon_sdk.storage.download import landing
from polyaxon_sdk.storage.source import checksum

__all__ = ["Arrived", "read_archive", "write_archive"]

_CATALOG = "archive.json"


class Arrived(NamedTuple):
    """A run of an archive.

    Attributes:
        uuid: that it has in the home.
        is_new: false where the home had it before: it is as it was.
    """

    uuid: str
    is_new: bool


def write_archive(
    folders: Iterable[RunFolder],
    file: Path,
    *,
    takes_files: bool = True,
    left_out: Callable[[RunFolder, OSError], None] | None = None,
    damaged: Callable[[RunFolder, list[str]], None] | None = None,
) -> int:
    """Write runs into one `.tar.gz` or `.zip` file; how many bytes it has. It is there whole or not at all.

    A folder `<uuid>` a run, as `ops pull` makes it, and `archive.json` with the SHA-256 of each file.

    Args:
        folders: the runs.
        file: the archive.
        takes_files: whether their files are written too, or what is known of them alone.
        left_out: told of a run that can't be read, which the archive then is without.
        damaged: told of a run of which not all can be read, and which of its files are damaged.

    Raises:
        InputError: the file is named as another kind of archive.
        OSError: the file can't be written; without `left_out`, a run can't be read.

    >>> write_archive([folder], Path("runs.tar.gz"))  # doctest: +SKIP
    4711
    """
    form = form_of(file)
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with form.writing(draft) as put:
            sums: dict[str, str] = {}
            for folder in folders:
                # Beside the archive, where there has to be as much space anyway.
                with TemporaryDirectory(prefix=".polyaxon-", dir=file.parent) as place:
                    try:
                        copy = take_out(folder, Path(place), takes_files=takes_files)
                    except OSError as error:
                        if left_out is None or not _is_of(error, folder):
                            raise
                        left_out(folder, error)
                        continue
                    if damaged is not None and (lost := read_offline(copy).damage):
                        damaged(folder, lost)
                    for path in _files(Path(place)):
                        name = path.relative_to(place).as_posix()
                        sums[name] = checksum(str(path))
                        put(name, path)
            with TemporaryDirectory(prefix=".polyaxon-", dir=file.parent) as place:
                catalog = Path(place) / _CATALOG
                catalog.write_text(json.dumps({"version": 1, "files": sums}, indent=1))
                put(_CATALOG, catalog)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    return file.stat().st_size


def read_archive(settings: Settings, file: Path, arrival: Arrival | None = None) -> Iterator[Arrived]:
    """Bring the runs of an archive into the home, from where they are shipped.

    All of it is unpacked and compared with its hashes before the first one comes.

    Args:
        settings: tell which home.
        file: what `write_archive` has made.
        arrival: what of the runs is to change.

    Raises:
        InputError: it is no such archive, it is damaged, or something in it would land elsewhere.
        OSError: it can't be read, or the home can't be written.
    """
    if not file.exists():
        raise InputError("no such file", where=str(file), expected="what `ops export --archive` wrote")
    arrival = (arrival or Arrival())._replace(source=str(file))
    settings.cache.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="archive-", dir=settings.cache) as unpacked:
        place = Path(unpacked)
        _unpack(file, place)
        for path in sorted(path for path in place.iterdir() if path.is_dir()):
            uuid = read_offline(path).uuid
            if not arrival.is_new and (settings.runs / uuid).exists():
                yield Arrived(uuid, is_new=False)
            else:
                yield Arrived(push_offline(path, settings.home, arrival, clean=False).uuid, is_new=True)


def _unpack(file: Path, place: Path) -> None:
    """Write the members of an archive below `place`, verified.

    Raises:
        InputError: it is damaged, or a member would land elsewhere.
    """
    found: dict[str, str] = {}
    catalog: Mapping[str, object] | None = None
    with form_of(file).reading(file) as members:
        for member in members:
            if member.file is None:
                raise InputError(f"{member.name!r} is neither a file nor a folder", where=str(file))
            if member.name == _CATALOG:
                catalog = _catalog(file, member.file)
            elif member.name in found:
                raise InputError(f"{member.name!r} is in it twice", where=str(file))
            else:
                found[member.name] = _write(member.file, landing(place, member.name))
    if catalog is None:
        raise InputError(
            f"it has no {_CATALOG}", where=str(file), expected="what `ops export --archive` wrote"
        )
    for name in sorted({*found, *catalog}):
        if found.get(name) != catalog.get(name):
            why = "is not there" if name not in found else "is not what was exported"
            raise InputError(f"damaged: {name!r} {why}", where=str(file))


def _catalog(file: Path, told: IO[bytes]) -> Mapping[str, object]:
    try:
        sums = json.loads(told.read())["files"]
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(f"its {_CATALOG} can't be read", where=str(file)) from error
    return sums if isinstance(sums, dict) else {}


def _write(file: IO[bytes], path: Path) -> str:
    """Write `file` to `path`, where nothing may be; the hash of what lies there then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as copy:
        shutil.copyfileobj(file, copy)
    return checksum(str(path))


def _is_of(error: OSError, folder: RunFolder) -> bool:
    """Whether it is the run's fault, and not that of the place where it is written to."""
    return str(error.filename or "").startswith(str(folder.path))


def _files(place: Path) -> list[Path]:
    return sorted(path for path in place.rglob("*") if path.is_file())
