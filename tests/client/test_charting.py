from collections.abc import Callable
from typing import Any

import pytest

from polyaxon_sdk.client import RunClient
from tests.required import required

required("plotly.express")
required("pandas")


def test_metrics_are_lines_over_time(trained: RunClient) -> None:
    figure = trained.get_metrics_as_line_chart()
    assert sorted(trace.name for trace in figure.data) == ["free", "loss", "val loss/x"]
    assert {trace.type for trace in figure.data} <= {"scatter", "scattergl"}
    assert figure.layout.xaxis.title.text == "timestamp"


def test_lines_may_go_over_steps(trained: RunClient) -> None:
    (loss,) = [trace for trace in trained.get_metrics_as_line_chart(x="step").data if trace.name == "loss"]
    assert list(zip(loss.x, loss.y, strict=True)) == [(step, 1 / (step + 1)) for step in range(5)]


def test_metrics_are_bars(trained: RunClient) -> None:
    figure = trained.get_metrics_as_bar_chart(x="step", barmode="stack")
    assert (figure.layout.barmode, {trace.type for trace in figure.data}) == ("stack", {"bar"})


def test_metrics_are_drawn_against_each_other(trained: RunClient) -> None:
    (trace,) = trained.get_metrics_as_scatter_chart(x="loss", y="val loss/x", opacity=0.5).data
    assert (list(trace.x), trace.y[0], trace.marker.opacity) == ([1 / step for step in range(1, 6)], 2.0, 0.5)


@pytest.mark.parametrize("draw", [RunClient.get_metrics_as_line_chart, RunClient.get_metrics_as_bar_chart])
def test_a_column_that_is_not_there_is_named(trained: RunClient, draw: Callable[..., Any]) -> None:
    with pytest.raises(ValueError, match="but received: nothing"):
        draw(trained, x="nothing")
