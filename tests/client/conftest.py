"""A run that a training script logged to, finished and read from outside."""

from pathlib import Path

import pytest

from polyaxon_sdk.client import RunClient
from tests.scripts import Scripts

TRAIN = """
from pathlib import Path
from polyaxon_sdk import tracking

with tracking.init(name="train", tags=["digits"]) as run:
    run.update(description="a parabola")
    run.log_inputs(rate=0.1)
    for step in range(5):
        run.log_metrics(step=step, loss=1 / (step + 1), **{"val loss/x": float("nan") if step else 2.0})
    run.log_metric("free", 1.5)
    run.log_text("note", "hello | world\\nline 2", step=1)
    run.log_text("note", "bye")
    Path(run.get_outputs_path("net.bin")).write_bytes(b"weights")
    run.log_model(run.get_outputs_path("net.bin"), "net", framework="keras")
    Path(run.get_outputs_path("table.csv")).write_text("a,b")
"""


@pytest.fixture(scope="session")
def trained_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one finished run, which tests only read."""
    scripts = Scripts(tmp_path_factory.mktemp("trained") / "home")
    ended = scripts.run(TRAIN)
    assert (ended.code, ended.err) == (0, "")
    scripts.finished()
    return scripts.home


@pytest.fixture
def trained(trained_home: Path, monkeypatch: pytest.MonkeyPatch) -> RunClient:
    """A client of the finished run."""
    monkeypatch.setenv("POLYAXON_HOME", str(trained_home))
    return RunClient(run_uuid=Scripts(trained_home).the_run().uuid)
