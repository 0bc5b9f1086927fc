from hashlib import sha256
from pathlib import Path

import pytest

from polyaxon_sdk.storage.file_store import FileStore
from polyaxon_sdk.storage.transfer import wait
from polyaxon_sdk.storage.verifying import Expected, verify_many

DATA = bytes(range(256)) * 1000


@pytest.fixture
def expected(store: FileStore) -> Expected:
    """An object, as it was stored."""
    wait(store.put_bytes(DATA, "run/a"))
    return Expected("run/a", len(DATA), f"sha256:{sha256(DATA).hexdigest()}")


def test_what_is_as_it_was_stored_is_right(store: FileStore, expected: Expected) -> None:
    assert [each.state for each in verify_many(store, [expected])] == ["right"]


@pytest.mark.parametrize("position", [0, 1, len(DATA) // 2, len(DATA) - 1])
def test_one_damaged_byte_is_found(store: FileStore, expected: Expected, position: int) -> None:
    path: Path = store.local("run/a")
    path.write_bytes(DATA[:position] + bytes([DATA[position] ^ 1]) + DATA[position + 1 :])
    (found,) = verify_many(store, [expected])
    assert (found.state, found.error) == ("damaged", "other bytes than were stored")


def test_a_shorter_object_is_damaged(store: FileStore, expected: Expected) -> None:
    store.local("run/a").write_bytes(DATA[:-1])
    (found,) = verify_many(store, [expected])
    assert (found.state, found.error) == ("damaged", f"{len(DATA) - 1} bytes in place of {len(DATA)}")


def test_an_object_that_is_gone_is_missing(store: FileStore, expected: Expected) -> None:
    wait(store.remove("run/a"))
    assert [each.state for each in verify_many(store, [expected])] == ["missing"]
