import os
from math import inf, isnan, nan
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.runs.lines import LineFile, decode, encode, read, settled
from polyaxon_sdk.types import Json

ANY_TEXT = st.text(st.characters(codec=None))
ANY_JSON: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)
ANY_FACT = st.dictionaries(ANY_TEXT, ANY_JSON, max_size=4)
THREE: list[dict[str, Json]] = [{"a": 1}, {"b": "twö"}, {"c": [3.5, None]}]


@given(st.lists(ANY_FACT, max_size=4))
def test_what_is_encoded_reads_back(facts: list[dict[str, Json]]) -> None:
    assert read(b"".join(map(encode, facts))) == facts


@pytest.mark.parametrize("value", [inf, -inf, -0.0, 5e-324, "\ud800", "\0", "\n", 2**70])
def test_odd_values_read_back_as_they_were(value: Json) -> None:
    assert repr(read(encode({"value": value}))) == repr([{"value": value}])


def test_nan_reads_back() -> None:
    ((value,),) = (fact.values() for fact in read(encode({"value": nan})))
    assert isinstance(value, float)
    assert isnan(value)


@given(st.integers(1, len(encode(THREE[1])) - 1))
def test_a_line_torn_at_any_byte_is_skipped_and_the_others_are_kept(cut: int) -> None:
    first, torn, last = (encode(fact) for fact in THREE)
    assert read(first + torn[:cut] + last) == [THREE[0], THREE[2]]


@given(st.integers(1, len(encode(THREE[1])) - 1), st.integers(1, 255))
def test_a_damaged_byte_is_noticed(place: int, change: int) -> None:
    first, damaged, last = (bytearray(encode(fact)) for fact in THREE)
    damaged[place] ^= change
    assert read(bytes(first + damaged + last)) == [THREE[0], THREE[2]]


@given(st.lists(ANY_FACT, min_size=1, max_size=4), st.data())
def test_reading_goes_on_behind_any_line(facts: list[dict[str, Json]], data: st.DataObject) -> None:
    whole = b"".join(map(encode, facts))
    ends = [0, *(end for _, end in decode(whole))]
    read_already = data.draw(st.integers(0, len(facts)))
    assert read(whole[ends[read_already] :]) == facts[read_already:]


def test_what_is_no_object_is_left_out() -> None:
    assert read(encode([1, 2]) + encode({"a": 1})) == [{"a": 1}]  # type: ignore[arg-type]  # what a foreign writer may do


def test_a_file_appears_with_its_first_line(tmp_path: Path) -> None:
    lines = LineFile(tmp_path / "facts.jsonl")
    assert not lines.path.exists()
    lines.append({"a": 1})
    assert read(lines.path.read_bytes()) == [{"a": 1}]


def test_a_closed_file_is_opened_again(tmp_path: Path) -> None:
    lines = LineFile(tmp_path / "facts.jsonl")
    lines.append({"a": 1})
    lines.close()
    lines.append({"b": 2})
    assert read(lines.path.read_bytes()) == [{"a": 1}, {"b": 2}]


def test_a_full_disk_is_an_error_and_leaves_what_was_written(small_disk: Path) -> None:
    lines = LineFile(small_disk / "facts.jsonl")
    lines.append({"a": 1})
    with pytest.raises(OSError, match=r"disk is full|No space left"):
        lines.append({"b": "x" * (1 << 20)})
    assert read(lines.path.read_bytes()) == [{"a": 1}]


def test_a_line_after_a_torn_one_is_whole(small_disk: Path) -> None:
    lines = LineFile(small_disk / "facts.jsonl")
    with pytest.raises(OSError, match=r"disk is full|No space left"):
        lines.append({"b": "x" * (1 << 20)})
    lines.path.write_bytes(lines.path.read_bytes()[:1000])
    lines.append({"c": 3})
    assert read(lines.path.read_bytes()) == [{"c": 3}]


def test_a_line_that_failed_is_written_once_when_it_is_appended_again(roomy_disk: Path) -> None:
    lines, line = LineFile(roomy_disk / "facts.jsonl"), {"b": "x" * (5 << 20)}
    lines.append({"a": 1})
    ballast = roomy_disk / "ballast"
    ballast.write_bytes(b"x" * (4 << 20))
    with pytest.raises(OSError, match=r"disk is full|No space left"):
        lines.append(line)
    ballast.unlink()
    lines.append(line)
    assert [end for _, end in decode(lines.path.read_bytes())][-1] == lines.path.stat().st_size
    assert read(lines.path.read_bytes()) == [{"a": 1}, line]


@pytest.mark.parametrize("zeros", [0, 1, 4095, 4096, 4097, 70_000])
@pytest.mark.parametrize("line", [b"", b"\nabc", b"\nabc" * 5000])
def test_where_nothing_was_stored_yet_nothing_is_read(tmp_path: Path, line: bytes, zeros: int) -> None:
    (tmp_path / "lines").write_bytes(line + bytes(zeros))
    assert settled(tmp_path / "lines") == line


def test_lines_behind_a_gap_that_a_power_loss_left_are_read(tmp_path: Path) -> None:
    path, first, second = tmp_path / "lines", encode({"kind": "first"}), encode({"kind": "second"})
    with path.open("wb") as file:
        file.write(first)
        file.seek(1 << 17)
        file.write(second)
        file.truncate(1 << 18)
    assert [line["kind"] for line in read(settled(path))] == ["first", "second"]


def test_what_was_allocated_and_never_written_is_no_part_of_the_lines(tmp_path: Path) -> None:
    path, line = tmp_path / "lines", encode({"kind": "first"})
    with path.open("wb") as file:
        file.write(line)
        file.flush()
        os.posix_fallocate(file.fileno(), 0, 1 << 18)
    assert (settled(path), settled(path, len(line))) == (line, b"")
