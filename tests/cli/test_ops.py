import csv
import json
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from polyaxon_sdk.runner.superseded import supersede
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from tests.cli.conftest import Polyaxon

AddRun = Callable[..., RunFolder]


@pytest.fixture
def add_run(home: Path) -> AddRun:
    """Add a run with a name, of a project, that printed a line."""

    def add(name: str, project: str = "default", *, upstream: str | None = None, **created: str) -> RunFolder:
        folder = RunFolder(home / "runs" / new_uuid()).create()
        writer = RecordWriter(folder)
        writer.append("created", name=name, project=project, description="größer", **created)
        if upstream:
            writer.append("edge", upstream=upstream, kind="run", values=[])
        writer.append("status", status="running", reason="Runner", message="")
        writer.append("inputs", values={"epochs": 3, "layers": [1, 2]})
        writer.append("outputs", values={"loss": 0.25, "nan": float("nan")})
        writer.append("status", status="failed", reason="Signal", message="killed by SIGKILL")
        writer.close()
        (folder.journal / "main.out").write_text(f"{name} says grüße\n")
        return folder

    return add


def test_runs_are_listed_newest_first(polyaxon: Polyaxon, add_run: AddRun) -> None:
    first, second = add_run("first"), add_run("second")
    rows = [line.split()[:2] for line in polyaxon("ops", "ls").out.splitlines()[2:]]
    assert rows == [[second.uuid[:12], "second"], [first.uuid[:12], "first"]]


@pytest.mark.parametrize(
    "words", [("-p", "digits", "ls"), ("ls", "-p", "digits"), ("ls", "--project=default/digits")]
)
def test_a_project_may_stand_before_or_after_the_sub_command(
    polyaxon: Polyaxon, add_run: AddRun, words: tuple[str, ...]
) -> None:
    add_run("mine", "digits")
    add_run("other")
    found = json.loads(polyaxon("ops", *words, "-o", "json").out)
    assert [run["name"] for run in found["results"]] == ["mine"]


def test_limit_offset_and_sort_pick_a_page(polyaxon: Polyaxon, add_run: AddRun) -> None:
    for name in "bca":
        add_run(name)
    words = ("-s", "name", "-l", "1", "-off", "1", "-o", "json")
    found = json.loads(polyaxon("ops", "ls", *words).out)
    assert (found["count"], [run["name"] for run in found["results"]]) == (3, ["b"])


