"""What is said of conditions that no run can meet."""

import pytest

from polyaxon_sdk.index.advice import advice_on
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.query import parse_query
from tests.index.conftest import AddRun
from tests.index.test_hints import Open

PATTERN = "takes no patterns, and so {} is the whole value: name, description and uuid do"


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("status:succeded", "there is no status 'succeded', did you mean 'succeeded'?"),
        ("status:failed|runing", "there is no status 'runing', did you mean 'running'?"),
        ("tags:%a%", f"'tags' {PATTERN.format(repr('%a%'))}"),
        ("in.optimizer:ad%", f"'in.optimizer' {PATTERN.format(repr('ad%'))}"),
        ("artifacts.path:outputs/%", f"'artifacts.path' {PATTERN.format(repr('outputs/%'))}"),
        ('name:"abc', "the quote in 'name:\"abc' is not closed: it is looked for as a sign"),
        (
            "status:failed status:running",
            "'failed status:running' is one value of 'status': conditions are joined by a comma, AND or OR",
        ),
        ("inputs.flag:True", "'True' is a text: true is what Python calls True"),
        (
            "created_at:2026-11-30..2026-11-01",
            "the range '2026-11-30..2026-11-01' of 'created_at' ends before it begins",
        ),
    ],
)
def test_what_is_likely_to_be_meant_otherwise_is_told(query: str, line: str) -> None:
    assert list(advice_on(parse_query(query))) == [line]


@pytest.mark.parametrize(
    "query",
    [
        "status:succeeded|failed",
        "status:nil",
        "name:%cnn%, uuid:0f%",
        'name:"a b"',
        'name:"a status:b"',
        'inputs.flag:"True"|x',
        "inputs.flag:true",
        'tags:"%a%"',
        "created_at:2026-11-01..2026-11-30",
        "created_at:last_month",
        "description:at 10:30",
        "inputs.share:50",
    ],
)
def test_nothing_is_said_of_what_can_be_met(query: str) -> None:
    assert list(advice_on(parse_query(query))) == []


@pytest.mark.parametrize(("status", "count"), [("succeded", 1), ("running", 0)])
def test_it_is_said_beside_an_empty_answer(
    add_run: AddRun, open_index: Open, status: str, count: int
) -> None:
    add_run(outputs={"loss": 0.5})
    assert len(open_index().list(Question(f"status:{status}")).hints) == count


def test_it_is_not_said_beside_runs(add_run: AddRun, open_index: Open) -> None:
    add_run(outputs={"loss": 0.5})
    assert open_index().list(Question("status:succeded OR metrics.loss:<1")).hints == ()
