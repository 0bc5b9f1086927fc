"""Hooks of the runs of a pipeline."""

from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings
from tests.runner.pipelines.conftest import RunPipeline, dag, step

pytestmark = pytest.mark.system

NOTE = """
kind: component
name: note
run: {kind: job, container: {command: [sh, -c], args: ["echo {{ name }} {{ status }} >> notes"]}}
"""


def test_each_operation_has_its_own_before_the_pipeline_ends(
    run_pipeline: RunPipeline, settings: Settings, tmp_path: Path
) -> None:
    hub = settings.home / "hub" / "note"
    hub.mkdir(parents=True)
    (hub / "latest.yaml").write_text(NOTE)
    note = [{"hubRef": "note"}]
    bad = step("exit 1", name="bad", hooks=note)
    after = step("true", name="after", dependencies=["bad"], hooks=note)
    pipeline, _ = run_pipeline(run=dag(bad, after))
    assert pipeline.status == "failed"
    assert sorted((tmp_path / "notes").read_text().splitlines()) == ["after upstream_failed", "bad failed"]
    states = [read_run(RunFolder(path)) for path in settings.runs.iterdir()]
    assert {state.status for state in states if state.name == "note"} == {"succeeded"}
