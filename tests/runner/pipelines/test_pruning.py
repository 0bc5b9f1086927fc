"""Trials that go on in vain are stopped while the search goes on."""

import sys
from pathlib import Path

import pytest

from polyaxon_sdk.runs.state import RunState
from tests.runner.pipelines.conftest import RunPipeline

pytestmark = pytest.mark.system

TRIAL = """
import signal, sys, time
from polyaxon_sdk import tracking

def leave(*_):
    open("left", "w").close()
    sys.exit(0)

good = float(sys.argv[1])
tracking.init()
signal.signal(signal.SIGTERM, leave)
for step in range(1, 6):
    tracking.log_metrics(step=step, accuracy=good)
if good < 0.5:
    time.sleep(600)
"""


@pytest.mark.parametrize(
    "policy", [{"kind": "median", "minInterval": 3}, {"kind": "diff", "percent": 20}], ids=["median", "diff"]
)
def test_a_trial_that_is_worse_is_asked_to_end(
    run_pipeline: RunPipeline, tmp_path: Path, policy: dict[str, object]
) -> None:
    (tmp_path / "trial.py").write_text(TRIAL)
    rule = {"kind": "metric_early_stopping", "metric": "accuracy", "value": 1, "optimization": "maximize"}
    values = [{"good": 0.1}, {"good": 0.9}]
    pipeline, runs = run_pipeline(
        inputs=[{"name": "good", "type": "float"}],
        matrix={
            "kind": "mapping",
            "values": values,
            "concurrency": 2,
            "earlyStopping": [{**rule, "policy": policy}],
        },
        run={"kind": "job", "container": {"command": [sys.executable, "trial.py", "{{ good }}"]}},
    )
    ended = {state.inputs["good"]: state for states in runs.values() for state in states}
    assert (pipeline.status, ended[0.9].status, ended[0.1].status) == ("succeeded", "succeeded", "stopped")
    assert (tmp_path / "left").exists()
    assert _why(ended[0.1]).startswith("accuracy 0.1 is ")


def _why(state: RunState) -> str:
    """What the run was asked to end for."""
    return next(each.message for each in state.conditions if each.reason == "EarlyStopping")
