import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from polyaxon_sdk.authoring import Component, component
from polyaxon_sdk.exceptions import InputError


@component
def double(x: int, times: int = 2) -> int:
    """Multiply."""
    return x * times


class NoDigitsError(Exception):
    """An error of the function's own."""


@component
def fail() -> None:
    raise NoDigitsError("no digits")


class Model:
    scale = 3

    @component
    def predict(self, x: int) -> int:
        return self.scale * x


def test_a_call_gives_what_the_function_returns() -> None:
    assert (double(3), double(x=3, times=4)) == (6, 12)


def test_an_exception_is_the_functions_own() -> None:
    with pytest.raises(NoDigitsError, match="no digits"):
        fail()


def test_a_wrong_call_is_the_functions_own_type_error() -> None:
    with pytest.raises(TypeError, match=r"double\(\) missing 1 required positional argument: 'x'"):
        double()  # type: ignore[call-arg]  # the mistake under test


def test_it_looks_like_the_function() -> None:
    assert (double.__name__, double.__doc__, double.__module__) == ("double", "Multiply.", __name__)


def test_a_method_stays_a_method() -> None:
    assert Model().predict(2) == 6


def test_it_is_pickled_by_name() -> None:
    assert pickle.loads(pickle.dumps(double)) is double


def test_options_are_taken_before_the_function() -> None:
    @component(name="other", tags=["a"])
    def inner(x: int) -> int:
        return x

    assert (isinstance(inner, Component), inner(1)) == (True, 1)


def test_a_call_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(
        "from polyaxon_sdk import component\n@component\ndef f(x: int) -> int:\n    return x\nf(1)\n"
    )
    home = tmp_path / "home"
    environment = {"POLYAXON_HOME": str(home), "HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "train.py"], cwd=tmp_path, env=environment, check=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["train.py"]


def test_decorating_imports_nothing_heavy() -> None:
    heavy = "{'attr', 'attrs', 'cattrs', 'click', 'yaml', 'inspect', 'argparse', 'json'}"
    code = (
        "import sys\nfrom polyaxon_sdk import component\n@component\ndef f(x: int) -> int: return x\nf(1)\n"
        f"print(sorted({heavy} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def _variadic(*values: int) -> None:
    """Take anything."""


def _keywords(**values: int) -> None:
    """Take anything by name."""


def _positional(x: int, /) -> None:
    """Take one, unnamed."""


@pytest.mark.parametrize(
    ("function", "problem"),
    [
        (_variadic, r"test_decorator.py:\d+: _variadic: \*values can't be an input"),
        (_keywords, r"test_decorator.py:\d+: _keywords: \*\*values can't be an input"),
        (_positional, r"test_decorator.py:\d+: _positional: 'x' is positional-only"),
        (lambda x: x, r"test_decorator.py:\d+: a lambda has no name"),
        (staticmethod(_variadic), "not a staticmethod, which stands below it"),
        (int, "int has no `__call__.self.`, expected a function, or a class"),
        (3, "not a value of type int"),
    ],
)
def test_what_has_no_named_inputs_is_refused_when_it_is_decorated(function: object, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        component(function)  # type: ignore[call-overload]  # the mistake under test
