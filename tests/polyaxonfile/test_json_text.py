"""JSON text to plain data, with places."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import read_files
from polyaxon_sdk.polyaxonfile.json_text import load, places_of

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def paths(value: object, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """The paths of everything in a value."""
    items: list[tuple[str | int, object]] = (
        list(value.items())
        if isinstance(value, dict)
        else list(enumerate(value))
        if isinstance(value, list)
        else []
    )
    return {path}.union(*(paths(item, (*path, step)) for step, item in items))


@given(value=VALUES, indent=st.none() | st.integers(0, 3))
def test_everything_in_a_document_has_a_place(value: object, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    assert load(text, "a.json") == value
    assert set(places_of(text, "a.json")) == paths(value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"a": 1, "a": 2}', "a.json:1:10: a second 'a', expected each key once"),
        ('{"a": [{"b": 1,\n"\\u0062": 2}]}', "a.json:2:1: a second 'b', expected each key once"),
        ('{"a": ' + "9" * 5000 + "}", "a.json:1:7: a whole number of more than 1000 digits"),
        ("[" * 100_000, "a.json:1:65: nested deeper than 64 levels"),
        (
            '{"a": ' + "[1," * 250_001 + "1" + "]" * 250_001 + "}",
            "a.json:1:196: nested deeper than 64 levels",
        ),
        ("[" + "1," * 500_000 + "1]", "a.json:1:1000000: more than 500000 values"),
        ('{"a": 1,}', "a.json:1:"),
        ('{"a" 1}', "a.json:1:6: no valid JSON: Expecting ':' delimiter"),
        ("{\n'a': 1}", "a.json:2:1: no valid JSON: Expecting property name enclosed in double quotes"),
    ],
)
def test_a_mistake_has_its_place(text: str, line: str) -> None:
    with pytest.raises(InputError, match="^" + re.escape(line)):
        load(text, "a.json")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"kind": "component", "naem": "a"}', "a.json:1:23: naem: unknown field, did you mean 'name'?"),
        (
            '{"kind": "component",\n "run": {"kind": "job",\n\t"container": {"imgae": "a\\/b"}}}',
            "a.json:3:16: run.container.imgae: unknown field, did you mean 'image'?",
        ),
        (
            '{"inputs": [{"name": "\\ud83d\\ude00"}, {"name": "n", "type": "int", "value": "x"}]}',
            "a.json:1:68: inputs[1].value: 'x' is not a value of type int, expected a whole number",
        ),
    ],
)
def test_a_wrong_field_has_its_place(
    text: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.json").write_text(text)
    with pytest.raises(InputError, match=f"^{re.escape(line)}$"):
        read_files([Path("a.json")])
