import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.rows import rows_of
from polyaxon_sdk.index.store import Index
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.types import Json
from tests.index.conftest import AddRun

KINDS = [
    "created",
    "update",
    "status",
    "tags",
    "inputs",
    "outputs",
    "meta",
    "lineage",
    "series",
    "problem",
    "mended",
    "shipped",
]
FIELDS = [
    "name",
    "values",
    "status",
    "reset",
    "artifact",
    "summaries",
    "what",
    "problems",
    "project",
    "is_managed",
]

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
facts = st.tuples(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(FIELDS), documents, max_size=3))


@settings(deadline=None, max_examples=60)
@given(st.lists(facts, max_size=6))
def test_whatever_a_record_says_the_run_is_listed(told: list[tuple[str, dict[str, Json]]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        folder = RunFolder(home / "runs" / new_uuid()).create()
        writer = RecordWriter(folder)
        for kind, fields in told:
            writer.append(kind, **fields)
        writer.close()
        with Index(home, home / "cache") as index:
            assert index.list().rows[0].uuid == folder.uuid


@pytest.mark.parametrize(
    ("value", "type_", "number", "text"),
    [
        (1, "i", 1.0, None),
        (True, "b", 1.0, "true"),
        ("adam", "t", None, "adam"),
        ({"a": 1}, "j", None, '{"a": 1}'),
        (float("nan"), "x", None, "NaN"),
        (2**53 + 1, "i", 2.0**53, str(2**53 + 1)),
        (10**400, "i", float("inf"), str(10**400)),
        ("\udcff\0", "t", None, "?\ufffd"),
    ],
)
def test_a_value_is_found_by_number_and_by_text(
    add_run: AddRun, value: Json, type_: str, number: float | None, text: str | None
) -> None:
    (entry,) = rows_of(add_run(outputs={"x": value})).entries
    assert entry == (("outputs", "x"), 0, type_, number, text)


def test_floats_are_kept_side_by_side(add_run: AddRun) -> None:
    found = rows_of(add_run(outputs={"x": 0.5, "y": 1, "z": 0.25}))
    assert found.floats == ((("outputs", "x"), ("outputs", "z")), [0.5, 0.25])


def test_names_that_become_one_have_one_value(add_run: AddRun) -> None:
    found = rows_of(add_run(outputs={"a\udcff": 0.5, "a?": 0.25}))
    assert [(entry.key, entry.number) for entry in found.entries] == [(("outputs", "a?"), 0.25)]
    assert found.floats == ((), ())


def test_a_list_is_found_by_each_item(add_run: AddRun) -> None:
    entries = rows_of(add_run(outputs={"x": ["a", None, {"name": "b"}]})).entries
    assert [(entry.position, entry.text) for entry in entries] == [(0, "a"), (1, '{"name": "b"}')]


def test_names_that_a_database_can_not_tell_apart_are_one(add_run: AddRun, home: Path) -> None:
    run = add_run(outputs={"a\udcff": 1, "a?": 2, "b": 3})
    with Index(home, home / "cache") as index:
        assert [row.uuid for row in index.list(Question('outputs."a?":2')).rows] == [run.uuid]


@pytest.mark.parametrize(
    "query", ['outputs."a\udcff":1', "name:a\udcff", "name:%a\udcff", "tags:\0", "params.x:<\udcff"]
)
def test_a_query_may_hold_what_a_database_does_not(add_run: AddRun, home: Path, query: str) -> None:
    add_run(outputs={"b": 3})
    with Index(home, home / "cache") as index:
        assert index.list(Question(query)).rows == []
