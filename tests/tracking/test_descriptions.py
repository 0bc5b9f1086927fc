import json
from datetime import UTC, datetime

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.tracking.run import Run
from tests.tracking.logged import events_in, problem_of


def test_a_run_is_renamed_and_described(run: Run, folder: RunFolder) -> None:
    run.set_name("digits", async_req=False)
    run.set_description("the first")
    state = read_run(folder)
    assert (state.name, state.description) == ("digits", "the first")


@pytest.mark.parametrize("verb", ["log_inputs", "log_outputs", "log_meta"])
def test_scripts_that_say_how_to_ask_a_server_run_unchanged(run: Run, folder: RunFolder, verb: str) -> None:
    getattr(run, verb)(async_req=False, seen=1)
    run.log_tags("a, b", async_req=False)
    state = read_run(folder)
    assert {**state.inputs, **state.outputs, **state.meta} == {"seen": 1}
    assert state.tags == ["a", "b"]


def test_a_text_may_have_a_datetime(run: Run, folder: RunFolder) -> None:
    run.log_text("note", "now", timestamp=datetime(2026, 1, 2, tzinfo=UTC))
    (event,) = events_in(folder, "text", "note")
    assert event.timestamp == "2026-01-02 00:00:00.000000+00:00"


def test_a_readme_is_replaced_whole(run: Run, folder: RunFolder) -> None:
    run.set_readme("# A long one")
    run.set_readme("# Zwölf")
    assert (folder.path / "readme.plx.md").read_text(encoding="utf-8") == "# Zwölf"


def test_the_environment_is_kept_as_given(run: Run, folder: RunFolder) -> None:
    run.log_env(content={"cuda": "12.4"})
    assert json.loads((folder.outputs / "env.json").read_text()) == {"cuda": "12.4"}
    assert read_run(folder).artifacts["env", "env"]["path"] == "outputs/env.json"


def test_the_environment_is_kept_as_it_is(run: Run, folder: RunFolder) -> None:
    run.log_env("machine/env.json")
    assert "hypothesis" in json.loads((folder.outputs / "machine" / "env.json").read_text())["packages"]


def test_the_environment_stays_in_the_outputs(run: Run, folder: RunFolder) -> None:
    run.log_env("../../../env.json", content={})
    assert "leads out of the run" in problem_of(folder)


def test_a_status_is_added(run: Run, folder: RunFolder) -> None:
    run.log_status("warning", reason="Loss", message="it is NaN")
    assert read_run(folder).conditions[-1][:3] == ("warning", "Loss", "it is NaN")


@pytest.mark.parametrize(
    ("status", "words"), [("warnin", ", did you mean 'warning'?"), ("done", "'done' is none")]
)
def test_a_status_that_is_none_is_left_out_with_a_line(
    run: Run, folder: RunFolder, status: str, words: str
) -> None:
    run.log_status(status)
    assert words in problem_of(folder)
    assert read_run(folder).conditions == []
