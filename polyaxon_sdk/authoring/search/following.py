"""A search that a component's own command line asks for."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, NoReturn

from polyaxon_sdk.authoring.search.metric import metric_of
from polyaxon_sdk.client import RunClient
from polyaxon_sdk.exceptions import PolyaxonError

if TYPE_CHECKING:
    from collections.abc import Callable

    from polyaxon_sdk.authoring.decorators.runnable import Runnable

__all__ = ["follow"]


def follow(make: Callable[[], Runnable[..., object]]) -> NoReturn:
    """Make a search and run it to its end, with a line a run; then exit.

    Raises:
        SystemExit: 0 where it succeeded, 1 where it didn't, 2 after one line that says what is wrong.
    """
    try:
        search = make()
        run = search.run()
    except PolyaxonError as error:
        sys.stderr.write(f"Error: {error}\n")
        raise SystemExit(2) from error
    try:
        run.wait()
    except KeyboardInterrupt:
        run.stop()
    names = [io.name for io in search.to_component().outputs or []]
    rows = RunClient().list(f"pipeline:{run.uuid}", sort="created_at").rows
    for row in rows:
        inputs = "  ".join(f"{name} {value}" for name, value in row.inputs.items())
        outputs = "  ".join(f"{name} {row.outputs.get(name)}" for name in names)
        sys.stdout.write(f"{row.uuid[:12]}  {row.status}  {inputs}  {outputs}\n")
    best = _best({row.uuid: row.outputs for row in rows}, names)
    sys.stdout.write(f"search {run.uuid[:12]} {run.status}{best}\n")
    raise SystemExit(0 if run.status == "succeeded" else 1)


def _best(outputs: Mapping[str, Mapping[str, object]], names: Sequence[str]) -> str:
    """Which run is best at the first output, where that is a number; which way it was taken."""
    if not names:
        return ""
    metric = metric_of(names, None)
    sign = -1.0 if metric.optimization == "maximize" else 1.0
    found = {uuid: values.get(metric.name) for uuid, values in outputs.items()}
    numbers = {
        uuid: float(value)
        for uuid, value in found.items()
        if isinstance(value, int | float) and isfinite(value)
    }
    if not numbers:
        return ""
    best = min(numbers, key=lambda uuid: sign * numbers[uuid])
    return f", best is {best[:12]} with {metric.name} {numbers[best]:g} ({metric.optimization}d)"
