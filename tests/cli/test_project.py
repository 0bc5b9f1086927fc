"""The commands about projects and versions, and those that set a folder up."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Polyaxon
from tests.cli.inside import polyaxon
from tests.cli.test_ops import AddRun, add_run

__all__ = ["add_run", "polyaxon"]


def test_a_folder_works_in_its_project(polyaxon: Polyaxon, folder: Path) -> None:
    polyaxon("init", "-p", "acme/digits")
    found = json.loads(polyaxon("config", "show", "-o", "json").out)["project"]
    assert found == {"value": "acme/digits", "source": str(folder / ".polyaxon" / "project")}


def test_a_folder_gets_a_polyaxonfile_that_is_valid(polyaxon: Polyaxon, folder: Path) -> None:
    polyaxon("init", "-p", "digits", "--polyaxonfile")
    assert polyaxon("check", "-f", "polyaxonfile.yaml").code == 0


def test_a_polyaxonfile_that_is_there_stays(polyaxon: Polyaxon, folder: Path) -> None:
    (folder / "polyaxonfile.yaml").write_text("mine")
    polyaxon("init", "-p", "digits", "--polyaxonfile")
    assert (folder / "polyaxonfile.yaml").read_text() == "mine"


def test_projects_are_listed(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train", "digits")
    polyaxon("project", "create", "-n", "acme/letters", "--description", "abc")
    rows = json.loads(polyaxon("project", "ls", "-o", "json").out)
    assert [(row["owner"], row["name"], row["runs"]) for row in rows] == [
        ("acme", "letters", 0),
        ("default", "digits", 1),
    ]


def test_a_project_is_updated_shown_and_deleted(polyaxon: Polyaxon) -> None:
    polyaxon("project", "update", "-p", "digits", "--description", "numbers", "--tags", "a,b")
    shown = json.loads(polyaxon("project", "get", "-p", "digits", "-o", "json").out)
    assert (shown["description"], shown["tags"]) == ("numbers", ["a", "b"])
    assert polyaxon("project", "delete", "-p", "digits", "-y").out == "deleted project default/digits\n"


@pytest.mark.parametrize("words", [("get",), ("delete", "-y")])
def test_a_project_that_is_not_there_is_named_with_the_nearest(
    polyaxon: Polyaxon, add_run: AddRun, words: tuple[str, ...]
) -> None:
    add_run("train", "digits")
    told = polyaxon("project", *words, "-p", "digit")
    assert (told.code, told.err) == (
        2,
        "Error: no project 'default/digit', did you mean 'default/digits'?\n",
    )


def test_a_project_with_a_run_says_so(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train", "digits")
    told = polyaxon("project", "delete", "-p", "digits", "-y")
    assert "project default/digits has 1 run and 0 versions" in told.err


def test_a_version_is_registered_staged_copied_and_deleted(polyaxon: Polyaxon) -> None:
    polyaxon("models", "-p", "digits", "register", "-ver", "v1", "--tags", "a", "--content", '{"x": 1}')
    polyaxon("models", "-p", "digits", "stage", "-ver", "v1", "--to", "staging")
    polyaxon("models", "-p", "digits", "copy", "-ver", "v1", "--to-project", "letters", "-n", "v2")
    polyaxon("models", "-p", "digits", "delete", "-ver", "v1", "-y")
    [copy] = json.loads(polyaxon("models", "-p", "letters", "ls", "-o", "json").out)
    assert (copy["name"], copy["stage"], copy["content"]) == ("v2", "staging", {"x": 1})
    assert polyaxon("models", "-p", "digits", "ls").out == "no model versions in project default/digits\n"


def test_versions_of_other_kinds_lie_apart(polyaxon: Polyaxon) -> None:
    polyaxon("models", "--kind", "artifact", "register", "-ver", "v1", "--content", "x")
    assert json.loads(polyaxon("models", "--kind", "artifact", "get", "-ver", "v1").out)["kind"] == "artifact"
    assert polyaxon("models", "get", "-ver", "v1").code == 2


def test_a_column_that_no_run_has_is_named_with_the_nearest(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train")
    told = polyaxon("ops", "ls", "-c", "uuid,metrics.los")
    assert told.err == "no run here has 'metrics.los', did you mean 'loss'?\n"


def test_the_index_is_rebuilt(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train")
    assert polyaxon("index", "rebuild").out == "1 run in the index\n"


def test_a_dry_run_cleans_nothing(polyaxon: Polyaxon, home: Path) -> None:
    scratch = home / "contexts" / ("0" * 32)
    scratch.mkdir(parents=True)
    os.utime(scratch, (0, 0))
    assert polyaxon("gc", "--dry-run", "--no-caches").out.endswith("0 bytes in all\n")
    assert scratch.is_dir()
    assert polyaxon("gc", "-y", "--no-caches").out.endswith("freed 0 bytes\n")
    assert not scratch.exists()


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_a_shell_is_told_how_to_complete(polyaxon: Polyaxon, shell: str) -> None:
    told = polyaxon("completion", shell, "--name", "plx")
    assert (told.code, "_PLX_COMPLETE" in told.out) == (0, True)


def test_a_store_is_cleaned_after_saying_what(polyaxon: Polyaxon, tmp_path: Path) -> None:
    old = tmp_path / "store" / "changes" / f"{1:020d}-{'0' * 32}-ab"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"")
    told = polyaxon("gc", "--store", str(tmp_path / "store"), "--dry-run")
    assert (told.out.splitlines()[0].split()[:2], old.exists()) == (["mark", f"changes/{old.name}"], True)
    assert polyaxon("gc", "--store", str(tmp_path / "store"), "-y").code == 0
    assert not old.exists()


def test_without_a_store_there_is_none_to_clean(polyaxon: Polyaxon) -> None:
    told = polyaxon("gc", "--store")
    assert (told.code, "no store is configured" in told.err) == (2, True)


def test_an_owner_in_common_makes_no_project_near(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train", "other")
    assert polyaxon("project", "get", "-p", "nope").err == "Error: no project 'default/nope'\n"


def test_a_project_whose_file_is_garbage_hides_no_other(polyaxon: Polyaxon, home: Path) -> None:
    polyaxon("project", "create", "-n", "good")
    file = home / "hub" / "@project" / "default" / "bad.json"
    file.write_text("{")
    told = polyaxon("project", "ls", "-o", "json")
    assert [row["name"] for row in json.loads(told.out)] == ["bad", "good"]
    assert told.err == f"damaged: {file}: no project is told in it\n"


def test_a_version_whose_file_is_garbage_is_named_and_deleted(polyaxon: Polyaxon, home: Path) -> None:
    polyaxon("models", "register", "-ver", "v1", "--content", "x")
    file = home / "hub" / "@model" / "default" / "default" / "w.json"
    file.write_text("{")
    line = f"{file}: no version is told in it"
    assert polyaxon("models", "ls").err == f"damaged: {line}\n"
    assert polyaxon("models", "get", "-ver", "w").err == f"Error: {line}\n"
    assert polyaxon("models", "delete", "-ver", "w", "-y").out == "deleted model default:w\n"


def test_a_version_that_is_taken_names_the_option(polyaxon: Polyaxon) -> None:
    polyaxon("models", "register", "-ver", "v1", "--content", "x")
    assert "`--force`" in polyaxon("models", "register", "-ver", "v1", "--content", "y").err


@pytest.mark.parametrize("words", [(), ("--description", "best"), ("--content", "x", "--artifacts", "net")])
def test_a_version_of_nothing_is_not_kept(polyaxon: Polyaxon, words: tuple[str, ...]) -> None:
    told = polyaxon("models", "register", "-ver", "d", *words)
    assert (told.code, "a version of nothing: --run-uid, --content or" in told.err) == (2, True)
    assert polyaxon("models", "ls").out == "no model versions in project default/default\n"


def test_a_folder_whose_project_is_garbage_is_told_by_its_file(polyaxon: Polyaxon, folder: Path) -> None:
    polyaxon("init", "-p", "digits")
    (folder / ".polyaxon" / "project").write_bytes(b"\x00\xff digits")
    told = polyaxon("project", "get")
    assert told.err.startswith(f"Error: {folder / '.polyaxon' / 'project'}: invalid project ")
    assert told.code == 2
