"""The hub's tuners, run as a search runs them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Polyaxon

LOSS = {"name": "loss", "optimization": "minimize"}
SPACE = {"rate": {"kind": "loguniform", "value": "-7:0"}, "opt": {"kind": "choice", "value": ["adam", "sgd"]}}
TPE = {"kind": "tpe", "numRuns": 2, "maxIterations": 3, "seed": 1, "metric": LOSS, "params": SPACE}
BAYES = {"kind": "bayes", "numInitialRuns": 3, "maxIterations": 3, "seed": 1, "metric": LOSS, "params": SPACE}
HYPERBAND = {"kind": "hyperband", "maxIterations": 9, "metric": LOSS, "params": SPACE}
CONFIGS = [{"rate": 0.01 * number, "opt": "adam", "epochs": 3} for number in range(1, 6)]
METRICS = [0.5, None, 0.2, 0.9, 0.4]


def suggested(polyaxon: Polyaxon, tuner: str, matrix: object, **inputs: object) -> Any:
    given = {"matrix": matrix, "configs": CONFIGS, "metrics": METRICS, **inputs}
    words = [word for name, value in given.items() for word in ("-P", f"{name}={json.dumps(value)}")]
    done = polyaxon("run", "--hub", tuner, *words, "-o", "json")
    assert done.code == 0, done.err
    return json.loads(done.out)["outputs"]["suggestions"]


@pytest.mark.fit
@pytest.mark.parametrize(
    ("tuner", "matrix", "count"),
    [("tpe-tuner", TPE, 2), ("bayes-tuner", BAYES, 1), ("hyperopt-tuner", {**TPE, "kind": "hyperopt"}, 2)],
)
def test_a_tuner_suggests_runs(polyaxon: Polyaxon, tuner: str, matrix: object, count: int) -> None:
    found = suggested(polyaxon, tuner, matrix, iteration=1)
    assert [sorted(each) for each in found] == [["opt", "rate"]] * count


def test_hyperband_keeps_the_best(polyaxon: Polyaxon) -> None:
    found = suggested(polyaxon, "hyperband-tuner", HYPERBAND, iteration=0, bracketIteration=1)
    assert [each["rate"] for each in found] == [0.03, 0.05, 0.01]


def test_a_wrong_search_fails_the_run_with_one_line(polyaxon: Polyaxon) -> None:
    done = polyaxon("run", "-l", "--hub", "tpe-tuner", "-P", 'matrix={"kind": "tpee"}')
    assert (done.code, "Traceback" in done.out + done.err) == (1, False)
    assert "matrix.kind: unknown kind 'tpee'" in " ".join(done.out.split())
