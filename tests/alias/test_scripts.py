"""Scripts of the shape of the public quick start, started by `polyaxon run`: not one of them knows polyaxon-sdk."""

import gzip
import json
import struct
from pathlib import Path

import numpy as np
import pytest

from polyaxon_sdk.client import ProjectClient, RunClient
from tests.terminal import Terminal

pytestmark = pytest.mark.system

SCRIPTS = Path(__file__).parent / "scripts"
EVENTS = {"confusion": 1, "curve": 2, "histogram": 1, "image": 1, "metric": 3, "text": 1}


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("POLYAXON_HOME", str(tmp_path / "home"))
    return Terminal(tmp_path, tmp_path / "home")


def start(terminal: Terminal, name: str, *args: str, **env: str) -> int:
    """Run a script as a component's job; its exit code."""
    container = {
        "command": ["python3", str(SCRIPTS / name)],
        "args": args,
        "env": [{"name": key, "value": value} for key, value in env.items()],
    }
    inputs = [{"name": "message", "type": "str", "isOptional": True, "value": "hello"}]
    job = {"kind": "job", "container": container}
    document = {"kind": "component", "inputs": inputs, "run": job}
    (terminal.folder / "run.json").write_text(json.dumps(document))
    return terminal.type("polyaxon run -f run.json -l").returncode


def client_of(terminal: Terminal) -> RunClient:
    """The last run."""
    return RunClient(run_uuid=terminal.last_run()["uuid"])


def test_everything_that_a_script_logs_is_kept(terminal: Terminal) -> None:
    code = start(terminal, "simulated.py", "--epochs", "3")
    client = client_of(terminal)
    assert (code, client.status, client.run_data.problems) == (0, "succeeded", [])
    assert {kind: len(client.get_events(kind)) for kind in EVENTS} == EVENTS
    assert client.get_metrics("loss")["loss"]["metric"] == [1.0, 0.5, 1 / 3]
    assert client.get_inputs() == {"message": "hello", "epochs": 3, "optimizer": "adam"}


def test_it_runs_by_hand_too(terminal: Terminal) -> None:
    done = terminal.type(
        f"python -m polyaxon_sdk.alias {SCRIPTS / 'simulated.py'} --epochs 2 --project acme/cnn"
    )
    assert done.returncode == 0, done.stderr
    client = RunClient(run_uuid=done.stdout.split()[1])
    assert (client.owner, client.project, client.run_data.tags) == ("acme", "cnn", ["sim"])


def test_a_script_that_divides_by_zero_fails_with_that_reason(terminal: Terminal) -> None:
    code = start(terminal, "dividing.py")
    client = client_of(terminal)
    assert (code, client.status) == (1, "failed")
    assert client.run_data.conditions[-1].message == "ZeroDivisionError: division by zero"


def test_what_it_logged_before_is_kept(terminal: Terminal) -> None:
    start(terminal, "dividing.py")
    client = client_of(terminal)
    assert client.get_inputs().items() >= {"rate": 0.21, "name": "foo", "fast": False}.items()
    assert {name: series["metric"] for name, series in client.get_metrics().items()} == {
        "plain": [0.5],
        "whole": [0.0],
    }
    assert ProjectClient(project="digits").project_data.created_at < "9"


def test_a_script_reads_its_params(terminal: Terminal) -> None:
    start(terminal, "asking.py")
    assert [line.text for line in client_of(terminal).get_logs()] == ["True"]


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    """The cache of Keras with a small data set in it, so that nothing is fetched."""
    folder = tmp_path / "keras" / "datasets" / "fashion-mnist"
    folder.mkdir(parents=True)
    rng = np.random.default_rng(0)
    for part, count in (("train", 200), ("t10k", 50)):
        labels = rng.integers(0, 10, count).astype("u1")
        images = rng.integers(0, 255, (count, 28, 28)).astype("u1")
        head = struct.pack(">II", 2049, count), struct.pack(">IIII", 2051, count, 28, 28)
        (folder / f"{part}-labels-idx1-ubyte.gz").write_bytes(gzip.compress(head[0] + labels.tobytes()))
        (folder / f"{part}-images-idx3-ubyte.gz").write_bytes(gzip.compress(head[1] + images.tobytes()))
    return tmp_path / "keras"


@pytest.mark.fit
def test_a_script_trains_with_the_callback_of_keras(terminal: Terminal, datasets: Path) -> None:
    code = start(terminal, "images.py", KERAS_HOME=str(datasets), PYTHONPATH="/nowhere")
    client = client_of(terminal)
    assert (code, client.status) == (0, "succeeded")
    assert client.get_outputs().keys() >= {"loss", "val_accuracy", "best_val_loss", "best_epoch"}
    assert {"model", "x_train", "tensorboard"} <= {each["name"] for each in client.get_artifacts_lineage()}
    assert "model.keras" in client.get_artifacts_tree("outputs").files
