"""What a template names, found without rendering it."""

from __future__ import annotations

import pytest

from polyaxon_sdk.compiler.mentions import mentions_of


@pytest.mark.parametrize(
    ("template", "paths"),
    [
        ("no template", []),
        ("{{ lr }} {{ globals.uuid }}", [("lr",), ("globals", "uuid")]),
        ("{{ globals['uuid'] }}", [("globals", "uuid")]),
        ("{{ sizes[0] + n }}", [("sizes",), ("n",)]),
        ("{{ names | map('map_format', prefix) | list }}", [("names",), ("prefix",)]),
        ("{{ range(n) | list }}", [("n",)]),
        ("{{ lr | default(0.1) }}", []),
        ("{% if lr is defined %}{{ lr }}{% endif %}", []),
        ("{% set a = b %}{{ a }}", [("b",)]),
        ("{% for name in names %}{{ loop.index }}{% endfor %}", [("names",)]),
        ("{% raw %}{{ lr }}{% endraw %}", []),
        ("{# {{ lr }} #}{{ n }}", [("n",)]),
    ],
)
def test_a_name_that_is_needed_is_sure(template: str, paths: list[tuple[str, ...]]) -> None:
    assert [mention.path for mention in mentions_of(template) if mention.sure] == paths


@pytest.mark.parametrize(
    "template",
    [
        "{% if 1 %}{{ lr }}{% endif %}",
        "{{ lr if 1 else 2 }}",
        "{{ 1 or lr }}",
        "{% for i in [] %}{{ lr }}{% endfor %}",
        "{% macro m() %}{{ lr }}{% endmacro %}",
    ],
)
def test_a_name_that_may_not_be_reached_is_not_sure(template: str) -> None:
    assert [mention for mention in mentions_of(template) if mention.path == ("lr",)] == [(("lr",), False)]
