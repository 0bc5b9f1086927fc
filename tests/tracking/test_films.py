from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageSequence

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.tracking.run import Run
from tests.tracking.logged import asset_of, problem_of, row_in, value_in

FRAMES: NDArray[np.uint8] = np.random.default_rng(5).integers(0, 256, (5, 3, 4, 6), np.uint8)


def frames_in(path: Path) -> NDArray[np.uint8]:
    """The frames of an animated PNG, as Pillow reads them, with the axes of `FRAMES`."""
    with Image.open(path) as film:
        frames = [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(film)]
    return np.stack(frames).transpose(0, 3, 1, 2)


def test_a_film_is_an_event_as_polyaxon_writes_it(run: Run, folder: RunFolder) -> None:
    run.log_video(FRAMES[None], "clip", step=2)
    expected = (
        '{"height":4,"width":6,"colorspace":3,"path":"assets/video/clip_2.png","content_type":"image/apng"}'
    )
    assert row_in(folder, "video", "clip") == expected


TALL: NDArray[np.uint8] = np.random.default_rng(5).integers(0, 256, (5, 8, 6, 3), np.uint8)


@pytest.mark.parametrize("data", [TALL, TALL[None]], ids=["THWC", "NTHWC"])
def test_channels_may_stand_last(run: Run, folder: RunFolder, data: NDArray[np.uint8]) -> None:
    run.log_video(data, "clip")
    frames = frames_in(asset_of(folder, value_in(folder, "video", "clip")))
    assert (frames == TALL.transpose(0, 3, 1, 2)).all()


@pytest.mark.parametrize("data", [FRAMES, FRAMES[None], FRAMES / 255], ids=["TCHW", "NTCHW", "fractions"])
def test_frames_are_what_was_logged(run: Run, folder: RunFolder, data: NDArray[np.uint8]) -> None:
    run.log_video(data, "clip")
    frames = frames_in(asset_of(folder, value_in(folder, "video", "clip")))
    assert np.abs(frames.astype(int) - FRAMES).max() <= 1


def test_films_run_side_by_side(run: Run, folder: RunFolder) -> None:
    run.log_video(np.stack([FRAMES, FRAMES // 2]), "two")
    frames = frames_in(asset_of(folder, value_in(folder, "video", "two")))
    assert (frames == np.concatenate([FRAMES, FRAMES // 2], axis=3)).all()


@pytest.mark.parametrize(("fps", "milliseconds"), [(4, 250), (29.97, 33), (0.5, 2000)])
def test_a_film_has_its_speed(run: Run, folder: RunFolder, fps: float, milliseconds: int) -> None:
    run.log_video(FRAMES, "clip", fps)
    with Image.open(asset_of(folder, value_in(folder, "video", "clip"))) as film:
        film.load()
        assert film.info["duration"] == pytest.approx(milliseconds, abs=1)


def test_a_file_is_kept_as_it_is(run: Run, folder: RunFolder, tmp_path: Path) -> None:
    (tmp_path / "ride.mp4").write_bytes(b"ftyp and so on")
    run.log_video(tmp_path / "ride.mp4")
    value = value_in(folder, "video", "ride")
    assert value == {"path": "assets/video/ride.mp4", "content_type": "mp4"}
    assert asset_of(folder, value).read_bytes() == b"ftyp and so on"


def test_another_type_is_told_and_kept_as_an_animated_png(run: Run, folder: RunFolder) -> None:
    run.log_video(FRAMES, "clip", content_type="gif")
    assert problem_of(folder) == "videos are kept as animated PNG, not as 'gif'"
    assert value_in(folder, "video", "clip")["content_type"] == "image/apng"


@pytest.mark.parametrize(
    ("data", "fps", "words"),
    [
        (FRAMES[0], 4, "its shape is (3, 4, 6), which is not NTCHW"),
        (FRAMES, 0, "fps: 0 is too small, expected frames a second"),
        ("/nonexistent.mp4", 4, "No such file"),
    ],
)
def test_what_is_no_film_is_left_out_with_a_line(
    run: Run, folder: RunFolder, data: object, fps: float, words: str
) -> None:
    run.log_video(data, "clip", fps)
    assert words in problem_of(folder)
