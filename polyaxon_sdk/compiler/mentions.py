"""What a template names, found without rendering it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from polyaxon_sdk.compiler.budget import spend, spending
from polyaxon_sdk.compiler.picking import picks_of
from polyaxon_sdk.polyflow.templates import unverbatim

if TYPE_CHECKING:
    from jinja2 import nodes

__all__ = ["Mention", "mentions_of"]

_LONGEST = 20_000
"""Longer templates are only looked at when they are rendered, in a process that may be ended."""


class Mention(NamedTuple):
    """A name, and the keys that are taken from it.

    Attributes:
        path: such as `("globals", "uuid")`.
        sure: it is taken whichever way the template goes: not in a branch, a loop or a macro.
    """

    path: tuple[str, ...]
    sure: bool


@lru_cache(maxsize=4096)
def mentions_of(template: str) -> tuple[Mention, ...]:
    """The names from outside that a template needs, in order; none that it asks for with `is defined` or `default`.

    Raises:
        OverLimitError: the templates of this file took too long.
        InputError: it is no template.

    >>> mentions_of("{{ lr }}{% if globals.uuid %}{{ n * 2 }}{% endif %}")
    (Mention(path=('lr',), sure=True), Mention(path=('globals', 'uuid'), sure=True), Mention(path=('n',), sure=False))
    """
    picks = picks_of(template)
    if picks is not None:
        return tuple(Mention(path, sure=True) for path in picks.paths)
    if len(template) > _LONGEST or unverbatim(template) is not template:
        return ()
    # jinja2 costs 20 ms, for those whose templates do more than to name values.
    from polyaxon_sdk.compiler.sandbox import parsed, telling

    spend(0)  # nothing is left where another took all
    with spending(), telling(template, {}):
        return tuple(_Search(parsed(template)).found())


class _Search:
    """Looks through the syntax tree of one template."""

    def __init__(self, tree: nodes.Template) -> None:
        from jinja2 import nodes  # loaded by whoever parsed it

        self._nodes = nodes
        self._tree = tree
        self._own = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
        self._own |= {macro.name for macro in tree.find_all(nodes.Macro)}
        self._own |= set(tree.environment.globals if tree.environment else ())
        self._own |= {"caller", "kwargs", "loop", "self", "super", "varargs"}
        self._asked = {self._chain(test.node) for test in tree.find_all(nodes.Test) if _asks(test)}

    def found(self) -> Iterator[Mention]:
        for mention in self._in(self._tree, sure=True):
            starts = (mention.path[:length] for length in range(1, len(mention.path) + 1))
            if mention.path[0] not in self._own and not self._asked.intersection(starts):
                yield mention

    def _in(self, node: nodes.Node, *, sure: bool) -> Iterator[Mention]:
        chain = self._chain(node)
        if chain:
            yield Mention(chain, sure)
            return
        if sure:
            self._check_function(node)
        if isinstance(node, self._nodes.Filter) and node.name in ("d", "default") and self._chain(node.node):
            yield from (found for one in node.args for found in self._in(one, sure=False))
            return
        certain = self._certain(node)
        for child in node.iter_child_nodes():
            yield from self._in(child, sure=sure and (certain is None or child in certain))

    def _check_function(self, node: nodes.Node) -> None:
        from polyaxon_sdk.compiler.sandbox import unknown_function  # loaded by whoever parsed it

        assert self._tree.environment is not None
        if isinstance(node, self._nodes.Filter) and node.name not in self._tree.environment.filters:
            raise unknown_function("filter", node.name)
        if isinstance(node, self._nodes.Test) and node.name not in self._tree.environment.tests:
            raise unknown_function("test", node.name)

    def _certain(self, node: nodes.Node) -> list[nodes.Node] | None:
        """The children that are looked at whatever the values are; None where all are."""
        nodes = self._nodes
        if isinstance(node, (nodes.If, nodes.CondExpr)):
            return [node.test]
        if isinstance(node, nodes.For):
            return [node.iter]
        if isinstance(node, (nodes.And, nodes.Or)):
            return [node.left]
        return [] if isinstance(node, (nodes.Macro, nodes.CallBlock)) else None

    def _chain(self, node: nodes.Node | None) -> tuple[str, ...]:
        """The name and keys of `a.b['c']`; nothing where it is more than that."""
        nodes = self._nodes
        if isinstance(node, nodes.Name):
            return (node.name,)
        if isinstance(node, nodes.Getattr):
            start = self._chain(node.node)
            return (*start, node.attr) if start else ()
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            start = self._chain(node.node)
            return (*start, node.arg.value) if start and isinstance(node.arg.value, str) else ()
        return ()


def _asks(test: nodes.Test) -> bool:
    return test.name in ("defined", "undefined")
