import importlib.util
import sys
from pathlib import Path

import pytest

from polyaxon_sdk import InputError, dag, specified
from polyaxon_sdk.authoring.decorators.specified import Specified
from polyaxon_sdk.authoring.specification.stub import stub_of
from polyaxon_sdk.polyaxonfile import read_files
from polyaxon_sdk.polyflow import V1IO, V1Component, V1Operation, read
from tests.authoring.pipelines.steps import prepare, report, train
from tests.house import ROOT


def stubbed(text: str, folder: Path, name: str) -> Specified[..., object]:
    """The function of the stub of a file."""
    (folder / "it.yml").write_text(text)
    source = stub_of(read_files([folder / "it.yml"]).operation, "it.yml")
    (folder / "stub.py").write_text(source)
    spec = importlib.util.spec_from_file_location(f"stub_{folder.name}", folder / "stub.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    found = getattr(module, name)
    assert isinstance(found, Specified)
    return found


@pytest.mark.parametrize("component", [prepare, train, report])
def test_function_to_yaml_to_stub_to_yaml_is_the_same_byte_for_byte(
    component: "Specified[..., object]", tmp_path: Path
) -> None:
    text = component.to_yaml()
    assert stubbed(text, tmp_path, component.__name__).to_yaml() == text


def test_whole_numbers_stay_whole(tmp_path: Path) -> None:
    found = stubbed(prepare.to_yaml(), tmp_path, "prepare").to_component()
    (size,) = found.inputs or []
    assert (size.value, type(size.value)) == (10, int)


def test_a_stub_has_the_types_defaults_and_texts_of_the_file() -> None:
    component = {
        "kind": "component",
        "name": "my-job",
        "description": "Do it.",
        "inputs": [
            {"name": "data", "type": "path", "value": "digits"},
            {"name": "steps", "type": "int", "isList": True, "description": "how many"},
            {"name": "mode", "type": "str", "value": "fast", "validation": {"options": ["fast", "slow"]}},
            {"name": "day", "type": "date", "value": "2026-01-02"},
            {"name": "seed", "type": "int", "isOptional": True},
            {"name": "image", "type": "image", "value": "a:1"},
        ],
        "run": {"kind": "job", "container": {"image": "a"}},
    }
    source = stub_of(V1Operation(component=read(V1Component, component)), "job.yml")
    assert source.partition("@specified")[2] == STUB.partition("@specified")[2]


STUB = '''
@specified("job.yml")
def my_job(
    *,
    data: Path = Path("digits"),
    steps: list[int],
    mode: Literal["fast", "slow"] = "fast",
    day: date = date.fromisoformat("2026-01-02"),
    seed: int | None = None,
    image: str = "a:1",
) -> None:
    """Do it.

    Args:
        steps: how many
    """
    raise RuntimeError("job.yml says what runs")
'''


def test_a_stub_is_called_in_a_dag(tmp_path: Path) -> None:
    found = stubbed(train.to_yaml(), tmp_path, "train")

    @dag
    def pipeline() -> None:
        found(data="d", epochs=1)

    operations = getattr(pipeline.to_component().run, "operations", [])
    assert [(each.dag_ref, sorted(each.params)) for each in operations] == [("train", ["data", "epochs"])]


def test_a_plain_call_says_what_to_do_instead(tmp_path: Path) -> None:
    found = stubbed(train.to_yaml(), tmp_path, "train")
    with pytest.raises(InputError, match=r"train is a component of it.yml, which this process can't call"):
        found(data="d", epochs=1)


def test_a_file_that_has_other_inputs_by_now_is_told() -> None:
    @specified(str(ROOT / "examples/quick_start/typed.yml"))
    def typed(epochs: int) -> None:
        """Train."""

    with pytest.raises(InputError, match=r"typed has other inputs than .*typed.yml: conv1_size"):
        typed.to_component()


def test_a_stub_says_what_its_outputs_are() -> None:
    outputs = [V1IO(name="loss", type="float", description="the last one"), V1IO(name="steps", type="int")]
    source = stub_of(V1Operation(component=V1Component(name="job", outputs=outputs)), "job.yml")
    assert "    Attributes:\n        loss: the last one\n    " in source
