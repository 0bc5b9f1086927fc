from pathlib import Path

import pytest
import yaml
from attrs import evolve

from polyaxon_sdk import InputError, operation
from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.polyaxonfile import read_files, read_module
from polyaxon_sdk.polyflow import write
from tests.authoring.pipelines import steps
from tests.authoring.pipelines.steps import Scores, train

QUICK = operation(train, params={"epochs": 2}, name="quick", queue="gpu", tags=["a"])


def test_called_it_is_the_plain_call_with_its_params() -> None:
    assert QUICK(data="d") == Scores(loss=0.05, accuracy=0.95)


def test_it_is_a_component_with_its_params_and_fields() -> None:
    document = write(QUICK.to_operation())
    assert (document["name"], document["queue"], document["tags"]) == ("quick", "gpu", ["a"])
    assert document["params"] == {"epochs": {"value": 2}}
    assert document["component"] == write(train.to_component())


def test_it_stands_above_a_component_as_a_decorator() -> None:
    decorated = operation(queue="gpu")(train)
    assert (decorated.to_operation().queue, decorated("d", epochs=1).accuracy) == ("gpu", 0.95)


def test_an_operation_of_an_operation_says_more() -> None:
    more = operation(QUICK, params={"rate": 0.5}, queue="cpu").to_operation()
    assert (more.name, more.queue, sorted(more.params or {})) == ("quick", "cpu", ["epochs", "rate"])


def test_arguments_make_an_operation() -> None:
    params = train.operation("d", epochs=1).to_operation().params or {}
    assert {name: param.value for name, param in params.items()} == {"data": "d", "epochs": 1}


def test_its_yaml_runs_the_same(tmp_path: Path) -> None:
    (tmp_path / "quick.yml").write_text(QUICK.to_yaml())
    assert evolve(read_files([tmp_path / "quick.yml"]).operation, version=None) == QUICK.to_operation()
    assert yaml.safe_load(QUICK.to_yaml())["kind"] == "operation"


def test_a_file_is_asked_for_it_by_name() -> None:
    found = read_module(f"{steps.__file__}:search")
    assert (found.kind, found.operation.name, found.operation.matrix) == (
        "operation",
        "search",
        steps.search.to_operation().matrix,
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"queu": "gpu"}, r"test_operation.py:\d+: an operation has no 'queu', did you mean 'queue'\?"),
        ({"params": {"epoch": 1}}, r"no input 'epoch', did you mean 'epochs'\?"),
        ({"params": {"epochs": "many"}}, "train.epochs: 'many' is of another type, expected int"),
        ({"matrix": {"kind": "gird"}}, r"test_operation.py:\d+: matrix.kind: .*did you mean 'grid'\?"),
    ],
)
def test_a_mistake_is_told(fields: dict[str, object], said: str) -> None:
    with pytest.raises(PolyaxonError, match=said):
        operation(train, **fields).to_operation()  # type: ignore[call-overload]  # under test


def test_a_plain_function_is_no_component() -> None:
    with pytest.raises(InputError, match="an operation is of a component, not of test_a_plain_function"):
        operation(test_a_plain_function_is_no_component)


def test_an_unknown_param_is_told_at_once() -> None:
    with pytest.raises(
        InputError, match=r"test_operation.py:\d+: train: no input 'epoch', did you mean 'epochs'\?"
    ):
        operation(train, params={"epoch": 1})
