import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    "shipped",
]
FIELDS = ["name", "values", "status", "reset", "artifact", "summaries", "what", "project", "is_managed"]

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
    ("value", "number", "text"),
    [
        (1, 1.0, "1"),
        (0.5, 0.5, "0.5"),
        (True, 1.0, "true"),
        ("adam", None, "adam"),
        (None, None, None),
        ({"a": 1}, None, '{"a": 1}'),
        (float("nan"), None, "nan"),
        (10**400, float("inf"), str(10**400)),
        ("\udcff", None, "?"),
    ],
)
def test_a_value_is_found_by_number_and_by_text(
    add_run: AddRun, value: Json, number: float | None, text: str | None
) -> None:
    (entry,) = rows_of(add_run(outputs={"x": value})).entries
    assert entry == {"family": "outputs", "name": "x", "number": number, "text": text}


def test_a_list_is_found_by_each_item(add_run: AddRun) -> None:
    assert [entry["text"] for entry in rows_of(add_run(outputs={"x": ["a", "b"]})).entries] == ["a", "b"]
