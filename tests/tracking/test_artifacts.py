import os
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.hashes import hash_of_path
from polyaxon_sdk.runs.owed import complete
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.tracking.run import Run
from tests.tracking.conftest import events_of

HASH = sha256(b"weights").hexdigest()[:12]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file outside the run."""
    path = tmp_path / "weights.bin"
    path.write_bytes(b"weights")
    return path


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder outside the run, with a file deep in it."""
    deep = tmp_path / "data" / "deep"
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("a")
    return tmp_path / "data"


def hashed(folder: RunFolder) -> RunState:
    """The run as it is once the sidecar hashed what was copied."""
    return complete(folder, read_run(folder))


def test_a_file_is_copied_to_the_outputs_and_noted(run: Run, folder: RunFolder, file: Path) -> None:
    run.log_artifact(file, summary={"shape": (2, 3)})
    assert (folder.outputs / "weights.bin").read_bytes() == b"weights"
    assert hashed(folder).artifacts["weights", "file"] == {
        "name": "weights",
        "kind": "file",
        "path": "outputs/weights.bin",
        "is_input": False,
        "summary": {"path": "outputs/weights.bin", "shape": [2, 3], "hash": HASH},
    }


def test_a_file_with_a_step_is_an_event_as_polyaxon_writes_it(
    run: Run, folder: RunFolder, file: Path
) -> None:
    run.log_artifact(file, name="net", step=int(np.int64(3)))
    (event,) = events_of(folder)
    assert event[:3] == ("file", "net", 3)
    assert event.value == {"kind": "file", "path": "assets/file/net_3.bin"}
    assert (folder.path / "assets" / "file" / "net_3.bin").read_bytes() == b"weights"


def test_a_model_with_a_step_is_an_event_as_polyaxon_writes_it(
    run: Run, folder: RunFolder, file: Path
) -> None:
    run.log_model(file, name="net", framework="keras", step=1)
    (event,) = events_of(folder)
    assert event.value == {"framework": "keras", "path": "assets/model/net_1.bin"}


def test_a_model_is_noted_with_what_made_it(run: Run, folder: RunFolder, file: Path) -> None:
    run.log_model(file, framework="keras")
    assert hashed(folder).artifacts["weights", "model"]["summary"] == {
        "path": "outputs/weights.bin",
        "framework": "keras",
        "hash": HASH,
    }


def test_a_file_goes_where_it_is_wanted(run: Run, folder: RunFolder, file: Path) -> None:
    run.log_artifact(file, "net", rel_path="nets/first")
    assert (folder.outputs / "nets" / "first" / "weights.bin").read_bytes() == b"weights"
    assert read_run(folder).artifacts["net", "file"]["path"] == "outputs/nets/first/weights.bin"


def test_a_path_from_the_root_is_one_within_the_outputs(run: Run, folder: RunFolder, file: Path) -> None:
    run.log_artifact(file, "net", rel_path="/nets/")
    assert read_run(folder).artifacts["net", "file"]["path"] == "outputs/nets/weights.bin"


@pytest.mark.parametrize("verb", ["log_image", "log_audio"])
def test_what_is_no_picture_and_no_sound_is_called_so(run: Run, folder: RunFolder, verb: str) -> None:
    getattr(run, verb)(None, "nothing")
    assert "it is no array of numbers" in read_run(folder).problems[0]


def test_what_is_no_list_of_tags_is_called_so(run: Run, folder: RunFolder) -> None:
    run.log_tags(5)  # type: ignore[arg-type]  # a person's mistake
    assert "int '5' is no list of texts" in read_run(folder).problems[0]


def test_a_file_stays_in_the_run(run: Run, folder: RunFolder, file: Path) -> None:
    run.log_artifact(file, rel_path="../..")
    assert "leads out of the run" in read_run(folder).problems[0]


@pytest.mark.parametrize(("given", "kept"), [({}, None), ({"hash": "0f"}, "0f")], ids=["none", "given"])
def test_no_hash_is_computed_where_none_is_wanted(
    run: Run, folder: RunFolder, file: Path, given: dict[str, object], kept: str | None
) -> None:
    run.log_artifact(file, summary=given, skip_hash_calculation=True)
    artifact = read_run(folder).artifacts["weights", "file"]
    summary = artifact["summary"]
    assert isinstance(summary, dict)
    assert (summary.get("hash"), "pending" in artifact) == (kept, False)


