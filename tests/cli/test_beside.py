from pathlib import Path

import pytest

from polyaxon_sdk.cli.beside import beside
from polyaxon_sdk.polyflow import V1Component, V1Dag, V1Job, V1Operation, read


def calling(target: str) -> V1Component:
    """A component of a function."""
    container = {"command": ["python", "-m", "polyaxon_sdk.authoring"], "args": [target]}
    return read(V1Component, {"run": {"kind": "job", "container": container}})


def target_of(found: V1Component) -> object:
    assert isinstance(found.run, V1Job)
    assert found.run.container is not None
    return (found.run.container.args or [None])[0]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with `there.py` in it, seen from one beside it with `here.py`."""
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.py").touch()
    monkeypatch.chdir(tmp_path / "here")
    return Path("../there")


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("there.py:train", "../there/there.py:train"),
        ("here.py:train", "here.py:train"),
        ("nowhere.py:train", "nowhere.py:train"),
    ],
)
def test_a_function_is_found_beside_its_file(folder: Path, target: str, found: str) -> None:
    assert target_of(beside(calling(target), folder)) == found


def test_the_functions_of_a_dag_are_found_too(folder: Path) -> None:
    whole = V1Component(run=V1Dag(operations=[V1Operation(component=calling("there.py:train"))]))
    run = beside(whole, folder).run
    assert isinstance(run, V1Dag)
    (node,) = run.operations or []
    assert target_of(node.component or V1Component()) == "../there/there.py:train"
