"""Charts of plotly, bokeh, altair and matplotlib, as events (semantics 5.4)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from polyaxon_sdk.tracking.images import close_figures, figure_of, log_figures
from polyaxon_sdk.tracking.place import Place
from polyaxon_sdk.tracking.series import Series
from polyaxon_sdk.types import Json

__all__ = ["log_altair", "log_bokeh", "log_matplotlib", "log_plotly"]


def log_plotly(place: Place, series: Series, figure: object) -> None:
    """Keep a figure of plotly, or its JSON as a dict.

    Raises:
        TypeError: `figure` is neither. What plotly raises of its values passes through.
    """
    if isinstance(figure, Mapping):
        _log(place, series, "plotly", figure)
    elif callable(to_json := getattr(figure, "to_json", None)):
        _log(place, series, "plotly", json.loads(to_json()))
    else:
        raise TypeError(f"{type(figure).__name__} is no figure of plotly")


def log_bokeh(place: Place, series: Series, figure: object) -> None:
    """Keep a figure of bokeh.

    Raises:
        ModuleNotFoundError: there is no bokeh. What it raises of the figure passes through.
    """
    from bokeh.embed import json_item  # who has a figure of bokeh's has imported it

    _log(place, series, "bokeh", json_item(cast(Any, figure)))


def log_altair(place: Place, series: Series, figure: object) -> None:
    """Keep a chart of altair, or its Vega specification as a dict.

    Raises:
        TypeError: `figure` is neither. What altair raises of its values passes through.
    """
    if isinstance(figure, Mapping):
        _log(place, series, "vega", figure)
    elif callable(to_dict := getattr(figure, "to_dict", None)):
        _log(place, series, "vega", to_dict())
    else:
        raise TypeError(f"{type(figure).__name__} is no chart of altair")


def log_matplotlib(
    place: Place, series: Series, figure: object, *, close: bool, fallback_to_image: bool
) -> None:
    """Keep a figure of matplotlib as a chart of plotly, or where plotly can't draw it as an image.

    Raises:
        TypeError: `figure` is none. Without `fallback_to_image`, what plotly raises passes through.
    """
    found = figure_of(figure)
    try:
        from plotly.tools import mpl_to_plotly  # half a second: paid by who asks plotly for a chart

        chart = mpl_to_plotly(found)
    except Exception:  # plotly knows few of matplotlib's figures and raises whatever it likes over the others
        if not fallback_to_image:
            raise
        log_figures(place, found, series._replace(kind="image"), close=close)
        return
    log_plotly(place, series, chart)
    if close:
        close_figures([found])


def _log(place: Place, series: Series, kind: str, figure: Mapping[str, Any]) -> None:
    value: dict[str, Json] = {"kind": kind, "figure": figure}
    series.log(place, value)
