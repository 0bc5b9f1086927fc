"""What a command waits for, told where it takes long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread, Timer
from time import monotonic

import click

from polyaxon_sdk.exceptions import printable

__all__ = ["telling", "waiting_for"]

_TOLD_AFTER = 2.0
_SILENT_FOR = 8.0
"""Seconds without a sign of life of a store after which a person hears of it."""
_LOOKS_EVERY = 0.5


@contextmanager
def telling(line: str) -> Iterator[None]:
    """Say on stderr what is waited for, where it takes long.

    >>> with telling("waiting for an answer of s3://team"):  # doctest: +SKIP
    ...     trouble = unreachable(settings)
    """
    timer = Timer(_TOLD_AFTER, click.echo, [f"{line} …"], {"err": True})
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def waiting_for(store: str | None, *, silence: float = _SILENT_FOR) -> Iterator[None]:
    """Say once on stderr that a store is waited for, where nothing moves for `silence` seconds.

    >>> with waiting_for("s3://team"):  # doctest: +SKIP
    ...     found = run.files()
    """
    ended = Event()
    if store is not None:
        Thread(target=_watch, args=[store, silence, ended], daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def _watch(store: str, silence: float, ended: Event) -> None:
    from polyaxon_sdk.storage.pulse import PULSE  # asyncio costs 27 ms, which short commands needn't pay

    began = monotonic()
    while not ended.wait(min(_LOOKS_EVERY, silence)):
        if monotonic() - max(began, PULSE.moved_at, PULSE.worked_at) >= silence:
            click.echo(printable(f"waiting for an answer of {store} …"), err=True)
            return
