from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import file_name, inside, is_uuid, new_uuid


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("loss", "loss"),
        ("val loss/x", "val-loss__x"),
        ("a\\b", "a__b"),
        ("a.b - c", "a-b-c"),
        ("précision", "precision"),
        ("top-5 (%)", "top-5"),
        ("  spaced  ", "spaced"),
    ],
)
def test_a_name_becomes_a_file_name(name: str, stem: str) -> None:
    assert file_name(name) == stem


@given(st.text(max_size=400))
def test_any_name_becomes_a_short_ascii_file_name_in_one_folder(name: str) -> None:
    stem = file_name(name)
    assert 0 < len(stem) <= 180
    assert stem.isascii()
    assert not set("/\\\0.\n ") & set(stem)


@pytest.mark.parametrize(("one", "other"), [("", "."), ("損失", "精度"), ("..", "../.."), ("💥", "😀")])
def test_names_without_a_letter_left_stay_apart(one: str, other: str) -> None:
    assert file_name(one) != file_name(other)


def test_a_name_of_a_megabyte_is_cut_and_told_apart() -> None:
    one, other = file_name("x" * (1 << 20)), file_name("x" * (1 << 20) + "y")
    assert one != other
    assert len(one) < 200


def test_uuids_have_the_form_of_run_folders() -> None:
    assert is_uuid(new_uuid())
    assert new_uuid() != new_uuid()


@pytest.mark.parametrize("text", ["", "0f", "0F" * 16, "0f" * 16 + "\n", "zz" * 16])
def test_other_texts_are_no_uuid(text: str) -> None:
    assert not is_uuid(text)


@pytest.mark.parametrize("relative", ["../x", "a/../../x", "/etc/passwd", "a\0b", "..", "a/../../../run2/x"])
def test_a_path_that_leads_out_is_refused(relative: str) -> None:
    with pytest.raises(InputError, match="leads out of the run"):
        inside("/home/run", relative)


@pytest.mark.parametrize(
    ("relative", "path"),
    [("a/b", "/home/run/a/b"), ("a/../b", "/home/run/b"), (".", "/home/run"), ("..a", "/home/run/..a")],
)
def test_a_path_inside_is_joined(relative: str, path: str) -> None:
    assert inside("/home/run", relative) == path


def test_a_neighbour_with_the_same_beginning_is_outside(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="leads out of the run"):
        RunFolder(tmp_path / "run").inside("../run2/x")
