"""Answers to programs: what `polyaxon pql --batch` says to one request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeGuard, get_args

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.query.fields import COLLECTIONS
from polyaxon_sdk.query.filters import filter_of
from polyaxon_sdk.query.operations import Family, Operation, parse_operation
from polyaxon_sdk.query.parsing import parse_query
from polyaxon_sdk.query.tree import And, Condition, Node, conditions_of
from polyaxon_sdk.types import Json

__all__ = ["answer_query"]

Answer = dict[str, Json]


def answer_query(request: Mapping[str, object]) -> Answer:
    """The answer to a request about a query.

    `{query}` is answered with its tree as `ast`; with a `scope`, such as `runs`, with the typed operation of
    each condition as `leaves`; `{parser, operation}` with that operation's `op`, `negation` and `params`.
    `valid` says whether there is such an answer, `error` why not.

    >>> answer_query({"query": "status:running"})
    {'valid': True, 'ast': {'field': 'status', 'operation': 'running'}}
    """
    try:
        return {"valid": True, **_answer(request)}
    except InputError as error:
        return {"valid": False, "error": str(error)}


def _answer(request: Mapping[str, object]) -> Answer:
    if "parser" in request:
        return _shown(parse_operation(_family(request["parser"]), _text(request, "operation")))
    query = parse_query(_text(request, "query"))
    return (
        {"ast": _drawn(query)}
        if request.get("scope") is None
        else {"leaves": _leaves(query, request["scope"])}
    )


def _text(request: Mapping[str, object], key: str) -> str:
    text = request.get(key)
    if not isinstance(text, str):
        raise InputError(f"a request with {key} {text!r}", expected="a text")
    return text


def _family(name: object) -> Family:
    if not _is_family(name):
        raise InputError(f"no parser {name!r}", hint=did_you_mean(str(name), get_args(Family)))
    return name


def _is_family(name: object) -> TypeGuard[Family]:
    return name in get_args(Family)


def _leaves(query: Node, scope: object) -> list[Answer]:
    collection = COLLECTIONS.get(str(scope))
    if collection is None:
        raise InputError(f"no scope {scope!r}", hint=did_you_mean(str(scope), COLLECTIONS))
    return [
        {"field": each.field, **_shown(filter_of(each, collection).operation)}
        for each in conditions_of(query)
    ]


def _shown(operation: Operation) -> Answer:
    return {"op": operation.op, "negation": operation.negation, "params": operation.params}


def _drawn(node: Node) -> Answer:
    if isinstance(node, Condition):
        return {"field": node.field, "operation": node.operation}
    return {"and" if isinstance(node, And) else "or": [_drawn(term) for term in node.terms]}
