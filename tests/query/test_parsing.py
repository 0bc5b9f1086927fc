import subprocess
import sys
from contextlib import suppress
from re import escape
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query import And, Condition, Node, Or, conditions_of, parse_query
from polyaxon_sdk.query.parsing import parsed, plain
from tests.query.queries import nodes

A, B, C = Condition("a", "1"), Condition("b", "2"), Condition("c", "3")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a:1", A),
        (" a : 1 ", A),
        ("\ta:1\n", A),
        ("((a:1))", A),
        ("a:1, b:2", And((A, B))),
        ("a:1,b:2,c:3", And((A, B, C))),
        ("a:1 AND b:2 and c:3", And((A, B, C))),
        ("a:1 or b:2, c:3", Or((A, And((B, C))))),
        ("a:1, b:2 OR c:3", Or((And((A, B)), C))),
        ("(a:1 OR b:2), c:3", And((Or((A, B)), C))),
        ("a:1, (b:2, c:3)", And((A, And((B, C))))),
        ("a:1 | b:2", Or((A, B))),
        ("a:1 | b : 2", Or((A, B))),
        ("a:1 | (b:2)", Or((A, B))),
        ("(a:1)|b:2", Or((A, B))),
        ("(a:1)AND(b:2)OR(c:3)", Or((And((A, B)), C))),
        ("a:1 OR(b:2)", Or((A, B))),
    ],
)
def test_a_text_becomes_a_tree(text: str, tree: Node) -> None:
    assert parse_query(text) == tree


_PLAIN_SIGNS = st.text('aoOrRndz_.1:<>~%- |,"()\u00a0', min_size=1, max_size=24)


@given(_PLAIN_SIGNS | st.lists(st.tuples(_PLAIN_SIGNS, _PLAIN_SIGNS).map(":".join), min_size=1).map(",".join))
def test_plain_conditions_are_read_as_the_grammar_says(text: str) -> None:
    tree = plain(text)
    assert tree is None or told(tree) == told(parsed(text))


def told(query: Node) -> list[tuple[str, str, int, int]]:
    """The conditions of a query, each with its places."""
    return [(each.field, each.operation, each.at, each.operation_at) for each in conditions_of(query)]


def test_plain_conditions_are_found_so() -> None:
    assert plain("metrics.loss:<0.1, params.optimizer:adam") is not None


@pytest.mark.parametrize(
    "text", ["a:1 OR b:2", "(a:1)", 'a:"1"', "a:1 | b:2", "a:1,", "and:1", "a.b.c:1", "a:1\u00a0b"]
)
def test_what_has_a_meaning_in_the_grammar_is_not_plain(text: str) -> None:
    assert plain(text) is None


@pytest.mark.parametrize(
    "operation",
    [
        "x|y",
        "x | y",
        "x |y",
        "2024-01-01 10:10:10",
        "2024-01-01 .. 2024-02-01",
        "border",
        "brand or-not",
        "AND",
        "a:b",
        ":",
        '5" disk',
        '"a, b (c)"',
        '~"a, b"|"c OR d:1"',
        r'"a \" , b"',
    ],
)
def test_what_follows_the_colon_stays_as_it_is_written(operation: str) -> None:
    assert parse_query(f"name:{operation}, a:1") == And((Condition("name", operation), A))


def test_a_quoted_key_may_hold_any_sign() -> None:
    assert parse_query('metrics."train/loss, mean":<0.1') == Condition('metrics."train/loss, mean"', "<0.1")


def test_a_condition_knows_where_it_stands() -> None:
    found = [(one.at, one.operation_at) for one in conditions_of(parse_query("a:1, (bc : 2)"))]
    assert found == [(0, 2), (6, 11)]


@given(nodes())
def test_a_tree_reads_back_from_its_text(node: Node) -> None:
    assert parse_query(str(node)) == node


