"""The records of a `.wandb` file, whatever their sizes are and whatever a disk did to it."""

from pathlib import Path
from struct import pack
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.importing.left_out import LeftOut
from polyaxon_sdk.importing.wandb_log import read_records

BLOCK = 1 << 15
HEAD = b":W&B\xe1\xbe\x00"


def piece(kind: int, data: bytes) -> bytes:
    return pack("<IHB", crc32(bytes([kind]) + data), len(data), kind) + data


def log_of(records: list[bytes]) -> bytes:
    """A log of these records, split where its blocks end."""
    found = bytearray(HEAD)
    for record in records:
        rest, first = record, True
        while rest or first:
            room = BLOCK - len(found) % BLOCK
            if room < 7:
                found += bytes(room)
                continue
            part, rest = rest[: room - 7], rest[room - 7 :]
            found += piece((1 if first else 4) if not rest else (2 if first else 3), part)
            first = False
    return bytes(found)


def read(path: Path, data: bytes) -> tuple[list[int], int]:
    """The lengths of the records of a file with these bytes, and how many blocks of it are damaged."""
    path.write_bytes(data)
    left_out = LeftOut()
    found = [len(each) for each in read_records(path, left_out)]
    return found, sum(each.number for each in left_out.omissions)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file to write."""
    return tmp_path_factory.mktemp("log") / "run-0.wandb"


@given(sizes=st.lists(st.integers(0, 100_000), max_size=8))
def test_records_of_any_size_are_read(path: Path, sizes: list[int]) -> None:
    assert read(path, log_of([b"x" * size for size in sizes])) == (sizes, 0)


@given(sizes=st.lists(st.integers(0, 50_000), max_size=8), share=st.floats(0, 1))
def test_a_torn_file_has_its_first_records(path: Path, sizes: list[int], share: float) -> None:
    data = log_of([b"x" * size for size in sizes])
    found, damaged = read(path, data[: max(len(HEAD), int(share * len(data)))])
    assert (found, damaged) == (sizes[: len(found)], 0)


def test_a_damaged_block_is_told_and_those_behind_it_are_read(path: Path) -> None:
    data = bytearray(log_of([b"x" * 1000] * 100))
    data[BLOCK + 5000] ^= 0xFF
    found, damaged = read(path, bytes(data))
    assert (60 < len(found) < 100, set(found), damaged) == (True, {1000}, 1)


def test_another_file_is_none(path: Path) -> None:
    path.write_bytes(b"else")
    with pytest.raises(InputError, match="it is no file of wandb's"):
        list(read_records(path, LeftOut()))
