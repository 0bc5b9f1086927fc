from pathlib import Path

import pytest

from polyaxon_sdk.runner.pipelines.past import Past, Suggested, past_of, recorded
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.tuners.search import Suggestion
from polyaxon_sdk.types import Json


def run(home: Path, status: str, *facts: tuple[str, dict[str, Json]], kind: str = "job") -> RunFolder:
    """A run that ended so, after these facts."""
    folder = RunFolder(home / "runs" / new_uuid()).create()
    writer = RecordWriter(folder)
    writer.append_all([("created", {"kind": kind}), *facts, ("status", {"status": status})])
    writer.close()
    return folder


def search_with(home: Path, trial: RunFolder) -> RunFolder:
    """A search that succeeded, with one run."""
    suggested = Suggested({"0": Suggestion(values={"rate": 0.1})}, "2c4a")
    began: dict[str, Json] = {"key": "0", "run": trial.uuid}
    facts = ("suggested", dict(recorded(suggested))), ("began", began)
    return run(home, "succeeded", *facts, kind="matrix")


def keeps(folder: RunFolder, *, pruned: frozenset[str] = frozenset(), wanted: str = "succeeded") -> bool:
    """Whether a run that nothing waits for is kept."""
    past = Past({"train": [folder]}, [], pruned)
    found = past.find("train")
    assert found is not None
    return past.keeps(found, wanted=wanted)


def test_a_new_pipeline_has_no_past(folder: RunFolder) -> None:
    assert past_of(folder) == Past({}, [])


def test_what_a_search_suggested_is_known_again(home: Path) -> None:
    trial = run(home, "succeeded")
    past = past_of(search_with(home, trial))
    assert [each.path for each in past.runs["0"]] == [trial.path]
    assert past.suggested == [Suggested({"0": Suggestion(values={"rate": 0.1})}, "2c4a")]


@pytest.mark.parametrize(("statuses", "counts"), [(["succeeded", "failed"], 0), (["failed", "stopped"], 1)])
def test_the_run_that_counts_succeeded_or_is_the_last(home: Path, statuses: list[str], counts: int) -> None:
    runs = [run(home, status) for status in statuses]
    found = Past({"train": runs}, []).find("train")
    assert found is not None
    assert found.folder is runs[counts]


def test_a_run_whose_folder_is_gone_counts_no_more(home: Path) -> None:
    assert Past({"train": [RunFolder(home / "runs" / "0f")]}, []).find("train") is None


@pytest.mark.parametrize(("status", "is_kept"), [("succeeded", True), ("failed", False), ("stopped", False)])
def test_a_run_is_kept_that_succeeded(home: Path, status: str, is_kept: bool) -> None:
    assert keeps(run(home, status)) is is_kept


def test_a_run_that_was_judged_is_kept_as_it_was_stopped(home: Path) -> None:
    folder = run(home, "stopped")
    assert keeps(folder, pruned=frozenset({folder.uuid}))


def test_a_run_that_failed_as_it_was_to_stop_is_not_kept(home: Path) -> None:
    folder = run(home, "failed")
    assert not keeps(folder, pruned=frozenset({folder.uuid}))


def test_a_run_is_kept_that_would_be_skipped_again(home: Path) -> None:
    assert keeps(run(home, "skipped"), wanted="skipped")


@pytest.mark.parametrize(
    ("trial", "after", "is_kept"),
    [
        ("failed", "upstream_failed", False),
        ("failed", "succeeded", True),
        ("succeeded", "upstream_failed", True),
    ],
)
def test_a_search_with_failed_runs_is_begun_again_for_what_waits_for_it(
    home: Path, trial: str, after: str, is_kept: bool
) -> None:
    past = Past({"search": [search_with(home, run(home, trial))], "after": [run(home, after)]}, [])
    found = past.find("search")
    assert found is not None
    assert past.keeps(found, below=["after"]) is is_kept


def test_a_search_with_failed_runs_is_kept_where_nothing_waits_for_it(home: Path) -> None:
    assert keeps(search_with(home, run(home, "failed")))
