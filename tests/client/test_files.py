from pathlib import Path

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.client.files import ListedFile, list_files
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState


def test_a_folder_of_a_run_is_listed(trained: RunClient) -> None:
    files, dirs = trained.get_artifacts_tree("outputs")
    assert ({name: files[name] for name in ("net.bin", "table.csv")}, dirs) == (
        {"net.bin": 7, "table.csv": 3},
        [],
    )


def test_the_run_itself_is_listed_without_its_journal_and_record(trained: RunClient) -> None:
    files, dirs = trained.get_artifacts_tree()
    assert {"run.plx.json", "lineages.plx.json"} <= set(files)
    assert {"events", "outputs"} <= set(dirs) <= {"assets", "events", "outputs", "plxlogs", "resources"}


@pytest.mark.parametrize(
    "file",
    [
        ListedFile("outputs/net.bin", "model", 7),
        ListedFile("outputs/table.csv", "file", 3),
        ListedFile("events/metric/free.plx", "metric", 59),
    ],
    ids=lambda file: file.kind,
)
def test_each_file_has_its_kind_and_size(trained: RunClient, file: ListedFile) -> None:
    assert file in list_files(trained.folder, trained.run_data)


def test_a_file_is_read(trained: RunClient) -> None:
    assert trained.get_artifact("outputs/net.bin") == b"weights"


@pytest.mark.parametrize(
    ("path", "copies"),
    [
        ("outputs/net.bin", ["net.bin"]),
        ("events/text", ["text/note.plx"]),
        ("events/text/", ["text/note.plx"]),
    ],
)
def test_a_file_or_a_folder_is_copied(
    trained: RunClient, tmp_path: Path, path: str, copies: list[str]
) -> None:
    trained.download_artifact(path, tmp_path / "new")
    found = [file.relative_to(tmp_path / "new").as_posix() for file in (tmp_path / "new").rglob("*.*")]
    assert found == copies


def test_a_copy_holds_what_the_run_does(trained: RunClient, tmp_path: Path) -> None:
    copy = trained.download_artifact("events/metric/loss.plx", tmp_path)
    assert copy.read_bytes() == (trained.folder.path / "events/metric/loss.plx").read_bytes()


def test_a_whole_run_is_copied(trained: RunClient, tmp_path: Path) -> None:
    assert (
        trained.download_artifact(path_to=tmp_path / "copy") / "outputs" / "net.bin"
    ).read_bytes() == b"weights"


def test_rows_that_do_not_count_yet_are_not_copied(trained: RunClient, tmp_path: Path) -> None:
    file = trained.folder.path / "events/text/note.plx"
    whole = file.read_bytes()
    file.write_bytes(whole + b"\ntorn")
    copy = trained.download_artifact("events/text/note.plx", tmp_path)
    file.write_bytes(whole)
    assert copy.read_bytes() == whole


def test_a_file_that_is_not_there_is_told_with_the_nearest(trained: RunClient) -> None:
    with pytest.raises(InputError, match=r"'outputs/nit\.bin', did you mean 'outputs/net\.bin'"):
        trained.get_artifact("outputs/nit.bin")


def test_a_folder_is_no_file(trained: RunClient) -> None:
    with pytest.raises(InputError, match="has no file 'outputs'"):
        trained.get_artifact("outputs")


@pytest.mark.parametrize("path", ["../other", "/etc/passwd"])
def test_a_path_that_leads_out_of_the_run_is_refused(trained: RunClient, tmp_path: Path, path: str) -> None:
    with pytest.raises(InputError, match="leads out of the run"):
        trained.download_artifact(path, tmp_path)


def test_a_series_that_was_cut_off_has_as_many_bytes_as_there_are(folder: RunFolder) -> None:
    series = folder.path / "events" / "metric" / "loss.plx"
    series.parent.mkdir(parents=True)
    series.write_bytes(b"")
    folder.drained.write_text('{"files": {"events/metric/loss.plx": 251}}')
    assert [(file.path, file.size) for file in list_files(folder, RunState(folder.uuid))] == [
        ("events/metric/loss.plx", 0)
    ]
