"""Several runs side by side."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState, read_run

__all__ = ["Compared", "compare"]

_MACHINE = frozenset({"executable"})


class Compared(NamedTuple):
    """One thing that runs have, or lack, in common.

    Attributes:
        section: `run`, `inputs`, `outputs`, `metrics`, `code` or `environment`.
        name: what it is called there.
        values: of each run, in their order; None where it has none.
        differs: whether not all are the same.
    """

    section: str
    name: str
    values: tuple[object, ...]
    differs: bool


def compare(folders: Sequence[RunFolder]) -> list[Compared]:
    """What runs were made of and what came of it, side by side; in each section what differs comes first.

    Raises:
        OSError: a run can't be read.

    >>> [each.name for each in compare([first, second]) if each.differs]  # doctest: +SKIP
    ['lr', 'loss']
    """
    runs = [(folder, read_run(folder)) for folder in folders]
    return [
        row for section, told in _SECTIONS.items() for row in _rows(section, [told(*run) for run in runs])
    ]


def _rows(section: str, sides: Sequence[Mapping[str, object]]) -> list[Compared]:
    names = dict.fromkeys(name for side in sides for name in side)
    rows = []
    for name in names:
        values = tuple(side.get(name) for side in sides)
        rows.append(Compared(section, name, values, differs=len(set(map(_text, values))) > 1))
    return sorted(rows, key=lambda row: not row.differs)


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def _run(_: RunFolder, state: RunState) -> Mapping[str, object]:
    names = ("name", "status", "project", "tags", "kind", "user", "duration", "original")
    return {name: value for name in names if (value := getattr(state, name)) not in (None, [])}


def _outputs(_: RunFolder, state: RunState) -> Mapping[str, object]:
    return {name: value for name, value in state.outputs.items() if name not in state.metrics}


def _metrics(_: RunFolder, state: RunState) -> Mapping[str, object]:
    return {name: state.outputs[name] for name in state.metrics}


def _code(_: RunFolder, state: RunState) -> Mapping[str, object]:
    return {
        name: value
        for (_, kind), artifact in state.artifacts.items()
        if kind == "coderef"
        for name, value in _mapping(artifact.get("summary")).items()
        if value not in ("", [], ())
    }


def _environment(folder: RunFolder, state: RunState) -> Mapping[str, object]:
    paths = [str(each.get("path")) for (_, kind), each in state.artifacts.items() if kind == "env"]
    found: dict[str, object] = {}
    for path in paths:
        try:
            told = json.loads(folder.inside(path).read_bytes())
        except (OSError, ValueError):
            continue  # deleted, or garbage: the rest is compared all the same
        found.update(_flat(_mapping(told)))
    return found


def _flat(told: Mapping[str, object]) -> dict[str, object]:
    """Packages by their names, below what else the environment is."""
    plain = {name: value for name, value in told.items() if name not in _MACHINE | {"packages"}}
    return {**plain, **_mapping(told.get("packages"))}


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


_SECTIONS: Mapping[str, Callable[[RunFolder, RunState], Mapping[str, object]]] = {
    "run": _run,
    "inputs": lambda _, state: state.inputs,
    "metrics": _metrics,
    "outputs": _outputs,
    "code": _code,
    "environment": _environment,
}
