from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.projects.shelf import DamagedVersionError, Shelf
from polyaxon_sdk.projects.version import StageCondition, Version


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "hub", "acme", "digits")


def version(name: str, **fields: object) -> Version:
    return Version.of({"name": name, "kind": "model", **fields})


def test_a_version_reads_back(shelf: Shelf) -> None:
    kept = Version(
        name="v1",
        kind="model",
        tags=["a"],
        content={"ü": [1, None]},
        stage_conditions=[StageCondition(stage="testing", time="2026")],
        meta_info={"artifacts": [{"name": "net"}]},
    )
    shelf.put(kept)
    assert shelf.get("model", "v1") == kept


def test_the_newest_comes_first(shelf: Shelf) -> None:
    shelf.put(version("a", created_at="2026-01-01"))
    shelf.put(version("b", created_at="2026-01-02"))
    assert [each.name for each in shelf.versions("model")] == ["b", "a"]


def test_kinds_lie_apart(shelf: Shelf) -> None:
    shelf.put(version("v1"))
    assert shelf.versions("artifact") == []


def test_a_name_that_is_taken_is_refused(shelf: Shelf) -> None:
    shelf.put(version("v1", description="first"))
    with pytest.raises(
        InputError, match="model version 'v1' is there already, expected another name, or `force`"
    ):
        shelf.put(version("v1", description="second"))
    assert shelf.get("model", "v1").description == "first"


def test_it_is_replaced_by_force(shelf: Shelf) -> None:
    shelf.put(version("v1", description="first"))
    shelf.put(version("v1", description="second"), force=True)
    assert shelf.get("model", "v1").description == "second"


def test_nothing_else_is_left_behind(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put(version("v1"))
    files = [path for path in (tmp_path / "hub").rglob("*") if path.is_file()]
    assert files == [tmp_path / "hub" / "@model" / "acme" / "digits" / "v1.json"]


def test_a_version_that_is_not_there_names_the_nearest(shelf: Shelf) -> None:
    shelf.put(version("release-1"))
    line = r"^no model version 'relaese-1' in project acme/digits, did you mean 'release-1'\?$"
    with pytest.raises(InputError, match=line):
        shelf.get("model", "relaese-1")


def test_a_version_is_taken_away(shelf: Shelf) -> None:
    shelf.put(version("v1"))
    shelf.remove("model", "v1")
    with pytest.raises(InputError, match="no model version 'v1'"):
        shelf.remove("model", "v1")


GARBAGE = ["", "{", "[]", '{"name": 3}', '{"name": "v2", "kind": "model", "tags": 3}']
GARBAGE += ['{"name": 7, "kind": "model"}', '{"name": "v2", "kind": "model", "tags": [5]}']


@pytest.fixture
def damaged(shelf: Shelf, tmp_path: Path, text: str) -> Path:
    """The file of `v2`, which tells no version, beside `v1`."""
    shelf.put(version("v1"))
    file = tmp_path / "hub" / "@model" / "acme" / "digits" / "v2.json"
    file.write_text(text)
    return file


@pytest.mark.parametrize("text", GARBAGE)
def test_garbage_hides_nothing_else_and_is_named(damaged: Path, shelf: Shelf) -> None:
    assert [each.name for each in shelf.versions("model")] == ["v1"]
    assert shelf.damaged("model") == [f"{damaged}: no version is told in it"]


@pytest.mark.parametrize("text", GARBAGE)
def test_garbage_is_told_by_its_file(damaged: Path, shelf: Shelf) -> None:
    with pytest.raises(DamagedVersionError, match=r"v2\.json: no version is told in it$"):
        shelf.get("model", "v2")


@pytest.mark.parametrize("text", ["{"])
def test_garbage_is_taken_away(damaged: Path, shelf: Shelf) -> None:
    shelf.remove("model", "v2")
    assert not damaged.exists()


@pytest.mark.parametrize("name", ["../v1", "a/b", "", ".v1", "v 1", "x" * 200])
def test_a_name_that_is_no_files_is_refused(name: str, shelf: Shelf) -> None:
    with pytest.raises(InputError, match=r"invalid version .* expected letters, digits"):
        shelf.put(version(name))


def test_what_a_later_package_adds_is_left_out(shelf: Shelf) -> None:
    assert version("v1", invented=1) == version("v1")


def test_a_kind_that_there_is_none_of_is_named_with_the_nearest(shelf: Shelf) -> None:
    with pytest.raises(
        InputError, match=r"no kind of version 'modl', expected one of .*, did you mean 'model'"
    ):
        shelf.versions("modl")  # type: ignore[arg-type]  # as an untyped script may say
