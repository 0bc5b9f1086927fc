"""Answers to machines: what `pql` prints as JSON, one object a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast, get_args

from polyaxon_sdk.exceptions import InputError, PolyaxonError, did_you_mean
from polyaxon_sdk.query.matching import typed
from polyaxon_sdk.query.operations import Family, Operation, parse_operation
from polyaxon_sdk.query.parsing import parse_query
from polyaxon_sdk.query.tree import And, Condition, Node

__all__ = ["answer_query"]


def answer_query(request: Mapping[str, object]) -> dict[str, object]:
    """The answer to `{query}`, `{query, scope: runs}` or `{parser, operation}`."""
    try:
        if "parser" in request:
            return {"valid": True, **_shown(_operation(request))}
        tree = parse_query(str(request.get("query", "")))
        if request.get("scope") == "runs":
            return {"valid": True, "leaves": [{"field": field, **_shown(one)} for field, one in typed(tree)]}
    except PolyaxonError as error:
        return {"valid": False, "error": str(error)}
    return {"valid": True, "ast": _drawn(tree)}


def _operation(request: Mapping[str, object]) -> Operation:
    family = request["parser"]
    if family not in get_args(Family):
        hint = did_you_mean(str(family), get_args(Family))
        raise InputError(f"unknown parser {family!r}", hint=hint)
    return parse_operation(cast(Family, family), str(request.get("operation", "")))


def _shown(operation: Operation) -> dict[str, object]:
    return {"op": operation.op, "negation": operation.negation, "params": operation.params}


def _drawn(node: Node) -> dict[str, object]:
    if isinstance(node, Condition):
        return {"field": node.field, "operation": node.operation}
    return {"and" if isinstance(node, And) else "or": [_drawn(term) for term in node.terms]}
