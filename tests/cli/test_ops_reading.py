"""The commands that show what a run logged."""

import csv
import json
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from polyaxon_sdk.runs.drained import Drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.types import Json
from tests.cli.conftest import Polyaxon
from tests.cli.test_ops import AddRun, add_run

__all__ = ["add_run"]

TRACK = """
from polyaxon_sdk import tracking

with tracking.init(name="tracked") as run:
    for step in range(40):
        run.log_metrics(step=step, loss=(step - 39) ** 2, **{"val loss/x": float("nan")})
    run.log_text("note", "hello,\\nworld", step=3)
"""


@pytest.fixture
def tracked(polyaxon: Polyaxon, folder: Path, environment: dict[str, str]) -> str:
    """The uuid of a run that a script tracked; its sidecar may be at work yet."""
    subprocess.run([sys.executable, "-c", TRACK], cwd=folder, env=environment, check=True)
    uuid: str = json.loads(polyaxon("ops", "get", "-o", "json").out)["uuid"]
    return uuid


def test_metrics_show_their_course(polyaxon: Polyaxon, tracked: str) -> None:
    lines = polyaxon("ops", "metrics", "-uid", tracked).out.splitlines()
    shown = [line.split() for line in lines[2:]]
    assert shown[0] == ["loss", "██▇▆▆▅▄▄▃▃▂▂▂▁▁▁▁▁▁▁", "40", "0", "0", "1521"]
    assert shown[1] == ["val", "loss/x", "·" * 20, "40", "nan", "nan", "nan"]


def test_metrics_come_as_json(polyaxon: Polyaxon, tracked: str) -> None:
    found = json.loads(polyaxon("ops", "metrics", "--names", "loss", "-o", "json").out)
    assert found["loss"]["metric"] == [(step - 39) ** 2 for step in range(40)]


def test_metrics_come_as_separated_values(polyaxon: Polyaxon, tracked: str) -> None:
    rows = list(csv.DictReader(StringIO(polyaxon("ops", "metrics", "--names", "loss", "-o", "csv").out)))
    assert (len(rows), rows[38]["step"], rows[38]["value"]) == (40, "38", "1.0")


def test_a_metric_that_is_not_there_is_told_with_the_nearest(polyaxon: Polyaxon, tracked: str) -> None:
    told = polyaxon("ops", "metrics", "--names", "los")
    assert (told.code, told.err) == (
        2,
        f"Error: run {tracked[:12]} has no metric 'los', did you mean 'loss'?\n",
    )


def test_events_of_every_kind_are_listed(polyaxon: Polyaxon, tracked: str) -> None:
    shown = [line.split() for line in polyaxon("ops", "events").out.splitlines()[2:]]
    assert shown == [
        ["metric", "loss", "40", "39", "0"],
        ["metric", "val", "loss/x", "40", "39", "nan"],
        ["text", "note", "1", "3", "hello,", "world"],
    ]


def test_events_of_one_kind_come_as_separated_values(polyaxon: Polyaxon, tracked: str) -> None:
    (row,) = csv.DictReader(StringIO(polyaxon("ops", "events", "--kind", "text", "-o", "csv").out))
    assert (row["name"], row["step"], row["value"]) == ("note", "3", "hello,\nworld")


def test_events_come_as_json_by_kind_and_name(polyaxon: Polyaxon, tracked: str) -> None:
    found = json.loads(polyaxon("ops", "events", "-o", "json").out)
    assert found["text"]["note"]["text"] == ["hello,\nworld"]


def test_a_kind_that_is_not_there_is_told_with_the_nearest(polyaxon: Polyaxon, tracked: str) -> None:
    told = polyaxon("ops", "events", "--kind", "metrics")
    line = "has no events of kind 'metrics', expected one of metric, text, did you mean 'metric'?\n"
    assert (told.code, told.err) == (2, f"Error: run {tracked[:12]} {line}")


def test_names_of_no_kind_take_one_line(polyaxon: Polyaxon, tracked: str) -> None:
    told = polyaxon("ops", "events", "--names", "note")
    assert (told.code, told.err) == (2, "Error: --names are those of one kind: say which by --kind\n")


@pytest.mark.parametrize(
    ("command", "line"),
    [("metrics", "no metrics were logged\n"), ("events", "no events were logged\n")],
)
def test_a_run_that_logged_nothing_says_so(
    polyaxon: Polyaxon, add_run: AddRun, command: str, line: str
) -> None:
    add_run("train")
    assert polyaxon("ops", command).out == line


