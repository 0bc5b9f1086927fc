"""What a person reads before saying yes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.polyaxonfile import commands_of
from polyaxon_sdk.polyflow import read_operation


def commands(**run: object) -> list[str]:
    return commands_of(read_operation({"run": {"kind": "job", **run}}))


@pytest.mark.parametrize(
    ("container", "line"),
    [
        ({"command": ["python", "train.py"], "args": ["--lr", "0.1"]}, "python train.py --lr 0.1"),
        ({"command": ["sh", "-c", "rm -rf ~"]}, "sh -c 'rm -rf ~'"),
        ({"args": "{{ params.as_args }}"}, "{{ params.as_args }}"),
        ({"image": "acme/train:1"}, "(the command of image acme/train:1)"),
        ({"command": ["a"], "workingDir": "/tmp"}, "a  (in /tmp)"),
        ({"command": ["a"], "env": [{"name": "LD_PRELOAD", "value": "/x.so"}]}, "LD_PRELOAD=/x.so a"),
        ({"command": ["a"], "env": {"PATH": "/tmp/b in"}}, "PATH='/tmp/b in' a"),
        ({"command": ["echo", "a\nb\x1b[1A\u202e"]}, r"echo 'a\nb\x1b[1A\u202e'"),
    ],
)
def test_a_command_is_shown_as_it_is(container: dict[str, object], line: str) -> None:
    assert commands(container=container) == [line]


def test_all_containers_are_shown() -> None:
    shown = commands(
        init=[{"container": {"command": ["first"]}}, {"git": {"url": "https://x.org/a.git"}}],
        sidecars=[{"command": ["beside"]}],
        container={"command": ["main"], "lifecycle": {"postStart": {"exec": {"command": ["hook"]}}}},
    )
    assert sorted(shown) == ["beside", "first", "hook", "init: git url=https://x.org/a.git", "main"]


def test_a_variable_that_an_input_sets_is_shown() -> None:
    operation = read_operation(
        {
            "inputs": [{"name": "preload", "value": "/x.so", "toEnv": "LD_PRELOAD"}],
            "run": {"kind": "job", "container": {"command": ["a"]}},
        }
    )
    assert commands_of(operation) == ["LD_PRELOAD=/x.so a"]


def test_operations_of_a_dag_are_shown() -> None:
    node = {"name": "a", "component": {"run": {"kind": "job", "container": {"command": ["a"]}}}}
    patched = {"name": "b", "hubRef": "b", "runPatch": {"container": {"command": ["b"]}}}
    dag = {"kind": "dag", "operations": [node, patched]}
    assert commands_of(read_operation({"run": dag})) == ["a", "b"]


@pytest.mark.parametrize(
    "run",
    [
        {"kind": "tfjob", "worker": {"container": {"command": ["a"]}}},
        {"kind": "mpijob", "launcher": {"container": {"command": ["a"]}}},
        {"kind": "raycluster", "entrypoint": "a"},
    ],
)
def test_what_runs_on_many_machines_is_shown(run: dict[str, object]) -> None:
    assert commands_of(read_operation({"run": run})) == ["a"]


@given(st.text(min_size=1))
def test_a_line_holds_nothing_that_moves_a_cursor(word: str) -> None:
    assert all(letter.isprintable() for line in commands(container={"command": [word]}) for letter in line)
