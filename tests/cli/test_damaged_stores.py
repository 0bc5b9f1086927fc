"""What the commands say of damaged runs that lie in a store."""

import json
from pathlib import Path

import pytest

from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.types import Json
from tests.cli.conftest import Polyaxon
from tests.cli.inside import polyaxon
from tests.index.test_mirror import mark, ship, team

__all__ = ["polyaxon", "team"]


@pytest.mark.parametrize(
    ("file", "verb", "what"),
    [
        ("events/metric/loss.plx", "metrics", "it holds no events"),
        ("plxlogs/main.jsonl", "logs", "1 of its lines can't be read"),
        ("lineages.plx.json", "get", "it is no JSON"),
    ],
)
def test_a_damaged_file_of_a_store_is_named(
    polyaxon: Polyaxon, team: Path, file: str, verb: str, what: str
) -> None:
    run = ship(team, "bad")
    (run.path / file).write_bytes(b"\xff{\n")
    mark(team, run)
    told = polyaxon("ops", verb, "--store", str(team), "-uid", run.uuid, *(["-nf"] if verb == "logs" else []))
    assert (told.code, told.err) == (0, f"damaged: {file}: {what}\n")


def test_a_store_without_runs_may_be_misspelt(polyaxon: Polyaxon, tmp_path: Path) -> None:
    (tmp_path / "typo").mkdir()
    told = polyaxon("ops", "ls", "--store", str(tmp_path / "typo"))
    none = f"no runs in {tmp_path}/typo; nothing was shipped there, or it is misspelt\n"
    assert (told.code, told.out) == (0, none)


def test_a_run_of_a_store_that_is_as_it_was_written_has_no_damage(polyaxon: Polyaxon, team: Path) -> None:
    run = ship(team, "good")
    assert polyaxon("ops", "get", "--store", str(team), "-uid", run.uuid).err == ""


def test_what_to_do_about_damage_in_a_store_names_the_store(polyaxon: Polyaxon, team: Path) -> None:
    run = ship(team, "bad")
    for file in run.record.iterdir():
        file.write_bytes(b"\x00\xff garbage")
    mark(team, run)
    told = polyaxon("ops", "ls", "--store", str(team))
    assert told.err.endswith(f"; `polyaxon ops get --store {team} -uid {run.uuid[:12]}` shows the rest\n")


def test_series_of_a_store_have_the_names_that_the_record_tells(polyaxon: Polyaxon, team: Path) -> None:
    run = ship(team, "bad")
    (run.path / "events" / "metric" / "loss.plx").rename(run.path / "events" / "metric" / "a__b.plx")
    (run.path / "lineages.plx.json").write_bytes(b"\xff{")
    summary: dict[str, Json] = {"name": "a/b", "path": "events/metric/a__b.plx", "last": 0.5}
    RecordWriter(run).append("series", summaries={"a__b": summary})
    mark(team, run)
    told = polyaxon("ops", "metrics", "--store", str(team), "-uid", run.uuid, "-o", "json")
    assert list(json.loads(told.out)) == ["a/b"]


def test_a_list_names_what_of_a_run_of_a_store_was_brought_and_is_damaged(
    polyaxon: Polyaxon, team: Path
) -> None:
    run = ship(team, "bad")
    (run.path / "events" / "metric" / "loss.plx").write_bytes(b"\xff{\n")
    mark(team, run)
    assert polyaxon("ops", "ls", "--store", str(team)).err == ""
    polyaxon("ops", "get", "--store", str(team), "-uid", run.uuid)
    listed = polyaxon("ops", "ls", "--store", str(team)).err
    assert listed.startswith(f"damaged: {run.uuid[:12]}: events/metric/loss.plx: it holds no events; ")
