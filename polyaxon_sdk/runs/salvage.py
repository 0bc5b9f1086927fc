"""Reading a run of which nothing tells any more how far it was drained: what its files hold."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable
from itertools import chain
from pathlib import PurePosixPath

from polyaxon_sdk.runs.drained import Drained, is_damaged, read_drained
from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import read_facts

__all__ = ["DamageWarning", "drained_anyway", "named_series", "names_in", "names_of_files", "salvaged"]


_DRAINED = ("events/*/*.plx", "resources/*/*.plx", "plxlogs/*.jsonl")


class DamageWarning(UserWarning):
    """What is shown of a run is what can be read, as a file of it is damaged."""


def salvaged(folder: RunFolder) -> Drained:
    """What `drained.json` may have said: that every event file counts as it is; of journals it knows nothing.

    A point that is in both, in a journal and in its file, is one point: readers leave the second out.

    Raises:
        OSError: the run can't be read.
    """
    warnings.warn(
        f"run {folder.uuid[:12]}: journal/drained.json is damaged: shown is what its other files hold",
        DamageWarning,
        stacklevel=4,
    )
    drained = Drained()
    for path in chain.from_iterable(map(folder.path.glob, _DRAINED)):
        relative = path.relative_to(folder.path).as_posix()
        drained.files[relative] = path.stat().st_size
    drained.names = names_in(folder, drained.files)
    return drained


def drained_anyway(folder: RunFolder) -> Drained:
    """What is drained, or where nothing tells it any more, what there is.

    Raises:
        OSError: the run can't be read.
    """
    try:
        return read_drained(folder)
    except OSError as error:
        if not is_damaged(error):
            raise
        return salvaged(folder)


def _view(folder: RunFolder) -> object:
    """The view of lineage, which tells names of series too; None where it can't be read."""
    try:
        return json.loads(folder.lineages_view.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def names_in(folder: RunFolder, paths: Iterable[str]) -> dict[str, str]:
    """What each series of events among the files of a run was logged under, as its record and its view of lineage tell.

    Raises:
        OSError: the record can't be read.
    """
    return names_of_files(paths, _view(folder), read_facts(folder))


def names_of_files(paths: Iterable[str], view: object, facts: Iterable[Fact] = ()) -> dict[str, str]:
    """What each series of events among files was logged under, as `<kind>/<name>`, by its path.

    Args:
        paths: files of a run, relative to it; those that hold no events are left out.
        view: its view of lineage; a series that neither it nor a fact names is called as its file is.
        facts: of its record, whose names go before those of the view.

    >>> names_of_files(["events/metric/a__b.plx", "plxlogs/main.jsonl"], [])
    {'events/metric/a__b.plx': 'metric/a__b'}
    """
    told = {**named_series(view), **_named_by(facts)}
    series = [path for path in map(PurePosixPath, paths) if path.parts[0] == "events"]
    return {str(path): told.get(str(path), f"{path.parent.name}/{path.stem}") for path in series}


def _named_by(facts: Iterable[Fact]) -> dict[str, str]:
    """What each series of a record was logged under, as `<kind>/<name>`, by its path."""
    found = {}
    for fact in facts:
        if fact.kind == "series":
            summaries, others = fact.fields.get("summaries"), fact.fields.get("others")
            for each in summaries.values() if isinstance(summaries, dict) else ():
                if isinstance(each, dict) and "path" in each and "name" in each:
                    found[str(each["path"])] = f"metric/{each['name']}"
            found.update({path: str(key) for path, key in others.items()} if isinstance(others, dict) else {})
    return found


def named_series(view: object) -> dict[str, str]:
    """What each series of a view of lineage was logged under, as `<kind>/<name>`, by its path."""
    found = {}
    for each in view if isinstance(view, list) else ():
        summary = each.get("summary") if isinstance(each, dict) else None
        if isinstance(summary, dict) and summary.get("is_event"):
            found[str(each.get("path"))] = f"{each.get('kind')}/{summary.get('name') or each.get('name')}"
    return found
