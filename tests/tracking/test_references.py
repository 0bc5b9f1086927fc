import subprocess
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.tracking.run import Run
from tests.tracking.logged import problem_of

DIGEST = sha256(b"1,2\n").hexdigest()[:12]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A file outside the run."""
    path = tmp_path / "digits.csv"
    path.write_bytes(b"1,2\n")
    return path


def artifact(folder: RunFolder, name: str, kind: str) -> dict[str, object]:
    """An artifact of the run, as its record tells it."""
    return read_run(folder).artifacts[name, kind]


def test_a_file_outside_is_told_by_name_and_hash(run: Run, folder: RunFolder, data: Path) -> None:
    run.log_artifact_ref(data, "data", is_input=True, summary={"rows": np.int64(1)})
    assert artifact(folder, "digits", "data") == {
        "name": "digits",
        "kind": "data",
        "path": "digits.csv",
        "is_input": True,
        "meta_info": {"location": str(data)},
        "summary": {"rows": 1, "hash": DIGEST, "path": "digits.csv"},
    }


def test_a_file_of_the_run_is_told_by_its_path_in_it(run: Run, folder: RunFolder) -> None:
    Path(run.get_outputs_path("model.bin")).write_bytes(b"1,2\n")
    run.log_model_ref(run.get_outputs_path("model.bin"), framework="torch")
    assert artifact(folder, "model", "model") == {
        "name": "model",
        "kind": "model",
        "path": "outputs/model.bin",
        "is_input": False,
        "summary": {"framework": "torch", "hash": DIGEST, "path": "outputs/model.bin"},
    }


def test_a_url_stays_one(run: Run, folder: RunFolder) -> None:
    run.log_file_ref("s3://bucket/digits.csv", hash="0f5a")
    found = artifact(folder, "digits", "file")
    assert (found["path"], found["summary"]) == (
        "s3://bucket/digits.csv",
        {"hash": "0f5a", "path": "s3://bucket/digits.csv"},
    )


def test_a_path_in_the_run_that_is_given_is_taken(run: Run, folder: RunFolder, data: Path) -> None:
    run.log_file_ref(data, "numbers", rel_path="outputs/digits.csv")
    assert artifact(folder, "numbers", "file")["path"] == "outputs/digits.csv"


def test_a_folder_is_told_by_the_hash_of_its_files(run: Run, folder: RunFolder, data: Path) -> None:
    run.log_dir_ref(data.parent, "before")
    data.rename(data.with_name("other.csv"))
    run.log_dir_ref(data.parent, "after")
    before, after = (artifact(folder, name, "dir")["summary"] for name in ("before", "after"))
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert before["hash"] != after["hash"]


@pytest.mark.parametrize(
    ("content", "same"),
    [
        (b"1,2\n", "1,2\n"),
        (np.arange(3), np.arange(3)),
        (pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1]})),
        ({"a": 1, "b": [2]}, {"b": (2,), "a": 1}),
    ],
)
def test_data_are_told_by_the_hash_of_their_contents(
    run: Run, folder: RunFolder, content: object, same: object
) -> None:
    run.log_data_ref("one", content=content)
    run.log_data_ref("other", content=same)
    assert artifact(folder, "one", "data")["summary"] == artifact(folder, "other", "data")["summary"]
    assert artifact(folder, "one", "data")["is_input"] is True


def test_a_table_is_hashed_whole(run: Run, folder: RunFolder) -> None:
    run.log_data_ref("one", content=pd.DataFrame({"a": range(1000)}))
    run.log_data_ref("other", content=pd.DataFrame({"a": [*range(500), -1, *range(501, 1000)]}))
    assert artifact(folder, "one", "data")["summary"] != artifact(folder, "other", "data")["summary"]


def test_no_hash_is_computed_where_none_is_wanted(run: Run, folder: RunFolder, data: Path) -> None:
    run.log_file_ref(data, skip_hash_calculation=True)
    assert artifact(folder, "digits", "file")["summary"] == {"path": "digits.csv"}


def test_artifacts_of_two_kinds_may_have_one_name(run: Run, folder: RunFolder, data: Path) -> None:
    run.log_file_ref(data)
    run.log_data_ref("digits", path=data)
    assert {("digits", "file"), ("digits", "data")} <= read_run(folder).artifacts.keys()


def test_tensorboard_is_noted_with_its_flag(run: Run, folder: RunFolder) -> None:
    run.log_tensorboard_ref(run.get_outputs_path("logs"))
    assert artifact(folder, "tensorboard", "tensorboard")["path"] == "outputs/logs"
    assert read_run(folder).meta == {"has_tensorboard": True}


def test_code_is_told_as_given(run: Run, folder: RunFolder) -> None:
    run.log_code_ref({"commit": "0f5a", "url": "https://host/me"})
    assert artifact(folder, "0f5a", "coderef") == {
        "name": "0f5a",
        "kind": "coderef",
        "is_input": True,
        "summary": {"commit": "0f5a", "url": "https://host/me"},
    }


def test_code_is_told_as_git_does(
    run: Run, folder: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    monkeypatch.chdir(tmp_path)
    run.log_code_ref()
    summary = artifact(folder, "uncommitted", "coderef")["summary"]
    assert isinstance(summary, dict)
    assert (summary["commit"], "diff" in summary) == ("", False)


def test_lineage_is_taken_in_polyaxons_own_form(run: Run, folder: RunFolder) -> None:
    one = {"name": "digits", "kind": "data", "is_input": True, "summary": {"hash": "0f"}, "path": "s3://b"}
    run.log_artifact_lineage([one, SimpleNamespace(to_dict=lambda: {"name": "net", "kind": "model"})])
    assert artifact(folder, "digits", "data") == one
    assert artifact(folder, "net", "model") == {
        "name": "net",
        "kind": "model",
        "is_input": False,
        "summary": {},
    }


@pytest.mark.parametrize(
    ("body", "words"),
    [(3, "int is no artifact"), ({"name": "a"}, "an artifact has no kind"), ({}, "has no name and no kind")],
)
def test_what_is_no_lineage_is_left_out_with_a_line(
    run: Run, folder: RunFolder, body: object, words: str
) -> None:
    run.log_artifact_lineage(body)
    assert words in problem_of(folder)


def test_what_can_not_be_read_is_left_out_with_a_line(run: Run, folder: RunFolder) -> None:
    run.log_artifact_ref(None, "file")
    assert problem_of(folder) == "reference to None is left out: it has neither path nor name"


def test_code_in_no_repository_is_told(
    run: Run, folder: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run.log_code_ref()
    assert "is in no git repository" in problem_of(folder)
