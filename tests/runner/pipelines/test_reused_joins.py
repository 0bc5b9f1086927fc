"""Runs that take the values of a search by a join, and are taken from an earlier run themselves."""

import pytest

from tests.runner.pipelines.conftest import RunPipeline, dag, logging, step

pytestmark = pytest.mark.system

TRIALS = {"matrix": {"kind": "grid", "params": {"x": {"kind": "choice", "value": [1, 2]}}}}
OF_SEARCH = {"search": {"ref": "ops.search", "value": "globals.uuid", "contextOnly": True}}


def collecting(limit: int) -> dict[str, object]:
    """A dag whose last operation collects the losses of a search."""
    search = step(
        logging(loss="{{ x }} / 2"),
        name="search",
        inputs=[{"name": "x", "type": "int"}],
        outputs=[{"name": "loss", "type": "float"}],
        **TRIALS,
    )
    collected = {"losses": {"value": "outputs.loss"}}
    join = {"query": "pipeline:{{ search }}", "sort": "outputs.loss", "limit": limit, "params": collected}
    losses = [{"name": "losses", "type": "float", "isList": True}]
    return dag(search, step("true", name="best", inputs=losses, params=OF_SEARCH, joins=[join]))


def test_what_a_join_collects_decides_and_not_which_search_it_is_of(run_pipeline: RunPipeline) -> None:
    _, first = run_pipeline(run=collecting(2))
    _, again = run_pipeline(run=collecting(2))
    assert again["best"][0].original == first["best"][0].uuid
    _, fewer = run_pipeline(run=collecting(1))
    assert str(fewer["best"][0].reuse["why"]).startswith("input losses is [0.5], was [0.5, 1.0]")
