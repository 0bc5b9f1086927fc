"""Calls that draw the metrics of a run."""

from __future__ import annotations

from typing import Any

from polyaxon_sdk.client.extras import load_extra
from polyaxon_sdk.client.frames import tidy_frame, wide_frame
from polyaxon_sdk.exceptions import RunNotFoundError
from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["ChartCalls"]


class ChartCalls:
    """The part of `RunClient` that draws with Plotly (semantics 5.2); each answer is a `plotly` figure.

    Raises:
        MissingExtraError: from each call, where Plotly or a library of data frames is not installed.
        ValueError: likewise, Plotly's own, where there is no such column.

    >>> RunClient(run_uuid="0f3a").get_metrics_as_line_chart(x="step").show()  # doctest: +SKIP
    """

    @property
    def folder(self) -> RunFolder:
        """Where the run lies."""
        raise RunNotFoundError("no run is named")

    def get_metrics_as_line_chart(
        self, x: str = "timestamp", y: str = "metric", color: str | None = "name"
    ) -> Any:  # a figure of Plotly, which has no types
        """The metrics as lines; `x`, `y` and `color` are columns of the tidy frame, `metric` is its `value`."""
        return _express().line(self._tidy(), x=x, y=y, color=color)

    def get_metrics_as_bar_chart(
        self, x: str = "timestamp", y: str = "metric", color: str | None = "name", barmode: str = "group"
    ) -> Any:  # likewise
        """The metrics as bars; `barmode` is Plotly's."""
        return _express().bar(self._tidy(), x=x, y=y, color=color, barmode=barmode)

    def get_metrics_as_scatter_chart(
        self, x: str | None = None, y: str | None = None, color: str | None = None, **options: Any
    ) -> Any:  # likewise
        """One metric against another: `x`, `y` and `color` are columns of the wide frame, `options` Plotly's."""
        return _express().scatter(wide_frame(self.folder, None, None), x=x, y=y, color=color, **options)

    def _tidy(self) -> Any:  # a frame of either library
        frame, names = tidy_frame(self.folder, None, None), {"value": "metric"}
        is_pandas = type(frame).__module__.startswith("pandas")
        return frame.rename(columns=names) if is_pandas else frame.rename(names)


def _express() -> Any:  # plotly.express, which has no types
    return load_extra("plotly.express", "plotly")
