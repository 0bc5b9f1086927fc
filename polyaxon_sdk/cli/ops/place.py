"""Where the runs that a command is about lie: in the home, or in a store that is read in its place."""

from __future__ import annotations

from shlex import quote

import click

from polyaxon_sdk.cli.waiting import waiting_for
from polyaxon_sdk.settings import Settings, load

__all__ = ["STORE", "is_store", "place_of_runs", "settings_of_runs", "store_words"]

STORE = "polyaxon_sdk.store"
"""Under which the context of a command says which store was named; an empty text is the configured one."""


def settings_of_runs() -> Settings:
    """The settings, with a store in the home's place where `--store` or `read_store` names one, as it is now.

    Raises:
        InputError: the store's URL is wrong, or none is configured.
        StoreError: it can't be read, and never was.
    """
    settings = load()
    named = _store(settings)
    if named is None:
        return settings
    from polyaxon_sdk.index.mirrored import mirrored  # stores, which cost 40 ms

    with waiting_for(named or settings.artifacts_store):
        return mirrored(settings, named)


def place_of_runs() -> str:
    """The home or the store, for messages."""
    settings = load()
    named = _store(settings)
    return str(settings.home) if named is None else named or str(settings.artifacts_store)


def is_store() -> bool:
    """Whether runs of a store are read, which can't be changed."""
    return _store(load()) is not None


def store_words() -> str:
    """What a command must say to read the same runs: `--store URL ` where this one did."""
    named: str | None = click.get_current_context().meta.get(STORE)
    return "" if named is None else f"--store {quote(named)} " if named else "--store "


def _store(settings: Settings) -> str | None:
    """The store that is read in the home's place: an empty text for the configured one; None for the home."""
    found: str | None = click.get_current_context().meta.get(STORE)
    return settings.read_store if found is None else found or settings.read_store or ""
