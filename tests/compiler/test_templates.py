"""Rendering templates."""

from __future__ import annotations

import re

import pytest

from polyaxon_sdk.compiler.templates import heal, render_native, render_text
from polyaxon_sdk.exceptions import InputError

CONTEXT: dict[str, object] = {
    "lr": 0.1,
    "n": 3,
    "none": None,
    "names": ["a", "b"],
    "conv": {"size": [2, 2], "items": 5},
    "globals": {"uuid": "ab", "artifacts_path": "/runs"},
}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("--lr={{ lr }}", "--lr=0.1"),
        ("{{ names }}", "['a', 'b']"),
        ("{{ conv.size[0] }}", "2"),
        ("{{ conv.items }}", "5"),
        ("{{ globals.artifacts_path + '/x' }}", "/runs/x"),
        ("{% if n > 2 %}many{% else %}few{% endif %}", "many"),
        ("{% for name in names %}{{ name }};{% endfor %}", "a;b;"),
        ("{{ names | map('map_format', '--x=%s') | join(' ') }}", "--x=a --x=b"),
        ("{{ lr * 2 }}", "0.2"),
        ("{{ n ** 2 }}", "9"),
        ("{{ nothing | default('some') }}", "some"),
        ("{{ nothing is defined }}", "False"),
    ],
)
def test_a_template_gives_text(template: str, text: str) -> None:
    assert render_text(template, CONTEXT) == text


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ("{{ names }}", ["a", "b"]),
        ("{{ lr }}", 0.1),
        ("{{ none }}", None),
        (" {{ n > 2 }} ", True),
        ("{{ n }}{{ n }}", 33),
        ("{{ '[1, 2]' }}", [1, 2]),
        ("{{ globals.uuid }}", "ab"),
        ("x{{ n }}", "x3"),
        ("{{ '{' }}x{{ '}' }}", "{x}"),
    ],
)
def test_a_whole_expression_keeps_its_type(template: str, value: object) -> None:
    assert render_native(template, CONTEXT) == value


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("{{ lrr }}", "template '{{ lrr }}' names 'lrr', which doesn't exist, did you mean 'lr'?"),
        ("{{ globals.uid }}", "names 'uid', which doesn't exist, did you mean 'uuid'?"),
        ("{{ lr.real.x }}", "names 'x', which doesn't exist"),
        ("{{ lr }", "template '{{ lr }': unexpected '}'"),
        ("{% for x in names %}", "Unexpected end of template"),
        ("{{ lr.__class__ }}", "access to attribute '__class__' of 'float' object is unsafe"),
        ("{{ ''.__class__.__mro__ }}", "is unsafe"),
        ("{{ names.append(1) }}", "access to attribute 'append' of 'list' object is unsafe"),
        ("{{ range(10 ** 5) | list }}", "a range is at most 10000 long"),
        ("{{ range(10 ** 9) | list }}", "a number above 1000000 is no argument here"),
        ("{{ 'a'.ljust(10 ** 12) }}", "a number above 1000000 is no argument here"),
        ("{{ 'a' | center(width=10 ** 12) }}", "a number above 1000000 is no argument here"),
        ("{{ 10 ** 10 ** 10 }}", "a power this large is not allowed"),
        ("{{ 'a' * 10 ** 9 }}", "only numbers are multiplied"),
        ("{{ '%1000000000d' % 1 }}", "only numbers have a remainder"),
        ("{{ 1 | map_format('%9999999d') }}", "a width like that of '%9999999d' is not allowed"),
        ("{{ lr / 0 }}", "division by zero"),
        ("{{ lr + 'a' }}", "unsupported operand"),
        (
            "{% for a in names %}{% for b in names %}{% for c in names %}{% endfor %}{% endfor %}{% "
            "endfor %}",
            "loops nest deeper than 2",
        ),
        (
            "{% for a in range(9999) %}{% for b in range(99) %}xxxxxxxx{% endfor %}{% endfor %}",
            "more than 1000000",
        ),
        ("{% include 'x' %}", "no loader for this environment specified"),
    ],
)
def test_a_mistake_is_told_in_one_line(template: str, line: str) -> None:
    with pytest.raises(InputError, match=re.escape(line)):
        render_text(template, CONTEXT)


@pytest.mark.parametrize(
    ("template", "healed"),
    [
        ("{{ a }} + /b", "{{ a }}/b"),
        ("{{ a }}+/b/{{ c }} + /d", "{{ a }}/b/{{ c }}/d"),
        ("{{ a }} + b", "{{ a }} + b"),
        ("{{ a + '/b' }}", "{{ a + '/b' }}"),
    ],
)
def test_a_plus_outside_the_braces_is_healed(template: str, healed: str) -> None:
    assert heal(template) == healed
