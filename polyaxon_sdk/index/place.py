"""Where the index of a home lies."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path

from polyaxon_sdk.runs.filesystem import is_network

__all__ = ["STORE", "index_name", "place_of", "shown_home"]

_PASSWORD = re.compile(r"(?<=://)[^/@]*:[^/@]*@")
STORE = "store"
"""The file that names the store which a home is the mirror of."""


def place_of(home: Path, cache: Path) -> Path | None:
    """The database file of `home`, in a folder that exists; None where nothing can be written.

    A home that other hosts may write too has an index on each machine, below `cache`, and so has a home that
    can't be written: SQLite's locks hold on local file systems only.
    """
    if not is_network(home) and os.access(home, os.W_OK | os.X_OK):
        return home / "index.db"
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return cache / index_name(home) if os.access(cache, os.W_OK | os.X_OK) else None


def shown_home(home: Path) -> str:
    """What a person knows a home by: the store, where it is the mirror of one."""
    try:
        return _PASSWORD.sub("", (home / STORE).read_text(encoding="utf-8").strip())
    except OSError:
        return str(home)


def index_name(home: Path) -> str:
    """What the index of `home` is called in the cache of a machine.

    >>> index_name(Path("/nowhere"))
    'index-001471018cf6e0e0.db'
    """
    return f"index-{sha256(os.fsencode(home.resolve())).hexdigest()[:16]}.db"
