import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.tracking.run import Run
from tests.tracking.logged import asset_of, problem_of, row_in, value_in


def samples_in(path: Path) -> NDArray[np.int16]:
    """The samples of a WAV file, a row a channel."""
    with wave.open(str(path)) as file:
        assert file.getsampwidth() == 2
        data = file.readframes(file.getnframes())
        return np.frombuffer(data, "<i2").reshape(-1, file.getnchannels()).T


def test_a_sound_is_an_event_as_polyaxon_writes_it(run: Run, folder: RunFolder) -> None:
    run.log_audio(np.zeros(9), "tone", step=1)
    expected = (
        '{"sample_rate":44100.0,"num_channels":1,"length_frames":9,'
        '"path":"assets/audio/tone_1.wav","content_type":"audio/wav"}'
    )
    assert row_in(folder, "audio", "tone") == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (np.array([0, 0.5, -1, 3, np.nan]), [[0, 16383, -32767, 32767, 0]]),
        (np.array([1, -2, 3], np.int16), [[1, -2, 3]]),
        (np.array([1 << 16, -(2 << 16)], np.int32), [[1, -2]]),
        (np.array([1, 255], np.uint8), [[-32512, 32512]]),
        (np.array([1, -1], np.int8), [[256, -256]]),
        (np.array([7, 1 << 40]), [[7, 32767]]),
        ([0.0, 1.0], [[0, 32767]]),
        (np.array([[0.0, 0, 0], [1, 1, 1]]), [[0, 0, 0], [32767, 32767, 32767]]),
        (np.array([[0.0, 1], [0, 1], [0, 1]]), [[0, 0, 0], [32767, 32767, 32767]]),
        (np.array([[[0.5]]]), [[16383]]),
    ],
)
def test_samples_are_what_was_logged(
    run: Run, folder: RunFolder, data: object, expected: list[list[int]]
) -> None:
    run.log_audio(data, "tone")
    assert samples_in(asset_of(folder, value_in(folder, "audio", "tone"))).tolist() == expected


def test_a_sound_has_its_speed(run: Run, folder: RunFolder) -> None:
    run.log_audio(np.zeros(9), "tone", sample_rate=16000)
    with wave.open(str(asset_of(folder, value_in(folder, "audio", "tone")))) as file:
        assert file.getframerate() == 16000


def test_a_file_is_kept_as_it_is(run: Run, folder: RunFolder, tmp_path: Path) -> None:
    (tmp_path / "song.mp3").write_bytes(b"ID3 and so on")
    run.log_audio(str(tmp_path / "song.mp3"))
    value = value_in(folder, "audio", "song")
    assert value == {"path": "assets/audio/song.mp3", "content_type": "audio/mp3"}
    assert asset_of(folder, value).read_bytes() == b"ID3 and so on"


@pytest.mark.parametrize(
    ("data", "rate", "words"),
    [
        (np.zeros((2, 3, 4)), 8000, "its shape is (2, 3, 4)"),
        (np.zeros(0), 8000, "its shape is (0,)"),
        (np.zeros((40, 50)), 8000, "40 channels are too many"),
        (np.zeros(3, complex), 8000, "complex128 is no loudness"),
        (np.zeros(3), 0, "sample_rate: 0 is too small, expected samples a second"),
        ("/nonexistent.wav", 8000, "No such file"),
    ],
)
def test_what_is_no_sound_is_left_out_with_a_line(
    run: Run, folder: RunFolder, data: object, rate: int, words: str
) -> None:
    run.log_audio(data, "tone", rate)
    assert words in problem_of(folder)
    assert not list(folder.path.glob("assets/audio/*"))
