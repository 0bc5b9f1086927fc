"""The public quick start, components and operations, word for word."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from polyaxon_sdk.compiler import check, compile_operation
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import read_files
from polyaxon_sdk.polyflow import V1Container, V1Operation, read, write
from tests.seeds.snippets import FOLDER, RUN, compiled, data, operation, snippet

MODEL = "/plx/artifacts/polyaxon-quick-start/model.py"
URL = "https://raw.githubusercontent.com/polyaxon/polyaxon-quick-start/master/experimentation/typed.yml"
ARGS = [
    *("--conv1_size=32", "--conv2_size=64", "--dropout=0.2", "--hidden1_size=500", "--optimizer=adam"),
    *("--conv_activation=relu", "--dense_activation=relu", "--log_learning_rate=-3"),
]


def with_container(name: str) -> dict[str, Any]:
    """The compiled container of a snippet that shows a part of one."""
    run = {"kind": "job", "container": data(name)}
    found: dict[str, Any] = compiled(V1Operation(run=read(V1Operation, {"run": run}).run))["run"]["container"]
    return found


def answered(name: str) -> V1Operation:
    """An operation whose `urlRef` is answered by the quick start's typed file."""
    return read_files([FOLDER / name], refs={URL: FOLDER / "000-typed.yml"}).operation


def test_the_simple_file_clones_and_runs_the_model() -> None:
    compilation = compile_operation(operation("000-simple.yml"), run=RUN)
    found: Any = write(compilation.operation)
    assert found["run"]["container"] == {
        "image": "polyaxon/polyaxon-quick-start",
        "command": ["python3", MODEL],
    }
    assert found["run"]["init"] == [{"git": {"url": "https://github.com/polyaxon/polyaxon-quick-start"}}]
    assert (found["name"], found["tags"]) == ("simple-experiment", ["examples"])
    assert found["description"] == "Minimum information to run this TF.Keras example"


def test_the_plus_of_the_simple_file_is_healed_with_a_warning() -> None:
    [warning] = compile_operation(operation("000-simple.yml"), run=RUN).warnings
    assert "run.container.command[1]" in warning


def test_the_minimal_file_runs_what_the_image_runs() -> None:
    found = compiled(operation("000-minimal.yml"))
    assert found["run"] == {"kind": "job", "container": {"image": "polyaxon/polyaxon-quick-start"}}


@pytest.mark.parametrize(
    ("name", "container"),
    [
        ("000-command.yml", {"command": ["python3", MODEL]}),
        (
            "000-working-dir.yml",
            {"command": ["python3", "model.py"], "workingDir": "/plx/artifacts/polyaxon-quick-start/"},
        ),
        (
            "000-shell.yml",
            {"command": ["/bin/sh", "-c"], "args": ["command one; command two && command three"]},
        ),
        ("000-gpu.yml", {"resources": {"limits": {"nvidia.com/gpu": 1}}}),
        (
            "000-cpu-memory.yml",
            {
                "resources": {
                    "limits": {"cpu": "500m", "memory": "2000Mi"},
                    "requests": {"cpu": "100m", "memory": "50Mi"},
                }
            },
        ),
    ],
)
def test_a_part_of_a_container_means_what_it_says(name: str, container: dict[str, Any]) -> None:
    assert with_container(name) == container


def test_a_part_of_a_container_is_one_of_the_class() -> None:
    assert read(V1Container, data("000-gpu.yml")).resources is not None


def test_the_typed_file_asks_for_its_epochs() -> None:
    with pytest.raises(InputError, match=re.escape("params.epochs: missing, expected a value of type int")):
        check(operation("000-typed.yml"))


def test_the_typed_file_puts_its_inputs_into_the_arguments() -> None:
    found = compiled(operation("000-typed.yml"), epochs="10")
    assert found["run"]["container"]["args"] == [*ARGS, "--epochs=10"]
    assert found["inputs"][-1] == {"name": "epochs", "type": "int", "value": 10, "isOptional": True}


def test_outputs_are_validated_later() -> None:
    outputs = compiled(operation("000-typed.yml"), epochs=1)["outputs"]
    assert [(each["name"], each["type"], each.get("value")) for each in outputs] == [
        ("loss", "float", None),
        ("accuracy", "float", None),
    ]


def test_an_output_may_be_validated_eagerly() -> None:
    text = data("000-typed.yml")
    text["outputs"][0]["delayValidation"] = False
    with pytest.raises(InputError, match=r"^params\.loss: missing"):
        check(V1Operation(component=read(V1Operation, {"component": text}).component), params={"epochs": 1})


def test_a_param_that_no_input_declares_is_taken() -> None:
    found = compiled(operation("000-typed.yml"), lr="0.005", epochs="8")
    assert [(each["name"], each["value"]) for each in found["contexts"]] == [("lr", "0.005")]
    assert found["run"]["container"]["args"][-1] == "--epochs=8"


def test_an_operation_gives_the_params() -> None:
    found = compiled(answered("001-operation.yml"))
    values = {each["name"]: each["value"] for each in found["inputs"]}
    assert (values["optimizer"], values["epochs"], values["dropout"]) == ("sgd", 1, 0.2)
    assert {"--optimizer=sgd", "--epochs=1"} <= set(found["run"]["container"]["args"])


def test_an_operation_adds_a_gpu_without_changing_the_component() -> None:
    plain, patched = compiled(answered("001-operation.yml")), compiled(answered("001-run-patch.yml"))
    assert patched["run"]["container"].pop("resources") == {"limits": {"nvidia.com/gpu": 1}}
    assert patched == plain


@pytest.mark.parametrize("name", ["001-operation.yml", "001-run-patch.yml"])
def test_a_path_names_the_component_beside_it(name: str, tmp_path: Path) -> None:
    shutil.copy(FOLDER / "000-typed.yml", tmp_path / "typed.yml")
    (tmp_path / name).write_text(snippet(name).replace(f"urlRef: {URL}", "pathRef: ./typed.yml"))
    assert compiled(read_files([tmp_path / name]).operation) == compiled(answered(name))


def test_the_component_may_stand_inside_the_operation() -> None:
    inside = evolve(answered("001-operation.yml"), url_ref=None)
    assert compiled(inside) == compiled(answered("001-operation.yml"))


def test_a_second_file_is_laid_over_the_first(tmp_path: Path) -> None:
    (tmp_path / "override.yml").write_text("params: {dropout: {value: 0.4}}\n")
    found = read_files([FOLDER / "000-typed.yml", tmp_path / "override.yml"]).operation
    assert "--dropout=0.4" in compiled(found, epochs=1)["run"]["container"]["args"]
