"""A page of runs as they are: those that seem to go on are looked at."""

from __future__ import annotations

import time
from pathlib import Path

from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.place import STORE
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.run_row import Listing, RunRow
from polyaxon_sdk.runs.changes import ChangeMark
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.status import DONE
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.abandoned import close_abandoned, note_silence

__all__ = ["look_at", "look_at_page"]

_MARK = "look"
_SEEN = 100
"""Runs of a page whose files are looked at: a person sees no more of them at once."""


def look_at_page(settings: Settings, question: Question) -> Listing:
    """As `list_page`; a run of which nobody is left is closed first, with the reason, and damage is looked for.

    Raises:
        InputError: a mistake in the query, or an unknown field to sort by.
        PolyaxonError: another process keeps the index locked.
    """
    listing = list_page(settings, question)
    going = [
        RunFolder(settings.runs / row.uuid)
        for row in listing.rows
        if row.status not in DONE and not row.problem
    ]
    told = [look_at(folder) for folder in going]
    if any(told):
        listing = list_page(settings, question)
    seen = _damage_seen(settings.home, listing.rows[:_SEEN])
    if not seen:
        return listing
    again = list_page(settings, question)
    rows = [row._replace(damage=seen.get(row.uuid, row.damage)) for row in again.rows]
    return Listing(rows, again.total, again.hints, again.damaged)


def _damage_seen(home: Path, rows: list[RunRow]) -> dict[str, str | None]:
    """The damage of each run that is otherwise than the index says; what changes by itself has no mark until now."""
    if not rows:
        return {}
    # SQLAlchemy takes 0.2 s to import, which a home without runs needn't wait for.
    from polyaxon_sdk.index.damaged import damage_now

    news = {}
    for row in rows:
        now = damage_now(RunFolder(home / "runs" / row.uuid), is_over=row.status in DONE)
        if now != row.damage:
            news[row.uuid] = now
    for uuid in news:
        ChangeMark(home, uuid, _MARK).renew(time.time_ns())
    return news


def look_at(folder: RunFolder) -> bool:
    """Close a run of which nobody is left; whether anything was said of it.

    A home that can't be written stays as it is. What became of a run that is read from a store says who ships it: here
    it is `unknown` once it is silent.
    """
    try:
        look = note_silence if (folder.home / STORE).is_file() else close_abandoned
        return look(folder, time.time())
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return False  # can't be written, or is garbage, which the list names
