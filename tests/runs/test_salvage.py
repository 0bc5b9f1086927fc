"""A run of which nothing tells how far it was drained is read as far as its files tell."""

import shutil
import warnings

import pytest

from polyaxon_sdk.runs.event_series import read_event_series
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.logs import read_logs
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.salvage import DamageWarning, named_series, names_in, salvaged
from polyaxon_sdk.runs.series import with_last_values
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.sidecar.drain import Drain
from polyaxon_sdk.types import Json
from tests.sidecar.draining import HeldLease, Logger


@pytest.fixture
def damaged(folder: RunFolder) -> RunFolder:
    """A run with three points of `loss`, the first of them in its event file too; `drained.json` is garbage."""
    logger = Logger(folder)
    for _ in range(3):
        logger.log("loss")
    [series] = read_event_series(folder)
    series.file.parent.mkdir(parents=True)
    series.file.write_bytes(b"\n".join(series.read().split(b"\n")[:2]))
    folder.logs.mkdir()
    (folder.logs / "main.jsonl").write_bytes(
        b'{"timestamp": "2026-01-01T00:00:00+00:00", "value": "hello"}\n'
    )
    folder.drained.write_bytes(b"{")
    return folder


def tell_names(folder: RunFolder, others: dict[str, Json]) -> None:
    """Let the record say what series were logged under, as it does at the end of a run."""
    summary: dict[str, Json] = {"name": "a/b", "path": "events/metric/loss.plx", "last": 2.0}
    RecordWriter(folder).append("series", summaries={"loss": summary}, others=others)


def test_points_of_journals_and_files_are_shown_once(damaged: RunFolder) -> None:
    with pytest.warns(DamageWarning, match=r"drained\.json is damaged"):
        [series] = read_event_series(damaged, "metric")
    values = [row.rpartition(b"|")[2] for row in series.read().split(b"\n")]
    assert (series.name, values) == ("loss", [b"metric", b"0.0", b"1.0", b"2.0"])


def test_what_was_printed_is_shown(damaged: RunFolder) -> None:
    with pytest.warns(DamageWarning, match=r"drained\.json is damaged"):
        assert [line.text for line in read_logs(damaged)] == ["hello"]


def test_outputs_are_those_that_the_record_tells(damaged: RunFolder) -> None:
    assert with_last_values(damaged, read_run(damaged)).outputs == {}


def test_series_have_the_names_that_the_lineage_tells(damaged: RunFolder) -> None:
    told = (
        '[{"kind": "metric", "path": "events/metric/loss.plx", "summary": {"is_event": true, "name": "a/b"}}]'
    )
    damaged.lineages_view.write_text(told)
    with warnings.catch_warnings(action="ignore"):
        assert salvaged(damaged).names == {"events/metric/loss.plx": "metric/a/b"}


def test_series_have_the_names_that_the_record_tells(damaged: RunFolder) -> None:
    tell_names(damaged, {"events/text/c-d.plx": "text/c/d"})
    with warnings.catch_warnings(action="ignore"):
        assert salvaged(damaged).names == {"events/metric/loss.plx": "metric/a/b"}
    assert names_in(damaged, ["events/text/c-d.plx", "events/text/other.plx"]) == {
        "events/text/c-d.plx": "text/c/d",
        "events/text/other.plx": "text/other",
    }


def test_a_run_that_lost_its_journals_is_drained_under_the_names_that_the_record_tells(
    damaged: RunFolder,
) -> None:
    tell_names(damaged, {})
    shutil.rmtree(damaged.journal)
    damaged.journal.mkdir()
    assert Drain(damaged, HeldLease()).series.summaries()["loss"]["name"] == "a/b"


@pytest.mark.parametrize("summaries", [3, {"loss": 3}, {"loss": {"name": "a/b"}}, {"loss": {"path": "a"}}])
def test_facts_that_can_not_be_name_nothing(folder: RunFolder, summaries: Json) -> None:
    RecordWriter(folder).append("series", summaries=summaries, others=3)
    assert names_in(folder, ["events/metric/loss.plx"]) == {"events/metric/loss.plx": "metric/loss"}


@pytest.mark.parametrize("view", [None, {}, [3], [{"summary": 3}], [{"summary": {}}]])
def test_a_lineage_that_can_not_be_names_nothing(view: object) -> None:
    assert named_series(view) == {}
