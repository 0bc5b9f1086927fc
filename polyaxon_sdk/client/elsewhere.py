"""The files of a run that a store holds, as `RunClient` gives those of the home."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from posixpath import basename, normpath
from tempfile import TemporaryDirectory

from polyaxon_sdk.client.files import ArtifactsTree
from polyaxon_sdk.client.stored import StoredRun
from polyaxon_sdk.exceptions import InputError, StoreError, did_you_mean
from polyaxon_sdk.storage.chunked_store import ChunkedStore
from polyaxon_sdk.storage.store import open_store

__all__ = ["Elsewhere"]


class Elsewhere:
    """What a store holds of one run; paths are relative to the run.

    Args:
        url: of the store.
        uuid: of the run.

    Raises:
        InputError: from each call, where there is no such file or folder.
        StoreError: likewise, where the store fails.

    >>> Elsewhere("s3://team/runs", uuid).read("outputs/net.bin")  # doctest: +SKIP
    """

    def __init__(self, url: str, uuid: str) -> None:
        self._run = StoredRun(uuid, None, ChunkedStore(open_store(url)))

    def tree(self, path: str) -> ArtifactsTree:
        """What lies in a folder of the run."""
        prefix = "" if _whole(path) else f"{_inside(path)}/"
        sizes = {file.path: file.size for file in self._run.files()}
        inside = {name.removeprefix(prefix): size for name, size in sizes.items() if name.startswith(prefix)}
        files = {name: size for name, size in inside.items() if "/" not in name}
        return ArtifactsTree(files, sorted({name.partition("/")[0] for name in inside if "/" in name}))

    def read(self, path: str) -> bytes:
        """The contents of a file."""
        name = _inside(path)
        names = [file.path for file in self._run.files()]
        if name not in names:
            raise self._unknown(path, names)
        with TemporaryDirectory() as place:
            self._bring(name, Path(place))
            return Path(place, name).read_bytes()

    def copy(self, path: str, target: Path) -> Path:
        """Copy a file or a folder, or all of the run, into the folder `target`; where the copy is."""
        target.mkdir(parents=True, exist_ok=True)
        if _whole(path):
            self._bring(None, target)
            return target
        name = _inside(path)
        copy = target / basename(name)
        with TemporaryDirectory(dir=target, prefix=".") as place:
            self._bring(name, Path(place))
            brought = Path(place, name)
            if brought.is_dir():
                shutil.copytree(brought, copy, dirs_exist_ok=True, copy_function=shutil.move)
            else:
                brought.replace(copy)
        return copy

    def _bring(self, name: str | None, place: Path) -> None:
        sizes: Mapping[str, int] = {file.path: file.size for file in self._run.files()}
        if name is not None and not any(each == name or each.startswith(f"{name}/") for each in sizes):
            raise self._unknown(name, sizes)
        for got in self._run.download([] if name is None else [name], place):
            if not got.is_here:
                raise StoreError(got.error)

    def _unknown(self, path: str, names: Iterable[str]) -> InputError:
        return InputError(
            f"run {self._run.uuid[:12]} has no file {path!r}", hint=did_you_mean(path, list(names))
        )


def _whole(path: str) -> bool:
    return normpath(path or ".") == "."


def _inside(path: str) -> str:
    name = normpath(path)
    if name.startswith(("../", "/")) or name == "..":
        raise InputError(f"{path!r} leads out of the run", expected="a path in it")
    return name
