"""The files of one run, in the home and in the store: listed, brought here, sent there, verified, taken away."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.client.files import check_place, is_free, list_files
from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lease import take_lease
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.sidecar.mark import StoreMark
from polyaxon_sdk.sidecar.removals import forget_shipped
from polyaxon_sdk.storage.catalog import put_catalog, read_catalog
from polyaxon_sdk.storage.download import Get, Got, get_many, landing
from polyaxon_sdk.storage.draft import write_whole
from polyaxon_sdk.storage.file_store import FileStore
from polyaxon_sdk.storage.keys import Stored
from polyaxon_sdk.storage.manifest import Manifest, Shipped
from polyaxon_sdk.storage.removal import free_chunks, remove_all
from polyaxon_sdk.storage.source import Source
from polyaxon_sdk.storage.store import Store
from polyaxon_sdk.storage.transfer import wait
from polyaxon_sdk.storage.verifying import Expected, Verified, verify_many

__all__ = ["NoFileError", "StoredFile", "StoredRun", "check_removable"]

_RECORD = "record/"


class NoFileError(InputError):
    """A run has no such file or folder."""


class StoredFile(NamedTuple):
    """A file of a run.

    Attributes:
        path: in the run.
        size: in bytes, here where it is here.
        is_here: whether the home has it.
        is_stored: whether the store has it.
    """

    path: str
    size: int
    is_here: bool
    is_stored: bool


class StoredRun:
    """The files of a run that this home has, or a store, or both.

    Args:
        uuid: of the run.
        folder: where it lies in the home; None where it doesn't.
        store: where it is shipped to; None where there is none.

    Raises:
        StoreError: from each call that asks the store, where it fails.

    >>> StoredRun("0f…", None, open_store("s3://team/runs")).files()  # doctest: +SKIP
    """

    def __init__(self, uuid: str, folder: RunFolder | None, store: Store | None) -> None:
        self.uuid = uuid
        self.folder = folder
        self._store = store

    def files(self, paths: Sequence[str] = ()) -> list[StoredFile]:
        """Files and those in folders of the run, by path; by default all without the record.

        Raises:
            InputError: there is no such file or folder.
        """
        here = self._here()
        there = {name: stored.size for name, stored in self._stored().items() if not name.startswith(_RECORD)}
        return [
            StoredFile(name, here.get(name, there.get(name, 0)), name in here, name in there)
            for name in _chosen({**here, **there}, paths)
        ]

    def download(
        self,
        paths: Sequence[str],
        target: Path,
        *,
        share: int = 1,
        each: Callable[[Got], None] | None = None,
    ) -> list[Got]:
        """Copy files and folders of the run, or all of it, to the same paths below `target`.

        What the home lacks comes from the store. What is there already and right is left alone, so that a call
        that was cut off can be made again. The checksum of each file is that which it had when it was stored.

        Args:
            paths: files and folders.
            target: the folder that gets them.
            share: of how many runs that this is done with side by side, and share what the store takes well.
            each: called with every one as it is known.

        Raises:
            InputError: there is no such file or folder, or it would land outside of `target`.
        """
        files, got = self._at_home(paths) or self.files(paths), list[Got]()
        if self.folder is not None and (here := [file for file in files if file.is_here]):
            home = FileStore(self.folder.path.parent)
            got += get_many(
                home, self._gets(here, target, {}), workers=max(1, home.workers // share), each=each
            )
        if there := [file for file in files if not file.is_here]:
            store = self._the_store
            gets = self._gets(there, target, read_catalog(store, self.uuid))
            got += get_many(store, gets, workers=max(1, store.workers // share), each=each)
        return got

    def _at_home(self, paths: Sequence[str]) -> list[StoredFile]:
        """The files that `paths` name, where each of them is a file of the home: the store needn't be asked then."""
        here = self._here()
        if not all(path in here for path in paths):
            return []
        return [StoredFile(path, here[path], is_here=True, is_stored=False) for path in dict.fromkeys(paths)]

    def _here(self) -> dict[str, int]:
        """The sizes of what the home has of the run, by path."""
        if self.folder is None:
            return {}
        return {file.path: file.size for file in list_files(self.folder, read_run(self.folder))}

    def _gets(self, files: Sequence[StoredFile], target: Path, known: Mapping[str, Shipped]) -> list[Get]:
        """How files are brought to `target`, with the checksums of those that are as the store says."""
        checksums = {name: each.checksum for name, each in known.items()}
        sizes = {name: each.size for name, each in known.items()}
        return [
            Get(
                f"{self.uuid}/{file.path}",
                landing(target, file.path),
                file.size,
                checksums[file.path] if sizes.get(file.path) == file.size else None,
            )
            for file in files
        ]

    def verify(
        self, *, sample: float = 1.0, share: int = 1, each: Callable[[Verified], None] | None = None
    ) -> list[Verified]:
        """Read again what the store holds of the run, every byte, and compare it with what was stored.

        A file that is stored anew while the run goes on is left out.

        Args:
            sample: the share of the files that are read, picked at random; all of them by default.
            share: as for `download`.
            each: called with every one as it is known.

        Raises:
            InputError: the store doesn't say what it holds of the run.
        """
        store = self._the_store
        known = read_catalog(store, self.uuid)
        if not known and self.folder is not None:
            known = dict(Manifest(self.folder.journal / "shipped.json", store.url).files)
        if not known:
            raise InputError(f"store {store.url} doesn't say what it holds of run {self.uuid[:12]}")
        names = sorted(known)
        picked = names if sample >= 1 else sorted(random.sample(names, max(1, round(sample * len(names)))))
        wanted = [Expected(f"{self.uuid}/{name}", known[name].size, known[name].checksum) for name in picked]
        found = verify_many(store, wanted, workers=max(1, store.workers // share), each=each)
        if all(one.state == "right" for one in found):
            return found
        later = read_catalog(store, self.uuid) or known
        return [
            one
            for one in found
            if one.state == "right" or later.get(self._name(one)) == known[self._name(one)]
        ]

    def add(self, file: Path, path: str) -> int:
        """Make a file of this machine the file `path` of the run: here where the run is here, else in the store.

        How many bytes it has.

        Raises:
            InputError: `path` is no place for a person's files, or lies below a file.
            SourceError: the file can't be read, or changes meanwhile.
            OSError: the run's folder can't be written.
        """
        check_place(path)
        if self.folder is not None:
            target = self.folder.inside(path)
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
            except (FileExistsError, NotADirectoryError):
                raise _below_a_file(path) from None
            with Source(str(file)) as source:
                return write_whole(str(target), source.chunks()).size
        known = read_catalog(self._the_store, self.uuid)
        if any(path.startswith(f"{name}/") for name in known):
            raise _below_a_file(path)
        copy = wait(self._the_store.put_file(str(file), f"{self.uuid}/{path}"), within=None)
        self._tell({**known, path: Shipped(copy.size, copy.mtime_ns, copy.checksum, copy.stored)})
        return copy.size

    def remove(self, paths: Sequence[str]) -> list[StoredFile]:
        """Take files and folders away, here and in the store; those that were.

        Raises:
            InputError: there is no such file or folder, or it is a part of the run itself.
            StoreError: the store refuses; the home's files are kept then.
            OSError: the run's folder can't be written.
        """
        check_removable(paths)
        gone = self.files(paths)
        if stored := [f"{self.uuid}/{file.path}" for file in gone if file.is_stored]:
            remove_all(self._the_store, stored)  # first: where it refuses, nothing is half gone
        for file in gone:
            if file.is_here and self.folder is not None:
                self.folder.inside(file.path).unlink(missing_ok=True)
        if self.folder is not None and self._store is not None:  # else the same bytes would count as shipped
            forget_shipped(self.folder, self._store.url, [file.path for file in gone])
        if self._store is not None and (known := read_catalog(self._store, self.uuid)):
            left = {file.path for file in gone}
            self._tell({name: each for name, each in known.items() if name not in left})
        self._free()
        return gone

    def _free(self) -> None:
        """Free the chunks that nothing needs now.

        A folder may be one of a network, where others see late what is announced in it: there, it is done while
        nobody ships the run, or by who does.
        """
        store, lease = self._store, None
        if store is None:
            return
        if store.local(self.uuid) is not None:
            lease = None if self.folder is None else take_lease(self.folder)
            if lease is None:
                return
        free_chunks(store, self.uuid)
        if lease is not None:
            lease.release()

    @property
    def _the_store(self) -> Store:
        if self._store is None:
            raise InputError(
                "no store is configured", path="--store", expected="a URL, or the setting artifacts_store"
            )
        return self._store

    def _stored(self) -> dict[str, Stored]:
        """What the store has of the run, by path in it."""
        if self._store is None:
            return {}
        found = wait(self._store.list(self.uuid), within=None)
        return {each.key.removeprefix(f"{self.uuid}/"): each for each in found}

    def _tell(self, files: Mapping[str, Shipped]) -> None:
        """Let readers of the store know."""
        put_catalog(self._the_store, self.uuid, files)
        mark = StoreMark(self._the_store, self.uuid)
        mark.owe()
        mark.settle(time.time())

    def _name(self, verified: Verified) -> str:
        return verified.expected.key.removeprefix(f"{self.uuid}/")


def check_removable(paths: Iterable[str]) -> None:
    """Whether files and folders may be taken away from a run.

    Raises:
        InputError: one is a part of the run itself.
    """
    for path in paths:
        if not is_free(path):
            raise InputError(
                f"{path!r} stays with the run",
                expected="a path in outputs, assets or uploads; `polyaxon ops delete` takes a whole run away",
            )


def _below_a_file(path: str) -> InputError:
    folder = path.rpartition("/")[0]
    return InputError(f"the run has a file in the way of the folder {folder!r}", expected="another folder")


def _chosen(names: Iterable[str], paths: Sequence[str]) -> list[str]:
    """The files that `paths` name, by themselves or by a folder; all where there are none."""
    there = sorted(names)
    if not paths:
        return there
    found: dict[str, None] = {}
    for path in paths:
        wanted = path.rstrip("/")
        below = [name for name in there if name == wanted or name.startswith(f"{wanted}/")]
        if not below:
            raise NoFileError(f"the run has no {path!r}", hint=did_you_mean(path, there))
        found.update(dict.fromkeys(below))
    return list(found)
