"""Whether a template is cheap whatever the values: no loops, no calls, nothing that grows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from jinja2 import TemplateSyntaxError, nodes

from polyaxon_sdk.compiler.sandbox import parsed

__all__ = ["is_cheap"]

_LONGEST = 1000
"""Longer templates are not looked at."""

_MENTIONS = 32
"""How often values may be put together, so that large ones give no huge one."""

_CHEAP = (
    nodes.Add,
    nodes.And,
    nodes.Compare,
    nodes.Concat,
    nodes.CondExpr,
    nodes.Dict,
    nodes.Div,
    nodes.FloorDiv,
    nodes.Getattr,
    nodes.Getitem,
    nodes.If,
    nodes.List,
    nodes.Literal,
    nodes.Mod,
    nodes.Mul,
    nodes.Name,
    nodes.Neg,
    nodes.Not,
    nodes.Operand,
    nodes.Or,
    nodes.Output,
    nodes.Pair,
    nodes.Pos,
    nodes.Pow,
    nodes.Slice,
    nodes.Sub,
    nodes.Template,
    nodes.Test,
)
_FILTERS = frozenset(
    {
        *("abs", "bool", "capitalize", "count", "d", "default", "first", "float", "int", "last", "length"),
        *("lower", "string", "title", "tojson", "trim", "upper"),
    }
)
_TESTS = frozenset(
    {
        *("boolean", "defined", "divisibleby", "eq", "equalto", "even", "false", "float", "ge", "gt", "in"),
        *("integer", "iterable", "le", "lower", "lt", "mapping", "ne", "none", "number", "odd", "sequence"),
        *("string", "true", "undefined", "upper"),
    }
)


@lru_cache(maxsize=4096)
def is_cheap(template: str) -> bool:
    """Whether it only picks, compares, adds and prints values; what can't be parsed is as cheap as its error.

    >>> is_cheap("--lr={{ lr | default(0.1) }}"), is_cheap("{{ range(9) | list }}")
    (True, False)
    """
    if len(template) > _LONGEST:
        return False
    try:
        found = list(_nodes(parsed(template)))
    except TemplateSyntaxError:
        return True
    except RecursionError:
        return False
    mentions = sum(isinstance(node, nodes.Name) for node in found)
    return mentions <= _MENTIONS and all(map(_is_cheap, found))


def _nodes(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _nodes(child)


def _is_cheap(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Filter):
        return node.name in _FILTERS and not node.kwargs and len(node.args) <= (node.name in ("d", "default"))
    if isinstance(node, nodes.Test):
        return node.name in _TESTS
    return isinstance(node, _CHEAP)
