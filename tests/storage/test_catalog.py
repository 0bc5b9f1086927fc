import pytest

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.storage.catalog import catalog_key, put_catalog, read_catalog
from polyaxon_sdk.storage.file_store import FileStore
from polyaxon_sdk.storage.manifest import Shipped

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
