"""Reading a run of which nothing tells any more how far it was drained: what its files hold."""

from __future__ import annotations

import json
import warnings
from itertools import chain

from polyaxon_sdk.runs.drained import Drained, is_damaged, read_drained
from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["DamageWarning", "drained_anyway", "named_series", "salvaged"]


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
    drained, names = Drained(), _names(folder)
    for path in chain.from_iterable(map(folder.path.glob, _DRAINED)):
        relative = path.relative_to(folder.path).as_posix()
        drained.files[relative] = path.stat().st_size
        if path.parent.parent == folder.events:
            drained.names[relative] = names.get(relative, f"{path.parent.name}/{path.stem}")
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


def _names(folder: RunFolder) -> dict[str, str]:
    """What each series was logged under, as `<kind>/<name>`, by its path, as far as that is told elsewhere."""
    try:
        view = json.loads(folder.lineages_view.read_bytes())
    except (OSError, ValueError):
        return {}
    return named_series(view)


def named_series(view: object) -> dict[str, str]:
    """What each series of a view of lineage was logged under, as `<kind>/<name>`, by its path."""
    found = {}
    for each in view if isinstance(view, list) else ():
        summary = each.get("summary") if isinstance(each, dict) else None
        if isinstance(summary, dict) and summary.get("is_event"):
            found[str(each.get("path"))] = f"{each.get('kind')}/{summary.get('name') or each.get('name')}"
    return found
