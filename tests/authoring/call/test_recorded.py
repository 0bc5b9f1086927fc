"""What a call does to its defaults is none of the next one's."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from polyaxon_sdk import InputError, component
from polyaxon_sdk.authoring.decorators.component import Component
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run


@dataclass
class Plan:
    """A plan that can be changed."""

    sizes: list[int] = field(default_factory=lambda: [1])


def listed(sizes: list[int] = [1]) -> int:  # noqa: B006  # under test
    """Change a list."""
    sizes.append(2)
    return len(sizes)


def nested(options: Any = {"sizes": [1]}) -> int:  # noqa: B006  # under test
    """Change a list in a mapping."""
    options["sizes"].append(2)
    return len(options["sizes"])


def planned(*, plan: Plan = Plan()) -> int:  # noqa: B008  # under test
    """Change an object."""
    plan.sizes.append(2)
    return len(plan.sizes)


FUNCTIONS = pytest.mark.parametrize(
    ("function", "default"), [(listed, [1]), (nested, {"sizes": [1]}), (planned, {"sizes": [1]})]
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of the runs of a test."""
    for name, value in {"TRACK_CODE": "false", "TRACK_ENV": "false", "COLLECT_RESOURCES": "false"}.items():
        monkeypatch.setenv(f"POLYAXON_{name}", value)
    monkeypatch.setenv("POLYAXON_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.mark.system
@FUNCTIONS
def test_each_recorded_call_has_the_default_as_it_is_written(
    function: Any, default: object, home: Path
) -> None:
    made = component(function)
    assert [made.record() for _ in range(3)] == [2, 2, 2]
    states = [read_run(RunFolder(path)) for path in (home / "runs").iterdir()]
    assert [list((state.inputs or {}).values()) for state in states] == [[default]] * 3


@FUNCTIONS
def test_the_component_has_the_default_as_it_is_written(function: Any, default: object) -> None:
    made: Component[..., int] = component(function)
    made()
    [io] = made.to_component().inputs or []
    assert io.value == default


class Service:
    """What has methods that are components."""

    @component
    def answer(self, x: int = 1) -> int:
        """Answer."""
        return x


def test_a_method_whose_object_would_be_taken_for_an_argument_is_told() -> None:
    with pytest.raises(InputError, match="answer is a method of an object, expected a function"):
        Service().answer.record(2)  # type: ignore[attr-defined]  # to type checkers it is a method
