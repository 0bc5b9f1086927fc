"""Runs that Aim's own SDK wrote, brought in."""

import sys
from pathlib import Path

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.importing.aim_sequences import name_of
from tests.importing.conftest import bring_from, train
from tests.required import required

AIM = """
import sys, numpy
from aim import Distribution, Run, Text
run = Run(repo=sys.argv[1], experiment="digits", system_tracking_interval=None, capture_terminal_logs=False)
run.name, run["hparams"] = "first", {"rate": 0.1}
for step in range(100):
    run.track(0.5 ** step, name="loss", step=step, context={"subset": "train"})
run.track(Text("hello"), name="note", step=1)
run.track(Distribution(numpy.arange(10.0)), name="weights", step=1)
run.close()
"""


pytestmark = pytest.mark.filterwarnings("ignore")  # those of Aim's own libraries

needs_aim = pytest.mark.skipif(sys.version_info >= (3, 13), reason="Aim's wheels end at Python 3.12")


def test_a_context_stands_before_the_name() -> None:
    assert name_of("loss", {"subset": "val", "fold": 2}) == "val/fold=2/loss"


@pytest.mark.system
@needs_aim
def test_a_run_is_as_at_its_source(home: Path, tmp_path: Path) -> None:
    (report,) = bring_from("aim", train(AIM, tmp_path / "repo", "aim")).values()
    client = RunClient(run_uuid=report.uuid)
    assert (report.state, report.is_right, report.tally.count(points=False)) == ("imported", True, 2)
    assert client.get_metrics("train/loss")["train/loss"]["step"] == list(range(100))
    assert (client.get_inputs(), client.project) == ({"rate": 0.1}, "digits")


@pytest.mark.system
@needs_aim
def test_a_folder_without_a_repository_is_told(tmp_path: Path) -> None:
    required("aim")
    with pytest.raises(InputError, match="no run of Aim lies there"):
        bring_from("aim", tmp_path)
