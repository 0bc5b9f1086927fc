"""The inputs of a component as options of `polyaxon run`, and searches over them."""

import json
import shlex
from pathlib import Path

import pytest

from polyaxon_sdk.cli.params import read_params
from tests.terminal import Terminal

FILE = '''
from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple
from polyaxon_sdk import Log, component, dag, operation

class Scores(NamedTuple):
    loss: float

@dataclass
class Model:
    layers: int = 2

@component
def train(epochs: int, model: Model = Model(), rate: Annotated[float, Log(1e-3, 1e-1)] = 0.1,
          opt: Literal["adam", "sgd"] = "adam", deep: bool = False, sizes: list[int] = [1],
          shuffle: bool = True) -> Scores:
    """Train it.

    Args:
        epochs: passes over the data
    """
    return Scores(rate * epochs)

@dag
def pipeline(epochs: int = 1) -> None:
    train(epochs=epochs)

quick = operation(train, params={"epochs": 1}, name="quick")
'''


LABELS = """
from polyaxon_sdk import component

@component
def label(tags: str = "a") -> None:
    "Have an input that is called as an option is."
"""

NETS = """
from dataclasses import dataclass
from polyaxon_sdk import component

@dataclass
class Net:
    width: int
    act: str = "relu"

@component
def fit(net: Net) -> None:
    "Fit a net."

@component
def weigh(weights: dict[str, float]) -> None:
    "Weigh classes."
"""

MIXED = """
from datetime import timedelta
from polyaxon_sdk import component

@component
def bad(x: "Missing") -> None:
    "Be wrong."

@component
def good(pause: timedelta = timedelta(minutes=90)) -> None:
    "Wait."
"""

COVERED = """
import functools
from polyaxon_sdk import component

def timed(function):
    return functools.wraps(function)(lambda: function())

@timed
@component
def train() -> None:
    "Train."
"""

NOTES = """
from typing import Any
from polyaxon_sdk import component

@component
def keep(note: str = "", plain: Any = None, words: list[str] = ["a"]) -> None:
    "Keep what is typed."
"""


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    (tmp_path / "train.py").write_text(FILE)
    (tmp_path / "nets.py").write_text(NETS)
    (tmp_path / "weights.yaml").write_text("cat: x\n")
    (tmp_path / "values.yaml").write_text("weights: {cat: x}\n")
    return Terminal(tmp_path, tmp_path / "home")


def compiled(terminal: Terminal, words: str) -> dict[str, object]:
    """The inputs that a command line compiles to."""
    done = terminal.type(f"polyaxon compile -pm train.py:train {words} -o json")
    inputs = json.loads(done.stdout)["resolved"]["inputs"]
    return {io["name"]: io.get("value") for io in inputs}


@pytest.mark.system
def test_a_component_below_another_decorator_is_told(terminal: Terminal) -> None:
    (terminal.folder / "covered.py").write_text(COVERED)
    done = terminal.type("polyaxon components ls covered.py")
    assert (done.returncode, done.stdout) == (2, "")
    assert "train: covered.py:train: function is not" in done.stderr
    assert "expected `@component` above the other decorators" in done.stderr


@pytest.mark.system
def test_a_part_is_given_as_a_param_too(terminal: Terminal) -> None:
    (terminal.folder / "model.yaml").write_text("model: {layers: 4}\nepochs: 2\n")
    assert compiled(terminal, "-P epochs=3 -P model.layers=5 -P @model.yaml")["model"] == {"layers": 5}


@pytest.mark.system
def test_help_says_how_an_input_is_given_that_is_called_as_an_option_is(terminal: Terminal) -> None:
    (terminal.folder / "labels.py").write_text(LABELS)
    shown = terminal.type("polyaxon run -pm labels.py:label --help").stdout
    inputs, _, own = shown.partition("Options:")
    assert "-P tags=STR" in inputs
    assert "--tags is the command's own" in " ".join(inputs.split())
    assert "--tags" in own


@pytest.mark.system
def test_help_shows_the_inputs_of_the_component(terminal: Terminal) -> None:
    shown = terminal.type("polyaxon run -pm train.py:train --help").stdout
    inputs, _, own = shown.partition("Options:")
    assert "passes over the data (required)" in inputs
    assert "--model.layers INT" in inputs
    assert "--opt {adam,sgd}" in inputs
    assert "--python-module" in own


@pytest.mark.system
def test_inputs_are_given_as_options(terminal: Terminal) -> None:
    words = "--epochs 3 --model.layers=5 --deep --no-deep --sizes 4 --sizes 5 -P opt=sgd --no-shuffle"
    assert compiled(terminal, words) == {
        "epochs": 3,
        "model": {"layers": 5},
        "rate": 0.1,
        "opt": "sgd",
        "deep": False,
        "sizes": [4, 5],
        "shuffle": False,
    }


