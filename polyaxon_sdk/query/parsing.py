"""From the text of a query to its tree (semantics 4.1)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query.tree import And, Condition, Node, Or

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

__all__ = ["MAX_LENGTH", "parse_query"]

MAX_LENGTH = 10_000
"""How many characters a query may have."""

_MAX_DEPTH = 50


def parse_query(text: str) -> Node:
    """The tree of a query.

    Raises:
        InputError: where the text goes wrong, and what could stand there.

    >>> parse_query("status:running, metrics.loss:<0.5")
    And(terms=(Condition(field='status', operation='running'), Condition(field='metrics.loss', operation='<0.5')))
    """
    from lark.exceptions import UnexpectedInput  # 40 ms, paid by those who search

    if len(text) > MAX_LENGTH:
        raise InputError(f"a query of {len(text)} characters", expected=f"at most {MAX_LENGTH}")
    if _depth(text) > _MAX_DEPTH:
        raise InputError("a query with brackets this deep", expected=f"at most {_MAX_DEPTH} levels")
    try:
        tree = _grammar().parse(text)
    except UnexpectedInput as error:
        raise _mistake(text, error) from error
    return _node(tree.children[0])


@cache
def _grammar() -> Lark:
    from lark import Lark  # 40 ms, paid by those who search

    return Lark.open("grammar.lark", rel_to=__file__, parser="lalr", maybe_placeholders=False)


def _depth(text: str) -> int:
    depth = deepest = 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        deepest = max(deepest, depth)
    return deepest


def _node(tree: Tree[Token] | Token) -> Node:
    children = getattr(tree, "children", [])
    if getattr(tree, "data", "") == "condition":
        return Condition(field=str(children[0]), operation=str(children[1]).strip())
    terms = tuple(_node(child) for child in children)
    if len(terms) == 1:
        return terms[0]
    return Or(terms) if getattr(tree, "data", "") == "any_of" else And(terms)


def _mistake(text: str, error: Exception) -> InputError:
    position = getattr(error, "pos_in_stream", None)
    ended = getattr(getattr(error, "token", None), "type", None) == "$END"
    if ended or not isinstance(position, int) or not 0 <= position < len(text):
        return InputError(f"query {text!r} ends too early", expected="field:value")
    return InputError(
        f"query {text!r} goes wrong at {text[position:]!r}", expected=_expected(text[:position])
    )


def _expected(before: str) -> str:
    if not before.strip() or before.rstrip().endswith(("(", ",")):
        return "field:value"
    return "a value" if before.rstrip().endswith(":") else "a comma, AND, OR or the end"
