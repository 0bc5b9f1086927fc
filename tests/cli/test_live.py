import io

import pytest

from polyaxon_sdk.cli.live import LiveLine, PlainLines

CLEAR = "\r\x1b[2K"


@pytest.fixture
def stream(monkeypatch: pytest.MonkeyPatch) -> io.TextIOWrapper:
    """A stream that is written to memory; the terminal has 40 columns."""
    monkeypatch.setenv("COLUMNS", "40")
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _written(stream: io.TextIOWrapper) -> str:
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()


def test_output_goes_above_the_progress(stream: io.TextIOWrapper) -> None:
    lines = LiveLine(stream)
    lines.show("50 %")
    lines.write(b"epoch 1\n")
    assert _written(stream) == f"{CLEAR}50 %{CLEAR}epoch 1\n50 %"


def test_a_line_that_is_not_ended_stands_behind_the_progress(stream: io.TextIOWrapper) -> None:
    lines = LiveLine(stream)
    lines.show("50 %")
    lines.write(b"step 3")
    lines.write(b"4\n")
    assert _written(stream).split(CLEAR)[2:] == ["50 %  step 3", "step 34\n50 %"]


def test_a_progress_bar_of_the_run_shows_its_last_state(stream: io.TextIOWrapper) -> None:
    lines = LiveLine(stream)
    lines.write(b"\r 10%\r 20%")
    assert _written(stream) == f"{CLEAR} 20%".rstrip()


def test_the_progress_never_takes_a_second_row(stream: io.TextIOWrapper) -> None:
    LiveLine(stream).show("loss 0.123456  " * 10)
    assert len(_written(stream).removeprefix(CLEAR)) < 40


def test_a_character_cut_in_two_is_put_together(stream: io.TextIOWrapper) -> None:
    lines = LiveLine(stream)
    lines.write("grü".encode()[:-1])
    lines.write("ü\n".encode()[1:])
    assert "grü\n" in _written(stream)


def test_closing_takes_the_progress_away_and_ends_the_line(stream: io.TextIOWrapper) -> None:
    lines = LiveLine(stream)
    lines.show("50 %")
    lines.write(b"the end")
    lines.close()
    assert _written(stream).endswith(f"{CLEAR}the end\n")


def test_elsewhere_output_goes_byte_for_byte(stream: io.TextIOWrapper) -> None:
    PlainLines(stream).write(b"a\xff\r\n")
    assert isinstance(stream.buffer, io.BytesIO)
    assert stream.buffer.getvalue() == b"a\xff\r\n"


def test_elsewhere_a_short_run_shows_no_progress(stream: io.TextIOWrapper) -> None:
    PlainLines(stream).show("50 %")
    assert _written(stream) == ""


def test_elsewhere_the_last_line_is_ended(stream: io.TextIOWrapper) -> None:
    lines = PlainLines(stream)
    lines.write(b"the end")
    lines.close()
    assert _written(stream) == "the end\n"
