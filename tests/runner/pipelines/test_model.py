"""The scheduler decides as a small model of the specification does, whatever order runs end in."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.runner.pipelines.model import Node, dags, expected, simulated, verdict_of

pytestmark = pytest.mark.system


@settings(max_examples=60, deadline=None)
@given(dags(), st.integers(1, 6), st.randoms(use_true_random=False))
def test_random_dags_end_as_the_model_says(nodes: list[Node], width: int, random: Random) -> None:
    ends, most, verdict = simulated(nodes, width=width, random=random)
    assert ends == expected(nodes)
    assert most <= width
    assert verdict == verdict_of(ends)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 1 << 30))
def test_dags_of_200_operations_do_too(seed: int) -> None:
    random = Random(seed)
    outcomes = ("succeeded", "failed", "skipped", "stopped")
    nodes = [
        Node(
            tuple(sorted(random.sample(range(at), min(at, random.randrange(4))))),
            random.choice(("all_succeeded", "all_done", "all_failed", "one_done", "one_failed")),
            False,
            random.choices(outcomes, (8, 2, 1, 1))[0],
        )
        for at in range(200)
    ]
    ends, _, _ = simulated(nodes, width=8, random=random)
    assert ends == expected(nodes)
