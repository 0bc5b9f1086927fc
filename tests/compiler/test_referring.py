"""Values of other runs."""

from __future__ import annotations

import re

import pytest

from polyaxon_sdk.compiler import RunValues, look_up, refer, resolve
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Param

RUN = RunValues(
    uuid="ab",
    inputs={"lr": 0.1},
    outputs={"loss": 0.0, "stopped": False, "note": ""},
    globals={"name": "bold"},
    artifacts={"board": "outputs/tb"},
)
ARTIFACTS = {"base": "ab", "outputs": "ab/outputs", "board": "ab/outputs/tb"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("inputs.lr", 0.1),
        ("{{ outputs.loss }}", 0.0),
        ("inputs", {"lr": 0.1}),
        ("globals.uuid", "ab"),
        ("globals.name", "bold"),
        ("artifacts", ARTIFACTS),
        ("artifacts.base", "ab"),
        ("artifacts.outputs", "ab/outputs"),
        ("artifacts.board", "ab/outputs/tb"),
        ("artifacts.none", None),
        ("outputs.accuracy", None),
        ({"files": ["a.txt"], "dirs": "code"}, {"files": ["ab/a.txt"], "dirs": ["ab/code"]}),
        ({"dirs": ["{{ artifacts.board }}"]}, {"files": [], "dirs": ["ab/outputs/tb"]}),
        ({"files": ["{{ artifacts.outputs }}/a.txt"]}, {"files": ["ab/outputs/a.txt"], "dirs": []}),
        ({"files": [["{{artifacts.board}}/e.0", "e"]]}, {"files": [["ab/outputs/tb/e.0", "e"]], "dirs": []}),
        ({"dirs": ["artifacts.base", "{{ artifacts.base }}/a"]}, {"files": [], "dirs": ["ab", "ab/a"]}),
        ({"files": [["a.txt", "here.txt"]]}, {"files": [["ab/a.txt", "here.txt"]], "dirs": []}),
    ],
)
def test_a_path_names_a_value(path: object, value: object) -> None:
    assert look_up(path, RUN) == value


def test_io_is_all_of_it() -> None:
    assert look_up("io", RUN) == {"inputs": RUN.inputs, "outputs": RUN.outputs, "artifacts": ARTIFACTS}


@pytest.mark.parametrize("name", ["loss", "stopped", "note"])
def test_a_false_value_is_a_value(name: str) -> None:
    params = {"p": V1Param(value=f"outputs.{name}", ref="ops.train")}
    assert resolve(params, lambda _: RUN)["p"] == V1Param(value=RUN.outputs[name])


def test_a_literal_stays() -> None:
    params = {"p": V1Param(value="outputs.loss")}
    assert resolve(params, lambda _: RUN) == params


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("outputs.los", "run ab has no outputs.los, did you mean 'loss'?"),
        ("output.loss", "'output.loss' is no path of a run's value, did you mean 'outputs'?"),
        (3, "3 is no path of a run's value, expected such as outputs.loss"),
    ],
)
def test_a_wrong_path_is_told_in_one_line(path: object, line: str) -> None:
    with pytest.raises(InputError, match=re.escape(line)):
        refer(path, RUN)


def test_a_wrong_reference_names_its_param() -> None:
    params = {"p": V1Param(value="outputs.los", ref="ops.train")}
    with pytest.raises(InputError, match=re.escape("params.p: run ab has no outputs.los")):
        resolve(params, lambda _: RUN)
