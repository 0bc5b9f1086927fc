"""Presets by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from polyaxon_sdk.compiler import merge, nodes_of
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import read_files
from polyaxon_sdk.polyaxonfile.presets import open_presets
from polyaxon_sdk.polyflow import V1Dag, V1Operation, write
from polyaxon_sdk.settings import load

Lay = Callable[..., V1Operation]
TRAIN = "kind: component\ntags: [a]\nrun: {kind: job, container: {command: [train], args: [x]}}\n"


def put(folder: Path, **presets: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in presets.items():
        (folder / f"{name}.yml").write_text(text)


@pytest.fixture
def presets(home: Path) -> Path:
    """The presets of the home."""
    return home / "presets"


@pytest.fixture
def lay(tmp_path: Path, home: Path) -> Lay:
    """Read a file, and lay presets over it."""

    def read(text: str, *also: str) -> V1Operation:
        (tmp_path / "train.yml").write_text(text)
        found = read_files([tmp_path / "train.yml"])
        return open_presets(load({"POLYAXON_HOME": str(home)}), tmp_path).put_on(found, also=also).operation

    return read


def merged(operation: V1Operation) -> dict[str, Any]:
    return write(merge(operation))


def test_a_preset_that_a_file_names_is_laid_over_it(lay: Lay, presets: Path) -> None:
    put(presets, gpu="isPreset: true\npatchStrategy: replace\nrunPatch: {container: {args: [z]}}\n")
    found = merged(lay(TRAIN + "presets: gpu\n"))
    assert (found["run"]["container"]["args"], found["presets"]) == (["z"], ["gpu"])


def test_presets_are_laid_on_in_their_order(lay: Lay, presets: Path) -> None:
    put(presets, **{name: f"name: {name}\ntags: [{name}]\n" for name in ("b", "c", "d")})
    found = merged(lay(TRAIN + "presets: [c, b]\n", "d"))
    assert (found["name"], found["tags"], found["presets"]) == ("d", ["a", "c", "b", "d"], ["c", "b", "d"])


def test_the_component_names_its_presets_first(lay: Lay, presets: Path) -> None:
    put(presets, b="name: b\n", c="name: c\n")
    inner = "".join(f"  {line}\n" for line in TRAIN.splitlines()[1:])
    found = merged(lay(f"kind: operation\npresets: [c]\ncomponent:\n  presets: [b]\n{inner}"))
    assert found["name"] == "c"


def test_the_folders_presets_go_before_the_homes(lay: Lay, presets: Path, tmp_path: Path) -> None:
    put(presets, gpu="name: home\n")
    put(tmp_path / ".polyaxon" / "presets", gpu="name: folder\n")
    assert lay(TRAIN, "gpu").name == "folder"


def test_a_preset_comes_after_those_that_it_names(lay: Lay, presets: Path) -> None:
    put(presets, big="presets: [gpu]\nqueue: big\n", gpu="queue: gpu\nnamespace: gpu\n")
    found = lay(TRAIN, "big")
    assert (found.queue, found.namespace) == ("big", "gpu")


def test_an_operation_of_a_dag_has_presets_of_its_own(lay: Lay, presets: Path) -> None:
    put(presets, gpu="patchStrategy: replace\nrunPatch: {container: {args: [z]}}\n")
    dag = """
        run:
          kind: dag
          components: [{name: t, run: {kind: job, container: {command: [train], args: [x]}}}]
          operations: [{name: a, dagRef: t}, {name: b, dagRef: t, presets: [gpu], dependencies: [a]}]
    """
    run = lay(dag).run
    assert isinstance(run, V1Dag)
    args = [merged(node)["run"]["container"]["args"] for node in nodes_of(run).values()]
    assert args == [["x"], ["z"]]


def test_the_presets_of_a_component_behind_a_dag_ref_come_before_the_operations(
    lay: Lay, presets: Path
) -> None:
    put(presets, gpu="runPatch: {container: {args: [z]}}\n", big="runPatch: {container: {args: [y]}}\n")
    dag = """
        run:
          kind: dag
          components: [{name: t, presets: [gpu], run: {kind: job, container: {command: [train], args: [x]}}}]
          operations: [{name: a, dagRef: t}, {name: b, dagRef: t, presets: [big], dependencies: [a]}]
    """
    run = lay(dag).run
    assert isinstance(run, V1Dag)
    args = [merged(node)["run"]["container"]["args"] for node in nodes_of(run).values()]
    assert args == [["x", "z"], ["x", "z", "y"]]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gup", "train.yml:4:11: presets[0]: no preset 'gup', expected one of big, gpu, did you mean 'gpu'?"),
        ("../gpu", "no preset '../gpu', expected one of big, gpu"),
        ("'{{ globals.name }}'", "no preset '{{ globals.name }}', expected one of big, gpu"),
    ],
)
def test_an_unknown_preset_is_told_with_the_nearest(lay: Lay, presets: Path, name: str, told: str) -> None:
    put(presets, gpu="queue: a\n", big="queue: a\n")
    with pytest.raises(InputError, match=re.escape(told)):
        lay(f"{TRAIN}presets: [{name}]\n")


def test_where_there_is_no_preset_the_file_to_write_is_named(lay: Lay, presets: Path) -> None:
    with pytest.raises(
        InputError, match=re.escape(f"--presets: no preset 'gpu', expected a file gpu.yaml in {presets}")
    ):
        lay(TRAIN, "gpu")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("runPatch: {container: {args: [z]\n", "gpu.yml:2:1: "),
        ("queu: a\n", "gpu.yml:1:1: queu: unknown field, did you mean 'queue'?"),
        (TRAIN, "gpu.yml:1:1: kind: a component, or a reference to one, is nothing to lay over another"),
        ("presets: [gup]\n", "gpu.yml:1:1: presets: no preset 'gup'"),
        ("presets: [gpu]\n", "gpu.yml:1:1: presets: presets name each other in a circle: gpu -> gpu"),
    ],
)
def test_a_wrong_preset_is_told_with_its_place(lay: Lay, presets: Path, text: str, told: str) -> None:
    put(presets, gpu=text)
    with pytest.raises(InputError, match=re.escape(told)):
        lay(TRAIN, "gpu")


def test_a_patch_that_does_not_fit_is_told_with_the_presets_place(
    lay: Lay, presets: Path, tmp_path: Path
) -> None:
    put(presets, gpu="runPatch:\n  container: {imgae: a}\n")
    found = read_files([tmp_path / "t.yml"]) if (tmp_path / "t.yml").write_text(TRAIN) else None
    assert found is not None
    found = open_presets(load({"POLYAXON_HOME": str(presets.parent)}), tmp_path).put_on(found, also=["gpu"])
    with pytest.raises(InputError, match=r"gpu.yml:2:\d+: runPatch.container.imgae"), found.locating():
        merge(found.operation)
