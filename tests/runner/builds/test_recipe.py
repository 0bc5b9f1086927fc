"""What virtual environments are made of."""

from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.builds.recipe import recipe_of


def digest(folder: Path, requirements: object = "requirements.txt", **more: object) -> str:
    """That of the recipe which these inputs ask for."""
    return recipe_of({"requirements": requirements, **more}, folder).digest


def test_the_same_content_elsewhere_is_the_same_recipe(tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "requirements.txt").write_text("numpy==2.0\n")
    assert digest(tmp_path / "here") == digest(tmp_path / "there")


def test_a_file_that_a_file_names_counts(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("numpy\n-c versions.txt\n")
    (tmp_path / "versions.txt").write_text("numpy==2.0\n")
    before = digest(tmp_path)
    (tmp_path / "versions.txt").write_text("numpy==2.1\n")
    assert digest(tmp_path) != before


def test_files_that_name_each_other_are_read_once(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("-r requirements.txt\nnumpy\n")
    assert recipe_of({"requirements": "requirements.txt"}, tmp_path).contents == (
        "-r requirements.txt\nnumpy\n",
    )


@pytest.mark.parametrize("more", [{"isolated": True}, {"python": "/usr/bin/python3"}])
def test_all_that_it_is_made_of_counts(more: dict[str, object], tmp_path: Path) -> None:
    assert digest(tmp_path, ["numpy"], **more) != digest(tmp_path, ["numpy"])


@pytest.mark.parametrize(
    ("wanted", "line"), [("nowhere.txt", "can't be read: "), (3, "3 are no requirements")]
)
def test_what_is_no_requirement_is_refused(wanted: object, line: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"^requirements: {line}"):
        digest(tmp_path, wanted)
