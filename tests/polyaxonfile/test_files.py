"""Polyaxonfiles from `-f`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import find_default, read_files
from polyaxon_sdk.polyflow import V1Param, V1Termination

COMPONENT = "kind: component\nname: train\nrun:\n  kind: job\n  container: {image: a}\n"


def written(folder: Path, **files: str) -> list[Path]:
    paths = [folder / f"{name}.yml" for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        path.write_text(text)
    return paths


def test_a_component_becomes_an_operation(tmp_path: Path) -> None:
    found = read_files(written(tmp_path, train=COMPONENT))
    assert found.kind == "component"
    assert found.operation.component is not None
    assert found.operation.component.name == "train"


def test_a_later_file_is_laid_over_the_first(tmp_path: Path) -> None:
    over = "kind: operation\nparams: {lr: 0.1}\ntags: [b]\n"
    found = read_files(written(tmp_path, train="kind: operation\ntags: [a]\n", over=over))
    assert found.operation.params == {"lr": V1Param(value=0.1)}
    assert found.operation.tags == ["a", "b"]


def test_a_later_file_uses_its_own_strategy(tmp_path: Path) -> None:
    over = "isPreset: true\npatchStrategy: isnull\nqueue: b\nname: over\n"
    found = read_files(written(tmp_path, train="kind: operation\nname: train\n", over=over))
    assert (found.operation.name, found.operation.queue) == ("train", "b")
    assert found.operation.is_preset is None


def test_a_file_that_fills_gaps_leaves_alone_what_the_component_says(tmp_path: Path) -> None:
    train = COMPONENT + "termination: {timeout: 5}\n"
    over = """
        isPreset: true
        patchStrategy: isnull
        termination: {timeout: 9, ttl: 9}
        runPatch: {container: {image: b, workingDir: /w}}
    """
    operation = read_files(written(tmp_path, train=train, over=over)).operation
    assert operation.termination == V1Termination(ttl=9)
    assert operation.run_patch == {"container": {"workingDir": "/w"}}


def test_a_path_reference_is_relative_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "components").mkdir()
    (tmp_path / "ops").mkdir()
    written(tmp_path / "components", train=COMPONENT)
    found = read_files(written(tmp_path / "ops", op="kind: operation\npathRef: ../components/train.yml\n"))
    assert found.operation.component is not None
    assert found.operation.component.name == "train"
    assert found.operation.path_ref == "../components/train.yml"


def test_references_in_a_circle_are_named(tmp_path: Path) -> None:
    first, _ = written(
        tmp_path,
        a="kind: component\npathRef: b.yml\n",
        b="kind: component\npathRef: a.yml\n",
    )
    with pytest.raises(
        InputError, match=re.escape("b.yml:2:1: pathRef: files refer to each other in a circle")
    ):
        read_files([first])


def test_a_default_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "polyaxonfile.yml").write_text(COMPONENT)
    assert find_default(tmp_path) == tmp_path / "polyaxonfile.yml"


def test_a_folder_without_a_default_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no Polyaxonfile, expected"):
        find_default(tmp_path)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "kind: component\nrun:\n  kind: job\n  container:\n    imgae: a\n",
            "5:5: run.container.imgae: unknown field, did you mean 'image'?",
        ),
        (
            "kind: componet\n",
            "1:1: kind: unknown kind 'componet', expected component or operation, did you mean 'component'?",
        ),
        ("kind: operation\npathRef: no.yml\n", "2:1: pathRef: no such file: "),
        ("kind: operation\npathRef: " + "a" * 5000, "2:1: pathRef: 'aaa"),
        ("- a\n", "1:1: a list or a single value, expected a component or an operation"),
        (
            "kind: component\ninputs:\n- {name: a}\n- type: int\n",
            "4:3: inputs[1].name: missing, expected text",
        ),
    ],
)
def test_a_mistake_has_its_place(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(InputError, match=re.escape(f"train.yml:{line}")):
        read_files(written(tmp_path, train=text))


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"", "nothing in it"),
        (b"{}", "nothing in it"),
        (b"\xff\xfe", "no UTF-8 text"),
        (b"#" * 9 * 2**20, "larger than 8 MiB"),
    ],
)
def test_a_file_without_a_document_says_why(tmp_path: Path, raw: bytes, line: str) -> None:
    (tmp_path / "a.yml").write_bytes(raw)
    with pytest.raises(InputError, match=line):
        read_files([tmp_path / "a.yml"])


def test_a_json_mistake_has_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"kind": "component",\n "name": }')
    with pytest.raises(InputError, match=re.escape("a.json:2:10: no valid JSON")):
        read_files([tmp_path / "a.json"])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"name": "a", "name": "b"}', r"a.json:1:15: a second 'name', expected each key once"),
        ('{"cost": ' + "9" * 5000 + "}", "a.json:1:10: a whole number of more than 1000 digits"),
        ('{\n"tags":\n' + "[" * 70 + "]" * 70 + "}", "a.json:3:64: nested deeper than 64 levels"),
    ],
)
def test_a_json_file_that_means_no_one_thing_is_refused(tmp_path: Path, text: str, line: str) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(InputError, match=line):
        read_files([tmp_path / "a.json"])


def test_a_kind_without_a_word_is_none(tmp_path: Path) -> None:
    found = read_files(written(tmp_path, train="kind:\nname: train\n"))
    assert (found.kind, found.operation.name) == (None, "train")
