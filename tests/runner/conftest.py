"""Homes to run in, and a watcher that remembers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.polyflow import V1Component, V1Operation, read
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.lifecycle import Outcome, carry_out
from polyaxon_sdk.runner.plan import Plan, make_plan
from polyaxon_sdk.runner.progress import Progress
from polyaxon_sdk.settings import Settings, load

MakePlan = Callable[..., Plan]


class Memory:
    """A watcher that keeps what it is shown."""

    def __init__(self) -> None:
        self.plan: Plan | None = None
        self._printed = bytearray()
        self.told: list[str] = []
        self.glances: list[Progress] = []

    def started(self, plan: Plan) -> None:
        self.plan = plan

    @property
    def printed(self) -> bytes:
        return bytes(self._printed)

    def output(self, data: bytes) -> None:
        self._printed += data

    def progress(self, progress: Progress) -> None:
        self.glances.append(progress)

    def tell(self, line: str) -> None:
        self.told.append(line)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a home of its own, also for the processes that are started; the test stands in `tmp_path`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POLYAXON_HOME", str(tmp_path / "home"))
    return load()


@pytest.fixture
def plan_of(settings: Settings) -> MakePlan:
    """The plan of a component with these fields; inside of `run` those of the container are given."""

    def plan(container: dict[str, object], *, labels: Labels | None = None, **fields: object) -> Plan:
        params = fields.pop("params", {})
        assert isinstance(params, dict)
        operation = V1Operation(component=component_of(container, **fields))
        return make_plan(draft(operation, settings=settings, params=params, labels=labels or Labels()))

    return plan


def component_of(container: dict[str, object], **fields: object) -> V1Component:
    """A component of kind job with this container."""
    run = {"kind": "job", "container": container}
    return read(V1Component, {"kind": "component", "run": run, **fields})


def shell(script: str) -> dict[str, object]:
    """A container that runs a script of the shell."""
    return {"command": ["/bin/sh", "-c"], "args": [script]}


@pytest.fixture
def watcher() -> Memory:
    """A watcher that keeps what it is shown."""
    return Memory()


@pytest.fixture
def run_plan(settings: Settings, watcher: Memory) -> Callable[[Plan], Outcome]:
    """Carry out a plan as a process, shown to `watcher`."""
    return lambda plan: carry_out(plan, settings=settings, executor=ProcessExecutor(), watcher=watcher)


@pytest.fixture
def small_home(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home on a disk of one MiB."""
    monkeypatch.setenv("POLYAXON_HOME", str(small_disk / "home"))
    return small_disk / "home"


@pytest.fixture
def locked_home(locked_disk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home on a disk that can only be read."""
    monkeypatch.setenv("POLYAXON_HOME", str(locked_disk / "home"))
    return locked_disk / "home"