def test_an_unknown_field_to_sort_by_takes_one_line(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train")
    told = polyaxon("ops", "ls", "-s", "stats")
    assert told.err.startswith("Error: sort: no run has a field 'stats', did you mean 'status'")
    assert (told.code, told.err.count("\n")) == (2, 1)


@pytest.mark.parametrize("words", [(), ("-io",)])
@pytest.mark.parametrize("columns", [40, 80])
def test_the_list_fits_the_terminal(
    polyaxon: Polyaxon, add_run: AddRun, words: tuple[str, ...], columns: int
) -> None:
    add_run("a name that is far longer than any column could ever be, and longer than many terminals")
    lines = polyaxon("ops", "ls", *words, COLUMNS=str(columns)).out.splitlines()
    assert max(len(line) for line in lines) <= columns


def test_a_narrow_terminal_shows_the_beginning_of_a_name(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("parabola-with-a-long-name")
    assert "parabol" in polyaxon("ops", "ls", COLUMNS="40").out


def test_an_empty_home_says_how_to_begin(polyaxon: Polyaxon, home: Path) -> None:
    told = polyaxon("ops", "ls")
    assert (told.code, told.out) == (0, f"no runs in {home}; `polyaxon run` starts one\n")
    assert not home.exists()


@pytest.mark.parametrize("spelling", ["-uid", "-uuid", "--uid", "--uuid", "-id"])
def test_a_run_is_named_in_every_spelling(polyaxon: Polyaxon, add_run: AddRun, spelling: str) -> None:
    wanted, _ = add_run("wanted"), add_run("last")
    assert (
        json.loads(polyaxon("ops", "get", spelling, wanted.uuid[:10], "-o", "json").out)["name"] == "wanted"
    )


def test_a_run_may_be_named_before_the_sub_command(polyaxon: Polyaxon, add_run: AddRun) -> None:
    wanted, _ = add_run("wanted"), add_run("last")
    assert json.loads(polyaxon("ops", f"--uid={wanted.uuid}", "get", "-o", "json").out)["name"] == "wanted"


def test_without_a_uuid_the_last_run_is_meant(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("first")
    add_run("last")
    assert json.loads(polyaxon("ops", "get", "-o", "json").out)["name"] == "last"


def test_a_run_that_was_run_again_as_another_names_it(polyaxon: Polyaxon, add_run: AddRun) -> None:
    before, after = add_run("train"), add_run("train")
    supersede(before, by=after)
    shown = polyaxon("ops", "get", "-uid", before.uuid).out
    assert re.search(rf"run again as +{after.uuid[:12]}\n", shown)


def test_get_shows_a_run(polyaxon: Polyaxon, add_run: AddRun) -> None:
    folder = add_run("train")
    shown = polyaxon("ops", "get").out
    wanted = (
        folder.uuid,
        "größer",
        "failed  Signal: killed by SIGKILL",
        "epochs  3",
        "layers  [1, 2]",
        "loss  0.25",
    )
    assert [part for part in (*wanted, str(folder.path)) if part not in shown] == []


def test_a_number_that_json_lacks_is_null(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train")
    outputs = json.loads(polyaxon("ops", "get", "-o", "json").out)["outputs"]
    assert outputs == {"loss": 0.25, "nan": None}


def test_what_json_lacks_is_null_in_separated_values_too(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train")
    [row] = csv.DictReader(StringIO(polyaxon("ops", "ls", "-o", "csv").out))
    assert json.loads(row["outputs"], parse_constant=pytest.fail) == {"loss": 0.25, "nan": None}


def test_logs_print_what_the_run_printed(polyaxon: Polyaxon, add_run: AddRun) -> None:
    wanted, _ = add_run("wanted"), add_run("last")
    assert polyaxon("ops", "logs", "-uid", wanted.uuid).out == "wanted says grüße\n"


def test_logs_come_as_json_too(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train")
    assert json.loads(polyaxon("ops", "logs", "-o", "json").out)[0]["text"] == "train says grüße"


@pytest.mark.parametrize("command", ["get", "logs"])
@pytest.mark.parametrize(
    ("uid", "line", "code"),
    [
        ("ffff", "Error: no run 'ffff' in ", 1),
        ("../x", "Error: no run '../x' in ", 1),
    ],
)
def test_a_run_that_is_not_there_takes_one_line(
    polyaxon: Polyaxon, add_run: AddRun, command: str, uid: str, line: str, code: int
) -> None:
    add_run("train")
    told = polyaxon("ops", command, "-uid", uid)
    assert told.err.startswith(line)
    assert (told.code, told.out, told.err.count("\n")) == (code, "", 1)


def test_a_run_full_of_garbage_is_named_and_hides_no_other(
    polyaxon: Polyaxon, add_run: AddRun, home: Path
) -> None:
    add_run("good")
    record = home / "runs" / ("0" * 32) / "record"
    record.mkdir(parents=True)
    (record / "x.jsonl").write_bytes(b"\x00\xff garbage")
    told = polyaxon("ops", "ls")
    assert "good" in told.out
    assert told.err.startswith(
        "damaged: 000000000000: record: holds nothing that can be read; `polyaxon ops get"
    )
    assert polyaxon("ops", "ls", "-q", "name:good").err == "damaged: 1 other run (000000000000)\n"


def test_runs_are_found_by_a_query(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train")
    add_run("test")
    told = polyaxon("ops", "ls", "-q", "name:tr%", "-o", "json")
    assert [run["name"] for run in json.loads(told.out)["results"]] == ["train"]


def test_a_query_that_finds_nothing_says_so(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train")
    assert "match 'name:other'" in polyaxon("ops", "ls", "-q", "name:other").out


def test_a_mistake_in_a_query_is_told_in_a_home_without_runs(polyaxon: Polyaxon) -> None:
    told = polyaxon("ops", "ls", "-q", "nam:x")
    assert (told.code, told.err) == (
        2,
        "Error: query, character 1: no run has a field 'nam', did you mean 'name'?\n",
    )
