"""From the text of a query to its tree."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query import And, Condition, Node, Or, parse_query

A, B, C = Condition("a", "1"), Condition("b", "2"), Condition("c", "3")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a:1", A),
        (" a : 1 ", A),
        ("((a:1))", A),
        ("a:1, b:2", And((A, B))),
        ("a:1 AND b:2 and c:3", And((A, B, C))),
        ("a:1 or b:2, c:3", Or((A, And((B, C))))),
        ("(a:1 OR b:2), c:3", And((Or((A, B)), C))),
        ("a:1 | b:2", Or((A, B))),
        ("a:1|2", Condition("a", "1|2")),
        ("a:1 | 2", Condition("a", "1 | 2")),
        ("a:2024-01-01 10:10:10", Condition("a", "2024-01-01 10:10:10")),
        ("name:border OR name:brand", Or((Condition("name", "border"), Condition("name", "brand")))),
        ("metrics.loss:~nil", Condition("metrics.loss", "~nil")),
    ],
)
def test_words_become_a_tree(text: str, tree: Node) -> None:
    assert parse_query(text) == tree


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "query '' ends too early, expected field:value"),
        ("a", "query 'a' ends too early, expected field:value"),
        ("a:1,", "query 'a:1,' ends too early, expected field:value"),
        ("a:1,,b:2", "query 'a:1,,b:2' goes wrong at ',b:2', expected field:value"),
        ("a:1)", "query 'a:1)' goes wrong at ')', expected a comma, AND, OR or the end"),
        ("1a:2", "query '1a:2' goes wrong at '1a:2', expected field:value"),
        ("a.b.c:1", "query 'a.b.c:1' goes wrong at '.c:1'"),
        ("(" * 60 + "a:1", "a query with brackets this deep, expected at most 50 levels"),
        ("a:" + "1" * 10_000, "a query of 10002 characters, expected at most 10000"),
    ],
)
def test_a_mistake_has_its_place(text: str, line: str) -> None:
    with pytest.raises(InputError, match="^" + re.escape(line)):
        parse_query(text)


def spelled(node: Node) -> str:
    """The text of a tree, with all brackets."""
    if isinstance(node, Condition):
        return f"{node.field}:{node.operation}"
    return "(" + (", " if isinstance(node, And) else " OR ").join(map(spelled, node.terms)) + ")"


CONDITIONS = st.builds(
    Condition,
    st.from_regex(r"[a-z_][a-z0-9_]{0,8}(\.[a-z0-9_]{1,8})?", fullmatch=True),
    st.from_regex(r"[~<>=%]{0,2}[a-z0-9][a-z0-9.|:-]{0,8}", fullmatch=True),
)
TREES = st.recursive(
    CONDITIONS,
    lambda inner: st.builds(
        lambda kind, terms: kind(tuple(terms)),
        st.sampled_from([And, Or]),
        st.lists(inner, min_size=2, max_size=3),
    ),
    max_leaves=8,
)


@given(TREES)
def test_a_tree_is_read_back_from_its_text(tree: Node) -> None:
    assert parse_query(spelled(tree)) == tree
