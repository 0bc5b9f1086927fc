import json

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.tracking.run import Run
from tests.tracking.logged import problem_of


def test_a_run_is_renamed_and_described(run: Run, folder: RunFolder) -> None:
    run.set_name("digits", async_req=False)
    run.set_description("the first")
    state = read_run(folder)
    assert (state.name, state.description) == ("digits", "the first")


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
