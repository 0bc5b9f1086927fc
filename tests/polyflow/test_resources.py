"""The short way to say what a container needs."""

from __future__ import annotations

import re

import pytest

from polyaxon_sdk.polyflow import SpecError, read_operation
from polyaxon_sdk.polyflow.resources import split_resource


@pytest.mark.parametrize(
    ("name", "amount", "sides"),
    [
        ("cpu", "1..2", ("1", "2")),
        ("cpu", "..2", (None, "2")),
        ("cpu", "1..", ("1", None)),
        ("cpu", 0.5, (0.5, None)),
        ("memory", " 1.5Gi ", ("1.5Gi", None)),
        ("gpu", 1, (1, 1)),
        ("gpu", "1", (1, 1)),
        ("gpu", "1..2", (1, 2)),
        ("google.com/tpu", "..2", (None, 2)),
    ],
)
def test_a_side_that_is_not_said_is_left_out(name: str, amount: object, sides: tuple[object, object]) -> None:
    assert split_resource(name, amount) == sides


@pytest.mark.parametrize(
    ("resources", "line"),
    [
        ({"foo": 1}, "resources: unknown resource 'foo', expected cpu, memory, gpu"),
        ({"cpu": ".."}, "resources.cpu: '..' is not allowed, expected a request"),
        ({"cpu": None}, "resources.cpu: no value"),
        ({"cpu": True}, "resources.cpu: True is not allowed"),
        ({"cpu": -3}, "resources.cpu: -3 is not allowed"),
        ({"cpu": "{{ x }}"}, "resources.cpu: '{{ x }}' is not allowed"),
        ({"cpu": "2..1"}, "resources.cpu: the request 2 is more than the limit 1"),
        (
            {"memory": "1GB"},
            "resources.memory: '1GB' is not allowed, expected an amount such as 512Mi or 2Gi",
        ),
        ({"gpu": 0.5}, "resources.gpu: 0.5 is not allowed, expected a whole number"),
    ],
)
def test_what_is_no_amount_is_refused(resources: object, line: str) -> None:
    with pytest.raises(SpecError, match="^" + re.escape(line)):
        read_operation({"resources": resources})


@pytest.mark.parametrize(("cmd", "path"), [("", "cmd"), ([], "cmd"), (["a", " "], "cmd[1]")])
def test_a_script_has_commands(cmd: object, path: str) -> None:
    with pytest.raises(SpecError, match=f"^{re.escape(path)}: no command$"):
        read_operation({"cmd": cmd})


def test_no_ports_are_none() -> None:
    assert read_operation({"ports": None}).ports is None
