"""The code that a pipeline keeps of its runs."""

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings
from tests.runner.pipelines.conftest import RunPipeline, dag, step

pytestmark = pytest.mark.system

SOURCES = "$POLYAXON_HOME/runs/$POLYAXON_RUN_UUID/assets/coderef/sources"


def keeping(*names: str) -> str:
    """A line of the shell that keeps files as a run keeps its code."""
    files = " ".join(f"{SOURCES}/{name}" for name in names)
    return f"mkdir -p {SOURCES}/nets && touch {files}"


def test_a_pipeline_keeps_the_code_of_all_of_its_runs(run_pipeline: RunPipeline, settings: Settings) -> None:
    first = step(keeping("train.py", "nets/small.py"), name="first")
    second = step(keeping("train.py", "late.py"), name="second", dependencies=["first"])
    pipeline, _ = run_pipeline(run=dag(first, second))
    root = RunFolder(settings.runs / pipeline.uuid).sources
    files = sorted(file.relative_to(root).as_posix() for file in root.rglob("*.py"))
    assert files == ["late.py", "nets/small.py", "train.py"]
    assert pipeline.artifacts["sources", "dir"]["path"] == "assets/coderef/sources"


def test_a_pipeline_whose_runs_keep_none_keeps_none(run_pipeline: RunPipeline, settings: Settings) -> None:
    pipeline, _ = run_pipeline(run=dag(step("true", name="first")))
    assert not RunFolder(settings.runs / pipeline.uuid).sources.exists()
    assert pipeline.artifacts == {}