def test_statuses_come_in_order(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train")
    lines = polyaxon("ops", "statuses").out.splitlines()
    assert [line[21:].split(maxsplit=1) for line in lines] == [
        ["running", "Runner"],
        ["failed", "Signal: killed by SIGKILL"],
    ]


def test_statuses_are_watched_until_the_run_is_done(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train")
    assert polyaxon("ops", "statuses", "-w").out == polyaxon("ops", "statuses").out


def test_statuses_come_as_json(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train")
    assert [each["status"] for each in json.loads(polyaxon("ops", "statuses", "-o", "json").out)] == [
        "running",
        "failed",
    ]


def test_the_files_of_a_run_are_listed(polyaxon: Polyaxon, add_run: AddRun) -> None:
    folder = add_run("train")
    (folder.outputs / "net.bin").write_bytes(b"x" * 2000)
    lines = polyaxon("ops", "artifacts").out.splitlines()
    assert lines[2].split() == ["outputs/net.bin", "file", "2.0", "kB"]
    assert lines[-1] == f"1 file, 2.0 kB, in {folder.path}"


def test_the_files_of_a_run_come_as_json(polyaxon: Polyaxon, add_run: AddRun) -> None:
    (add_run("train").outputs / "net.bin").write_bytes(b"weights")
    found = json.loads(polyaxon("ops", "artifacts", "-o", "json").out)
    assert found == [{"path": "outputs/net.bin", "kind": "file", "size": 7}]


@pytest.fixture
def again(add_run: AddRun) -> RunFolder:
    """A run that was made from another, with an input and an output."""
    first, again = add_run("first"), add_run("again")
    writer = RecordWriter(again)
    writer.append("update", original=first.uuid, cloning_kind="restart")
    for name, kind, is_input in (("digits", "data", True), ("net", "model", False)):
        item: dict[str, Json] = {"name": name, "kind": kind, "path": f"outputs/{name}", "is_input": is_input}
        writer.append("lineage", artifact=item)
    writer.close()
    return again


def test_lineage_is_a_tree(polyaxon: Polyaxon, again: RunFolder) -> None:
    shown = polyaxon("ops", "lineage", "-uid", again.uuid).out
    assert re.sub(r"[0-9a-f]{12}", "UUID", shown) == (
        "UUID  again  failed\n"
        "├── made from\n"
        "│   └── restart  UUID  first  failed\n"
        "├── inputs\n"
        "│   └── data  digits  outputs/digits\n"
        "└── outputs\n"
        "    └── model  net  outputs/net\n"
    )


def test_lineage_is_nodes_and_edges(polyaxon: Polyaxon, again: RunFolder) -> None:
    found = json.loads(polyaxon("ops", "lineage", "-uid", again.uuid, "-o", "json").out)
    (edge,), first = found["edges"], found["nodes"][1]
    assert [node["name"] for node in found["nodes"]] == ["again", "first"]
    assert edge == {
        "upstream": first["uuid"],
        "downstream": again.uuid,
        "kind": "restart",
        "values": [],
        "artifacts": [],
    }


def test_lineage_comes_as_openlineage_events(polyaxon: Polyaxon, again: RunFolder) -> None:
    first, event = json.loads(polyaxon("ops", "lineage", "-uid", again.uuid, "-o", "openlineage").out)
    assert {"eventType", "eventTime", "producer", "schemaURL", "run", "job", "inputs", "outputs"} == set(
        event
    )
    assert first["job"]["name"] == "first"
    assert [each["name"] for each in event["inputs"]] == [str(again.path / "outputs/digits")]


@pytest.mark.parametrize("command", ["metrics", "events", "statuses", "artifacts", "lineage"])
def test_a_run_that_is_not_there_takes_one_line(polyaxon: Polyaxon, add_run: AddRun, command: str) -> None:
    add_run("train")
    told = polyaxon("ops", command, "-uid", "ffff")
    assert (told.code, told.err.count("\n"), told.err[:20]) == (1, 1, "Error: no run 'ffff'")


def test_a_name_that_a_home_lacks_is_no_run(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train")
    assert polyaxon("ops", "lineage", "-uid", new_uuid()).code == 1


@pytest.mark.parametrize("words", [(), ("--plot",)])
def test_metrics_of_garbage_have_no_points(
    polyaxon: Polyaxon, add_run: AddRun, words: tuple[str, ...]
) -> None:
    folder = add_run("bad", "digits")
    file = folder.events / "metric" / "loss.plx"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"\xff{\n")
    drained = Drained()
    drained.files, drained.names = {"events/metric/loss.plx": 3}, {"events/metric/loss.plx": "metric/loss"}
    drained.write(folder)
    told = polyaxon("ops", "metrics", *words)
    assert (told.code, "loss" in told.out, told.err) == (
        0,
        True,
        "damaged: events/metric/loss.plx: it holds no events\n",
    )


def test_a_run_whose_record_is_no_folder_is_shown(polyaxon: Polyaxon, add_run: AddRun) -> None:
    folder = add_run("bad", "digits")
    folder.record.rename(folder.path / "kept")
    folder.record.write_text("a file")
    told = polyaxon("ops", "get", "-uid", folder.uuid)
    assert (told.code, folder.uuid in told.out, told.err) == (0, True, "damaged: record: it is no folder\n")
