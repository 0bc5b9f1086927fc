import asyncio
import dataclasses
import inspect
import pickle
import subprocess
import sys
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

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


@component
async def awaited(x: int) -> int:
    await asyncio.sleep(0)
    return x


def test_an_async_function_stays_one() -> None:
    assert asyncio.run(awaited(3)) == 3


@component
def counted(n: int) -> Iterator[int]:
    yield from range(n)


def test_a_generator_stays_one() -> None:
    assert list(counted(3)) == [0, 1, 2]


class Counter:
    @staticmethod
    @component
    def add(x: int, y: int = 1) -> int:
        return x + y

    @classmethod
    @component
    def named(cls, x: int) -> str:
        return f"{cls.__name__} {x}"


def test_static_and_class_methods_stay_what_they_are() -> None:
    named = cast("Callable[[int], str]", Counter.named)
    assert (Counter.add(1), Counter().add(1, y=2), named(3)) == (2, 3, "Counter 3")


def test_it_has_the_signature_of_the_function() -> None:
    assert str(inspect.signature(double)) == "(x: int, times: int = 2) -> int"


@component
class Trainer:
    """Train.

    Args:
        epochs: how often
    """

    epochs: int
    sizes: list[int] = dataclasses.field(default_factory=lambda: [1])

    def __call__(self) -> float:
        return self.epochs / 2


def test_a_class_makes_instances_which_are_called() -> None:
    made = Trainer(epochs=3)
    assert (made.sizes, made()) == ([1], 1.5)


TRAINER = cast("Component[..., object]", Trainer)  # checkers pass over decorators of classes


def test_the_fields_of_a_class_are_the_inputs() -> None:
    found = TRAINER.to_component()
    inputs = [(io.name, io.description, io.type, io.value) for io in found.inputs or []]
    assert inputs == [("epochs", "how often", "int", None), ("sizes", None, "int", [1])]
    assert [output.type for output in found.outputs or []] == ["float"]


class Untold:
    epochs: int

    def __call__(self) -> int:
        return self.epochs


def test_what_a_dataclass_tells_of_its_fields_is_no_description() -> None:
    assert component(Untold).to_component().description is None


def test_a_class_takes_options_too() -> None:
    assert TRAINER.with_options(queue="gpu").to_component().queue == "gpu"


@dataclasses.dataclass
class Fitter:
    epochs: int

    def __call__(self) -> float:
        return self.epochs / 2


fitter = component(Fitter)


def test_a_class_is_made_a_component_by_a_call_too() -> None:
    assert (fitter(epochs=3)(), fitter.with_options(name="fit").to_component().name) == (1.5, "fit")


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
        (_variadic, r"test_component.py:\d+: _variadic: \*values can't be an input"),
        (_keywords, r"test_component.py:\d+: _keywords: \*\*values can't be an input"),
        (_positional, r"test_component.py:\d+: _positional: 'x' is positional-only"),
        (lambda x: x, r"test_component.py:\d+: a lambda has no name"),
        (staticmethod(_variadic), "not a staticmethod, which stands below it"),
        (int, "int has no `__call__.self.`, expected a function, or a class"),
        (3, "not a value of type int"),
    ],
)
def test_what_has_no_named_inputs_is_refused_when_it_is_decorated(function: object, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        component(function)  # type: ignore[call-overload]  # the mistake under test


@component
async def waits(x: int) -> int:
    """Await nothing."""
    return x


@component
def yields(x: int) -> Iterator[int]:
    """Give one."""
    yield x


def test_python_knows_what_kind_of_function_it_is() -> None:
    assert inspect.iscoroutinefunction(waits)
    assert inspect.isgeneratorfunction(yields)
    assert not inspect.iscoroutinefunction(double)


def test_hints_and_defaults_are_those_of_the_function() -> None:
    assert typing.get_type_hints(double) == {"x": int, "times": int, "return": int}
    assert getattr(double, "__defaults__", None) == (2,)
