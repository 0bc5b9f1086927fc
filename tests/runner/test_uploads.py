from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.uploads import Upload, check_target, take_along
from polyaxon_sdk.runs.folder import RunFolder


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder(tmp_path / "work" / "home" / "runs" / ("0f" * 16)).create()


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder with files, in which the home lies too."""
    place = tmp_path / "work"
    (place / "inner").mkdir(parents=True)
    (place / "main.py").write_text("print(1)")
    (place / "inner" / "data.csv").write_text("1,2")
    return place


def taken(run: RunFolder, target: str = "uploads") -> set[str]:
    """The files that a run took along."""
    root = run.path / target
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if not path.is_dir()}


def test_a_folder_is_taken_without_the_home_that_lies_in_it(run: RunFolder, work: Path) -> None:
    take_along(run, Upload((work,)))
    assert taken(run) == {"main.py", "inner/data.csv"}


def test_files_go_where_they_are_wanted(run: RunFolder, work: Path) -> None:
    take_along(run, Upload((work / "inner" / "data.csv", work / "main.py"), "outputs/given"))
    assert taken(run, "outputs/given") == {"main.py", "data.csv"}


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        ("*.csv", {"main.py"}),
        ("inner/", {"main.py"}),
        ("/main.py", {"inner/data.csv"}),
        ("# nothing\n\n*\n!*.py", {"main.py"}),
        ("inner/*.csv", {"main.py"}),
    ],
)
def test_patterns_leave_files_behind(run: RunFolder, work: Path, patterns: str, left: set[str]) -> None:
    (work / ".polyaxonignore").write_text(patterns)
    take_along(run, Upload((work,)))
    assert taken(run) == left


def test_links_stay_links_and_lead_where_they_did(run: RunFolder, work: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.txt").write_text("there")
    (work / "out").symlink_to("../elsewhere.txt")
    (work / "here").symlink_to("main.py")
    take_along(run, Upload((work,)))
    uploads = run.path / "uploads"
    assert (uploads / "out").read_text() == "there"
    assert (uploads / "here").resolve() == uploads / "main.py"


@pytest.mark.parametrize("target", ["record", "journal/x", ".", "../other"])
def test_what_the_run_writes_itself_is_no_target(run: RunFolder, target: str) -> None:
    with pytest.raises(InputError, match=r"is the run's own|leads out of the run"):
        check_target(run, Upload((), target))
