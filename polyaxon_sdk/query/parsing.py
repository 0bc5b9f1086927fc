"""From the text of a query to its tree (semantics 4.1)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query.operands import quoted
from polyaxon_sdk.query.tree import And, Condition, Node, Or

if TYPE_CHECKING:
    from lark import Lark, Token
    from lark.exceptions import UnexpectedInput

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "parse_query", "parsed", "place", "plain"]

MAX_LENGTH = 100_000
"""How many characters a query may have: room for 3,000 uuids."""

MAX_DEPTH = 50
"""How deep its brackets may go."""

_QUOTE_NAME = """, quote a name that has other signs, as in metrics."train/loss\""""
_QUOTE_VALUE = """, quote a value that has brackets, as in name:"cnn (old)\""""


# A field that is no keyword, a colon, and a value of one word without a sign that the grammar gives a meaning.
_PLAIN_CONDITION = re.compile(
    r"""\s*(?!(?i:AND|OR)\b)([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?)\s*:\s*([^\s,()"|]+)\s*"""
)
_PLAIN = re.compile(f"{_PLAIN_CONDITION.pattern}(?:,{_PLAIN_CONDITION.pattern})*")

_KEYWORD = re.compile(r"\b(AND|OR)\s+\Z", re.IGNORECASE)


def parse_query(text: str) -> Node:
    """The tree of a query.

    Raises:
        InputError: it is none; the error names the character, counted from 1.

    >>> parse_query("status:running, metrics.loss:<0.5")
    And(terms=(Condition(field='status', operation='running'), Condition(field='metrics.loss', operation='<0.5')))
    """
    return plain(text) or parsed(text)


def plain(text: str) -> Node | None:
    """The tree of conditions with commas between, as most queries are; None for any other text.

    The grammar says the same of them, but takes 60 ms to be read.
    """
    if len(text) > MAX_LENGTH or not _PLAIN.fullmatch(text):
        return None
    terms = tuple(
        Condition(each[1], each[2], at=each.start(1), operation_at=each.start(2))
        for each in _PLAIN_CONDITION.finditer(text)
    )
    return terms[0] if len(terms) == 1 else And(terms)


def parsed(text: str) -> Node:
    """The tree of any query, by the grammar.

    Raises:
        InputError: it is none.
    """
    from lark.exceptions import UnexpectedInput  # 50 ms with what it imports, paid by those who search

    if len(text) > MAX_LENGTH:
        raise InputError(f"a query of {len(text)} characters", expected=f"at most {MAX_LENGTH}")
    if text.count("(") > MAX_DEPTH and _depth(text) > MAX_DEPTH:
        raise InputError("a query with brackets this deep", expected=f"at most {MAX_DEPTH} levels")
    try:
        return _parser().parse(text)  # type: ignore[return-value]  # the transformer makes our tree of lark's
    except UnexpectedInput as error:
        raise _mistake(text, error) from error


def place(offset: int) -> str:
    """Where in a query an error is, for a person, who counts from 1.

    >>> place(0)
    'query, character 1'
    """
    return f"query, character {offset + 1}"


@cache
def _parser() -> Lark:
    from lark import Lark, Transformer  # 50 ms, paid by those who search

    class Tree(Transformer["Token", Node]):
        def or_expr(self, terms: list[Node]) -> Node:
            return Or(tuple(terms))

        def and_expr(self, terms: list[Node]) -> Node:
            return And(tuple(terms))

        def condition(self, parts: list[Token]) -> Node:
            field, operation = parts
            starts = field.start_pos or 0, operation.start_pos or 0
            return Condition(str(field), str(operation), at=starts[0], operation_at=starts[1])

    return Lark.open(
        "grammar.lark",
        rel_to=__file__,
        start="query",
        parser="lalr",
        transformer=Tree(),
        maybe_placeholders=False,
    )


def _depth(text: str) -> int:
    depth = deepest = 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        deepest = max(deepest, depth)
    return deepest


def _mistake(text: str, error: UnexpectedInput) -> InputError:
    offset = int(getattr(error, "pos_in_stream", None) or 0)
    wanted: set[str] = getattr(error, "accepts", None) or getattr(error, "allowed", None) or set()
    if getattr(getattr(error, "token", None), "type", "") == "$END":
        offset = len(text.rstrip())
    elif "COLON" in wanted and (keyword := _KEYWORD.search(text, 0, offset)):
        offset, wanted = keyword.start(), {"FIELD"}  # it was read as the name of one
    rest = text[offset:].rstrip()
    what = f"{quoted(rest)} can't stand here" if rest else "the query ends here"
    hint = _hint(text, offset, wanted)
    return InputError(what, where=place(offset), expected=_expected(wanted), hint=hint)


def _expected(wanted: set[str]) -> str:
    if "FIELD" in wanted:
        return "a condition such as status:running"
    if "OPERATION" in wanted:
        return "a value after the colon"
    if "COLON" in wanted:
        return "a colon after the field"
    return "a comma, AND, OR or the closing bracket" if "RPAR" in wanted else "a comma, AND or OR"


def _hint(text: str, offset: int, wanted: set[str]) -> str:
    """How to write what the grammar's signs stand in the way of."""
    sign, goes_on = text[offset : offset + 1], not text[:offset][-1:].isspace()
    if "COLON" in wanted and goes_on and sign not in {"", ",", "(", ")"}:
        return _QUOTE_NAME
    return _QUOTE_VALUE if sign == "(" else ""
