import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.snapshots import pending
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run
from tests.tracking.logged import asset_of, pixels_of, values_in

MANY = 32


def shades(folder: RunFolder) -> list[int]:
    """The shade of each image that was logged, whoever logged it."""
    return sorted(int(pixels_of(folder, value)[0, 0]) for value in values_in(folder, "image", "img"))


def test_threads_that_log_one_name_and_step_log_an_image_each(run: Run, folder: RunFolder) -> None:
    def log(shade: int) -> None:
        run.log_image(np.full((2, 2), shade, np.uint8), "img", step=1, dataformats="HW")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(log, range(MANY)))
    assert shades(folder) == list(range(MANY))


def test_ranks_that_log_one_name_and_step_log_an_image_each(folder: RunFolder) -> None:
    runs = [Run(Recorded(folder, patience=60.0)) for _ in range(4)]
    for shade, run in enumerate(runs):
        run.log_image(np.full((2, 2), shade, np.uint8), "img", step=1, dataformats="HW")
    assert shades(folder) == [0, 1, 2, 3]


def test_a_forked_child_logs_images_of_its_own(run: Run, folder: RunFolder) -> None:
    run.log_image(np.full((2, 2), 1, np.uint8), "img", dataformats="HW")
    child = os.fork()
    if child == 0:
        run.restart()
        run.log_image(np.full((2, 2), 2, np.uint8), "img", dataformats="HW")
        os._exit(0)
    os.waitpid(child, 0)
    assert shades(folder) == [1, 2]


def test_a_name_is_free_again_where_nothing_was_kept(run: Run, folder: RunFolder) -> None:
    run.log_audio([0.5], "tone", sample_rate=2**40)
    run.log_audio([0.5], "tone")
    assert len(read_run(folder).problems) == 1
    (value,) = values_in(folder, "audio", "tone")
    assert asset_of(folder, value).name == "tone.wav"
    assert list(pending(folder)) == []


def test_no_draft_is_left_where_nothing_was_kept(run: Run, folder: RunFolder) -> None:
    run.log_image(folder.journal, "img")
    assert list((folder.path / "assets").rglob("*.*")) == []


@pytest.mark.parametrize("step", [3, 3.0, np.int64(3)])
def test_a_step_of_any_type_names_the_file(run: Run, folder: RunFolder, step: int) -> None:
    run.log_image(np.zeros((2, 2)), "img", step=step, dataformats="HW")
    assert values_in(folder, "image", "img")[0]["path"] == "assets/image/img_3.png"


def test_a_disk_that_is_full_is_told(
    small_disk: os.PathLike[str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = RunFolder(os.path.join(small_disk, "runs", "0" * 32)).create()
    run = Run(Recorded(folder, patience=60.0))
    run.log_image(np.zeros((3, 2048, 2048)), "img")
    assert "image 'img' is left out: No space left on device" in capsys.readouterr().err
    assert list(pending(folder)) == []
    run.end()
