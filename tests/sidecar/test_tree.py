import os
from pathlib import Path

import pytest

from polyaxon_sdk.sidecar.tree import RunTree, scan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A run with one file in every place that a run has."""
    for name in (
        "assets/image/a.png",
        "events/metric/loss.plx",
        "journal/drained.json",
        "notes/mine.txt",
        "outputs/deep/er/model.bin",
        "plxlogs/main.jsonl",
        "record/w.jsonl",
        "resources/metric/cpu.plx",
        "run.plx.json",
    ):
        path = tmp_path / "run" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"0123456789")
    return tmp_path / "run"


def names(tree: RunTree) -> list[str]:
    return sorted(file.name for file in tree.files)


def test_all_but_the_journal_and_what_is_not_drained_is_found(folder: Path) -> None:
    assert names(scan(str(folder), {})) == [
        "assets/image/a.png",
        "notes/mine.txt",
        "outputs/deep/er/model.bin",
        "record/w.jsonl",
        "run.plx.json",
    ]


@pytest.mark.parametrize(
    "name", ["events/metric/loss.plx", "plxlogs/main.jsonl", "resources/metric/cpu.plx", "record/w.jsonl"]
)
def test_what_only_grows_is_taken_up_to_its_length(folder: Path, name: str) -> None:
    lengths = {name: 7} if not name.startswith("record") else {}
    (file,) = [file for file in scan(str(folder), lengths).files if file.name == name]
    assert (file.kind, file.limit) == ("series", lengths.get(name, 10))


def test_files_of_the_user_are_taken_whole(folder: Path) -> None:
    kinds = {file.name: (file.kind, file.limit) for file in scan(str(folder), {}).files}
    assert kinds["outputs/deep/er/model.bin"] == ("free", None)
    assert kinds["run.plx.json"] == ("view", None)


def test_a_file_of_the_user_beside_the_views_is_no_view(folder: Path) -> None:
    (folder / "mine.txt").write_bytes(b"")
    assert [file.kind for file in scan(str(folder), {}).files if file.name == "mine.txt"] == ["free"]


@pytest.mark.parametrize("name", [".run.plx.json.12.part", ".lease", "outputs/.plx-0123456789abcdef.part"])
def test_drafts_and_hidden_files_at_the_top_are_left_out(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"")
    assert name not in names(scan(str(folder), {}))


def test_a_hidden_output_is_an_output(folder: Path) -> None:
    (folder / "outputs/.config").write_bytes(b"")
    assert "outputs/.config" in names(scan(str(folder), {}))


def test_a_link_to_a_file_of_the_run_stands_for_that_file(folder: Path) -> None:
    (folder / "outputs/best").symlink_to("deep/er/model.bin")
    (file,) = [file for file in scan(str(folder), {}).files if file.name == "outputs/best"]
    assert Path(file.path) == folder / "outputs/deep/er/model.bin"


@pytest.mark.parametrize("target", ["/etc/passwd", "/etc", "../../outside", "deep", "nowhere", "best"])
def test_a_link_to_anything_else_is_left_out_and_told(folder: Path, target: str) -> None:
    (folder.parent / "outside").write_bytes(b"secret")
    (folder / "outputs/best").symlink_to(target)
    tree = scan(str(folder), {})
    assert "outputs/best" not in names(tree)
    assert tree.left_out == ["outputs/best: a link that leads to no file of this run"]


def test_a_link_into_the_journal_is_left_out(folder: Path) -> None:
    (folder / "outputs/best").symlink_to("../journal/drained.json")
    assert "outputs/best" not in names(scan(str(folder), {}))


def test_what_is_neither_file_nor_folder_is_left_out(folder: Path) -> None:
    os.mkfifo(folder / "outputs/fifo")
    assert "outputs/fifo" not in names(scan(str(folder), {}))


def test_a_deleted_run_is_told(tmp_path: Path) -> None:
    assert scan(str(tmp_path / "gone"), {}) == ([], [f"{tmp_path}/gone: No such file or directory"])


@pytest.mark.parametrize(
    ("is_text_only", "told"), [(True, [r"outputs/\udcff: stays here, its name is not UTF-8"]), (False, [])]
)
def test_a_name_that_is_not_utf8_is_left_out_where_a_bucket_is_to_take_it(
    folder: Path, is_text_only: bool, told: list[str]
) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/outputs/\xff")).write_bytes(b"")
    tree = scan(str(folder), {}, is_text_only=is_text_only)
    assert tree.left_out == told
    assert (os.fsdecode(b"outputs/\xff") in names(tree)) is not is_text_only
