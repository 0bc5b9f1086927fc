"""Rendering templates."""

from __future__ import annotations

import re

import pytest

from polyaxon_sdk.compiler.budget import OverLimitError, limited, seconds_left, spend
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
        (
            "{% for key, value in globals.items() %}{{ key }}={{ value }};{% endfor %}",
            "uuid=ab;artifacts_path=/runs;",
        ),
        ("{{ globals.get('uuid') }}", "ab"),
        ("{{ '-' * 3 }}", "---"),
        ("{{ '%s!' % lr }}", "0.1!"),
        ("{{ dict(a=1) }}", "{'a': 1}"),
        (
            "{% for a in names %}{% for b in names %}{% for c in names %}{{ c }}{% endfor %}{% endfor %}{% endfor %}",
            "abababab",
        ),
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
        ("{{ [0] * 3 }}", [0, 0, 0]),
        ("{{ globals.items() }}", [["uuid", "ab"], ["artifacts_path", "/runs"]]),
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
        ("{{ conv.values }}", "values is a function, it has to be called"),
        ("{{ range(10 ** 9) | list }}", "Range too big"),
        ("{{ 10 ** 3000 }}", "it gives a whole number of more than 1000 digits"),
        ("{{ lr / 0 }}", "division by zero"),
        (
            "{{ [conv] | map(attribute='b') | list }}",
            "names 'b', which doesn't exist, expected one of size, items",
        ),
        ("{{ [conv] | groupby('b') | list }}", "names 'b', which doesn't exist"),
        ("{{ [nothing] }}", "names 'nothing', which doesn't exist"),
        ("{{ {'a': conv.b} }}", "names 'b', which doesn't exist"),
        (
            "{{ names | map(attribute='__class__') | list }}",
            "access to attribute '__class__' of 'str' object is unsafe",
        ),
        ("{{ lr | rond }}", "no filter 'rond', did you mean 'round'?"),
        ("{{ lr + 'a' }}", "unsupported operand"),
        (
            "{% for a in range(9999) %}{% for b in range(99) %}xxxxxxxx{% endfor %}{% endfor %}",
            "more than 1000000",
        ),
        ("{% include 'x' %}", "no loader for this environment specified"),
        ("{{ 's' | xmlattr }}", ": a text has no 'items'"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "nests or calls itself too deep"),
        ("{{ " + "(" * 5000 + "1", "nests or calls itself too deep"),
        ("{{ " + "-" * 50000 + "1 }}", "nests or calls itself too deep"),
        ("{{ 1" + "+1" * 20000 + " }}", "nests or calls itself too deep"),
    ],
)
def test_a_mistake_is_told_in_one_line(template: str, line: str) -> None:
    with pytest.raises(InputError, match=re.escape(line)):
        render_text(template, CONTEXT)


@pytest.mark.parametrize(
    "template",
    [
        "{{ ('x' | center(10 ** 12)) | length }}",
        "{{ 'a'.replace('', 'b'.ljust(999999)).replace('', 'c'.ljust(999999)) }}",
        "{% set a = ['aaaaaaaaaa'] %}" + "{% set a = a + a %}" * 40 + "{{ a | length }}",
        "{{ '%999999999s' | format(1) | replace('', 'xxxxxxxxx') | length }}",
        "{{ 'a' * 10 ** 10 }}",
    ],
)
def test_a_template_that_fills_the_memory_is_ended(template: str) -> None:
    with pytest.raises(InputError, match="takes too much memory"):
        render_native(template, CONTEXT)


@pytest.mark.system
@pytest.mark.parametrize(
    "template",
    [
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
        "{{ 10 ** (10 ** 10) }}",
    ],
)
def test_a_template_that_computes_for_ever_is_ended(template: str) -> None:
    with pytest.raises(OverLimitError, match="takes more than 2 s"):
        render_text(template, CONTEXT)


@pytest.mark.system
def test_the_template_after_one_that_was_ended_is_rendered() -> None:
    with pytest.raises(OverLimitError, match="takes more than 2 s"):
        render_text("{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}", {})
    assert render_text("{{ range(2) | list }}", {}) == "[0, 1]"


def test_the_templates_of_a_document_share_their_time() -> None:
    with limited():
        spend(4.9999)
        with pytest.raises(OverLimitError, match="the templates of this file take more than 5 s in all"):
            render_text("{% for a in range(50000) %}{{ a }}{% endfor %}", {})


def test_where_no_time_is_left_nothing_is_rendered() -> None:
    with limited():
        with pytest.raises(OverLimitError, match="in all"):
            spend(6)
        with pytest.raises(OverLimitError, match="in all"):
            render_text("{{ lr * 2 }}", CONTEXT)


def test_documents_inside_of_another_share_its_time() -> None:
    with limited(), limited():
        spend(2)
        assert seconds_left() == pytest.approx(3)


def test_a_number_beyond_floats_is_a_mistake() -> None:
    with pytest.raises(InputError, match="holds a number that is too large"):
        render_native("{{ 1e400 }}", {})


def test_a_value_called_self_leaves_the_others_alone() -> None:
    assert render_native("{{ lr }}", {"lr": 1, "self": 2}) == 1


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
