import subprocess
from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.polyflow import V1Operation
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.lifecycle import Outcome, carry_out
from polyaxon_sdk.runner.plan import make_plan
from polyaxon_sdk.settings import load
from tests.runner.conftest import Memory, component_of, shell

pytestmark = pytest.mark.system


def _run(script: str, watcher: Memory) -> Outcome:
    settings = load()
    operation = V1Operation(component=component_of(shell(script)))
    plan = make_plan(draft(operation, settings=settings, params={}, labels=Labels()))
    return carry_out(plan, settings=settings, executor=ProcessExecutor(), watcher=watcher)


def test_a_home_that_can_only_be_read_starts_nothing(
    locked_home: Path, watcher: Memory, tmp_path: Path
) -> None:
    with pytest.raises(
        PolyaxonError, match=rf"the run can't be written to {locked_home}: Read-only file system"
    ):
        _run(f"touch {tmp_path}/started", watcher)
    assert not (tmp_path / "started").exists()


def test_a_full_disk_starts_nothing_and_leaves_nothing(small_home: Path, watcher: Memory) -> None:
    subprocess.run(["/bin/sh", "-c", f"cat /dev/zero > {small_home.parent}/filling"], check=False)
    with pytest.raises(PolyaxonError, match="No space left on device; POLYAXON_HOME names another place"):
        _run("true", watcher)
    assert list((small_home / "runs").iterdir()) == []


def test_a_disk_that_fills_up_takes_the_final_status_still(small_home: Path, watcher: Memory) -> None:
    outcome = _run(f"cat /dev/zero > {small_home}/filling; exit 0", watcher)
    assert outcome.state is not None
    assert outcome.state.status == "succeeded"
