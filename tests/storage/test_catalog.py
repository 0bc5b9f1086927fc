import pytest

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.storage.catalog import catalog_key, put_catalog, read_catalog, renew_catalog
from polyaxon_sdk.storage.file_store import FileStore
from polyaxon_sdk.storage.manifest import Shipped
from polyaxon_sdk.storage.transfer import wait

FILES = {"outputs/größe.bin": Shipped(3, 7, "sha256:0f", "md5:1e")}


def test_what_a_catalog_tells_comes_back(store: FileStore) -> None:
    put_catalog(store, "0f", FILES)
    assert read_catalog(store, "0f") == FILES


def test_a_run_without_a_catalog_has_nothing(store: FileStore) -> None:
    assert read_catalog(store, "0f") == {}


@pytest.mark.parametrize(("old", "new"), [(b'"sha256:0f"', b'"sha256:1f"'), (b"{", b"["), (b"3", b"4")])
def test_a_damaged_catalog_is_told(store: FileStore, old: bytes, new: bytes) -> None:
    put_catalog(store, "0f", FILES)
    path = store.local(catalog_key("0f"))
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    with pytest.raises(StoreError, match=r"manifests/0f.json: damaged"):
        read_catalog(store, "0f")


OF_OTHERS = {
    "uploads/there.bin": Shipped(5, 7, "sha256:2a"),
    "uploads/gone.bin": Shipped(5, 7, "sha256:2a"),
    "outputs/größe.bin": Shipped(9, 9, "sha256:9f"),
}


def test_a_renewed_catalog_keeps_what_others_stored_and_is_still_there(store: FileStore) -> None:
    put_catalog(store, "0f", OF_OTHERS)
    wait(store.put_bytes(b"there", "0f/uploads/there.bin"))
    renew_catalog(store, "0f", FILES)
    assert read_catalog(store, "0f") == {**FILES, "uploads/there.bin": OF_OTHERS["uploads/there.bin"]}


def test_a_damaged_catalog_is_made_anew(store: FileStore) -> None:
    put_catalog(store, "0f", OF_OTHERS)
    store.local(catalog_key("0f")).write_bytes(b"{")
    renew_catalog(store, "0f", FILES)
    assert read_catalog(store, "0f") == FILES
