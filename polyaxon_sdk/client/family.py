"""A run and those that come from it, as they print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from time import sleep
from typing import NamedTuple

from polyaxon_sdk.client.following import Console
from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.place import STORE
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.run_row import RunRow
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.logs import LogLine
from polyaxon_sdk.settings import Settings

__all__ = ["PIPELINES", "Relative", "family_of", "follow_relatives", "runs_within"]

PIPELINES = frozenset({"dag", "matrix", "schedule"})
"""What kinds of runs print nothing but by those that they carry out."""

_POLL = 0.5
_AT_ONCE = 200


class Relative(NamedTuple):
    """A run among others.

    Attributes:
        name: what it is called among them.
        kind: the run's own.
    """

    folder: RunFolder
    name: str
    kind: str = ""


def family_of(settings: Settings, folder: RunFolder) -> list[Relative]:
    """A run, those that were begun within it or took values from it, and those of these, the oldest first; each is
    called by the first digits of its uuid.

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
    return [Relative(each, each.uuid[:8]) for each in found.values()]


def runs_within(settings: Settings, folder: RunFolder, kind: str) -> list[Relative]:
    """The runs that a pipeline carries out, the oldest first, and those of a pipeline among them after it.

    One of a dag has its operation's name, `inner/train` within another dag; those of a search or a schedule, which all
    have its name, are told by their uuids.

    Args:
        kind: of the pipeline.

    Raises:
        PolyaxonError: another process keeps the index locked.
    """
    root = Relative(folder, "", kind)
    found, waiting = dict[str, Relative](), [root]
    while waiting:
        above = waiting.pop()
        if above.folder.uuid in found:
            continue
        found[above.folder.uuid] = above
        if above.kind in PIPELINES:
            question = Question(f"pipeline:{above.folder.uuid}", sort="-created_at")
            waiting += [_below(above, row, settings) for row in list_page(settings, question).rows]
    return [each for each in found.values() if each is not root]


def _below(above: Relative, row: RunRow, settings: Settings) -> Relative:
    """A run that a pipeline carries out."""
    own = row.name or row.kind or "run"
    if above.kind == "dag":
        name = f"{above.name}/{own}" if above.name else own
    else:
        name = f"{above.name or own} {row.uuid[:12]}"
    return Relative(RunFolder(settings.runs / row.uuid), name, row.kind or "")


def follow_relatives(
    settings: Settings, folder: RunFolder, relatives: Callable[[], Iterable[Relative]]
) -> Iterator[tuple[Relative, LogLine]]:
    """Each line that some runs print, until a run and all of them are done.

    Args:
        folder: the run that the others come from; its own lines are told where it is one of them.
        relatives: looks for them, again and again.

    Raises:
        OSError: a run can't be read.
        PolyaxonError: another process keeps the index locked.
    """
    consoles, bring, over = dict[str, Console](), _bringing(settings), set[str]()
    first = Console(folder)
    while True:
        is_last = first.is_done()
        bring()
        for each in relatives():
            uuid = each.folder.uuid
            console = consoles.setdefault(uuid, Console(each.folder))
            if uuid not in over:
                if console.is_done():
                    over.add(uuid)
                yield from ((each, line) for line in console.lines())
        if is_last and len(over) == len(consoles):
            return
        sleep(_POLL)


def _bringing(settings: Settings) -> Callable[[], object]:
    """What brings the runs that came since into the mirror of a store; nothing in a home."""
    if not (settings.home / STORE).is_file():
        return lambda: None
    from polyaxon_sdk.index.arrivals import Asking  # stores, which cost 40 ms

    asking = Asking(settings.home)
    return lambda: asking.ask(asking.mirror.refresh)
