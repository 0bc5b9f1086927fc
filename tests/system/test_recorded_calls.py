"""Many recorded calls of one process: one sidecar, and nothing lost."""

import os
import signal
from pathlib import Path

import pytest

from polyaxon_sdk import RunClient
from polyaxon_sdk.client.looking import look_at
from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState, read_run
from tests.polling import eventually
from tests.scripts import Scripts, read_line

pytestmark = pytest.mark.system

TRAIN = """
import os, signal, time
from polyaxon_sdk import component, tracking

@component
def train(epochs: int) -> float:
    tracking.log_metric("loss", 1 / epochs, step=epochs)
    return epochs / 2

@component
def crash() -> None:
    tracking.log_metric("loss", 0.5)
    os.kill(os.getpid(), signal.SIGKILL)

@component
def sleep(seconds: float) -> float:
    print("sleeping", flush=True)
    time.sleep(seconds)
    return seconds
"""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is captured that takes long."""
    for name in ("TRACK_CODE", "TRACK_ENV", "COLLECT_RESOURCES"):
        monkeypatch.setenv(f"POLYAXON_{name}", "false")


def folders(home: Path) -> list[RunFolder]:
    return [RunFolder(path) for path in (home / "runs").iterdir()]


def states(home: Path) -> list[RunState]:
    return [read_run(folder) for folder in folders(home)]


def sidecars(home: Path) -> list[int]:
    """The processes beside runs of the home."""
    return [int(entry.name) for entry in Path("/proc").iterdir() if str(home).encode() in _words(entry)]


def _words(entry: Path) -> bytes:
    try:
        words = (entry / "cmdline").read_bytes()
    except OSError:
        return b""
    return words if b"polyaxon_sdk.sidecar" in words else b""


def are_finished(home: Path, count: int) -> bool:
    return sum(read_drained(folder).is_finished for folder in folders(home)) == count


def test_many_calls_share_a_sidecar_which_finishes_all_and_goes(scripts: Scripts, home: Path) -> None:
    script = scripts.start(
        f"{TRAIN}\nfor epochs in range(1, 21): train.record(epochs)\nprint(1, flush=True)\ninput()"
    )
    assert read_line(script) == "1"
    assert len(sidecars(home)) == 1
    assert eventually(lambda: are_finished(home, 20))
    script.communicate("\n", timeout=120)
    assert eventually(lambda: not sidecars(home))
    assert {state.status for state in states(home)} == {"succeeded"}
    assert {state.logged["result"] for state in states(home)} == {each / 2 for each in range(1, 21)}


def test_what_a_call_recorded_is_there_at_once_and_survives_a_kill(scripts: Scripts, home: Path) -> None:
    script = f"{TRAIN}\nfor epochs in range(1, 6): train.record(epochs)\nos.kill(os.getpid(), signal.SIGKILL)"
    assert scripts.run(script).code == -signal.SIGKILL
    rows = RunClient().list(sort="created_at").rows
    assert [row.status for row in rows] == ["succeeded"] * 5
    assert [row.outputs["result"] for row in rows] == [each / 2 for each in range(1, 6)]
    assert eventually(lambda: are_finished(home, 5))
    assert [read_run(RunFolder(home / "runs" / row.uuid)).outputs["loss"] for row in rows] == [
        1 / each for each in range(1, 6)
    ]


def test_a_call_that_is_killed_has_failed(scripts: Scripts, home: Path) -> None:
    assert scripts.run(f"{TRAIN}\ncrash.record()").code == -signal.SIGKILL
    assert eventually(lambda: [state.status for state in states(home)] == ["failed"])
    assert eventually(lambda: are_finished(home, 1))
    assert states(home)[0].outputs["loss"] == 0.5


def test_a_call_whose_process_and_sidecar_are_killed_is_closed_by_the_next_look(
    scripts: Scripts, home: Path
) -> None:
    script = scripts.start(f"{TRAIN}\nsleep.record(300)")
    assert read_line(script) == "sleeping"
    for pid in (*sidecars(home), script.pid):
        os.kill(pid, signal.SIGKILL)
    script.communicate(timeout=120)
    assert eventually(lambda: look_at(scripts.the_run()) or states(home)[0].status == "failed")


def test_a_sidecar_that_was_killed_is_started_again(scripts: Scripts, home: Path) -> None:
    text = f"{TRAIN}\nfor epochs in (1, 2):\n    train.record(epochs)\n    print(epochs, flush=True)\n    input()"
    script = scripts.start(text)
    assert read_line(script) == "1"
    (pid,) = sidecars(home)
    os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: not sidecars(home))
    script.communicate("\n\n", timeout=120)
    assert eventually(lambda: are_finished(home, 2))


def test_a_call_within_a_call_is_its_child_beside_the_same_sidecar(scripts: Scripts, home: Path) -> None:
    nest = "@component\ndef nest() -> float:\n    return train.record(4)\n"
    assert scripts.run(f"{TRAIN}\n{nest}\nnest.record()").code == 0
    assert eventually(lambda: are_finished(home, 2))
    (inner,) = [state for state in states(home) if state.name == "train"]
    (outer,) = [state for state in states(home) if state.name == "nest"]
    assert (inner.upstream[0].uuid, outer.logged) == (outer.uuid, {"result": 2.0})


def test_calls_of_forked_children_are_recorded_too(scripts: Scripts, home: Path) -> None:
    fork = "train.record(1)\nif os.fork() == 0:\n    train.record(2)\n    os._exit(0)\nos.wait()"
    assert scripts.run(f"{TRAIN}\n{fork}").code == 0
    assert eventually(lambda: are_finished(home, 2))
    assert {state.logged["result"] for state in states(home)} == {0.5, 1.0}


def test_a_sidecar_that_is_stopped_holds_no_call_up(scripts: Scripts, home: Path) -> None:
    script = scripts.start(
        f"{TRAIN}\ntrain.record(1)\nprint(1, flush=True)\ninput()\ntrain.record(2)\nprint(2)"
    )
    assert read_line(script) == "1"
    (pid,) = sidecars(home)
    os.kill(pid, signal.SIGSTOP)
    assert script.communicate("\n", timeout=120)[0] == "2\n"
    os.kill(pid, signal.SIGCONT)
    assert eventually(lambda: are_finished(home, 2))
