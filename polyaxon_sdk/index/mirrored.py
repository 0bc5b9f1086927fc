"""Reading a store as if it were the home: its runs are found and read without a server."""

from __future__ import annotations

import os
import warnings
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp

from polyaxon_sdk.exceptions import InputError, StoreError
from polyaxon_sdk.index.mirror import Mirror
from polyaxon_sdk.index.place import STORE
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.storage.store import check_there, open_store

__all__ = ["bring_events", "mirrored"]


def mirrored(settings: Settings, url: str | None = None) -> Settings:
    """The same settings with a store in the home's place; what changed in the store is read now.

    A store that gives no answer is shown as it was last read, with a warning.

    Args:
        settings: of this person.
        url: of the store; by default the configured one.

    Raises:
        InputError: there is none, or the URL is wrong.
        StoreError: the store can't be read, and never was.

    >>> list_page(mirrored(load(), "s3://team/runs"), Question("metrics.loss:<0.1"))  # doctest: +SKIP
    """
    place = url or settings.artifacts_store
    if place is None:
        raise InputError(
            "no store is configured", path="--store", expected="a URL, or the setting artifacts_store"
        )
    store = open_store(place)
    home = settings.cache / "stores" / sha256(store.url.encode()).hexdigest()[:16]
    was_read = (home / "seen.json").exists()
    try:
        check_there(store)
        home.mkdir(parents=True, exist_ok=True)
        _begin(home, place, settings.home)
        Mirror(store, home).refresh()
    except StoreError as error:
        if not was_read:
            raise
        warnings.warn(f"{error}; shown is what was read before", stacklevel=2)
    return settings.replaced(home=str(home))


def bring_events(folder: RunFolder) -> None:
    """Bring the events, samples and logs of a run of a mirror; any other run is left as it is.

    Raises:
        StoreError: the store can't be read.
    """
    try:
        place = (folder.home / STORE).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return
    Mirror(open_store(place), folder.home).bring(folder.uuid)


def _begin(home: Path, place: str, real: Path) -> None:
    """Name the store, for this person's eyes alone, and let the settings of the real home hold here too."""
    descriptor, draft = mkstemp(dir=home, prefix=".store-")
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(place)
    os.replace(draft, home / STORE)  # others read it meanwhile
    saved = home / "config.yaml"
    with suppress(FileExistsError):
        saved.symlink_to(real / "config.yaml")
