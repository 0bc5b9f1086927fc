import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.storage.heads import HeadPart, Marked, decode_head, encode_head, newest_heads
from polyaxon_sdk.storage.keys import Stored

SKEW = 100


def mark(clock: int, uuid: str = "0f", *, size: int = 9) -> Marked:
    return Marked(clock, uuid, Stored(f"changes/{clock}-{uuid}", size, 0))


@given(st.dictionaries(st.text(), st.builds(HeadPart, st.binary(), st.integers(0, 1 << 62))))
def test_what_a_head_holds_is_read_again(parts: dict[str, HeadPart]) -> None:
    assert decode_head(encode_head(parts)) == parts


@pytest.mark.parametrize("data", [b"", b"x", encode_head({"a": HeadPart(b"1", 2)})[:-3], b"x\x9c"])
def test_a_damaged_head_holds_nothing(data: bytes) -> None:
    assert decode_head(data) == {}


def test_a_large_record_has_no_head() -> None:
    assert encode_head({"a": HeadPart(os.urandom(512 << 10), 0)}) == b""


def test_each_run_has_its_own_head() -> None:
    assert set(newest_heads([mark(1, "0a"), mark(2, "0b")], skew=SKEW)) == {"0a", "0b"}


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ([mark(1000)], 1000),
        ([mark(1000), mark(1200)], 1200),
        ([mark(1000, size=0), mark(1200)], 1200),
        ([mark(1000), mark(1200, size=0)], None),
        ([mark(1000, size=0)], None),
    ],
    ids=["one", "two", "behind an empty one", "before an empty one", "empty"],
)
def test_the_last_mark_tells(marks: list[Marked], found: int | None) -> None:
    clocks = [int(each.key[8:12]) for each in newest_heads(marks, skew=SKEW).values()]
    assert clocks == ([] if found is None else [found])


def test_a_head_shortly_after_another_mark_is_not_believed() -> None:
    assert newest_heads([mark(1000, size=0), mark(1050)], skew=SKEW) == {}
