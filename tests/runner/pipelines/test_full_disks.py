"""Pipelines whose runs fill the disk of the home."""

from threading import Timer

import pytest

from polyaxon_sdk.settings import Settings
from tests.disks.tmpfs import mounted
from tests.runner.pipelines.conftest import RunPipeline, dag, step

pytestmark = pytest.mark.system

HOOKS = [{"hubRef": "note"}]


def test_a_run_that_fills_the_disk_fails_and_the_pipeline_comes_to_its_end(
    run_pipeline: RunPipeline, settings: Settings
) -> None:
    with mounted(settings.home, "size=2m"):
        big = settings.home / "big"
        greedy = step(f"head -c 50000000 /dev/zero > {big}", name="greedy")
        after = [
            step("true", name=f"after-{at}", dependencies=["greedy"], trigger="all_done", hooks=HOOKS)
            for at in range(3)
        ]
        room = Timer(5.0, big.unlink)  # what was printed and logged waits for a while
        room.start()
        pipeline, runs = run_pipeline(run=dag(greedy, *after))
        room.join()
    assert [state.status for state in runs["greedy"]] == ["failed"]
    assert (pipeline.status, pipeline.is_done) == ("failed", True)
