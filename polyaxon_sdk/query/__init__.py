"""The query language: a text becomes a tree, its conditions are read for their fields, and say what they match."""

from __future__ import annotations

from polyaxon_sdk.query.fields import ARTIFACTS, PROJECTS, RUNS, VERSIONS, Collection, Field, Found
from polyaxon_sdk.query.filters import ANY, Filter, filter_of, filters_of
from polyaxon_sdk.query.moments import LAST_MONTH, Span, span
from polyaxon_sdk.query.operands import Operand
from polyaxon_sdk.query.operations import Family, Op, Operation, parse_operation
from polyaxon_sdk.query.parsing import parse_query
from polyaxon_sdk.query.predicate import Predicate, Record, matches, predicate
from polyaxon_sdk.query.sorting import DEFAULT_SORT, SortKey, in_order, parse_sort
from polyaxon_sdk.query.tree import And, Condition, Node, Or, conditions_of

__all__ = [
    "ANY",
    "ARTIFACTS",
    "DEFAULT_SORT",
    "LAST_MONTH",
    "PROJECTS",
    "RUNS",
    "VERSIONS",
    "And",
    "Collection",
    "Condition",
    "Family",
    "Field",
    "Filter",
    "Found",
    "Node",
    "Op",
    "Operand",
    "Operation",
    "Or",
    "Predicate",
    "Record",
    "SortKey",
    "Span",
    "conditions_of",
    "filter_of",
    "filters_of",
    "in_order",
    "matches",
    "parse_operation",
    "parse_query",
    "parse_sort",
    "predicate",
    "span",
]
