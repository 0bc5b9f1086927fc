"""What a store lost or holds otherwise than it was stored is found."""

from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.storage.file_store import FileStore
from polyaxon_sdk.storage.lacking import lacking
from polyaxon_sdk.storage.manifest import Shipped
from polyaxon_sdk.storage.transfer import wait

RUN = "0f"


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "store")


@pytest.fixture
def known(store: FileStore) -> dict[str, Shipped]:
    """What was stored: two files."""
    copies = {name: wait(store.put_bytes(b"data", f"{RUN}/{name}")) for name in ("a", "b")}
    return {name: Shipped(copy.size, 0, copy.checksum) for name, copy in copies.items()}


def test_nothing_is_lacking_where_all_is_as_it_was(store: FileStore, known: dict[str, Shipped]) -> None:
    assert lacking(store, RUN, known, reads=True) == []


def test_what_is_gone_is_lacking(store: FileStore, known: dict[str, Shipped], tmp_path: Path) -> None:
    (tmp_path / "store" / RUN / "b").unlink()
    assert lacking(store, RUN, known) == ["b"]


def test_what_has_another_size_is_lacking(
    store: FileStore, known: dict[str, Shipped], tmp_path: Path
) -> None:
    (tmp_path / "store" / RUN / "a").write_bytes(b"dat")
    assert lacking(store, RUN, known) == ["a"]


@pytest.mark.parametrize(("reads", "found"), [(True, ["a"]), (False, [])])
def test_other_bytes_of_the_same_size_are_found_in_a_folder_by_reading(
    store: FileStore, known: dict[str, Shipped], tmp_path: Path, *, reads: bool, found: list[str]
) -> None:
    (tmp_path / "store" / RUN / "a").write_bytes(b"dada")
    assert lacking(store, RUN, known, reads=reads) == found


def test_an_empty_folder_is_taken_for_a_mount_that_is_missing(
    known: dict[str, Shipped], tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="is it mounted"):
        lacking(FileStore(tmp_path / "other"), RUN, known)
