"""Verbs for HTML, charts and tables."""

from __future__ import annotations

from polyaxon_sdk.tracking.given import called
from polyaxon_sdk.tracking.numbers import Moment
from polyaxon_sdk.tracking.series import Series, log_text
from polyaxon_sdk.tracking.verbs.placed import Placed

__all__ = ["ChartVerbs"]


class ChartVerbs(Placed):
    """What a page shows (semantics 5.2: text and charts, tables)."""

    def log_html(
        self, name: str, html: str, step: int | None = None, timestamp: Moment | None = None
    ) -> None:
        """Log HTML to the series `name`; it is shown in a frame of its own that can do nothing to the page around.

        >>> run.log_html("answer", "<b>yes</b>", step=1)  # doctest: +SKIP
        """
        self._log(f"html {called(name)}", log_text, Series("html", name, step, timestamp), html)

    def log_plotly_chart(
        self, name: str, figure: object, step: int | None = None, timestamp: Moment | None = None
    ) -> None:
        """Log a figure of plotly, or its JSON as a dict.

        >>> run.log_plotly_chart("scatter", plotly.express.scatter(x=[1, 2], y=[3, 4]))  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.charts import log_plotly  # paid by who logs one

        self._log(f"chart {called(name)}", log_plotly, Series("chart", name, step, timestamp), figure)

    def log_bokeh_chart(
        self, name: str, figure: object, step: int | None = None, timestamp: Moment | None = None
    ) -> None:
        """Log a figure of bokeh.

        >>> run.log_bokeh_chart("line", figure, step=3)  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.charts import log_bokeh  # paid by who logs one

        self._log(f"chart {called(name)}", log_bokeh, Series("chart", name, step, timestamp), figure)

    def log_altair_chart(
        self, name: str, figure: object, step: int | None = None, timestamp: Moment | None = None
    ) -> None:
        """Log a chart of altair, or a Vega specification as a dict.

        >>> run.log_altair_chart("bars", altair.Chart(table).mark_bar())  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.charts import log_altair  # paid by who logs one

        self._log(f"chart {called(name)}", log_altair, Series("chart", name, step, timestamp), figure)

    def log_mpl_plotly_chart(
        self,
        name: str,
        figure: object,
        step: int | None = None,
        timestamp: Moment | None = None,
        *,
        close: bool = True,
        fallback_to_image: bool = True,
    ) -> None:
        """Log a figure of matplotlib as a chart of plotly, or as an image where plotly can't draw it.

        Args:
            name: the series.
            figure: a figure, an axes, or `matplotlib.pyplot` for the current figure.
            step: where in the series it belongs.
            timestamp: by default now.
            close: whether the figure is done with.
            fallback_to_image: otherwise such a figure is left out.

        >>> run.log_mpl_plotly_chart("loss", figure, step=3)  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.charts import log_matplotlib  # paid by who logs one

        series = Series("chart", name, step, timestamp)
        choices = {"close": close, "fallback_to_image": fallback_to_image}
        self._log(f"chart {called(name)}", log_matplotlib, series, figure, **choices)

    def log_dataframe(
        self,
        df: object,
        name: str,
        content_type: str = "csv",
        step: int | None = None,
        timestamp: Moment | None = None,
    ) -> None:
        """Log a table of pandas, polars or pyarrow as `csv`, `html` or `parquet`; it is written before this returns.

        A series of pandas or polars is a table of one column.

        >>> run.log_dataframe(pandas.DataFrame({"loss": [0.5, 0.25]}), "history")  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.tables import log_table  # paid by who logs one

        series = Series("dataframe", name, step, timestamp)
        self._log(f"table {called(name)}", log_table, series, df, content_type)
