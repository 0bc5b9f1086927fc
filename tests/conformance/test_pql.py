"""Queries answered as the public implementation answers them."""

from collections.abc import Mapping
from typing import cast

import pytest

from polyaxon_sdk.query.answers import answer_query
from tests.conformance.corpus import Case, cases, needs_corpus

pytestmark = needs_corpus

CASES = cases("pql")


def _name(case: Case) -> str:
    return str(case.get("query", f"{case.get('parser')} {case.get('operation')}"))


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_query_is_read_as_polyaxon_reads_it(case: Case) -> None:
    answer = answer_query({key: value for key, value in case.items() if key != "expect"})
    expected = cast(Mapping[str, object], case["expect"])
    told = {key for key in expected if key != "error"}
    assert {key: answer[key] for key in told} == {key: expected[key] for key in told}
