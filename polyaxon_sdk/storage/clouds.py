"""Stores in clouds by their URLs; a cloud's library is loaded by the first call."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.settings import inherited
from polyaxon_sdk.storage.bucket import Bucket
from polyaxon_sdk.storage.limits import Limits
from polyaxon_sdk.storage.object_store import ObjectStore

__all__ = ["open_cloud"]

_MIB = 1 << 20
_KEY = "GOOGLE_APPLICATION_CREDENTIALS"


def open_cloud(
    cloud: str, url: str, limits: Limits | None, variables: Mapping[str, str] | None = None
) -> ObjectStore:
    """The store at `url`, of the cloud `s3`, `gcs` or `azure`; `variables` go before those of this process.

    >>> open_cloud("s3", "s3://models/team", None)
    ObjectStore('s3://models/team')
    """
    place, _, prefix = url.partition("://")[2].partition("/")
    opener, appends_from = _CLOUDS[cloud]

    async def connect() -> Bucket:
        try:
            return await opener(place, variables or {})
        except _unreadable() as error:
            raise StoreError(f"store {shown}: {' '.join(str(error).split())}") from error

    shown = url.partition("?")[0]
    return ObjectStore(shown, prefix.partition("?")[0], connect, appends_from=appends_from, limits=limits)


async def _s3(place: str, variables: Mapping[str, str]) -> Bucket:
    from botocore.exceptions import BotoCoreError  # half a second, which no other store pays

    from polyaxon_sdk.storage import s3  # half a second, which no other store pays

    try:
        return await s3.connect(place, variables)
    except BotoCoreError as error:  # a profile that is none, a file of profiles that is damaged
        raise ValueError(str(error)) from error


async def _gcs(place: str, variables: Mapping[str, str]) -> Bucket:
    from google.auth.exceptions import GoogleAuthError  # likewise

    from polyaxon_sdk.storage import gcs  # half a second, which no other store pays

    emulator = inherited(variables).get("STORAGE_EMULATOR_HOST")  # as Google's own libraries read it
    if emulator and "://" not in emulator:
        emulator = f"http://{emulator}"
    key = inherited(variables).get(_KEY)
    if key and not emulator and not os.path.isfile(key):  # else it would be asked as nobody
        raise ValueError(f"{_KEY} names no file: {key}")
    try:
        return await gcs.connect(place, emulator, key)
    except GoogleAuthError as error:
        raise ValueError(f"{_KEY}: {error.args[0]}") from error


async def _azure(place: str, variables: Mapping[str, str]) -> Bucket:
    from polyaxon_sdk.storage import azure  # half a second, which no other store pays

    container, _, host = place.partition("@")
    account = host.partition(".")[0] or inherited(variables).get("AZURE_STORAGE_ACCOUNT")
    blobs = host.replace(".dfs.", ".blob.") if "." in host else None
    return await azure.connect(container, account, blobs, variables)


_CLOUDS: dict[str, tuple[Callable[[str, Mapping[str, str]], Awaitable[Bucket]], int]] = {
    "s3": (_s3, 5 * _MIB),
    "gcs": (_gcs, 1),
    "azure": (_azure, 1),
}
"""How each is connected to, and the size from which a file that grew costs what was added."""


def _unreadable() -> tuple[type[Exception], ...]:
    """What clouds raise where credentials can't be read: no library has one error for it."""
    return (ValueError, OSError, RuntimeError, LookupError)
