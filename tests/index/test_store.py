import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError, PolyaxonError
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.store import Index
from polyaxon_sdk.runs.record import RecordWriter
from tests.index.conftest import AddRun, set_status

Open = Callable[[], Index]
PATH = "events/metric/train__loss.plx"


def names(index: Index, **question: object) -> list[str | None]:
    return [row.name for row in index.list(Question(**question)).rows]  # type: ignore[arg-type]  # handed on


def test_the_newest_run_comes_first(add_run: AddRun, open_index: Open) -> None:
    add_run("old")
    add_run("new")
    assert names(open_index()) == ["new", "old"]


def test_a_project_has_its_own_runs(add_run: AddRun, open_index: Open) -> None:
    add_run("mine", project="digits")
    add_run("theirs", project="letters")
    assert names(open_index(), project="digits") == ["mine"]


def test_limit_and_offset_cut_a_page_and_count_all(add_run: AddRun, open_index: Open) -> None:
    for name in "abc":
        add_run(name)
    listing = open_index().list(Question(sort="name", limit=1, offset=1))
    assert ([row.name for row in listing.rows], listing.total) == (["b"], 3)


def test_outputs_come_back_as_they_were_logged(add_run: AddRun, open_index: Open) -> None:
    add_run(outputs={"loss": 0.5, "layers": [1, 2], "größe": "ü"})
    assert open_index().list().rows[0].outputs == {"loss": 0.5, "layers": [1, 2], "größe": "ü"}


def test_an_unknown_field_to_sort_by_names_the_nearest(open_index: Open) -> None:
    with pytest.raises(InputError, match=r"no run has a field 'creatd_at'.*did you mean 'created_at'"):
        open_index().list(Question(sort="-creatd_at"))


def test_a_changed_run_is_read_again(add_run: AddRun, open_index: Open) -> None:
    folder = add_run()
    index = open_index()
    index.list()
    set_status(folder, "running")
    assert index.list().rows[0].status == "running"


def test_a_deleted_folder_is_no_run_any_more(add_run: AddRun, open_index: Open) -> None:
    folder, _ = add_run("gone"), add_run("kept")
    index = open_index()
    index.list()
    shutil.rmtree(folder.path)
    assert names(index) == ["kept"]


def test_a_run_without_a_mark_is_found_by_its_folder(add_run: AddRun, open_index: Open, home: Path) -> None:
    index = open_index()
    index.list()
    add_run("unmarked")
    shutil.rmtree(home / "changes")
    assert names(index) == ["unmarked"]


def test_a_run_that_cannot_be_read_is_listed_with_its_problem(
    add_run: AddRun, open_index: Open, home: Path
) -> None:
    add_run("good")
    bad = home / "runs" / ("0" * 32) / "record"
    bad.mkdir(parents=True)
    (bad / "x.jsonl").write_bytes(b"\xff\x00garbage\n{}")
    rows = {row.name: row.problem for row in open_index().list().rows}
    assert rows == {"good": None, None: "its record holds nothing that can be read"}


def test_folders_with_other_names_are_no_runs(open_index: Open, home: Path) -> None:
    (home / "runs" / "notes").mkdir(parents=True)
    assert open_index().list().total == 0


def test_a_home_that_is_not_there_stays_away(tmp_path: Path) -> None:
    with Index(tmp_path / "none", tmp_path / "cache") as index:
        assert index.list().total == 0
    assert list(tmp_path.iterdir()) == []


def test_a_second_index_of_the_same_home_uses_the_first_ones_file(add_run: AddRun, open_index: Open) -> None:
    add_run("once")
    open_index().list()
    assert names(open_index()) == ["once"]


READER = """
import sys
from pathlib import Path
from polyaxon_sdk.index.store import Index
from polyaxon_sdk.runs.record import RecordWriter
home, url = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None
with Index(home, home / "cache", url) as index:
    print(index.list().total)
"""


@pytest.mark.system
def test_two_readers_at_once_both_see_all(add_run: AddRun, home: Path, index_url: str | None) -> None:
    for number in range(300):
        add_run(f"run-{number}")
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(home), *([index_url] if index_url else [])],
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    assert [reader.communicate(timeout=60)[0].strip() for reader in readers] == ["300"] * 3


@pytest.mark.system
def test_two_homes_on_one_server_keep_their_runs_apart(
    add_run: AddRun, home: Path, tmp_path: Path, postgresql: str
) -> None:
    add_run("mine")
    (tmp_path / "other" / "runs").mkdir(parents=True)
    with (
        Index(home, home / "cache", postgresql) as mine,
        Index(tmp_path / "other", home, postgresql) as other,
    ):
        assert (names(mine), names(other), names(mine)) == (["mine"], [], ["mine"])


def test_an_index_that_is_rebuilt_answers_as_before(add_run: AddRun, open_index: Open) -> None:
    add_run("kept")
    index = open_index()
    index.list()
    index.rebuild()
    assert names(index) == ["kept"]


@pytest.mark.system
def test_many_runs_at_once_are_all_found(add_run: AddRun, open_index: Open) -> None:
    """More than 2,000 are put into an index that has nothing to speed up searching until they are in."""
    first = add_run("first", outputs={"loss": 1}).path
    for number in range(2001):
        shutil.copytree(first, first.with_name(f"{number:032x}"))
    add_run("last", outputs={"loss": 2})
    index = open_index()
    assert names(index, query="metrics.loss:>1") == ["last"]
    assert len(names(index, query="metrics.loss:1", limit=5000)) == 2002


def test_a_server_that_is_not_there_is_told_in_one_line(home: Path) -> None:
    with pytest.raises(PolyaxonError, match=r"^the index's server refuses: .*refused.*$"):
        Index(home, home, "postgresql://me:secret@127.0.0.1:1/runs")


@pytest.mark.parametrize("url", ["mysql://host/runs", "no url", "oracle+nothing://host"])
def test_a_url_of_something_else_is_refused(home: Path, url: str) -> None:
    with pytest.raises(InputError, match="expected postgresql://"):
        Index(home, home, url)


@pytest.mark.parametrize(
    "query",
    [
        "artifacts.kind:metric",
        'artifacts.name:"train/loss"',
        f"artifacts.path:{PATH}",
        "out_artifact_kind:metric",
    ],
)
def test_a_metric_is_an_artifact_of_its_run(add_run: AddRun, open_index: Open, query: str) -> None:
    add_run("without")
    writer = RecordWriter(add_run("with"))
    writer.append("series", summaries={"train__loss": {"name": "train/loss", "path": PATH, "last": 0.5}})
    writer.close()
    assert names(open_index(), query=query) == ["with"]


@pytest.mark.parametrize(
    "query",
    [
        "artifacts.kind:text",
        "artifacts.name:notes/a",
        "artifacts.path:events/text/a.plx",
        "out_artifact_kind:text",
    ],
)
def test_a_series_of_another_kind_is_one_too(add_run: AddRun, open_index: Open, query: str) -> None:
    add_run("without")
    writer = RecordWriter(add_run("with"))
    writer.append("series", others={"events/text/a.plx": "text/notes/a"})
    writer.close()
    assert names(open_index(), query=query) == ["with"]
