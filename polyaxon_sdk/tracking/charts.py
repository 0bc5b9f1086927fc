"""Charts of plotly, bokeh, altair and matplotlib, as events (semantics 5.4)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.tracking.images import close_figures, figure_of, is_of, log_figures
from polyaxon_sdk.tracking.interface import Place
from polyaxon_sdk.tracking.series import Series
from polyaxon_sdk.types import Json

__all__ = ["log_altair", "log_bokeh", "log_matplotlib", "log_plotly"]


_PLOTLY = ("data", "layout", "frames")
_VEGA = ("mark", "marks", "layer", "concat", "hconcat", "vconcat", "facet", "repeat", "spec")
"""Of these a figure has at least one."""


def log_plotly(place: Place, series: Series, figure: object) -> None:
    """Keep a figure of plotly, or its JSON as a dict.

    Raises:
        TypeError: `figure` is neither. What plotly raises of its values passes through.
        InputError: it is a dict without anything that a figure has.
    """
    if callable(to_json := getattr(figure, "to_json", None)):
        figure = json.loads(to_json())
    if not isinstance(figure, Mapping):
        raise TypeError(f"{type(figure).__name__} is no figure of plotly")
    _check(figure, _PLOTLY, "a figure of plotly", "'data' and 'layout'")
    _log(place, series, "plotly", figure)


def log_bokeh(place: Place, series: Series, figure: object) -> None:
    """Keep a figure of bokeh.

    Raises:
        TypeError: `figure` is none. What bokeh raises of it passes through.
    """
    if not is_of("bokeh", figure):
        raise TypeError(f"{type(figure).__name__} is no figure of bokeh")
    from bokeh.embed import json_item  # who has a figure of bokeh's has imported it

    _log(place, series, "bokeh", json_item(cast(Any, figure)))


def log_altair(place: Place, series: Series, figure: object) -> None:
    """Keep a chart of altair, or its Vega specification as a dict.

    Raises:
        TypeError: `figure` is neither. What altair raises of its values passes through.
        InputError: it is a dict without anything that a chart has.
    """
    if callable(to_dict := getattr(figure, "to_dict", None)):
        figure = to_dict()
    if not isinstance(figure, Mapping):
        raise TypeError(f"{type(figure).__name__} is no chart of altair")
    _check(figure, _VEGA, "a chart of Vega", "'mark' and 'encoding', or 'layer', 'marks' and the like")
    _log(place, series, "vega", figure)


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
        log_figures(place, found, series.like(kind="image"), close=close)
        return
    log_plotly(place, series, chart)
    if close:
        close_figures([found])


def _check(figure: Mapping[str, object], known: Sequence[str], what: str, expected: str) -> None:
    if not figure.keys() & set(known):
        named = [str(each) for each in figure]
        hint = next(filter(None, (did_you_mean(each, known) for each in named)), "")
        told = ", ".join(map(repr, named[:5])) or "nothing"
        raise InputError(f"what has {told} is not {what}", path="figure", expected=expected, hint=hint)


def _log(place: Place, series: Series, kind: str, figure: Mapping[str, Any]) -> None:
    value: dict[str, Json] = {"kind": kind, "figure": figure}
    series.log(place, value)
