"""A home that stood still is not looked through again, and what happens to it then is seen."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.index.database import open_database
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.sources import forget, source_number
from polyaxon_sdk.index.store import Index
from polyaxon_sdk.runs.folder import RunFolder
from tests.index.conftest import AddRun, set_status


def statuses(home: Path) -> dict[str | None, str]:
    """The runs, once nothing happened for a while."""
    for name in ("changes", "runs"):
        os.utime(home / name, (time.time() - 10, time.time() - 10))
    with Index(home, home / "cache") as index:
        index.list()
        return {row.name: row.status for row in index.list(Question(sort="name")).rows}


def lose(home: Path, run: RunFolder) -> None:
    """As a rebuild does that is killed at once."""
    engine = open_database(home / "index.db")
    forget(engine, source_number(engine, str(home)))
    engine.dispose()


@pytest.mark.parametrize(
    ("happens", "then"),
    [
        (lambda home, run: set_status(run, "failed"), {"a": "failed", "b": "created"}),
        (lambda home, run: shutil.rmtree(run.path), {"b": "created"}),
        (lambda home, run: (home / "index.db").unlink(), {"a": "created", "b": "created"}),
        (lose, {"a": "created", "b": "created"}),
    ],
    ids=["a change", "a deletion", "no index", "an index that forgot"],
)
def test_what_happens_after_a_rest_is_seen(
    add_run: AddRun, home: Path, happens: Callable[[Path, RunFolder], None], then: dict[str | None, str]
) -> None:
    run, _ = add_run("a"), add_run("b")
    assert statuses(home) == {"a": "created", "b": "created"}
    happens(home, run)
    with Index(home, home / "cache") as index:
        assert {row.name: row.status for row in index.list().rows} == then