@pytest.mark.system
def test_several_values_are_searched(terminal: Terminal) -> None:
    done = terminal.type("polyaxon run -pm train.py:train --epochs 2 --rate 0.1,0.2 --opt adam,sgd -o json")
    search = json.loads(done.stdout)
    assert (done.returncode, search["kind"], search["status"]) == (0, "matrix", "succeeded"), done
    assert "  rate     choice [0.1, 0.2]\n" in done.stderr
    assert "succeeded  rate 0.1  opt sgd  loss 0.2\n" in done.stderr
    assert search["searched"]["rate"] == {"kind": "choice", "value": [0.1, 0.2]}
    assert search["inputs"].keys().isdisjoint({"rate", "opt"})
    shown = terminal.type(f"polyaxon ops get -uid {search['uuid']}").stdout
    assert "  rate     choice [0.1, 0.2]\n" in shown
    listed = terminal.type(f"polyaxon ops ls -q pipeline:{search['uuid']} -o json")
    runs = json.loads(listed.stdout)["results"]
    assert sorted((run["inputs"]["rate"], run["inputs"]["opt"]) for run in runs) == [
        (0.1, "adam"),
        (0.1, "sgd"),
        (0.2, "adam"),
        (0.2, "sgd"),
    ]


@pytest.mark.system
@pytest.mark.parametrize(
    ("words", "inputs"),
    [
        (
            ["--note={{ globals.uuid }}", "-P", "plain=3", "-P", "words=[q, r]"],
            {"note": "{{ globals.uuid }}", "plain": 3, "words": ["q", "r"]},
        ),
        (
            ["-P", "note={{ 1 + 1 }}", "-P", "plain='3'"],
            {"note": "2", "plain": "3", "words": ["a"]},
        ),
        (
            ["-P", "note=[q, r]", "-P", "plain={{ 1 + 1 }}"],
            {"note": "[q, r]", "plain": 2, "words": ["a"]},
        ),
    ],
)
def test_a_value_is_what_was_typed(words: list[str], inputs: dict[str, object], terminal: Terminal) -> None:
    (terminal.folder / "notes.py").write_text(NOTES)
    done = terminal.type(f"polyaxon compile -pm notes.py:keep {shlex.join(words)} -o json")
    found = {io["name"]: io.get("value") for io in json.loads(done.stdout)["resolved"]["inputs"]}
    assert found == inputs


@pytest.mark.system
def test_the_signature_offers_what_to_search(terminal: Terminal) -> None:
    words = "--epochs 2 --sweep --matrix-num-runs 2 --metric loss --opt sgd -P deep=true"
    done = terminal.type(f"polyaxon run -pm train.py:train {words} -o json")
    search = json.loads(done.stdout)
    assert (done.returncode, search["status"]) == (0, "succeeded"), done
    assert "  rate     loguniform 0.001..0.1\n" in done.stderr
    assert "  opt      sgd\n" in done.stderr
    assert "succeeded after" in done.stderr
    assert ": best is " in done.stderr


@pytest.mark.system
def test_a_dag_of_a_python_file_runs(terminal: Terminal) -> None:
    done = terminal.type("polyaxon run -pm train.py:pipeline --epochs 2 -o json")
    assert (done.returncode, json.loads(done.stdout)["kind"]) == (0, "dag"), done


@pytest.mark.system
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("-pm train.py:train --epoch 3", "--epochs"),
        ("-pm train.py:train --epochs 1 --rate 1..0.5", "Error: --rate: 0.5 is not above 1"),
        ("-pm train.py:train -P nope=3", "the inputs are deep, epochs, model, opt, rate, shuffle, sizes"),
        ("-pm train.py:train --epochs many", "--epochs: 'many' is not a value of type int"),
        ("-pm train.py:train -P epochs=1 --metric loss", "a search has values"),
        ("-pm train.py:train -P epochs=1 -HP rate", "-HP: 'rate' gives no values"),
        ("-pm train.py:train -P epochs=1 -HP rate=linspac:0:1:2", "did you mean 'linspace'?"),
        ("-pm nets.py:fit --net.act tanh", "Error: --net: no 'width' in {'act': 'tanh'}"),
        ("-pm nets.py:weigh --weights '{cat: x}'", "Error: --weights: cat: 'x' is not a value of type float"),
        (
            "-pm nets.py:weigh -P 'weights={cat: x}'",
            "Error: -P weights: cat: 'x' is not a value of type float",
        ),
        (
            "-pm train.py:train --epochs 1 -P sizes=[1,a]",
            "Error: -P sizes: [1]: 'a' is not a value of type int",
        ),
        (
            "-pm nets.py:weigh -P weights=@weights.yaml",
            "Error: -P weights: cat: 'x' is not a value of type float",
        ),
        (
            "-pm nets.py:weigh -P @values.yaml",
            "Error: -P @values.yaml: cat: 'x' is not a value of type float",
        ),
        ("-pm train.py:train --epochs -l", "Option '--epochs' requires an argument"),
        ("-pm train.py:trian --help", "did you mean 'train'?"),
    ],
)
def test_a_mistake_takes_one_line_and_starts_nothing(words: str, said: str, terminal: Terminal) -> None:
    done = terminal.type(f"polyaxon run {words}")
    assert (done.returncode, said in done.stderr) == (2, True), done
    assert not list(terminal.home.glob("runs/*"))


