"""What docs/queries.md shows is so."""

import re

import pytest

from polyaxon_sdk.query import RUNS, filters_of, parse_query
from tests.house import ROOT

PAGE = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8").replace(r"\|", "|")
QUERIES = re.findall(r"`([(a-z][^`]*:[^`]+)`", PAGE)


@pytest.mark.parametrize("query", [query for query in QUERIES if query not in {"field:value"}])
def test_each_query_can_be_asked(query: str) -> None:
    assert filters_of(parse_query(query)) != []


@pytest.mark.parametrize("name", RUNS.fields)
def test_each_field_is_told(name: str) -> None:
    assert f"`{name}`" in PAGE or f"`{name}.NAME`" in PAGE
