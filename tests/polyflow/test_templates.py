"""Texts that only look like templates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.compiler.templates import heal, render_native, render_text
from polyaxon_sdk.polyflow.templates import unverbatim, verbatim

MARKS = ["{{", "}}", "{%", "%}", "{#", "#}", " raw ", " endraw ", "-", "{", "\r\n", "x", "'", "[1]"]


@given(st.lists(st.sampled_from(MARKS)).map("".join) | st.text())
def test_a_verbatim_text_renders_to_itself(text: str) -> None:
    spelled = verbatim(text)
    assert isinstance(spelled, str)
    assert unverbatim(spelled) == text
    if spelled != text:
        assert (render_text(spelled, {}), render_native(spelled, {})) == (text, text)


@given(st.lists(st.sampled_from([each for each in MARKS if "\r" not in each])).map("".join))
def test_the_template_engine_reads_a_verbatim_text_as_we_do(text: str) -> None:
    from jinja2 import Environment

    rendered = Environment(keep_trailing_newline=True).from_string(str(verbatim("{{" + text))).render()
    assert rendered == "{{" + text


@pytest.mark.parametrize("value", ["adam", "", "{", "{#", 3, None, ["a", {"b": 0.5}]])
def test_what_holds_no_template_stays_as_it_is(value: object) -> None:
    assert verbatim(value) == unverbatim(value) == value


def test_texts_within_lists_and_mappings_are_verbatim_too() -> None:
    value = {"turns": ["{{ question }}", "b"]}
    assert verbatim(value) == {"turns": ["{% raw %}{{ question }}{% endraw %}", "b"]}
    assert unverbatim(verbatim(value)) == value


@pytest.mark.parametrize(
    "text", ["{{ x }}", "{% raw %}a{% endraw %}b", "{% raw %}a{%- endraw %}{{ b }}{% endraw %}"]
)
def test_a_template_stays_a_template(text: str) -> None:
    assert unverbatim(text) == text


def test_a_verbatim_text_is_not_mended() -> None:
    text = str(verbatim("{{ a }} + /b"))
    assert heal(text) == text
