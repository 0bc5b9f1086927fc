"""Event files answered as the public implementation answers them."""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

import pytest

from tests.conformance.corpus import CORPUS, Case, cases, needs_corpus

pytestmark = needs_corpus

CASES = cases("events")
Answers = Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="module")
def answers() -> Answers:
    """What one `polyaxon events --batch` answers to all cases, by path."""
    requests = [
        json.dumps({"id": case["path"], "path": case["path"], "kind": case["kind"]}) for case in CASES
    ]
    done = subprocess.run(
        [sys.executable, "-m", "polyaxon_sdk", "events", "--batch"],
        input="\n".join(requests),
        cwd=CORPUS,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}


def _row(event: Mapping[str, object]) -> tuple[object, datetime, object]:
    return event["step"], datetime.fromisoformat(str(event["timestamp"])), event["value"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["path"]))
def test_a_file_is_answered_as_polyaxon_answers_it(case: Case, answers: Answers) -> None:
    expected = cast(Mapping[str, Any], case["expect"])
    answer = answers[str(case["path"])]
    assert answer["valid"] is expected["valid"]
    assert [_row(event) for event in answer["events"]] == [_row(event) for event in expected["events"]]
