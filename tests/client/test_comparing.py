import json
from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.client.comparing import Compared, compare
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.types import Json

AddRun = Callable[..., RunFolder]


@pytest.fixture
def add_run(home: Path) -> AddRun:
    """Add a run with inputs, a metric, code and an environment."""

    def add(lr: float, loss: float, python: str = "3.11.7") -> RunFolder:
        folder = RunFolder(home / "runs" / new_uuid()).create()
        writer = RecordWriter(folder)
        writer.append("created", name="train")
        writer.append("inputs", values={"epochs": 3, "lr": lr})
        writer.append("outputs", values={"note": "x"})
        writer.append("series", summaries={"loss": {"last": loss}})
        code: Json = {"name": "c", "kind": "coderef", "summary": {"commit": "0f", "dirty": False}}
        writer.append("lineage", artifact=code)
        writer.append("lineage", artifact={"name": "env", "kind": "env", "path": "outputs/env.json"})
        writer.close()
        told = {"python": python, "packages": {"numpy": "2.0"}}
        (folder.outputs / "env.json").write_text(json.dumps(told))
        return folder

    return add


def section(rows: list[Compared], name: str) -> list[tuple[str, tuple[object, ...], bool]]:
    return [row[1:] for row in rows if row.section == name]


def test_what_differs_comes_first(add_run: AddRun) -> None:
    rows = compare([add_run(0.1, 0.5), add_run(0.2, 0.5)])
    assert section(rows, "inputs") == [("lr", (0.1, 0.2), True), ("epochs", (3, 3), False)]


def test_metrics_stand_apart_from_outputs(add_run: AddRun) -> None:
    rows = compare([add_run(0.1, 0.5), add_run(0.1, 0.25)])
    assert section(rows, "metrics") == [("loss", (0.5, 0.25), True)]
    assert section(rows, "outputs") == [("note", ("x", "x"), False)]


def test_code_and_packages_are_compared(add_run: AddRun) -> None:
    rows = compare([add_run(0.1, 0.5), add_run(0.1, 0.5, python="3.12.0")])
    assert ("commit", ("0f", "0f"), False) in section(rows, "code")
    assert section(rows, "environment") == [
        ("python", ("3.11.7", "3.12.0"), True),
        ("numpy", ("2.0", "2.0"), False),
    ]


def test_what_one_run_lacks_differs(add_run: AddRun, folder: RunFolder) -> None:
    rows = compare([add_run(0.1, 0.5), folder])
    assert ("lr", (0.1, None), True) in section(rows, "inputs")


def test_an_environment_full_of_garbage_is_left_out(add_run: AddRun) -> None:
    first, second = add_run(0.1, 0.5), add_run(0.1, 0.5)
    (first.outputs / "env.json").write_bytes(b"\xff")
    assert ("numpy", (None, "2.0"), True) in section(compare([first, second]), "environment")
