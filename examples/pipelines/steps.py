"""The steps of the pipelines beside: a walk down a parabola, quick enough to try things out.

polyaxon run -pm examples/pipelines/steps.py:descend --start 2 --rate 0.1,0.2,0.4
"""

from typing import NamedTuple

from polyaxon_sdk import component, tracking


class Walk(NamedTuple):
    """Where a walk ended."""

    height: float
    steps: int


@component
def descend(start: float, rate: float = 0.1, steps: int = 10) -> Walk:
    """Walk down a parabola.

    Args:
        start: where the walk begins
        rate: how far a step goes
        steps: how many there are
    """
    x = start
    tracking.init()
    for step in range(1, steps + 1):
        x -= rate * 2 * x
        tracking.log_metric("height", x * x, step=step)
    return Walk(height=x * x, steps=steps)


@component
def keep(height: float) -> str:
    """Keep what is low enough.

    Args:
        height: where the walk ended
    """
    return f"kept {height:.3g}"


@component
def compare(heights: list[float], runs: list[str]) -> float:
    """Tell the lowest of many walks.

    Args:
        heights: where each ended
        runs: which they are
    """
    for height, run in zip(heights, runs, strict=True):
        print(f"{run}  {height:.3g}")
    return min(heights)
