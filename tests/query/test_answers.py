import pytest

from polyaxon_sdk.query.answers import answer_query


def test_a_query_is_answered_with_its_tree() -> None:
    answer = answer_query({"query": "a:1 OR (b:2, c:~3)"})
    b, c = {"field": "b", "operation": "2"}, {"field": "c", "operation": "~3"}
    assert answer == {"valid": True, "ast": {"or": [{"field": "a", "operation": "1"}, {"and": [b, c]}]}}


def test_a_scope_asks_for_the_operations() -> None:
    answer = answer_query({"query": "metrics.loss:~<0.5, tags:a|b", "scope": "runs"})
    assert answer["leaves"] == [
        {"field": "metrics.loss", "op": "<", "negation": True, "params": 0.5},
        {"field": "tags", "op": "|", "negation": False, "params": ["a", "b"]},
    ]


def test_a_parser_asks_for_one_operation() -> None:
    answer = answer_query({"parser": "memory", "operation": ">1Ki"})
    assert answer == {"valid": True, "op": ">", "negation": False, "params": 1024}


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        ({"query": "a"}, "query, character 2: the query ends here, expected a colon after the field"),
        ({}, "a request with query None, expected a text"),
        ({"query": 3}, "a request with query 3, expected a text"),
        ({"query": "a:1", "scope": "run"}, "no scope 'run', did you mean 'runs'?"),
        ({"parser": "scalr", "operation": "1"}, "no parser 'scalr', did you mean 'scalar'?"),
        ({"parser": "scalar", "operation": "x"}, "'x' is no number, expected one such as 0.1, 1e-3 or nan"),
    ],
)
def test_a_request_that_cannot_be_answered_says_why(request_: dict[str, object], error: str) -> None:
    assert answer_query(request_) == {"valid": False, "error": error}
