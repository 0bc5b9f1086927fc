from re import escape

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query import ARTIFACTS, PROJECTS, RUNS, VERSIONS, Collection, Family


@pytest.mark.parametrize(
    ("written", "name", "key", "family"),
    [
        ("status", "status", None, "word"),
        ("id", "uuid", None, "search"),
        ("uid", "uuid", None, "search"),
        ("params.lr", "inputs", "lr", "value"),
        ("in.lr", "inputs", "lr", "value"),
        ("out.best", "outputs", "best", "value"),
        ("metrics.loss", "outputs", "loss", "scalar"),
        ('metrics."train/loss"', "outputs", "train/loss", "scalar"),
        (r'metrics."a \"b\" \\"', "outputs", r'a "b" \ '.strip(), "scalar"),
        ("meta_flags.has_events", "meta_info", "has_events", "bool"),
        ("meta_values.progress", "meta_info", "progress", "scalar"),
        ("project", "project", "name", "word"),
        ("project.uuid", "project", "uuid", "word"),
        ("pipeline", "pipeline", "uuid", "word"),
        ("pipeline.name", "pipeline", "name", "word"),
        ("user", "user", "username", "word"),
        ("artifacts", "artifacts", "state", "word"),
        ("memory", "memory", None, "memory"),
        ("finished_at", "finished_at", None, "datetime"),
    ],
)
def test_a_run_has_a_field(written: str, name: str, key: str | None, family: Family) -> None:
    found = RUNS.find(written)
    assert (found.field.name, found.key, found.field.family) == (name, key, family)


@pytest.mark.parametrize(
    ("collection", "written", "line"),
    [
        (RUNS, "statsu", "no run has a field 'statsu', did you mean 'status'?"),
        (RUNS, "metric.loss", "no run has a field 'metric.loss', did you mean 'metrics'?"),
        (RUNS, "metrics", "'metrics' holds many values, expected the name of one, as in metrics.NAME"),
        (RUNS, "status.name", "'status' has no 'name', expected status"),
        (
            RUNS,
            "project.nam",
            "'project' has no 'nam', expected project or project.name or project.uuid, did you",
        ),
        (PROJECTS, "status", "no project has a field 'status'"),
        (VERSIONS, "metrics.loss", "no version has a field 'metrics.loss'"),
        (ARTIFACTS, "pth", "no artifact has a field 'pth', did you mean 'path'?"),
    ],
)
def test_an_unknown_field_names_the_nearest(collection: Collection, written: str, line: str) -> None:
    with pytest.raises(InputError, match="^" + escape(line)):
        collection.find(written)


@pytest.mark.parametrize("collection", [RUNS, PROJECTS, VERSIONS, ARTIFACTS], ids=lambda each: each.noun)
def test_what_can_be_sorted_by_is_a_field(collection: Collection) -> None:
    assert collection.sortable <= collection.fields.keys()
