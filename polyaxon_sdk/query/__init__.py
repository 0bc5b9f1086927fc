"""The query language: text to tree to predicate, and the order of what is found."""

from __future__ import annotations

from polyaxon_sdk.query.answers import answer_query
from polyaxon_sdk.query.fields import family_of, is_sortable
from polyaxon_sdk.query.matching import matches, typed
from polyaxon_sdk.query.operations import Family, Operation, parse_operation
from polyaxon_sdk.query.parsing import parse_query
from polyaxon_sdk.query.sorting import DEFAULT_SORT, SortKey, parse_sort
from polyaxon_sdk.query.tree import And, Condition, Node, Or, conditions_of

__all__ = [
    "DEFAULT_SORT",
    "And",
    "Condition",
    "Family",
    "Node",
    "Operation",
    "Or",
    "SortKey",
    "answer_query",
    "conditions_of",
    "family_of",
    "is_sortable",
    "matches",
    "parse_operation",
    "parse_query",
    "parse_sort",
    "typed",
]
