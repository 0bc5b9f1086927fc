import shutil
import time
from collections.abc import Callable

import pytest

from polyaxon_sdk.index.glance import damage_at_a_glance
from polyaxon_sdk.runs.folder import RunFolder
from tests.index.conftest import AddRun


def glance(folder: RunFolder) -> str | None:
    """As of a run that is over and that nobody touched for an hour."""
    return damage_at_a_glance(folder, time.time_ns() + 3600 * 10**9, looks=True, is_over=True)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda run: run.operation.write_text("{}{}"), "operation.plx.json: it is no JSON"),
        (lambda run: (run.outputs / "env.json").write_text("{{"), "outputs/env.json: it is no JSON"),
        (lambda run: (run.journal / "lease").write_text("nobody"), "journal/lease: it tells no holder"),
        (lambda run: run.live.symlink_to(run.outputs), "journal/summaries.json: it is no JSON"),
    ],
    ids=["replaced", "new", "deep", "a link"],
)
def test_damage_since_the_last_look_is_seen(
    add_run: AddRun, spoil: Callable[[RunFolder], object], told: str
) -> None:
    folder = add_run()
    folder.outputs.mkdir(exist_ok=True)
    folder.journal.mkdir(exist_ok=True)
    folder.operation.write_text("{  }")
    assert glance(folder) is None
    spoil(folder)
    assert glance(folder) == told


def test_a_run_that_is_gone_has_no_damage(add_run: AddRun) -> None:
    folder = add_run()
    assert glance(folder) is None
    shutil.rmtree(folder.path)
    assert glance(folder) is None
