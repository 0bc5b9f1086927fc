"""What a person can do wrong with `@component`: each is told in one line that says where."""

import subprocess
import sys
from pathlib import Path

import pytest

from polyaxon_sdk.authoring import component
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import read_module
from tests.authoring.mistakes import HEAD, MISTAKES, Mistake

pytestmark = pytest.mark.filterwarnings("ignore:.*has no annotation")


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_in_one_line(
    mistake: Mistake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("train.py").write_text(f"{HEAD}{mistake.source}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"^train\.py:.*$") as told:
        read_module("train.py:main")
    assert str(told.value).startswith(mistake.told)


def test_there_are_enough_of_them() -> None:
    assert len(MISTAKES) >= 30


def test_a_function_of_no_file_is_told() -> None:
    scope: dict[str, object] = {"component": component}
    exec(compile("@component\ndef train(a: int): ...\n", "<ipython-input-1>", "exec"), scope)
    with pytest.raises(InputError, match="<ipython-input-1>: train stands in no file, expected a"):
        scope["train"].to_component()  # type: ignore[attr-defined]  # a component


@pytest.mark.system
def test_a_function_of_the_main_script_is_a_component_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / "train.py"
    file.write_text(
        f"{HEAD}@component\ndef train(a: int): ...\nprint(train.to_component().run.container.args)\n"
    )
    done = subprocess.run(
        [sys.executable, file.name], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "['train.py:train']\n"
