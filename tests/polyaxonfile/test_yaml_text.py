"""YAML text to plain data."""

from __future__ import annotations

import re

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.yaml_text import load


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1", {"a": 1}),
        ("a: 1e-3", {"a": 0.001}),
        ("a: .5", {"a": 0.5}),
        ("a: '1'", {"a": "1"}),
        ("a: yes", {"a": True}),
        ("a: 0:10:2", {"a": "0:10:2"}),
        ("a: 2024-02-03", {"a": "2024-02-03"}),
        ("a: ~", {"a": None}),
        ("a: [1, {b: c}]", {"a": [1, {"b": "c"}]}),
        ("a: |\n  x\n  y\n", {"a": "x\ny\n"}),
        ("1: a", {"1": "a"}),
        ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
        ("a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}", {"a": {"p": 1, "q": 2}, "b": {"q": 3, "p": 1}}),
        ("a: !!str 1\nb: !!float 1\nc: !!seq [!!int 2]\nd: !!map {}", {"a": "1", "b": 1, "c": [2], "d": {}}),
        ('{"a": [true, null]}', {"a": [True, None]}),
    ],
)
def test_words_become_values(text: str, value: object) -> None:
    assert load(text, "f.yml") == value


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: {{ lr }}", 'f.yml:1:4: an unquoted template, expected quotes around it: "{{ lr }}"'),
        ("b: 1\na: {{ x[0] }}", 'f.yml:2:4: an unquoted template, expected quotes around it: "{{ x[0] }}"'),
        ("a: [{{ x }}, 2]", 'f.yml:1:5: an unquoted template, expected quotes around it: "{{ x }}"'),
        ("a:\n\tb: 1", "f.yml:2:1: a tab indents this line, expected spaces"),
        ("a: 1\na: 2", "f.yml:2:1: a second 'a', expected each key once"),
        ("a: *x", "f.yml:1:4: alias *x of nothing, expected &x before it"),
        ("a: 1\n---\nb: 1", "f.yml:2:1: a second document, expected one document a file"),
        ("[a]: 1", "f.yml:1:1: a key that is no text, expected a word before the colon"),
        ("b: 1\na: " + "9" * 5000, "f.yml:2:4: a whole number of more than 1000 digits"),
        ("a: 0x" + "f" * 5000, "f.yml:1:4: a whole number of more than 1000 digits"),
        ("a: {<<: 5}", "f.yml:1:5: '<<' brings no mapping, expected an alias of a mapping before here"),
        ("a: 'b", "f.yml:1:6: no valid YAML: "),
        ("a: !mine b", "f.yml:1:4: the tag !mine, expected a value without it"),
        ("a: !!binary aGk=", "f.yml:1:4: the tag !!binary, expected a value without it"),
        ("a: !!set {b, c}", "f.yml:1:4: the tag !!set, expected a value without it"),
        (
            "a: !!python/object/apply:os.getcwd []",
            "f.yml:1:4: the tag !!python/object/apply:os.getcwd, expected",
        ),
        ("a: !!int b", "f.yml:1:4: 'b' is no value of the tag !!int"),
        ("a: b\nc: \x07d", r"f.yml:2:4: the character '\x07', expected text"),
        ("a\0", r"f.yml:1:2: the character '\x00', expected text"),
    ],
)
def test_a_mistake_has_its_place(text: str, line: str) -> None:
    with pytest.raises(InputError, match="^" + re.escape(line)):
        load(text, "f.yml")


def test_aliases_that_explode_are_refused() -> None:
    bombs = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))
    with pytest.raises(InputError, match="more than 500000 values"):
        load(f"a0: &a0 [1]\n{bombs}", "f.yml")


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(InputError, match="nested deeper than 64 levels"):
        load("[" * 5000, "f.yml")
