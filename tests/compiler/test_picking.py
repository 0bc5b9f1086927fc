"""Templates that only name values, against the template engine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.compiler.picking import UnpickedError, pick, picks_of
from polyaxon_sdk.compiler.sandbox import evaluate

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
TEXTS = st.text(st.characters(exclude_characters="{%#\r", exclude_categories=["Cs"]), max_size=5)


@given(before=TEXTS, value=VALUES, after=TEXTS)
def test_it_gives_the_text_that_the_engine_gives(before: str, value: object, after: str) -> None:
    template = f"{before}{{{{ a.b }}}}{after}"
    picks = picks_of(template)
    assert picks is not None
    expected = evaluate(template, {"a": {"b": value}}, native=False, bounded=False)
    assert str(pick(picks, {"a": {"b": value}}, native=False)) == expected


@pytest.mark.parametrize(
    "template",
    [
        "{{ a + 1 }}",
        "{{ true }}",
        "{{ a }}{% if b %}{% endif %}",
        "{{ a }}{# b #}",
        "{{ a[0] }}",
        "a\r{{ b }}",
    ],
)
def test_what_does_more_is_left_to_the_engine(template: str) -> None:
    assert picks_of(template) is None


@pytest.mark.parametrize("context", [{}, {"a": 10**400}, {"a": "x" * 200_000}, {"a": print}])
def test_a_value_that_is_not_plainly_printed_is_left_to_the_engine(context: dict[str, object]) -> None:
    picks = picks_of("{{ a }}")
    assert picks is not None
    with pytest.raises(UnpickedError, match=r"^$"):
        pick(picks, context, native=False)
