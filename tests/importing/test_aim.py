"""Runs that Aim's own SDK wrote, brought in; Aim's wheels end at Python 3.12, so that no environment here needs it."""

from pathlib import Path

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.exceptions import InputError, MissingExtraError
from polyaxon_sdk.importing.aim_sequences import name_of
from tests.importing.conftest import bring_from, train

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


def test_a_context_stands_before_the_name() -> None:
    assert name_of("loss", {"subset": "val", "fold": 2}) == "val/fold=2/loss"


@pytest.mark.system
def test_a_run_is_as_at_its_source(home: Path, tmp_path: Path) -> None:
    pytest.importorskip("aim")
    (report,) = bring_from("aim", train(AIM, tmp_path / "repo")).values()
    client = RunClient(run_uuid=report.uuid)
    assert (report.state, report.is_right, report.tally.count(points=False)) == ("imported", True, 2)
    assert client.get_metrics("train/loss")["train/loss"]["step"] == list(range(100))
    assert (client.get_inputs(), client.project) == ({"rate": 0.1}, "digits")


def test_a_folder_without_a_repository_is_told(tmp_path: Path) -> None:
    with pytest.raises((InputError, MissingExtraError), match=r"no run of Aim lies there|pip install"):
        bring_from("aim", tmp_path)
