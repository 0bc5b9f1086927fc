import os
from hashlib import sha256
from pathlib import Path

import pytest

from polyaxon_sdk.storage.download import Get, get_many
from polyaxon_sdk.storage.pieces import LARGE, get_in_pieces
from polyaxon_sdk.storage.retry import PassingStoreError
from polyaxon_sdk.storage.store import Store, open_store
from polyaxon_sdk.storage.transfer import wait

DATA = os.urandom(1 << 20) * 33


@pytest.fixture
def bucket() -> Store:
    """A store without a folder on this machine, with one large object."""
    store = open_store("memory://pieces")
    wait(store.put_bytes(DATA, "large"))
    return store


def test_a_large_object_comes_whole(bucket: Store, tmp_path: Path) -> None:
    assert len(DATA) > LARGE
    (got,) = get_many(bucket, [Get("large", tmp_path / "large", len(DATA))])
    assert (got.state, (tmp_path / "large").read_bytes() == DATA) == ("copied", True)


def test_a_download_that_was_cut_off_goes_on(bucket: Store, tmp_path: Path) -> None:
    mark = f"sha256:{sha256(DATA).hexdigest()}"
    told = sha256(f"{mark} {len(DATA)} large".encode()).hexdigest()[:16]
    (tmp_path / f".plx-{told}.part").write_bytes(DATA[: 20 << 20])
    wait(
        bucket.put_bytes(bytes(20 << 20) + DATA[20 << 20 :], "large")
    )  # its beginning is not asked for again
    found = wait(get_in_pieces(bucket, "large", tmp_path / "large", size=len(DATA), mark=mark))
    assert (found, os.listdir(tmp_path)) == (mark, ["large"])


def test_what_is_there_of_another_object_is_not_taken(bucket: Store, tmp_path: Path) -> None:
    wait(get_in_pieces(bucket, "large", tmp_path / "large", size=len(DATA), mark="sha256:0"))
    assert os.listdir(tmp_path) == []


def test_an_object_of_another_size_by_now_is_not_taken(bucket: Store, tmp_path: Path) -> None:
    with pytest.raises(PassingStoreError, match="large: changed while it was brought here"):
        wait(get_in_pieces(bucket, "large", tmp_path / "large", size=len(DATA) - 1))
