"""A search that a component's own command line asks for."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

from polyaxon_sdk.authoring.operation import Operation
from polyaxon_sdk.authoring.sweeping import Wanted, sweep_of
from polyaxon_sdk.client import RunClient
from polyaxon_sdk.exceptions import PolyaxonError

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.composable import Composable

__all__ = ["search_by_hand"]


def search_by_hand(component: Composable[..., object], space: Mapping[str, object]) -> NoReturn:
    """Search the values that are many, and no others, with a line a run; then exit.

    Args:
        space: arguments, and values to search.

    Raises:
        SystemExit: 0 where it succeeded, 1 where it didn't, 2 after one line that says what is wrong.
    """
    try:
        matrix, given = sweep_of(component, Wanted(), space)
        search: Operation[..., object] = Operation(component, given, {"matrix": matrix})
        run = search.run()
    except PolyaxonError as error:
        sys.stderr.write(f"Error: {error}\n")
        raise SystemExit(2) from error
    try:
        run.wait()
    except KeyboardInterrupt:
        run.stop()
    names = [io.name for io in search.to_component().outputs or []]
    for row in RunClient().list(f"pipeline:{run.uuid}", sort="created_at").rows:
        inputs = "  ".join(f"{name} {value}" for name, value in row.inputs.items())
        outputs = "  ".join(f"{name} {row.outputs.get(name)}" for name in names)
        sys.stdout.write(f"{row.uuid[:12]}  {row.status}  {inputs}  {outputs}\n")
    sys.stdout.write(f"search {run.uuid[:12]} {run.status}\n")
    raise SystemExit(0 if run.status == "succeeded" else 1)
