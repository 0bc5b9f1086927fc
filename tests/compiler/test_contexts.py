"""What templates see, and how each value prints."""

from __future__ import annotations

import pytest

from polyaxon_sdk.compiler.contexts import as_arg, as_text, context_of
from polyaxon_sdk.compiler.templates import render_text
from polyaxon_sdk.polyflow import V1IO

FLAG = V1IO(name="x", type="bool", is_flag=True, value=True)
OFF = V1IO(name="x", type="bool", is_flag=True, value=False)


@pytest.mark.parametrize(
    ("io", "shown", "text", "arg"),
    [
        (V1IO(name="x", type="int", value=3), "3", "3", "--x=3"),
        (V1IO(name="x", type="float", value=0.1), "0.1", "0.1", "--x=0.1"),
        (V1IO(name="x", type="str", value="raw"), "raw", "raw", "--x=raw"),
        (V1IO(name="x", value=[1, 2]), "[1, 2]", "[1,2]", "--x=[1,2]"),
        (V1IO(name="x", value={"k": 1}), "{'k': 1}", '{"k":1}', '--x={"k":1}'),
        (V1IO(name="x", type="bool", value=True), "True", "true", "--x=true"),
        (FLAG, "--x", "--x", "--x"),
        (OFF, "", "", ""),
        (V1IO(name="x", is_optional=True), "None", "", ""),
        (V1IO(name="x", value=0.1, arg_format="-x={{ x }}"), "0.1", "0.1", "-x=0.1"),
    ],
)
def test_a_value_prints_as_its_type_says(io: V1IO, shown: str, text: str, arg: str) -> None:
    context = context_of([io], [])
    assert render_text("{{ x }}", context) == shown
    assert (render_text("{{ params.x.as_str }}", context), render_text("{{ params.x.as_arg }}", context)) == (
        text,
        arg,
    )
    assert (as_text(io), as_arg(io, {"x": io.value})) == (text, arg)


def test_arguments_are_those_of_every_input_with_a_value() -> None:
    inputs = [FLAG, V1IO(name="n", is_optional=True), V1IO(name="m", value=1)]
    context = context_of(inputs, [V1IO(name="context", value=2)])
    assert render_text("{{ params.as_args | join(' ') }}", context) == "--x --m=1"


def test_a_value_of_its_own_name_is_a_param_too() -> None:
    context = context_of([], [V1IO(name="items", value=2, connection="c")])
    assert render_text("{{ params.items.value }}-{{ params.items.connection }}", context) == "2-c"
