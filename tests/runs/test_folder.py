from pathlib import Path

from polyaxon_sdk.runs.folder import RunFolder


def test_a_folder_knows_its_uuid_and_home(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "runs" / "0f")
    assert (folder.uuid, folder.home) == ("0f", tmp_path)


def test_looking_at_a_folder_makes_nothing(tmp_path: Path) -> None:
    assert RunFolder(tmp_path / "runs" / "0f").journal.exists() is False
    assert list(tmp_path.iterdir()) == []


def test_creating_twice_keeps_what_is_there(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "runs" / "0f").create()
    (folder.outputs / "model").write_text("weights")
    assert (folder.create().outputs / "model").read_text() == "weights"
