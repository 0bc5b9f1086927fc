"""Ends of scripts that wait until their run is shipped, since nothing outlives them, and ends that don't wait."""

import os
import pty
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from tests.polling import eventually
from tests.processes import sidecars_of
from tests.scripts import Scripts, read_line

MAKE = """
import os, signal, sys
from pathlib import Path
from polyaxon_sdk import tracking

run = tracking.init(track_code=False, track_env=False)
Path(tracking.get_outputs_path("model.bin")).write_bytes(os.urandom(8_000_000))
tracking.log_metric("loss", 0.5, step=1)
"""
WAIT = f"{MAKE}print('ready', flush=True)\nsignal.pause()"
SLOW = {"POLYAXON_SHIP_BANDWIDTH": "2000000"}
"""Four seconds for what is shipped."""
STUCK = {"POLYAXON_SHIP_BANDWIDTH": "1000"}


@pytest.fixture
def team(scripts: Scripts, tmp_path: Path) -> Iterator[Path]:
    """A folder that runs are shipped to, until the end of the test."""
    yield tmp_path / "team"
    for path in (scripts.home / "runs").iterdir():
        for pid in sidecars_of(str(path)):
            os.kill(pid, signal.SIGKILL)


def ships(team: Path, wait: str = "", **variables: str) -> dict[str, str]:
    """The environment of a script whose run is shipped there."""
    return {"POLYAXON_ARTIFACTS_STORE": str(team), "POLYAXON_SHIP_WAIT": wait, "CI": "", **variables}


def here(scripts: Scripts) -> dict[str, bytes]:
    """The files of the run that a store gets."""
    folder = scripts.the_run()
    paths = [path for path in folder.path.rglob("*") if path.is_file() and folder.journal not in path.parents]
    named = {path.relative_to(folder.path).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in named.items() if not name.startswith(".")}


def there(scripts: Scripts, team: Path) -> dict[str, bytes]:
    """Those that it has."""
    place = team / scripts.the_run().uuid
    return {
        path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()
    }


def within_a_namespace(scripts: Scripts, text: str, **variables: str) -> "subprocess.Popen[str]":
    """A script that is the first process of its own world: when it ends the kernel kills all others."""
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-pf", "true"], check=False).returncode:
        assert os.environ.get("POLYAXON_TEST_REQUIRE") != "all", "no namespaces of processes here"
        pytest.skip("no namespaces of processes here")
    command = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child", sys.executable, "-c", text]
    starter = f"import os, sys; os.execvp({command[0]!r}, {command!r})"
    return scripts.start(starter, **variables)


def test_the_first_process_of_a_container_ends_once_its_run_is_shipped(scripts: Scripts, team: Path) -> None:
    process = within_a_namespace(scripts, MAKE, **ships(team, **SLOW))
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert read_drained(scripts.the_run()).is_finished
    assert there(scripts, team) == here(scripts)
    assert "polyaxon: the run is being shipped: " in err
    assert "outputs/model.bin" in err


def test_a_request_to_end_leaves_time_to_ship(scripts: Scripts, team: Path) -> None:
    process = scripts.start(WAIT, **ships(team, SLURM_JOB_ID="12"))
    assert read_line(process) == "ready"
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=120)
    assert (process.returncode, read_run(scripts.the_run()).status) == (143, "stopped"), err
    assert there(scripts, team) == here(scripts)


@pytest.mark.parametrize(
    "sign", ["SLURM_JOB_ID", "RAY_JOB_ID", "KUBERNETES_SERVICE_HOST", "CI", "POLYAXON_SHIP_WAIT"]
)
def test_a_script_whose_sidecar_ends_with_it_is_there_until_all_is_shipped(
    scripts: Scripts, team: Path, sign: str
) -> None:
    ended = scripts.run(MAKE, **{**ships(team), sign: "60"})
    assert ended.code == 0, ended.err
    assert read_drained(scripts.the_run()).is_finished
    assert there(scripts, team) == here(scripts)


def test_an_end_waits_no_longer_than_it_is_told_and_says_what_to_do(scripts: Scripts, team: Path) -> None:
    ended = scripts.run(MAKE, **ships(team, "1", **STUCK))
    assert ended.code == 0
    assert (
        f"not all of the run is shipped yet, `polyaxon sync` does that: {scripts.the_run().uuid}" in ended.err
    )
    assert not read_drained(scripts.the_run()).is_finished


def test_runs_within_a_run_are_waited_for_with_it(scripts: Scripts, team: Path) -> None:
    text = f"{MAKE}print(run.uuid)\nfor _ in range(3): run.child().end()\nrun.end()"
    ended = scripts.run(text, **ships(team, "60"))
    folders = [RunFolder(path) for path in (scripts.home / "runs").iterdir()]
    assert ended.code == 0, ended.err
    assert [read_drained(folder).is_finished for folder in folders] == [True] * 4


def test_an_end_whose_sidecar_goes_on_does_not_wait(scripts: Scripts, team: Path) -> None:
    ended = scripts.run(MAKE, **ships(team, **STUCK))
    assert (ended.code, ended.err) == (0, "")
    assert not read_drained(scripts.the_run()).is_finished


def test_a_terminal_shows_a_bar_that_names_what_is_left(scripts: Scripts, team: Path) -> None:
    upper, lower = pty.openpty()
    text = f"import os; os.dup2(os.open(os.environ['SHOWN'], os.O_RDWR), 2)\n{MAKE}"
    ended = scripts.run(text, **ships(team, "60", **SLOW), SHOWN=os.ttyname(lower), COLUMNS="150")
    shown = os.read(upper, 1 << 20)
    os.close(upper)
    os.close(lower)
    assert ended.code == 0
    assert b"outputs/model.bin" in shown


def test_seconds_that_are_no_number_are_told_and_fail_no_script(scripts: Scripts, team: Path) -> None:
    wrong = {"POLYAXON_SHIP_INTERVAL": "soon", "POLYAXON_SYNC_INTERVAL": "2s"}
    process = scripts.start(MAKE, **ships(team, "30s", **wrong))
    _, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, "")
    eventually(lambda: read_drained(scripts.the_run()).is_finished)
    run = read_run(scripts.the_run())
    assert (run.status, [problem.partition(",")[0] for problem in run.problems]) == (
        "succeeded",
        [
            "POLYAXON_SHIP_INTERVAL: 'soon' is no number",
            "POLYAXON_SHIP_WAIT: '30s' is no number",
            "POLYAXON_SYNC_INTERVAL: '2s' is no number",
        ],
    )
    assert there(scripts, team) == here(scripts)
