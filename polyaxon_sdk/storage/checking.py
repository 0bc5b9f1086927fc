"""Trying a store out: what a run would do there, with an object that is taken away again."""

from __future__ import annotations

from contextlib import suppress
from secrets import token_hex

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.polyflow import V1ClaimConnection, V1Connection, V1HostPathConnection
from polyaxon_sdk.storage.store import Store, open_store
from polyaxon_sdk.storage.transfer import wait

__all__ = ["check_listing", "check_store"]

_WITHIN = 90.0


def check_listing(place: str | V1Connection) -> None:
    """List the folders at the top of the store at a URL, or of a connection, which nothing is to be written to.

    Raises:
        InputError: it is no URL of a store.
        StoreError: it fails, or it is a folder that is not there.
    """
    store = open_store(place)
    _check_mount(store, "list")
    try:
        wait(store.folders(), within=_WITHIN)
    except StoreError as error:
        raise StoreError(f"list: {error}") from error


def check_store(place: str | V1Connection) -> None:
    """Put, get, list and delete an object below `checks/` of the store at a URL, or of a connection.

    Raises:
        InputError: it is no URL of a store.
        StoreError: it fails, or is a connection to a folder that is not there; the message begins with what was
            tried.

    >>> check_store("/tmp")
    """
    store, key, data = open_store(place), f"checks/{token_hex(8)}", token_hex(32).encode()
    step = "put"
    schema = getattr(place, "schema", None)
    if isinstance(schema, (V1ClaimConnection, V1HostPathConnection)):
        _check_mount(store, step, is_made=isinstance(schema, V1HostPathConnection))
    try:
        wait(store.put_bytes(data, key), within=_WITHIN)
        step = "get"
        if wait(store.get_bytes(key), within=_WITHIN) != data:
            raise StoreError(f"store {store.url}: {key}: what came is not what was put")
        step = "list"
        if key not in {each.key for each in wait(store.list("checks"), within=_WITHIN)}:
            raise StoreError(f"store {store.url}: {key}: is not listed")
        step = "delete"
        wait(store.remove(key), within=_WITHIN)
    except StoreError as error:
        raise StoreError(f"{step}: {error}") from error
    finally:
        if (folder := store.local("checks")) is not None:
            with suppress(OSError):  # another check is under way
                folder.rmdir()


def _check_mount(store: Store, step: str, *, is_made: bool = False) -> None:
    local = store.local("checks")
    if local is not None and not local.parent.is_dir():
        made = " the first run makes a new one" if is_made else ""
        raise StoreError(f"{step}: store {store.url}: no folder {local.parent} (is it mounted?{made})")
