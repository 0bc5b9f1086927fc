"""Workers of torch's DataLoader that log while they load."""

from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from tests.required import required
from tests.scripts import Scripts

pytestmark = pytest.mark.fit

TRAIN = """
import runpy, sys, torch
from polyaxon_sdk import tracking

class Digits(torch.utils.data.Dataset):
    def __len__(self):
        return 40

    def __getitem__(self, index):
        tracking.log_metric("loaded", torch.tensor(float(index)), step=index)
        return torch.tensor(index)

if __name__ == "__main__":
    tracking.init()
    loader = torch.utils.data.DataLoader(Digits(), batch_size=4, num_workers=2, multiprocessing_context="METHOD")
    for step, batch in enumerate(loader):
        tracking.log_metric("seen", batch.sum(), step=step)
"""


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_what_workers_log_lies_in_the_run(
    scripts: Scripts, folder: RunFolder, tmp_path: Path, method: str
) -> None:
    required("torch")
    file = tmp_path / "train.py"
    file.write_text(TRAIN.replace("METHOD", method))
    text = f"import runpy, sys; sys.argv = ['{file}']; runpy.run_path('{file}', run_name='__main__')"
    ended = scripts.run(text, POLYAXON_RUN_UUID=folder.uuid, POLYAXON_IS_MANAGED="true")
    assert ended.code == 0, ended.err
    series = read_series(folder)
    assert sorted((point.step, point.value) for point in series["loaded"]) == [
        (n, float(n)) for n in range(40)
    ]
    assert sum(point.value for point in series["seen"]) == sum(range(40))
    assert read_run(folder).problems == []
