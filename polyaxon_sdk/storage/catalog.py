"""The catalog: what a store says that it holds of a run, for those who were not there when it was stored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.storage.manifest import Shipped
from polyaxon_sdk.storage.retry import PassingStoreError
from polyaxon_sdk.storage.store import Store
from polyaxon_sdk.storage.transfer import wait

__all__ = ["catalog_key", "put_catalog", "read_catalog", "renew_catalog"]


def catalog_key(run: str) -> str:
    """Where the catalog of a run is: beside the runs, whose places hold their own files alone."""
    return f"manifests/{run}.json"


def put_catalog(store: Store, run: str, files: Mapping[str, Shipped]) -> None:
    """Store what is stored of a run: each file with its size and checksum.

    Raises:
        StoreError: the store fails.
    """
    document = {"check": _check(files), "files": files}
    data = json.dumps(document, separators=(",", ":")).encode("ascii")
    wait(store.put_bytes(data, catalog_key(run)))


def renew_catalog(store: Store, run: str, files: Mapping[str, Shipped]) -> None:
    """Store what is stored of a run: `files`, which one shipper knows of, and those of others that are still there.

    A person may have put a file into the run from another machine: that it is verified is not to end with this.

    Raises:
        StoreError: the store fails.
    """
    try:
        known = read_catalog(store, run)
    except PassingStoreError:
        raise
    except StoreError:  # it is damaged: what is not known any more is made anew
        known = {}
    of_others = {name: shipped for name, shipped in known.items() if name not in files}
    if of_others:
        sizes = {each.key: each.size for each in wait(store.list(run), within=None)}
        of_others = {
            name: shipped for name, shipped in of_others.items() if sizes.get(f"{run}/{name}") == shipped.size
        }
    put_catalog(store, run, {**of_others, **files})


def read_catalog(store: Store, run: str) -> dict[str, Shipped]:
    """What is stored of a run, by path in it; nothing where the store doesn't say.

    Raises:
        StoreError: the store fails, or what it says is damaged.

    >>> read_catalog(open_store("/mnt/team"), "0f")["outputs/model.bin"].checksum  # doctest: +SKIP
    'sha256:9f86d0…'
    """
    if wait(store.stat(catalog_key(run))) is None:
        return {}
    try:
        found = json.loads(wait(store.get_bytes(catalog_key(run))))
        files = {str(name): Shipped(*fields) for name, fields in found["files"].items()}
    except (ValueError, LookupError, TypeError, AttributeError):
        files, found = {}, {}
    if found.get("check") != _check(files):
        raise StoreError(f"store {store.url}: {catalog_key(run)}: damaged")
    return files


def _check(files: Mapping[str, Shipped]) -> str:
    return sha256(json.dumps(files, sort_keys=True).encode("ascii")).hexdigest()
