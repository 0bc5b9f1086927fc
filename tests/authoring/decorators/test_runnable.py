"""One function at three costs, and one meaning."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from polyaxon_sdk import InputError, PolyaxonError, RunClient, component, tracking
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.series import last_values
from polyaxon_sdk.runs.state import RunState, read_run

FILE = """
from typing import NamedTuple
from polyaxon_sdk import component, dag, tracking

class Scores(NamedTuple):
    loss: float
    steps: int

@component(tags=["parabola"])
def descend(start: float, rate: float = 0.1) -> Scores:
    "Walk down a parabola."
    tracking.init()
    tracking.log_metric("height", start, step=1)
    tracking.log_metric("height", start * rate, step=2)
    print("walked")
    return Scores(loss=start * rate, steps=2)

@component
def fail(start: float) -> float:
    raise ValueError("too steep")

@component
def double(x: float = 1.0) -> float:
    return 2 * x

@dag
def walk(start: float) -> None:
    descend(descend(start).loss)
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the file, and a home."""
    (tmp_path / "walks.py").write_text(FILE)
    for name, value in {"TRACK_CODE": "false", "TRACK_ENV": "false", "COLLECT_RESOURCES": "false"}.items():
        monkeypatch.setenv(f"POLYAXON_{name}", value)
    monkeypatch.setenv("POLYAXON_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def last(home: Path) -> RunState:
    """The run that began last."""
    states = [read_run(RunFolder(path)) for path in (home / "runs").iterdir()]
    return max(states, key=lambda state: state.created_at or 0.0)


def python(program: str) -> str:
    """What a program prints that imports the file."""
    done = subprocess.run(
        [sys.executable, "-c", f"import walks; {program}"],
        env={**os.environ, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    return done.stdout + done.stderr


@pytest.mark.system
def test_a_recorded_call_gives_the_result_and_leaves_a_run(home: Path) -> None:
    printed = python("print(walks.descend.record(2.0, rate=0.5))")
    run = last(home)
    assert "Scores(loss=1.0, steps=2)" in printed
    assert (run.status, run.name, run.description) == ("succeeded", "descend", "Walk down a parabola.")
    assert (run.tags, run.inputs) == (["parabola"], {"start": 2.0, "rate": 0.5})
    assert (run.logged, last_values(RunFolder(home / "runs" / run.uuid))) == (
        {"loss": 1.0, "steps": 2},
        {"height": 1.0},
    )


@pytest.mark.system
def test_a_recorded_call_that_raises_has_failed(home: Path) -> None:
    assert "ValueError: too steep" in python("walks.fail.record(1.0)")
    assert (last(home).status, last(home).conditions[-1].message) == ("failed", "ValueError: too steep")


@pytest.mark.system
def test_a_run_of_its_own_leaves_the_same_record(home: Path) -> None:
    shown = (
        "run = walks.descend.run(2.0, rate=0.5).wait(); print(run.status, run.outputs, run.metrics, run.logs)"
    )
    printed = python(shown)
    run = last(home)
    assert (
        "succeeded {'height': 1.0, 'loss': 1.0, 'steps': 2} {'height': [2.0, 1.0]} walked\n\n" in printed
    ), printed
    assert (run.status, run.name, run.tags) == ("succeeded", "descend", ["parabola"])
    assert run.inputs == {"start": 2.0, "rate": 0.5}


@pytest.mark.system
def test_a_search_knows_its_runs_and_the_best(home: Path) -> None:
    printed = python(
        "search = walks.double.sweep(x=[3.0, 1.0, 2.0], metric='-result', matrix='tpe', num_runs=3, seed=1)\n"
        "run = search.run().wait(200)\n"
        "results = [each.outputs['result'] for each in run.children()]\n"
        "print(len(results), run.best().outputs['result'] == min(results))"
    )
    assert printed == "3 True\n"


@pytest.mark.system
def test_a_search_says_first_how_many_combinations_it_leaves_out(home: Path) -> None:
    printed = python("walks.double.sweep(x=[1.0, 2.0, 3.0, 4.0], num_runs=2).run().wait(200)")
    assert printed == "<string>:1: UserWarning: tries 2 of 4 combinations\n"


@pytest.mark.system
def test_what_has_no_best_run_is_told(home: Path) -> None:
    printed = python("walks.double.run().wait(100).best()")
    assert "is no search, expected the run of a `.sweep(...)`" in printed


@pytest.mark.system
def test_the_best_of_a_grid_goes_by_the_output_that_is_named(home: Path) -> None:
    printed = python(
        "run = walks.descend.sweep(start=[3.0, 1.0, 2.0]).run().wait(200)\n"
        "print([run.best(*each).inputs['start'] for each in ((), ('loss',), ('+loss',))])"
    )
    assert printed == "[1.0, 1.0, 3.0]\n"


class Service:
    """What has a method that is a component."""

    @component
    def answer(self, x: int) -> int:
        """Answer."""
        return x


def test_a_method_that_is_recorded_is_told(home: Path) -> None:
    with pytest.raises(InputError, match="answer is a method of an object, expected a function"):
        Service().answer.record(x=2)  # type: ignore[attr-defined]  # to type checkers it is a method


def test_a_recorded_call_without_an_argument_is_told_with_its_line(home: Path) -> None:
    with pytest.raises(InputError, match=r"test_runnable\.py:\d+: needing: missing a required argument: 'x'"):
        needing.record()  # type: ignore[call-arg]  # which is the mistake


@component
def needing(x: int) -> int:
    """Need a number."""
    return x


@pytest.mark.system
def test_a_dag_runs_as_runs(home: Path) -> None:
    printed = python("run = walks.walk.run(2.0).wait(); print(run.status, run.uuid)")
    status, uuid = printed.split()
    assert status == "succeeded"
    outputs = [row.outputs["loss"] for row in RunClient().list(f"pipeline:{uuid}", sort="created_at").rows]
    assert outputs == pytest.approx([0.2, 0.02])


@component
def with_default(x: int | None = 5) -> int:
    """Take a number or nothing."""
    return -1 if x is None else x


@pytest.mark.system
def test_a_recorded_none_is_one(home: Path) -> None:
    assert with_default.record(x=None) == -1
    assert last(home).inputs == {"x": None}


@component
def shown(x: float) -> str:
    """Tell what is handed in."""
    return repr(x)


@pytest.mark.system
def test_a_recorded_call_is_handed_what_a_run_would_be(home: Path) -> None:
    assert shown.record(3) == "3.0"
    assert last(home).inputs == {"x": 3.0}


@pytest.mark.system
def test_a_none_reaches_a_run_though_there_is_a_default(home: Path) -> None:
    assert with_default.run(x=None).wait(60).outputs == {"result": -1}


def test_a_none_that_is_no_value_is_told(home: Path) -> None:
    with pytest.raises(InputError, match=r"test_runnable.py:\d+: needy.epochs: None is of another type"):
        needy.run(epochs=None)  # type: ignore[arg-type]  # under test
    assert not home.exists()


@component
def needy(epochs: int) -> int:
    """Need a number."""
    return epochs


def test_a_missing_argument_is_told_with_the_line_of_the_call(home: Path) -> None:
    with pytest.raises(PolyaxonError, match=r"test_runnable.py:\d+: needy: params.epochs: missing"):
        needy.run()  # type: ignore[call-arg]  # the mistake under test
    assert not home.exists()


@pytest.mark.parametrize("how", ["run", "record"])
def test_a_wrong_argument_starts_nothing(how: str, home: Path) -> None:
    @component
    def train(epochs: int) -> None:
        pass

    with pytest.raises(InputError, match=r"test_runnable.py:\d+: train.epochs: 'many' is of another type"):
        getattr(train, how)(epochs="many")
    assert not home.exists()


def test_calls_and_specifications_leave_no_trace(home: Path) -> None:
    shown = "print(walks.double(2.0), walks.walk.to_component().kind); walks.double.sweep(x=[0.1])"
    assert python(shown) == "4.0 component\n"
    assert tracking.TRACKING_RUN is None
    assert not home.exists()
