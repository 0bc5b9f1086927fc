"""The head of a run that is shipped: its record as the store has it by now."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.storage.heads import HeadPart, encode_head
from polyaxon_sdk.storage.manifest import Shipped
from polyaxon_sdk.storage.store import Store
from polyaxon_sdk.storage.transfer import wait

__all__ = ["head_of"]


def head_of(folder: RunFolder, store: Store, files: Mapping[str, Shipped]) -> bytes:
    """The head of a run; empty where the store's record is not what is here, or can't be read.

    Args:
        folder: the run.
        store: where it is shipped.
        files: how they were stored, by path in the run.

    >>> head_of(folder, store, manifest.files)  # doctest: +SKIP
    b'x\\x9c…'
    """
    top = f"{folder.record.name}/"
    try:
        listed = wait(store.list(f"{folder.uuid}/{folder.record.name}"))
    except StoreError:
        return b""
    stored = {each.key.removeprefix(f"{folder.uuid}/"): each for each in listed}
    known = {name: shipped for name, shipped in files.items() if name.startswith(top)}
    if {name: each.size for name, each in stored.items()} != {
        name: each.size for name, each in known.items()
    }:
        return b""  # another home ships this run too
    parts = {}
    for name, shipped in known.items():
        data = _first(folder, name, shipped.size)
        if f"sha256:{sha256(data).hexdigest()}" != shipped.checksum:
            return b""
        parts[name] = HeadPart(data, stored[name].mtime_ns)
    return encode_head(parts) if parts else b""


def _first(folder: RunFolder, name: str, size: int) -> bytes:
    try:
        with open(folder.path / name, "rb") as file:
            return file.read(size)
    except OSError:
        return b""
