"""A run that was started from Python, as the one who started it sees it."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, cast

from polyaxon_sdk.authoring.call.spelling import bind, params_of
from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.search.metric import metric_of
from polyaxon_sdk.authoring.specification.placing import placed
from polyaxon_sdk.client import RunClient
from polyaxon_sdk.compiler.checking import with_params
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import Polyaxonfile
from polyaxon_sdk.polyaxonfile.presets import open_presets
from polyaxon_sdk.runner.background import start as start_in_background
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.runner.stop import stop
from polyaxon_sdk.runs.series import last_values
from polyaxon_sdk.settings import load

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.decorators.runnable import Runnable

__all__ = ["RunHandle", "start"]

_ALL = 1_000_000
"""More runs than a search has."""


class RunHandle:
    """A run in a process of its own: it goes on whatever becomes of this one.

    Args:
        uuid: of the run.

    >>> run = train.run(epochs=1)  # doctest: +SKIP
    >>> run.wait().outputs["loss"]  # doctest: +SKIP
    0.25
    """

    def __init__(self, uuid: str) -> None:
        self.uuid = uuid
        self.client = RunClient(run_uuid=uuid)

    def __repr__(self) -> str:
        return f"<run {self.uuid[:12]} {self.status}>"

    @property
    def status(self) -> str:
        """Its status now."""
        return self.client.refresh_data().status

    @property
    def is_done(self) -> bool:
        """Whether it is over."""
        return self.client.refresh_data().is_done

    @property
    def inputs(self) -> dict[str, object]:
        """Its inputs by name, as JSON holds them."""
        return self.client.get_inputs()

    @property
    def outputs(self) -> dict[str, object]:
        """Its outputs so far by name, as JSON holds them, the last value of each metric among them."""
        return {**last_values(self.client.folder), **self.client.get_outputs()}

    @property
    def metrics(self) -> dict[str, list[float]]:
        """The values of each metric so far, in the order they were logged; `client` has steps and times too."""
        found = self.client.get_metrics()
        return {name: cast("list[float]", columns["metric"]) for name, columns in found.items()}

    @property
    def logs(self) -> str:
        """What it printed so far."""
        return "".join(f"{line.text}\n" for line in self.client.get_logs())

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.client.folder.path

    def children(self) -> list[RunHandle]:
        """The runs of a dag or a search so far, in the order they began.

        >>> [run.inputs for run in train.sweep(lr=[0.1, 0.2]).run().wait().children()]  # doctest: +SKIP
        [{'lr': 0.1}, {'lr': 0.2}]
        """
        found = self.client.list(f"pipeline:{self.uuid}", sort="created_at", limit=_ALL, all_projects=True)
        return [RunHandle(row.uuid) for row in found.results]

    def best(self, metric: str | None = None) -> RunHandle:
        """The run of a search with the best metric so far.

        Args:
            metric: an output, as `sweep` takes it; by default the one that the search is for, else the first.

        Raises:
            InputError: it is no search, it has no output to go by, or none of its runs has that.

        >>> train.sweep(lr="1e-4..1e-1:log", metric="loss").run().wait().best().inputs  # doctest: +SKIP
        {'lr': 0.003}
        """
        operation = json.loads(self.client.folder.operation.read_text(encoding="utf-8"))
        if (matrix := operation.get("matrix")) is None:
            raise InputError(f"run {self.uuid[:12]} is no search", expected="the run of a `.sweep(...)`")
        wanted = matrix.get("metric") if metric is None else None
        if wanted is None:
            found = metric_of([io["name"] for io in operation.get("outputs") or []], metric)
            wanted = {"name": found.name, "optimization": found.optimization}
        sign, name = -1.0 if wanted.get("optimization") == "maximize" else 1.0, wanted["name"]
        known = [(run.outputs.get(name), run) for run in self.children() if run.status == "succeeded"]
        ranked = [
            (sign * value, at)
            for at, (value, _) in enumerate(known)
            if isinstance(value, int | float) and isfinite(value)
        ]
        if not ranked:
            raise InputError(f"no run of {self.uuid[:12]} has an output {name!r}")
        return known[min(ranked)[1]][1]

    def wait(self, timeout: float | None = None) -> RunHandle:
        """Wait until it is over; the same run.

        Args:
            timeout: seconds; None to wait for as long as it takes.

        Raises:
            TimeoutError: it is not by then.
        """
        self.client.wait_for_condition(timeout=timeout)
        return self

    def stop(self) -> RunHandle:
        """End it: SIGTERM, and SIGKILL where that doesn't help; the same run.

        Raises:
            InputError: it is over already.
        """
        stop(self.client.folder)
        return self


def start(
    runnable: Runnable[..., object], args: tuple[object, ...], kwargs: Mapping[str, object]
) -> RunHandle:
    """Start a run of its own; returns once it has begun.

    Raises:
        InputError: arguments that don't fit, or what can't be carried out here; nothing is started then.
        PolyaxonError: it can't be begun.
    """
    given = params_of(runnable.function, bind(runnable.function, args, kwargs))
    settings = load()
    with placed(f"{caller()}: {runnable.__name__}"):
        operation = with_params(runnable.as_operation(), given)
        found = Polyaxonfile(operation=operation, kind="operation", name=runnable.__name__)
        whole = open_presets(settings, Path.cwd()).put_on(found, also=()).operation
        drafted = draft(whole, settings=settings, params={}, labels=Labels())
    for line in drafted.warnings:
        warnings.warn(line, stacklevel=3)
    # One frame more for the function that is told, and one for who tells it.
    folder = start_in_background(drafted, tell=lambda line: warnings.warn(line, stacklevel=5))
    return RunHandle(folder.uuid)
