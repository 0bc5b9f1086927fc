"""Words of former releases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from polyaxon_sdk.polyaxonfile import read_files
from polyaxon_sdk.polyaxonfile.former import renewed
from polyaxon_sdk.polyflow import SpecError

HYPEROPT = {"kind": "hyperopt", "numRuns": 5, "params": {}}
LIST = [{"files": ["a"]}, {"dirs": ["b"]}]
AS_ONE = "a list was read as one mapping of files and dirs"


@pytest.mark.parametrize(
    ("before", "after", "notes"),
    [
        ({"profile": "gpu"}, {"presets": ["gpu"]}, ["profile: read as 'presets'"]),
        ({"presets": "a, b", "profile": "b"}, {"presets": ["a", "b"]}, ["profile: read as 'presets'"]),
        ({"presets": ["a"], "profile": ["b"]}, {"presets": ["a", "b"]}, ["profile: read as 'presets'"]),
        (
            {"matrix": {**HYPEROPT, "algorithm": "tpe", "metric": {"name": "loss"}}},
            {"matrix": {**HYPEROPT, "kind": "tpe", "metric": {"name": "loss"}}},
            ["matrix.kind: 'hyperopt' with tpe was read as 'tpe'"],
        ),
        (
            {"matrix": HYPEROPT},
            {"matrix": {**HYPEROPT, "kind": "tpe"}},
            ["matrix.kind: 'hyperopt' with tpe was read as 'tpe'"],
        ),
        (
            {"matrix": {**HYPEROPT, "algorithm": "anneal", "max_iterations": 3}},
            {"matrix": {**HYPEROPT, "kind": "tpe", "max_iterations": 3}},
            ["matrix.kind: 'hyperopt' with anneal was read as 'tpe'"],
        ),
        (
            {"matrix": {**HYPEROPT, "algorithm": "rand", "maxIterations": 3, "metric": {}, "tuner": {}}},
            {"matrix": {**HYPEROPT, "kind": "random"}},
            [
                "matrix.kind: 'hyperopt' with rand was read as 'random'",
                "matrix.maxIterations: left out, random draws have none",
                "matrix.metric: left out, random draws have none",
                "matrix.tuner: left out, random draws have none",
            ],
        ),
        (
            {"matrix": {**HYPEROPT, "algorithm": "rand", "max_iterations": 3}},
            {"matrix": {**HYPEROPT, "kind": "random"}},
            [
                "matrix.kind: 'hyperopt' with rand was read as 'random'",
                "matrix.max_iterations: left out, random draws have none",
            ],
        ),
        (
            {"schedule": {"kind": "exact_time", "startAt": "2030-01-01"}},
            {"schedule": {"kind": "datetime", "startAt": "2030-01-01"}},
            ["schedule.kind: 'exact_time' was read as 'datetime'"],
        ),
        (
            {"schedule": {"kind": "exact", "startAt": "2030-01-01"}},
            {"schedule": {"kind": "datetime", "startAt": "2030-01-01"}},
            ["schedule.kind: 'exact' was read as 'datetime'"],
        ),
        (
            {"schedule": {"kind": "repeatable", "frequency": 60, "limit": 3}},
            {"schedule": {"kind": "interval", "frequency": 60, "maxRuns": 3}},
            [
                "schedule.kind: 'repeatable' was read as 'interval'",
                "schedule.limit: read as 'maxRuns'",
            ],
        ),
        (
            {"run": {"kind": "dag", "operations": [{"component": {"profile": "a"}}]}},
            {"run": {"kind": "dag", "operations": [{"component": {"presets": ["a"]}}]}},
            ["run.operations[0].component.profile: read as 'presets'"],
        ),
    ],
)
def test_a_former_word_is_read_with_a_note(before: object, after: object, notes: list[str]) -> None:
    assert renewed(before) == (after, notes)


@pytest.mark.parametrize(
    ("data", "notes"),
    [
        ({"joins": [{"query": "a:1", "limit": "5"}]}, ["joins[0].limit: '5' was read as 5"]),
        ({"joins": [{"query": "a:1", "offset": "10"}]}, ["joins[0].offset: '10' was read as 10"]),
        ({"joins": [{"query": "a:1", "limit": 5}, {"limit": "{{ n }}"}]}, []),
        ({"init": [{"artifacts": LIST}]}, [f"init[0].artifacts: {AS_ONE}"]),
        ({"run": {"kind": "job", "init": [{}, {"artifacts": LIST}]}}, [f"run.init[1].artifacts: {AS_ONE}"]),
        ({"run": {"worker": {"init": [{"artifacts": LIST}]}}}, [f"run.worker.init[0].artifacts: {AS_ONE}"]),
        ({"runPatch": {"init": [{"artifacts": LIST}]}}, [f"runPatch.init[0].artifacts: {AS_ONE}"]),
        (
            {"component": {"inputs": [{"name": "a", "type": "artifacts", "value": LIST}]}},
            [f"component.inputs[0].value: {AS_ONE}"],
        ),
        ({"inputs": [{"name": "a", "type": "list", "value": LIST}]}, []),
    ],
)
def test_a_former_form_stays_and_is_noted(data: object, notes: list[str]) -> None:
    assert renewed(data) == (data, notes)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (
            {"matrix": {**HYPEROPT, "algorithm": "rnad"}},
            "matrix.algorithm: unknown algorithm 'rnad', expected tpe, anneal, rand, did you mean 'rand'?",
        ),
        (
            {"schedule": {"kind": "repeatable"}},
            "schedule.kind: 'repeatable' is no more, expected interval with a frequency, or cron",
        ),
    ],
)
def test_what_has_no_successor_is_refused_with_what_there_is(data: object, line: str) -> None:
    with pytest.raises(SpecError, match=f"^{re.escape(line)}$"):
        renewed(data)


def test_todays_words_stay() -> None:
    data = {
        "presets": ["a"],
        "matrix": {"kind": "grid"},
        "schedule": {"kind": "cron"},
        "run": {"kind": "job", "init": [{"artifacts": {"files": ["a"]}}]},
    }
    assert renewed(data) == (data, [])


def test_the_note_is_a_warning_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("kind: operation\nprofile: gpu\n")
    found = read_files([tmp_path / "a.yml"])
    assert found.operation.presets == ["gpu"]
    assert found.warnings == (f"{tmp_path / 'a.yml'}: profile: read as 'presets'",)