def test_a_folder_is_noted_with_the_hash_of_its_files(run: Run, folder: RunFolder, tree: Path) -> None:
    run.log_artifact(tree)
    summary = hashed(folder).artifacts["data", "dir"]["summary"]
    assert isinstance(summary, dict)
    assert summary["hash"] == hash_of_path(str(tree))


def test_a_folder_is_copied_whole(run: Run, folder: RunFolder, tree: Path) -> None:
    run.log_artifact(tree)
    assert (folder.outputs / "data" / "deep" / "a.txt").read_text() == "a"
    assert ("data", "dir") in read_run(folder).artifacts


def test_a_second_copy_takes_the_place_of_the_first(run: Run, folder: RunFolder, tree: Path) -> None:
    run.log_artifact(tree)
    (tree / "deep" / "a.txt").rename(tree / "b.txt")
    run.log_artifact(tree)
    assert [path.name for path in (folder.outputs / "data").rglob("*.txt")] == ["b.txt"]


def test_a_copy_waits_for_its_hash(run: Run, folder: RunFolder, file: Path) -> None:
    run.log_artifact(file)
    artifact = read_run(folder).artifacts["weights", "file"]
    assert isinstance(artifact["pending"], str)
    assert artifact["summary"] == {"path": "outputs/weights.bin"}


def test_what_a_person_may_still_write_to_is_hashed_at_once(run: Run, folder: RunFolder) -> None:
    Path(run.get_outputs_path("weights.bin")).write_bytes(b"weights")
    run.log_artifact(run.get_outputs_path("weights.bin"))
    artifact = read_run(folder).artifacts["weights", "file"]
    assert artifact["summary"] == {"path": "outputs/weights.bin", "hash": HASH}
    assert "pending" not in artifact


def test_a_copy_has_the_times_and_rights_of_its_file(run: Run, folder: RunFolder, file: Path) -> None:
    file.chmod(0o640)
    os.utime(file, (1.0, 2.0))
    run.log_artifact(file)
    copy = (folder.outputs / "weights.bin").stat()
    assert (copy.st_mode & 0o777, copy.st_mtime) == (0o640, 2.0)


def test_a_copy_stays_what_was_logged(run: Run, folder: RunFolder, file: Path) -> None:
    run.log_artifact(file)
    with file.open("r+b") as opened:
        opened.write(b"changed")
    assert (folder.outputs / "weights.bin").read_bytes() == b"weights"


def test_a_logged_file_is_one_copy_and_no_link(run: Run, folder: RunFolder, file: Path) -> None:
    file.write_bytes(content := os.urandom(1 << 20))
    run.log_artifact(file)
    found = [path for path in folder.path.rglob("*") if path.is_file() and path.read_bytes() == content]
    assert found == [folder.outputs / "weights.bin"]
    assert (found[0].stat().st_nlink, file.stat().st_nlink) == (1, 1)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system has no such files")
def test_a_file_that_does_not_tell_its_size_is_copied_whole(run: Run, folder: RunFolder) -> None:
    run.log_artifact("/proc/self/stat")
    assert (folder.outputs / "stat").read_bytes()


def test_what_lies_in_the_run_already_is_noted_where_it_is(run: Run, folder: RunFolder) -> None:
    path = run.get_outputs_path("best/model.keras")
    Path(path).write_bytes(b"weights")
    run.log_artifact(path, kind="model")
    assert read_run(folder).artifacts["model", "model"]["path"] == "outputs/best/model.keras"
    assert [path.name for path in folder.outputs.rglob("*") if path.is_file()] == ["model.keras"]


@pytest.mark.parametrize("name", ["../../../escaped", "/etc/escaped", "..", "a/b", "損失", "x" * 100_000])
def test_a_name_never_leads_out_of_the_run(run: Run, folder: RunFolder, file: Path, name: str) -> None:
    run.log_artifact(file, name=name)
    ((key, _),) = read_run(folder).artifacts
    (copy,) = (path for path in folder.outputs.iterdir())
    assert (key, copy.read_bytes()) == (name, b"weights")


