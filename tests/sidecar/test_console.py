import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.sidecar.console import log_record, whole_lines

TEXTS = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=5), max_size=8)


@given(TEXTS, st.integers(1, 30))
def test_output_read_in_pieces_gives_the_same_lines(lines: list[str], size: int) -> None:
    data = "".join(f"{line}\n" for line in lines).encode()
    found: list[str] = []
    start, end = 0, size
    while start < len(data):
        new, taken = whole_lines(data[start:end], last=end >= len(data))
        found, start, end = [*found, *new], start + taken, end + size
    assert found == lines


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"a\r\nb\r\n", ["a", "b"]),
        (b"10%\r50%\r100%\n", ["100%"]),
        (b"\n\n", ["", ""]),
        (b"\r\n", [""]),
        (b"\xff\n", ["\ufffd"]),
        (b"\0\x1b[31mred\n", ["\0\x1b[31mred"]),
    ],
)
def test_lines_are_what_a_terminal_showed_in_the_end(data: bytes, lines: list[str]) -> None:
    assert whole_lines(data, last=False) == (lines, len(data))


def test_an_unfinished_line_waits_until_it_is_the_last() -> None:
    assert whole_lines(b"a\nb", last=False) == (["a"], 2)
    assert whole_lines(b"a\nb", last=True) == (["a", "b"], 3)


def test_a_line_without_end_is_taken_in_pieces() -> None:
    lines, taken = whole_lines(b"x" * 100_000, last=False)
    assert (len(lines), taken) == (1, 65_536)


def test_nothing_is_no_line() -> None:
    assert whole_lines(b"", last=True) == ([], 0)


def test_a_record_has_the_bytes_that_polyaxon_writes() -> None:
    record = log_record("hello", time=0.5, node="local", pod="me", container="host")
    stamp = "1970-01-01T00:00:00.500000+00:00"
    shown = f'{{"timestamp":"{stamp}","node":"local","pod":"me","container":"host","value":"hello"}}'
    assert record == f"\n{shown}".encode()


@given(st.text(st.characters(codec=None)))
def test_any_text_reads_back(text: str) -> None:
    record = log_record(text, time=0.5, node="n", pod="p", container="c")
    assert record.count(b"\n") == 1
    assert json.loads(record)["value"] == text


def test_a_progress_bar_without_end_becomes_no_line_yet() -> None:
    bar = b"".join(b"\r%d%%" % percent for percent in range(30_000))
    assert whole_lines(bar, last=False) == ([], bar.rindex(b"\r"))
