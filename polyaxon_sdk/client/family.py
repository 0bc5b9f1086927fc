"""A run and those that come from it, as they print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import sleep

from polyaxon_sdk.client.following import Console
from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.place import STORE
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.logs import LogLine
from polyaxon_sdk.settings import Settings

__all__ = ["family_of", "follow_family"]

_POLL = 0.5


def family_of(settings: Settings, folder: RunFolder) -> list[RunFolder]:
    """A run, those that were begun within it or took values from it, and those of these, the oldest first.

    Raises:
        PolyaxonError: another process keeps the index locked.
    """
    found, waiting = {folder.uuid: folder}, [folder.uuid]
    while waiting:
        question = Question(f"upstream:{'|'.join(waiting[:_AT_ONCE])}", sort="created_at")
        waiting = waiting[_AT_ONCE:]
        for row in list_page(settings, question).rows:
            if row.uuid not in found:
                found[row.uuid] = RunFolder(settings.runs / row.uuid)
                waiting.append(row.uuid)
    return list(found.values())


_AT_ONCE = 200


def follow_family(settings: Settings, folder: RunFolder) -> Iterator[tuple[str, LogLine]]:
    """Each line that a run and those that come from it print, with the uuid, until the run and all of them are done.

    Raises:
        OSError: a run can't be read.
        PolyaxonError: another process keeps the index locked.
    """
    consoles, bring = dict[str, Console](), _bringing(settings)
    while True:
        bring()
        for each in family_of(settings, folder):
            consoles.setdefault(each.uuid, Console(each))
        ended = [console.is_done() for console in consoles.values()]
        for uuid, console in consoles.items():
            yield from ((uuid, line) for line in console.lines())
        if all(ended):
            return
        sleep(_POLL)


def _bringing(settings: Settings) -> Callable[[], object]:
    """What brings the runs that came since into the mirror of a store; nothing in a home."""
    if not (settings.home / STORE).is_file():
        return lambda: None
    from polyaxon_sdk.index.arrivals import Asking  # stores, which cost 40 ms

    asking = Asking(settings.home)
    return lambda: asking.ask(asking.mirror.refresh)
