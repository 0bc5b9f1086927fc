"""Files and folders as inputs and outputs: the function has a local path, the run their lineage."""

from __future__ import annotations

import os
from pathlib import Path, PosixPath

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import load

__all__ = ["ARTIFACTS", "Artifacts", "Dataset", "Dir", "File", "Model", "local_path"]


class File(PosixPath):
    """A file: as an input the path of a local one, as an output one that is kept with the run.

    >>> File("digits.csv").suffix
    '.csv'
    """


class Dir(PosixPath):
    """A folder, as `File` is a file."""


class Dataset(PosixPath):
    """A file or folder of data, logged as such."""


class Model(PosixPath):
    """A model's file or folder, logged as such."""


class Artifacts(PosixPath):
    """A folder of whatever an earlier run left."""


ARTIFACTS: dict[type[PosixPath], str] = {
    Artifacts: "dir",
    Dataset: "data",
    Dir: "dir",
    File: "file",
    Model: "model",
}
"""Each class, and the kind under which such a value is logged (semantics 5.9)."""


def local_path(text: str) -> str:
    """Where what an input names lies on this machine.

    Args:
        text: a path, or `UUID/PATH` as an earlier run's output and lineage name it: of a run here, or in the
            artifacts store, from which it is fetched.

    Raises:
        InputError: there is no such file or folder.
    """
    if os.path.exists(text):
        return text
    uuid, _, relative = text.partition("/")
    settings = load()
    if (settings.runs / uuid).is_dir():
        path = RunFolder(settings.runs / uuid).inside(relative)
        if path.exists():
            return str(path)
    if settings.artifacts_store and len(uuid) == _UUID and relative:
        fetched = _fetched(settings.artifacts_store, text, settings.home / "fetched")
        if fetched is not None:
            return fetched
    raise InputError(f"no file or folder {text!r}", expected="a path on this machine, or UUID/PATH of a run")


_UUID = 32


def _fetched(url: str, key: str, cache: Path) -> str | None:
    """Where the file or folder of a store is now; None where it has neither."""
    # fsspec costs 60 ms, for those who take what another machine made.
    from polyaxon_sdk.storage.fetch import fetch
    from polyaxon_sdk.storage.store import open_store
    from polyaxon_sdk.storage.transfer import wait

    store, path = open_store(url), cache / key
    if wait(store.stat(key)) is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        wait(store.get_file(key, str(path)), within=None)
        return str(path)
    return str(path) if fetch(store, key, path) else None
