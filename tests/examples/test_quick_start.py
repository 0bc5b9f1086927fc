"""The quick start in each of its forms, trained for real."""

from pathlib import Path

import pytest

from tests.house import ROOT
from tests.terminal import Terminal

SCORES = {"loss", "accuracy", "val_loss", "val_accuracy"}


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(ROOT, tmp_path / "home")


@pytest.mark.fit
def test_the_decorated_function_runs_and_ships(terminal: Terminal, tmp_path: Path) -> None:
    command = "polyaxon run -pm examples/quick_start/train.py:train -P epochs=1 -l"
    done = terminal.type(command, POLYAXON_ARTIFACTS_STORE=(tmp_path / "store").as_uri())
    run = terminal.last_run()
    assert (done.returncode, run["status"]) == (0, "succeeded"), done
    assert run["inputs"].items() >= {"epochs": 1, "dropout": 0.2, "optimizer": "adam"}.items()
    assert run["outputs"].keys() >= SCORES
    assert run["outputs"]["val_accuracy"] > 0.7
    assert (tmp_path / "store" / run["uuid"] / "outputs" / "model.keras").stat().st_size > 0


@pytest.mark.fit
@pytest.mark.parametrize("file", ["typed.yml", "as_args.yml"])
def test_the_script_runs_as_a_component(file: str, terminal: Terminal) -> None:
    done = terminal.type(f"polyaxon run -f examples/quick_start/{file} -P epochs=1 -P conv1_size=8")
    run = terminal.last_run()
    assert (done.returncode, run["status"]) == (0, "succeeded"), done
    assert run["inputs"]["conv1_size"] == 8
    assert run["outputs"].keys() >= SCORES
    assert "polyaxon/polyaxon-quick-start" in done.stdout


@pytest.mark.fit
def test_the_function_is_a_script(terminal: Terminal) -> None:
    done = terminal.type("python examples/quick_start/train.py --epochs 1")
    assert (done.returncode, terminal.last_run()["status"]) == (0, "succeeded"), done


@pytest.mark.fit
def test_a_call_is_the_plain_call(terminal: Terminal) -> None:
    call = "import train; scores = train.train(epochs=1); print(type(scores).__name__, scores.accuracy > 0.5)"
    done = terminal.type(f'python -c "{call}"', PYTHONPATH=str(ROOT / "examples/quick_start"))
    assert done.stdout.splitlines()[-1] == "Scores True", done


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("train.py -P epoch=1", "did you mean 'epochs'"),
        ("train.py:trian -P epochs=1", "did you mean 'train'"),
        ("train.py -P epochs=many", "'many' is not a value of type int"),
        ("train.py", "epochs: missing"),
    ],
)
def test_a_mistake_starts_nothing(arguments: str, said: str, terminal: Terminal) -> None:
    done = terminal.type(f"polyaxon run -pm examples/quick_start/{arguments}")
    assert done.returncode != 0
    assert said in done.stderr
    assert not list(terminal.home.glob("runs/*"))
