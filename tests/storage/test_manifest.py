from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.storage.manifest import Manifest, Shipped

ENTRIES = st.dictionaries(
    st.text(st.characters(exclude_categories=())),
    st.builds(Shipped, st.integers(0), st.integers(), st.text(st.characters(codec="ascii"))),
    max_size=4,
)


def write(path: Path, entries: dict[str, Shipped], store: str = "file:///s") -> None:
    manifest = Manifest(path, store)
    for name, shipped in entries.items():
        manifest.add(name, shipped)
    manifest.save()


@given(entries=ENTRIES)
def test_what_is_saved_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, entries: dict[str, Shipped]
) -> None:
    path = tmp_path_factory.mktemp("manifest") / "shipped.json"
    write(path, entries)
    assert Manifest(path, "file:///s").files == entries


@given(position=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_a_damaged_manifest_tells_nothing_false(
    tmp_path_factory: pytest.TempPathFactory, position: int, byte: int
) -> None:
    path = tmp_path_factory.mktemp("manifest") / "shipped.json"
    entries = {"outputs/a": Shipped(10, 20, "sha256:00")}
    write(path, entries)
    data = bytearray(path.read_bytes())
    data[position % len(data)] = byte
    path.write_bytes(data)
    assert dict(Manifest(path, "file:///s").files) in ({}, entries)


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", '{"store": "file:///s", "files": [], "check": ""}'])
def test_what_is_no_manifest_is_an_empty_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "shipped.json").write_text(text)
    assert Manifest(tmp_path / "shipped.json", "file:///s").files == {}


def test_a_manifest_of_another_store_is_an_empty_one(tmp_path: Path) -> None:
    write(tmp_path / "shipped.json", {"a": Shipped(1, 2, "")}, store="file:///old")
    assert Manifest(tmp_path / "shipped.json", "file:///new").files == {}


def test_what_is_forgotten_is_not_saved(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path / "shipped.json", "file:///s")
    manifest.add("a", Shipped(1, 2, ""))
    manifest.forget("a")
    manifest.save()
    assert Manifest(tmp_path / "shipped.json", "file:///s").get("a") is None
