"""Functions of every form, carried out in a run of their own: artifacts, sources, generators, classes, methods."""

import json
from pathlib import Path

import pytest

from polyaxon_sdk.authoring.code.sources import SOURCES, kept_sources
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from tests.authoring.conftest import Execute

pytestmark = pytest.mark.system

IMPORTS = """
import asyncio
from pathlib import Path
from typing import Annotated, NamedTuple
import annotated_types as at
from polyaxon_sdk import Dataset, Dir, File, Model, tracking
"""


def test_an_artifact_comes_as_a_local_path(execute: Execute, tmp_path: Path) -> None:
    (tmp_path / "digits.csv").write_text("1,2\n")
    source = f"{IMPORTS}\n@component\ndef main(data: Dataset): print(type(data).__name__, data.read_text())\n"
    assert execute(source, data="digits.csv")[1] == "Dataset 1,2\n\n"


def test_an_artifact_that_is_read_is_noted(execute: Execute, run_folder: RunFolder, tmp_path: Path) -> None:
    (tmp_path / "digits.csv").write_text("1,2\n")
    execute(f"{IMPORTS}\n@component\ndef main(data: Dataset): ...\n", data="digits.csv")
    noted = read_run(run_folder).artifacts["data", "data"]
    assert noted["is_input"] is True
    assert noted["meta_info"] == {"location": str(tmp_path / "digits.csv")}


def test_an_artifact_of_another_run_is_found_by_its_uuid(execute: Execute, run_folder: RunFolder) -> None:
    other = RunFolder(run_folder.home / "runs" / ("cd" * 16)).create()
    (other.path / "outputs" / "model.pt").write_text("weights")
    source = f"{IMPORTS}\n@component\ndef main(model: Model): print(model.read_text())\n"
    assert execute(source, model=f"{'cd' * 16}/outputs/model.pt")[1] == "weights\n"


def test_an_artifact_that_is_not_there_is_told(execute: Execute) -> None:
    source = f"{IMPORTS}\n@component\ndef main(model: Model): ...\n"
    code, _, told = execute(source, model="model.pt")
    assert (code, told.startswith("Error: model: no file or folder 'model.pt', expected a path")) == (1, True)


def test_a_returned_artifact_is_kept_with_its_lineage(execute: Execute, run_folder: RunFolder) -> None:
    source = f"""{IMPORTS}
class Fitted(NamedTuple):
    model: Model
    loss: float
@component
def main() -> Fitted:
    Path("net.pt").write_text("weights")
    return Fitted(Model("net.pt"), 0.5)
"""
    assert execute(source)[0] == 0
    state = read_run(run_folder)
    assert state.outputs == {"model": f"{run_folder.uuid}/outputs/model.pt", "loss": 0.5}
    assert state.artifacts["model", "model"]["path"] == "outputs/model.pt"
    assert (run_folder.path / "outputs" / "model.pt").read_text() == "weights"


def test_a_returned_array_is_kept_as_a_file(execute: Execute, run_folder: RunFolder) -> None:
    source = (
        "import numpy\n@component(outputs='weights')\ndef main() -> numpy.ndarray: return numpy.zeros(3)\n"
    )
    assert execute(source)[0] == 0
    assert read_run(run_folder).outputs == {"weights": f"{run_folder.uuid}/outputs/weights.npy"}
    assert (run_folder.path / "outputs" / "weights.npy").is_file()


def test_a_returned_path_that_is_not_there_fails_the_run(execute: Execute, run_folder: RunFolder) -> None:
    source = f"{IMPORTS}\n@component\ndef main() -> Model: return Model('net.pt')\n"
    code, _, told = execute(source)
    expected = "Error: result: the function returned 'net.pt', expected a path that is there\n"
    assert (code, told, read_run(run_folder).status) == (1, expected, "failed")


def test_the_sources_are_kept_with_the_run(execute: Execute, run_folder: RunFolder, tmp_path: Path) -> None:
    (tmp_path / "nets").mkdir()
    (tmp_path / "nets" / "__init__.py").write_text("from nets import small\n")
    (tmp_path / "nets" / "small.py").write_text("SIZE = 3\n")
    (tmp_path / "late.py").write_text("RATE = 0.5\n")
    execute("import nets\n@component\ndef main():\n    import late\n")
    root = kept_sources(run_folder)
    assert root is not None
    files = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.py"))
    assert files == ["late.py", "nets/__init__.py", "nets/small.py", "train.py"]
    assert (root / "nets" / "small.py").read_text() == "SIZE = 3\n"
    assert read_run(run_folder).artifacts["sources", "dir"]["is_input"] is True