@pytest.mark.system
def test_the_components_of_a_file_are_listed(terminal: Terminal) -> None:
    listed = json.loads(terminal.type("polyaxon components ls train.py -o json").stdout)
    assert [(each["name"], each["kind"]) for each in listed] == [
        ("train", "job"),
        ("pipeline", "dag"),
        ("quick", "job"),
    ]
    assert "epochs: int, model" in terminal.type("polyaxon components ls train.py", COLUMNS="200").stdout


@pytest.mark.system
def test_a_component_that_is_wrong_is_named_and_hides_no_other(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "mixed.py").write_text(MIXED)
    done = terminal.type("polyaxon components ls mixed.py")
    assert "pause: timedelta = 1:30:00" in done.stdout
    assert (done.returncode, done.stderr.startswith("Error: bad: mixed.py:5: x: ")) == (2, True), done


@pytest.mark.system
def test_a_stub_is_printed(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "job.yml").write_text(
        "kind: component\nname: job\ninputs: [{name: n, type: int}]\nrun: {kind: job, container: {image: a}}\n"
    )
    printed = terminal.type("polyaxon components stub job.yml").stdout
    assert printed.startswith('"""The component of job.yml, for Python')
    assert "\n@specified(\n" in printed
    assert "\ndef job(n: int) -> None:\n" in printed


@pytest.mark.system
def test_a_stub_says_what_of_an_operation_it_is_without(terminal: Terminal) -> None:
    (terminal.folder / "quick.yml").write_text(
        "kind: operation\nname: quick\nparams: {n: {value: 1}}\ncomponent:\n  name: job\n"
        "  inputs: [{name: n, type: int}]\n  run: {kind: job, container: {image: a}}\n"
    )
    done = terminal.type("polyaxon components stub quick.yml")
    assert "Warning: the component alone, without the operation's name, params\n" in done.stderr
    assert "\ndef job(n: int) -> None:\n" in done.stdout


@pytest.mark.system
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("polyaxon run -pm tra", {"train.py"}),
        ("polyaxon run -pm train.py:", {"train.py:train", "train.py:pipeline", "train.py:quick"}),
        ("polyaxon run -pm train.py:train --mod", {"--model", "--model.layers"}),
        ("polyaxon run -pm train.py:train --opt s", {"sgd"}),
        ("polyaxon run -pm train.py:train -P e", {"epochs="}),
        ("polyaxon run -pm nowhere.py:train --proj", {"--project"}),
    ],
)
def test_a_shell_completes_files_components_and_inputs(
    line: str, offered: set[str], terminal: Terminal
) -> None:
    last = str(len(line.split()) - 1)
    done = terminal.type("polyaxon", _POLYAXON_COMPLETE="bash_complete", COMP_WORDS=line, COMP_CWORD=last)
    assert {word.partition(",")[2] for word in done.stdout.split()} == offered


def test_a_file_gives_values_where_no_word_does(tmp_path: Path) -> None:
    (tmp_path / "values.yaml").write_text("epochs: 2\nrate: 1e-3\n")
    assert read_params([f"@{tmp_path / 'values.yaml'}", "epochs=5"]) == {"epochs": "5", "rate": 0.001}


def test_a_metric_that_is_no_output_is_told_without_a_line_of_code(terminal: Terminal) -> None:
    outputs = "inputs: [{name: size, type: int}]\noutputs: [{name: loss, type: float}]\n"
    (terminal.folder / "job.yml").write_text(f"kind: component\n{outputs}cmd: 'true'\n")
    done = terminal.type("polyaxon run -f job.yml -HP size=choice:[1] --metric los")
    assert done.stderr.startswith("Warning: 'los' is no output, did you mean 'loss'?")
