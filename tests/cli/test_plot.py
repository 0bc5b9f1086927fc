from math import inf, nan

import pytest

from polyaxon_sdk.cli.plot import plot
from tests.cli.conftest import Polyaxon
from tests.cli.test_ops import AddRun, add_run
from tests.sidecar.draining import Logger

__all__ = ["add_run"]


def test_points_are_joined_from_left_to_right() -> None:
    assert plot([(0, 0), (10, 1)], 12, 4) == [
        "1 ┤      ⣀⠔⠊",
        "  │   ⡠⠔⠊",
        "0 ┤⡠⠔⠉",
        "   0      10",
    ]


def test_a_line_is_broken_where_a_value_is_no_number() -> None:
    whole, broken = (plot([(0, 0), (1, middle), (2, 0), (3, 1)], 40, 3) for middle in (0, nan))
    assert len(broken[1].replace(" ", "")) < len(whole[1].replace(" ", ""))


@pytest.mark.parametrize("values", [[], [nan, inf, -inf]])
def test_nothing_is_drawn_of_no_numbers(values: list[float]) -> None:
    assert plot([(float(step), value) for step, value in enumerate(values)], 40, 5) == []


@pytest.mark.parametrize("value", [5.0, 1.7e308, -1.7e308, 5e-324])
def test_a_flat_line_is_in_the_middle(value: float) -> None:
    drawn = plot([(0, value), (1, value)], 40, 6)
    assert [index for index, line in enumerate(drawn[:-1]) if "⠤" in line or "⠒" in line or "⣀" in line] == [
        2
    ]


@pytest.mark.parametrize(("width", "height"), [(1, 1), (5, 2), (80, 24), (300, 60)])
def test_a_drawing_has_the_height_that_is_wanted_and_never_less_than_its_axes(
    width: int, height: int
) -> None:
    assert len(plot([(0, -1e308), (1, 1e308)], width, height)) == max(height, 3)


def test_a_metric_is_drawn_below_its_figures(polyaxon: Polyaxon, add_run: AddRun) -> None:
    logger = Logger(add_run("train"))
    for _ in range(3):
        logger.log("loss")
    lines = polyaxon("ops", "metrics", "--plot").out.splitlines()
    assert lines[0] == "loss: 3 points, last 2, min 0, max 2"
    assert (lines[1][:3], lines[-3][:3], max(map(len, lines))) == ("2 ┤", "0 ┤", 80)


def test_a_drawing_is_not_for_programs(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train")
    told = polyaxon("ops", "metrics", "--plot", "-o", "json")
    assert (told.code, told.err) == (2, "Error: --plot prints for people: leave --output out\n")