def test_a_file_that_is_missing_is_said(run: Run, folder: RunFolder) -> None:
    run.log_artifact("nowhere.bin")
    assert read_run(folder).problems == ["artifact 'nowhere.bin' is left out: there is no such file"]


@pytest.mark.parametrize("level", [0, 1, 3])
def test_a_folder_that_holds_the_run_is_not_copied_into_itself(
    run: Run, folder: RunFolder, level: int
) -> None:
    run.log_artifact([folder.path, *folder.path.parents][level])
    assert "the run lies in it" in read_run(folder).problems[0]
    assert list(folder.outputs.iterdir()) == []


def test_a_link_that_leads_nowhere_costs_the_rest_of_its_folder_nothing(
    run: Run, folder: RunFolder, tree: Path
) -> None:
    (tree / "dangling").symlink_to("nowhere")
    run.log_artifact(tree)
    assert [path.name for path in (folder.outputs / "data").iterdir()] == ["deep"]
    assert "is kept without 'dangling' (No such file or directory)" in read_run(folder).problems[0]


def test_a_link_back_into_its_folder_is_left_out(run: Run, folder: RunFolder, tree: Path) -> None:
    (tree / "deep" / "loop").symlink_to(tree)
    run.log_model(tree)
    assert [path.name for path in (folder.outputs / "data" / "deep").iterdir()] == ["a.txt"]
    assert "'deep/loop' (it leads back to a folder that it lies in)" in read_run(folder).problems[0]


def test_a_link_to_the_outputs_does_not_copy_the_copy(run: Run, folder: RunFolder, tree: Path) -> None:
    (tree / "outputs").symlink_to(folder.outputs)
    run.log_artifact(tree)
    assert list((folder.outputs / "data" / "outputs").iterdir()) == []


def test_many_entries_that_are_left_out_are_told_in_one_line(run: Run, folder: RunFolder, tree: Path) -> None:
    for number in range(1000):
        (tree / f"dangling {number}").symlink_to("nowhere")
    run.log_artifact(tree)
    (problem,) = read_run(folder).problems
    assert "and 997 more" in problem
    assert len(problem) < 500


def test_a_folder_with_a_pipe_is_copied_without_it(run: Run, folder: RunFolder, tree: Path) -> None:
    os.mkfifo(tree / "pipe")
    run.log_artifact(tree)
    assert [path.name for path in (folder.outputs / "data").iterdir()] == ["deep"]


def test_a_pipe_is_no_file_to_wait_for(run: Run, folder: RunFolder, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    run.log_artifact(tmp_path / "pipe")
    assert "it is no file" in read_run(folder).problems[0]


@pytest.mark.parametrize("verb", ["log_image", "log_audio", "log_video"])
def test_a_pipe_is_no_picture_and_no_sound_to_wait_for(
    run: Run, folder: RunFolder, tmp_path: Path, verb: str
) -> None:
    os.mkfifo(tmp_path / "pipe")
    getattr(run, verb)(str(tmp_path / "pipe"), "i")
    run.log_inputs(after=1)
    assert "it is no file" in read_run(folder).problems[0]
    assert read_run(folder).inputs == {"after": 1}


def test_a_device_that_never_ends_is_no_file(run: Run, folder: RunFolder) -> None:
    run.log_artifact("/dev/zero")
    assert "it is no file" in read_run(folder).problems[0]
    assert list(folder.outputs.iterdir()) == []


def test_a_disk_that_is_full_costs_the_copy_alone(
    run: Run, folder: RunFolder, file: Path, small_disk: Path
) -> None:
    folder.outputs.rmdir()
    folder.outputs.symlink_to(small_disk)
    file.write_bytes(b"x" * (2 << 20))
    run.log_artifact(file)
    run.log_inputs(after=1)
    assert "No space left" in read_run(folder).problems[0]
    assert (read_run(folder).inputs, list(small_disk.iterdir())) == ({"after": 1}, [])
