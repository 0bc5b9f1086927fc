import json

import altair
import matplotlib as mpl
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from bokeh.plotting import figure as bokeh_figure
from matplotlib.figure import Figure

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.tracking.run import Run
from tests.sidecar.draining import drain
from tests.tracking.logged import events_in, pixels_in, problem_of, value_in

# plotly's converter asks matplotlib for what it deprecates.
converting = pytest.mark.filterwarnings("ignore::matplotlib.MatplotlibDeprecationWarning")

PLOTLY = go.Figure(go.Bar(x=["a|b", "c"], y=np.array([1, 2])))


def test_html_is_an_event_as_polyaxon_writes_it(run: Run, folder: RunFolder) -> None:
    run.log_html("page", "<b>a|b</b>\nc", step=3, timestamp=1.5)
    drain(folder)
    assert (folder.events / "html" / "page.plx").read_text() == (
        '\n{"timestamp": "1970-01-01 00:00:01.500000+00:00", "step": 3, "html": "<b>a|b</b>\\nc"}'
    )


def test_a_chart_is_an_event_as_polyaxon_writes_it(run: Run, folder: RunFolder) -> None:
    run.log_plotly_chart("bars", {"data": [], "layout": {}}, step=3, timestamp=1.5)
    drain(folder)
    text = r'"{\"kind\":\"plotly\",\"figure\":{\"data\":[],\"layout\":{}}}"'
    assert (folder.events / "chart" / "bars.plx").read_text() == (
        f'\n{{"timestamp": "1970-01-01 00:00:01.500000+00:00", "step": 3, "chart": {text}}}'
    )


def test_a_figure_of_plotly_reads_back(run: Run, folder: RunFolder) -> None:
    run.log_plotly_chart("bars", PLOTLY)
    value = value_in(folder, "chart", "bars")
    assert value == {"kind": "plotly", "figure": json.loads(str(PLOTLY.to_json()))}
    assert go.Figure(value["figure"]) == PLOTLY


def test_a_chart_of_altair_is_vega(run: Run, folder: RunFolder) -> None:
    chart = altair.Chart(pd.DataFrame({"a": [1, 2]})).mark_bar().encode(x="a:Q")
    run.log_altair_chart("bars", chart)
    run.log_altair_chart("vega", {"mark": "bar"})
    assert value_in(folder, "chart", "bars") == {"kind": "vega", "figure": chart.to_dict()}
    assert value_in(folder, "chart", "vega") == {"kind": "vega", "figure": {"mark": "bar"}}


def test_a_figure_of_bokeh_is_a_document(run: Run, folder: RunFolder) -> None:
    figure = bokeh_figure()
    figure.line([1, 2], [3, 4])
    run.log_bokeh_chart("line", figure)
    value = value_in(folder, "chart", "line")
    assert value["kind"] == "bokeh"
    assert isinstance(value["figure"], dict)
    assert value["figure"]["doc"]["roots"]


@converting
def test_a_figure_of_matplotlib_becomes_one_of_plotly(run: Run, folder: RunFolder) -> None:
    figure = Figure()
    figure.subplots().plot([1, 2], [3, 5])
    run.log_mpl_plotly_chart("line", figure, step=1)
    value = value_in(folder, "chart", "line")
    assert isinstance(value["figure"], dict)
    assert value["figure"]["data"][0]["y"] == [3, 5]


def test_what_plotly_can_not_draw_becomes_an_image(run: Run, folder: RunFolder) -> None:
    figure = Figure(figsize=(2, 1), dpi=50)
    figure.add_subplot(projection="3d")
    run.log_mpl_plotly_chart("cube", figure)
    assert pixels_in(folder, "cube").shape == (50, 100, 4)


def test_what_plotly_can_not_draw_is_told_where_no_image_is_wanted(run: Run, folder: RunFolder) -> None:
    figure = Figure(figsize=(2, 1), dpi=50)
    figure.add_subplot(projection="3d")
    run.log_mpl_plotly_chart("cube", figure, fallback_to_image=False)
    assert problem_of(folder).startswith("chart 'cube' is left out: ")


@converting
def test_the_current_figure_is_closed(run: Run, folder: RunFolder) -> None:
    mpl.use("Agg")
    from matplotlib import pyplot

    pyplot.plot([1, 2])
    run.log_mpl_plotly_chart("now", pyplot)
    assert pyplot.get_fignums() == []
    assert len(events_in(folder, "chart", "now")) == 1


@pytest.mark.parametrize("verb", ["log_plotly_chart", "log_altair_chart"])
def test_what_is_no_chart_is_left_out_with_a_line(run: Run, folder: RunFolder, verb: str) -> None:
    getattr(run, verb)("bars", 3)
    assert problem_of(folder).startswith("chart 'bars' is left out: int is no ")


def test_what_bokeh_can_not_show_is_left_out_with_a_line(run: Run, folder: RunFolder) -> None:
    run.log_bokeh_chart("bars", 3)
    assert problem_of(folder).startswith("chart 'bars' is left out: ")
