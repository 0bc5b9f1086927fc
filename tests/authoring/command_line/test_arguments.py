from enum import Enum
from pathlib import Path
from typing import Literal

import pytest

from polyaxon_sdk.authoring import component


class Color(Enum):
    RED = "red"
    BLUE = "blue"


@component
def train(
    epochs: int,
    learning_rate: float = 0.1,
    optimizer: Literal["adam", "sgd"] = "adam",
    color: Color = Color.RED,
    sizes: list[int] = [1, 2],  # noqa: B006  # never changed, and a person may write this
    extra: dict[str, int] | None = None,
    out: Path = Path("out"),
    shuffle: bool = False,
    augment: bool = True,
) -> dict[str, object]:
    """Walk down a parabola.

    Args:
        epochs: how many steps, 100 % of them
    """
    return dict(locals())


@component
def needing(deep: bool, no_deep: bool = False) -> list[bool]:
    return [deep, no_deep]


@component
def choosing(*, deep: bool) -> bool:
    return deep


def test_a_bool_that_is_needed_may_be_negated() -> None:
    assert choosing.cli(["--no-deep"]) is False


def test_an_input_that_is_called_like_a_negation_is_none() -> None:
    assert needing.cli(["--deep", "--no-deep"]) == [True, True]


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        (["--epochs", "3"], "epochs", 3),
        (["--epochs=3"], "epochs", 3),
        (["--epochs", "3.0"], "epochs", 3),
        (["--learning-rate", "1"], "learning_rate", 1.0),
        (["--learning_rate=1e-3"], "learning_rate", 0.001),
        (["--learning-rate", "-1e-3"], "learning_rate", -0.001),
        (["--optimizer", "sgd"], "optimizer", "sgd"),
        (["--color", "blue"], "color", Color.BLUE),
        (["--sizes", "4", "5"], "sizes", [4, 5]),
        (["--sizes=[4,5]"], "sizes", [4, 5]),
        (["--sizes"], "sizes", []),
        (["--extra", '{"a": 1}'], "extra", {"a": 1}),
        (["--out", "a b/ü"], "out", Path("a b/ü")),
        (["--shuffle"], "shuffle", True),
        (["--shuffle=true"], "shuffle", True),
        (["--shuffle", "no"], "shuffle", False),
        (["--no-augment"], "augment", False),
        (["--shuffle", "--no-shuffle"], "shuffle", False),
        ([], "learning_rate", 0.1),
        ([], "extra", None),
    ],
)
def test_words_become_values(words: list[str], name: str, value: object) -> None:
    assert train.cli(["--epochs", "1", *words])[name] == value


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ([], "the following arguments are required: --epochs"),
        (["--epochs", "1.5"], "--epochs: '1.5' is not a value of type int, expected a whole number"),
        (["--epoch", "1"], "unknown option '--epoch', did you mean '--epochs'?"),
        (["--epochs", "1", "more"], "unrecognized arguments: more"),
        (
            ["--epochs", "1", "--optimizer", "ada"],
            "--optimizer: 'ada' is not allowed, expected one of 'adam', 'sgd'",
        ),
        (["--epochs", "1", "--sizes", "x"], "--sizes: ['x'] is not a value of type list[int]"),
    ],
)
def test_a_mistake_takes_one_line_and_exit_code_2(
    words: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        train.cli(words)
    told = capsys.readouterr().err
    assert line in told
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    "part",
    [
        "Walk down a parabola.",
        "--epochs INT",
        "how many steps, 100 % of them (required)",
        "--optimizer {adam,sgd}",
        "(default: 0.1)",
        "--no-augment",
    ],
)
def test_help_shows_texts_types_choices_and_defaults(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        train.cli(["--help"])
    assert part in " ".join(capsys.readouterr().out.split())


@component
def unreadable(data: complex = 1j) -> None:
    """Take what no input can be."""


@component
def given(epochs: int, learning_rate: float = 0.1, sizes: list[int] = [3]) -> dict[str, object]:  # noqa: B006  # under test
    return {"epochs": epochs, "learning_rate": learning_rate, "sizes": sizes}


@component
def noted(note: str = "", rate: float = 0.1) -> str:
    return f"{note} {rate}"


@pytest.mark.parametrize("words", [["--note", "--x"], ["--note=--x"]])
def test_a_text_may_begin_with_dashes(words: list[str]) -> None:
    assert noted.cli(words) == "--x 0.1"


def test_an_option_is_no_text_of_another(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        noted.cli(["--note", "--rate", "0.2"])
    assert "argument --note: expected one argument" in capsys.readouterr().err


@pytest.fixture
def values(tmp_path: Path) -> str:
    """A file with values of inputs."""
    (tmp_path / "values.yaml").write_text("epochs: 2\nlearning_rate: 0.5\nsizes: [1, 2]\n")
    return f"@{tmp_path / 'values.yaml'}"


@pytest.mark.parametrize("option", ["-P", "--param"])
def test_a_file_gives_inputs_and_options_win_over_it(option: str, values: str) -> None:
    found = given.cli([option, values, "--learning-rate", "0.25"])
    assert found == {"epochs": 2, "learning_rate": 0.25, "sizes": [1, 2]}


def test_a_param_gives_one_input_by_name(values: str) -> None:
    found = given.cli(["--param", values, "--param", "epochs=7"])
    assert found["epochs"] == 7


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--param", "epoch=1"], "--param: no input 'epoch', did you mean 'epochs'?"),
        (["--param", "epochs"], "--param: 'epochs' gives no value, expected NAME=VALUE or @FILE"),
        (["--param", "@none.yaml"], "can't read 'none.yaml'"),
        (["--param", "learning_rate=1"], "--epochs: missing, expected int"),
    ],
)
def test_a_wrong_param_takes_one_line(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        given.cli(words)
    assert message in capsys.readouterr().err


def test_a_signature_that_can_be_no_inputs_takes_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        unreadable.cli([])
    said = capsys.readouterr().err
    assert Path(__file__).name in said
    assert (said.count("\n"), "Traceback" in said) == (1, False)
