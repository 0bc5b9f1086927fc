import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from annotated_types import Ge, Lt

from polyaxon_sdk import component
from polyaxon_sdk.authoring.command_line.flag import flags_of
from polyaxon_sdk.authoring.command_line.values import values_of
from polyaxon_sdk.authoring.specification.io import inputs_of


@dataclass
class Layer:
    width: int = 8
    act: Literal["relu", "tanh"] = "relu"


@dataclass
class Model:
    layer: Layer
    name: str = "net"


@component
def train(
    model: Model = Model(Layer()),  # noqa: B008  # never changed, and a person may write this
    rate: Annotated[float, Ge(0), Lt(1)] = 0.1,
    sizes: list[int] = [1],  # noqa: B006  # likewise
    note: str = "",
) -> dict[str, object]:
    return dict(locals())


FLAGS = flags_of((io, each.meaning) for io, each in inputs_of(train.function))


def called(*words: str) -> dict[str, object]:
    """What a command line calls the function with."""
    return train.cli(list(words))


def test_each_part_of_a_value_is_an_option() -> None:
    assert [flag.option for flag in FLAGS] == [
        "--model",
        "--model.layer",
        "--model.layer.width",
        "--model.layer.act",
        "--model.name",
        "--rate",
        "--sizes",
        "--note",
    ]


def test_parts_are_laid_over_the_default() -> None:
    assert called("--model.layer.width", "3")["model"] == Model(Layer(width=3))


def test_parts_are_laid_over_the_whole() -> None:
    given = called("--model", '{"layer": {"width": 5}, "name": "x"}', "--model.layer.act=tanh")
    assert given["model"] == Model(Layer(width=5, act="tanh"), name="x")


def test_a_file_stands_for_its_yaml(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text("layer: {width: 7}\nname: deep\n")
    (tmp_path / "sizes.json").write_text("[4, 5]")
    given = called(f"--model=@{tmp_path}/model.yaml", "--sizes", f"@{tmp_path}/sizes.json")
    assert (given["model"], given["sizes"]) == (Model(Layer(width=7), name="deep"), [4, 5])


def test_a_file_stands_for_its_text_where_a_text_is_meant(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("a: b\n")
    assert called("--note", f"@{tmp_path}/note.txt")["note"] == "a: b\n"


def test_help_tells_ranges_and_choices(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        called("--help")
    shown = " ".join(capsys.readouterr().out.split())
    assert "--rate FLOAT [0 <= x < 1] (default: 0.1)" in shown
    assert "--model.layer.act {relu,tanh} (default: relu)" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--rate", "2"], "--rate: "),
        (["--model.layer.act", "elu"], "--model.layer.act: "),
        (["--model", "@nowhere.yaml"], "--model: can't read 'nowhere.yaml': No such file or directory"),
        (["--model.layers", "2"], "unknown option '--model.layers', did you mean '--model.layer'?"),
        (["--rate", "0.1,fast"], "--rate: 'fast' is not a value of type float"),
    ],
)
def test_a_mistake_takes_one_line(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        called(*words)
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line


def test_a_comma_in_a_text_is_part_of_it() -> None:
    assert called("--note", "a,b..c")["note"] == "a,b..c"


def test_values_are_as_json_holds_them() -> None:
    assert values_of({"rate": "1e-1", "sizes": ["1", "2"]}, FLAGS) == {"rate": 0.1, "sizes": [1, 2]}


SEARCH = """
from typing import Literal
from polyaxon_sdk import component

@component
def train(rate: float, opt: Literal["adam", "sgd"] = "adam", deep: bool = False) -> float:
    return rate

if __name__ == "__main__":
    train.cli()
"""


@pytest.mark.system
def test_several_values_are_searched(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(SEARCH)
    done = subprocess.run(
        [sys.executable, "train.py", "--rate", "0.1,0.2", "--opt", "sgd"],
        cwd=tmp_path,
        env={"POLYAXON_HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    *runs, last = done.stdout.splitlines()
    assert (done.returncode, last.split()[0], last.split()[2]) == (0, "search", "succeeded,"), done
    assert last.endswith(" with result 0.1 (minimized)")
    assert sorted(line.partition("  ")[2].split("  ", 1)[1] for line in runs) == [
        "rate 0.1  opt sgd  deep False  result 0.1",
        "rate 0.2  opt sgd  deep False  result 0.2",
    ]


@component
def take(
    plain: Any, several: list[Any] | None = None, either: int | str = 0, words: list[str] | None = None
) -> tuple[object, ...]:
    "Take anything."
    return plain, several, either, words


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("3", 3),
        ("1e-3", 0.001),
        ("true", True),
        ('{"a": 1}', {"a": 1}),
        ("[a, 2]", ["a", 2]),
        ("'3'", "3"),
        ("x", "x"),
    ],
)
def test_a_word_for_anything_is_what_yaml_says(word: str, value: object) -> None:
    plain = take.cli(["--plain", word])[0]
    assert (type(plain), plain) == (type(value), value)


def test_words_of_lists_may_be_in_brackets() -> None:
    found = take.cli(["--plain", "a", "--several", "1", "b", "--words", "[q, r]", "--either", "3"])
    assert found == ("a", [1, "b"], 3, ["q", "r"])


@dataclass
class Net:
    """A net.

    Attributes:
        width: how wide
        act: what follows
    """

    width: int
    act: str = "relu"


@component
def fit(net: Net) -> None:
    "Fit a net."


def test_help_says_what_the_parts_of_a_value_are() -> None:
    flags = flags_of((io, each.meaning) for io, each in inputs_of(fit.function))
    assert {flag.option: flag.help for flag in flags} == {
        "--net": "(required, or its parts)",
        "--net.width": "how wide (required)",
        "--net.act": "what follows (default: relu)",
    }


def test_a_part_that_is_missing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        fit.cli(["--net.act", "tanh"])
    assert ": --net: no 'width' in {'act': 'tanh'}; --help says more\n" in capsys.readouterr().err