def test_a_secret_in_a_source_is_not_kept(execute: Execute, run_folder: RunFolder) -> None:
    source = "TOKEN = 'abc123def456ghi789'\n@component\ndef main(): ...\n"
    execute(source, environment={"API_TOKEN": "abc123def456ghi789"})
    assert "abc123def456ghi789" not in (run_folder.path / SOURCES / "train.py").read_text()


def test_no_source_is_kept_where_no_code_is_tracked(execute: Execute, run_folder: RunFolder) -> None:
    execute("@component\ndef main(): ...\n", environment={"POLYAXON_TRACK_CODE": "false"})
    assert kept_sources(run_folder) is None


def test_a_run_of_the_kept_sources_is_the_same(
    execute: Execute, run_folder: RunFolder, tmp_path: Path
) -> None:
    (tmp_path / "digits.py").write_text("N = 5\n")
    first = execute("import digits\n@component\ndef main(n: int): print(n + digits.N)\n", n=1)
    (tmp_path / "digits.py").unlink()
    kept = (run_folder.path / SOURCES / "train.py").read_text()
    again = execute(kept, f"{run_folder.path / SOURCES}/train.py:main", n=1)
    assert first == again == (0, "6\n", "")


def test_outputs_out_of_bounds_fail_the_run(execute: Execute) -> None:
    source = f"{IMPORTS}\n@component\ndef main() -> Annotated[float, at.Le(1)]: return 1.5\n"
    code, _, told = execute(source)
    assert (code, told) == (1, "Error: result: the function returned 1.5, expected at most 1\n")


@pytest.mark.parametrize(
    ("source", "outputs"),
    [
        (
            "@component\nasync def main(n: int) -> int:\n    await asyncio.sleep(0)\n    return n",
            {"result": 3},
        ),
        (
            "from collections.abc import Generator\n@component(outputs='n')\n"
            "def main(n: int) -> Generator[float, None, int]:\n    yield 0.5\n    return n",
            {"n": 3},
        ),
        (
            "@component\nclass main:\n    n: int\n    rate: float = 0.5\n"
            "    def __call__(self) -> float:\n        return self.n * self.rate",
            {"result": 1.5},
        ),
        (
            "@component(outputs=['a', 'b'])\ndef main(n: int) -> tuple[int, str]: return n, 'x'",
            {"a": 3, "b": "x"},
        ),
        ("@component(outputs=['a'])\ndef main(n: int) -> dict[str, int]: return {'a': n, 'b': 1}", {"a": 3}),
        (
            "class T:\n    @staticmethod\n    @component\n    def main(n: int) -> int: return n\nmain = T.main",
            {"result": 3},
        ),
    ],
    ids=["async", "generator", "class", "tuple", "mapping", "static method"],
)
def test_a_function_of_every_form_is_carried_out(
    source: str, outputs: dict[str, object], execute: Execute, run_folder: RunFolder
) -> None:
    assert execute(f"{IMPORTS}\n{source}\n", n=3)[::2] == (0, "")
    assert read_run(run_folder).outputs == outputs


def test_what_a_generator_yields_is_its_progress(execute: Execute, run_folder: RunFolder) -> None:
    source = "@component\ndef main():\n    yield 0.5\n    yield 1.0\n"
    assert execute(source)[0] == 0
    assert read_run(run_folder).meta["progress"] == 1.0


def test_nothing_is_kept_where_nothing_is_tracked(
    tmp_path: Path, execute: Execute, run_folder: RunFolder
) -> None:
    code, _, told = execute("@component\ndef main(): ...\n", environment={"POLYAXON_NO_OP": "true"})
    assert (code, told) == (
        2,
        "Error: train.py:main: POLYAXON_NO_OP keeps the outputs of this run from being kept\n",
    )
    assert kept_sources(run_folder) is None
    assert json.loads(run_folder.operation.read_text()) == {"inputs": []}
