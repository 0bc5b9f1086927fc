"""What runs printed, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from polyaxon_sdk.client.family import PIPELINES, Relative, follow_relatives, runs_within
from polyaxon_sdk.client.following import follow_logs
from polyaxon_sdk.runner.replicas import GROUPS
from polyaxon_sdk.runs.damage import read_anyway
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.logs import LogLine
from polyaxon_sdk.settings import Settings

__all__ = ["follow_printed", "printed_line"]


def follow_printed(settings: Settings, folder: RunFolder) -> Iterator[str]:
    """Each line that a run prints, of a pipeline those of its runs, until it is done.

    Raises:
        OSError: the run can't be read.
        PolyaxonError: another process keeps the index locked.
    """
    kind = read_anyway(folder).kind or ""
    if kind not in PIPELINES:
        yield from (printed_line(line, Relative(folder, "", kind)) for line in follow_logs(folder, None))
        return
    within = partial(runs_within, settings, folder, kind)
    yield from (printed_line(line, each) for each, line in follow_relatives(settings, folder, within))


def printed_line(line: LogLine, run: Relative) -> str:
    """A line of output behind the names of the run, where it has one among others, and of the replica, where it has
    several.

    >>> printed_line(LogLine(None, "worker-0", "done"), Relative(folder, "train", "pytorchjob"))  # doctest: +SKIP
    'train | worker-0 | done'
    """
    names = [run.name] if run.name else []
    names += [line.replica] if run.kind in GROUPS else []
    return " | ".join([*names, line.text])
