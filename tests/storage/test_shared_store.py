import json
from pathlib import Path

import pytest

from polyaxon_sdk.storage.shared_store import SHARED_FROM, SharedStore
from polyaxon_sdk.storage.store import Store, open_store
from polyaxon_sdk.storage.transfer import wait
from tests.storage.checking_store import CheckingStore

DATA = b"weights" * SHARED_FROM


@pytest.fixture
def below(tmp_path: Path) -> Store:
    """A store that keeps checksums, as those of clouds do."""
    return CheckingStore(open_store(str(tmp_path / "store")))


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A file that is worth sharing."""
    path = tmp_path / "model.bin"
    path.write_bytes(DATA)
    return path


def put(store: Store, path: Path, run: str) -> int | None:
    """How many bytes a put sends."""
    return wait(store.put_file(str(path), f"{run}/outputs/model.bin")).sent


def test_the_same_content_under_another_run_is_sent_once(below: Store, model: Path) -> None:
    assert (put(SharedStore(below), model, "a"), put(SharedStore(below), model, "b")) == (None, 0)
    assert wait(below.get_bytes("b/outputs/model.bin")) == DATA


def test_it_says_where_the_content_came_from(below: Store, model: Path) -> None:
    put(SharedStore(below), model, "a")
    put(store := SharedStore(below), model, "b")
    assert store.origins == {"b/outputs/model.bin": "a/outputs/model.bin"}


def test_other_content_is_sent(below: Store, model: Path) -> None:
    put(SharedStore(below), model, "a")
    model.write_bytes(DATA[:-1] + b"!")
    assert put(SharedStore(below), model, "b") is None


def test_what_changed_since_is_not_copied(below: Store, model: Path) -> None:
    put(SharedStore(below), model, "a")
    wait(below.put_bytes(DATA[::-1], "a/outputs/model.bin"))
    assert put(SharedStore(below), model, "b") is None
    assert wait(below.get_bytes("b/outputs/model.bin")) == DATA


def test_what_is_gone_is_not_copied(below: Store, model: Path) -> None:
    put(SharedStore(below), model, "a")
    wait(below.remove("a/outputs/model.bin"))
    assert put(SharedStore(below), model, "b") is None


def test_what_is_gone_is_copied_from_where_it_was_copied_to(below: Store, model: Path) -> None:
    for run in ("a", "b", "c"):
        put(SharedStore(below), model, run)
    for run in ("a", "b"):
        wait(below.remove(f"{run}/outputs/model.bin"))
    assert (put(store := SharedStore(below), model, "d"), store.origins) == (
        0,
        {"d/outputs/model.bin": "c/outputs/model.bin"},
    )
    wait(below.remove("c/outputs/model.bin"))
    assert put(SharedStore(below), model, "e") == 0
    assert wait(below.get_bytes("e/outputs/model.bin")) == DATA


def test_a_note_of_an_earlier_version_is_believed(below: Store, model: Path) -> None:
    put(SharedStore(below), model, "a")
    (note,) = wait(below.list("contents"))
    told = json.loads(wait(below.get_bytes(note.key)))
    del told["others"]
    wait(below.put_bytes(json.dumps(told).encode(), note.key))
    assert put(SharedStore(below), model, "b") == 0


def test_a_small_file_is_not_asked_for(below: Store, tmp_path: Path) -> None:
    (tmp_path / "small").write_bytes(b"a")
    put(SharedStore(below), tmp_path / "small", "a")
    assert wait(below.list("contents")) == ()


@pytest.mark.parametrize(
    "content",
    [
        b'{"key": "../../etc"}',
        b"[]",
        b'{"key": "a", "size": 1, "stored": "", "others": 5}',
        b'{"key": "a", "size": 1, "stored": "", "others": [["../../etc", ""]]}',
    ],
)
def test_a_note_that_is_garbage_is_not_believed(below: Store, model: Path, content: bytes) -> None:
    put(SharedStore(below), model, "a")
    (note,) = wait(below.list("contents"))
    wait(below.put_bytes(content, note.key))
    assert put(SharedStore(below), model, "b") is None
