"""The scheduler decides as a small model of the specification does, whatever order runs end in."""

import os
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.runner.pipelines.model import Node, Simulation, dag_of, dags, expected, verdict_of

pytestmark = pytest.mark.system

TRIALS = int(os.environ.get("POLYAXON_TEST_TRIALS", "1"))
OUTCOMES = ("succeeded",) * 6 + ("failed", "failed", "skipped", "stopped")
RANDOMS = st.randoms(use_true_random=False)


@settings(max_examples=50 * TRIALS, deadline=None)
@given(dags(), st.integers(1, 6), RANDOMS)
def test_random_dags_end_as_the_model_says(nodes: list[Node], width: int, random: Random) -> None:
    found = Simulation(nodes, width=width, random=random).run()
    assert found.ends == expected(nodes)
    assert found.most <= width
    assert found.verdict.status == verdict_of(found.ends)


@settings(max_examples=30 * TRIALS, deadline=None)
@given(dags(), st.integers(1, 6), st.integers(1, 4), RANDOMS)
def test_they_do_so_too_where_the_runner_is_killed(
    nodes: list[Node], width: int, kills: int, random: Random
) -> None:
    found = Simulation(nodes, width=width, random=random, kills=kills).run()
    assert found.ends == expected(nodes)
    assert set(found.began) <= {1}


@settings(max_examples=30 * TRIALS, deadline=None)
@given(dags(), st.integers(1, 100), RANDOMS)
def test_they_stop_early_where_too_many_fail(nodes: list[Node], percent: int, random: Random) -> None:
    failed = 100 * expected(nodes).count("failed") / len(nodes)
    found = Simulation(nodes, width=4, random=random, percent=percent).run()
    assert (found.verdict.reason == "EarlyStopping") == (failed >= percent and failed > 0)
    assert found.verdict.status == ("failed" if failed else verdict_of(expected(nodes)))


@settings(max_examples=5 * TRIALS, deadline=None)
@given(st.integers(0, 1 << 30))
def test_dags_of_200_operations_do_too(seed: int) -> None:
    nodes = dag_of(Random(seed), 200, OUTCOMES)
    found = Simulation(nodes, width=8, random=Random(seed), kills=3).run()
    assert found.ends == expected(nodes)
    assert set(found.began) <= {1}
