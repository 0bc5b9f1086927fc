"""Words of former releases."""

from __future__ import annotations

from pathlib import Path

import pytest

from polyaxon_sdk.polyaxonfile import read_files
from polyaxon_sdk.polyaxonfile.former import renewed

HYPEROPT = {"kind": "hyperopt", "numRuns": 5, "params": {}, "metric": {"name": "loss"}}


@pytest.mark.parametrize(
    ("before", "after", "note"),
    [
        ({"profile": "gpu"}, {"presets": ["gpu"]}, "profile: read as 'presets'"),
        (
            {"matrix": {**HYPEROPT, "algorithm": "tpe"}},
            {"matrix": {**HYPEROPT, "kind": "tpe"}},
            "matrix.kind: 'hyperopt' with tpe was read as 'tpe'",
        ),
        (
            {"matrix": {**HYPEROPT, "algorithm": "rand"}},
            {"matrix": {"kind": "random", "numRuns": 5, "params": {}}},
            "matrix.kind: 'hyperopt' with rand was read as 'random'",
        ),
        (
            {"schedule": {"kind": "exact_time", "startAt": "2030-01-01"}},
            {"schedule": {"kind": "datetime", "startAt": "2030-01-01"}},
            "schedule.kind: 'exact_time' was read as 'datetime'",
        ),
        (
            {"run": {"kind": "dag", "operations": [{"component": {"profile": "a"}}]}},
            {"run": {"kind": "dag", "operations": [{"component": {"presets": ["a"]}}]}},
            "run.operations[0].component.profile: read as 'presets'",
        ),
    ],
)
def test_a_former_word_is_read_with_a_note(before: object, after: object, note: str) -> None:
    assert renewed(before) == (after, [note])


def test_todays_words_stay() -> None:
    data = {
        "presets": ["a"],
        "matrix": {"kind": "grid"},
        "schedule": {"kind": "cron"},
        "run": {"kind": "job"},
    }
    assert renewed(data) == (data, [])


def test_the_note_is_a_warning_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("kind: operation\nprofile: gpu\n")
    found = read_files([tmp_path / "a.yml"])
    assert found.operation.presets == ["gpu"]
    assert found.warnings == (f"{tmp_path / 'a.yml'}: profile: read as 'presets'",)
