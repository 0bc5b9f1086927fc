"""A page of runs as they are: those that seem to go on are looked at."""

from __future__ import annotations

import time

from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.place import STORE
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.run_row import Listing
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.status import DONE
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.abandoned import close_abandoned

__all__ = ["look_at", "look_at_page"]


def look_at_page(settings: Settings, question: Question) -> Listing:
    """As `list_page`; a run of which nobody is left is closed first, with the reason.

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
        return list_page(settings, question)
    return listing


def look_at(folder: RunFolder) -> bool:
    """Close a run of which nobody is left; whether anything was said of it.

    A home that can't be written stays as it is, and so does a run that is read from a store: who ships it says it.
    """
    if (folder.home / STORE).is_file():
        return False
    try:
        return close_abandoned(folder, time.time())
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return False  # can't be written, or is garbage, which the list names
