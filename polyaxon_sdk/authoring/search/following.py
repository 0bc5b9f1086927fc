"""A search that a component's own command line asks for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

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
    for row in RunClient().list(f"pipeline:{run.uuid}", sort="created_at").rows:
        inputs = "  ".join(f"{name} {value}" for name, value in row.inputs.items())
        outputs = "  ".join(f"{name} {row.outputs.get(name)}" for name in names)
        sys.stdout.write(f"{row.uuid[:12]}  {row.status}  {inputs}  {outputs}\n")
    sys.stdout.write(f"search {run.uuid[:12]} {run.status}\n")
    raise SystemExit(0 if run.status == "succeeded" else 1)