@given(st.text(alphabet='ab1.:,()|~<%" AND OR'))
def test_any_text_is_a_tree_that_reads_back_or_a_mistake(text: str) -> None:
    with suppress(InputError):
        node = parse_query(text)
        assert parse_query(str(node)) == node


VALUE = "expected a value after the colon"
CONDITION = "expected a condition such as status:running"
COLON = "expected a colon after the field"
JOIN = "expected a comma, AND or OR"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", f"1: the query ends here, {CONDITION}"),
        ("  ", f"1: the query ends here, {CONDITION}"),
        ("status", f"7: the query ends here, {COLON}"),
        ("status:", f"8: the query ends here, {VALUE}"),
        ("status: , a:1", f"9: ', a:1' can't stand here, {VALUE}"),
        (":running", f"1: ':running' can't stand here, {CONDITION}"),
        ("a:1,", f"5: the query ends here, {CONDITION}"),
        ("a:1,,b:2", f"5: ',b:2' can't stand here, {CONDITION}"),
        ("a:1 AND", f"8: the query ends here, {CONDITION}"),
        ("(a:1 AND)", f"9: ')' can't stand here, {CONDITION}"),
        ("a:1 or b", f"9: the query ends here, {COLON}"),
        ("OR a:1", f"1: 'OR a:1' can't stand here, {CONDITION}"),
        ("status:failed OR OR b:2", f"18: 'OR b:2' can't stand here, {CONDITION}"),
        ("(a:1", f"5: the query ends here, {JOIN[:-6]}, OR or the closing bracket"),
        ("a:1)", f"4: ')' can't stand here, {JOIN}"),
        ("(a:1) b:2", f"7: 'b:2' can't stand here, {JOIN}"),
        ("()", f"2: ')' can't stand here, {CONDITION}"),
        ("1abc:2", f"1: '1abc:2' can't stand here, {CONDITION}"),
        ("a.b.c:1", f"4: '.c:1' can't stand here, {COLON}, quote a name that has other signs"),
        ("metrics.train/loss:1", f"14: '/loss:1' can't stand here, {COLON}, quote a name"),
        ("name:a (b)", f"8: '(b)' can't stand here, {JOIN}, quote a value that has brackets"),
        ("a:(b)", f"3: '(b)' can't stand here, {VALUE}, quote a value that has brackets"),
    ],
)
def test_a_mistake_is_told_with_its_character(text: str, line: str) -> None:
    with pytest.raises(InputError, match=escape(f"query, character {line}")):
        parse_query(text)


@pytest.mark.parametrize("text", ["not a:1", "metrics, loss:1", "a:1) b:2"])
def test_quotes_are_named_only_where_they_would_help(text: str) -> None:
    with pytest.raises(InputError, match=r"(colon after the field|comma, AND or OR)$"):
        parse_query(text)


def test_a_query_may_be_long_and_flat() -> None:
    assert len(list(conditions_of(parse_query(", ".join(["a:1"] * 10_000))))) == 10_000


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a" * 100_001, "a query of 100001 characters, expected at most 100000"),
        ("(" * 51 + "a:1" + ")" * 51, "a query with brackets this deep, expected at most 50 levels"),
    ],
)
def test_a_query_has_limits(text: str, line: str) -> None:
    with pytest.raises(InputError, match=escape(line)):
        parse_query(text)


@pytest.mark.parametrize(
    "text",
    ["a:b" + " " * 99_000 + "x", "a:" + '~"' * 49_000, 'a:"' + "\\" * 99_000, "a:b" + " | x" * 24_000],
    ids=["blanks", "quotes", "escapes", "bars"],
)
def test_a_long_text_is_read_at_once(text: str) -> None:
    started = perf_counter()
    assert parse_query(text) == Condition("a", text[2:])
    assert perf_counter() - started < 2


def test_the_grammar_is_loaded_by_the_first_query_that_is_not_plain() -> None:
    code = "import sys, polyaxon_sdk.query as query; query.parse_query('a:1'); print('lark' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", f"{code}; query.parse_query('a:1 OR b:2'); print('lark' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["False", "True"]
