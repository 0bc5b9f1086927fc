"""What a person gives to a verb by mistake: one line says what it is, for which argument, and what would be right."""

from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.tracking.given import called, path_given
from polyaxon_sdk.tracking.run import Run
from tests.tracking.logged import asset_of, events_in, problem_of, value_in

PIXELS = np.zeros((3, 4, 4), np.uint8)
FRAMES = np.zeros((2, 3, 4, 4), np.uint8)
TABLE = pd.DataFrame({"a": [1, 2]})
ARRAY = np.zeros((2, 2))


class Unshowable:
    """Raises when it is to be shown."""

    def __repr__(self) -> str:
        raise RuntimeError


class Shown:
    """Shows itself as a text."""

    def __str__(self) -> str:
        return "läuft"


MISTAKES: list[tuple[str, tuple[object, ...], dict[str, object], str]] = [
    ("log_image", (PIXELS, "x"), {"dataformats": None}, "'x' is left out: dataformats: NoneType 'None' is no text"),
    ("log_image", (PIXELS, "x"), {"dataformats": "CWHN3"}, "dataformats: 'CWHN3' is no layout, expected the axes"),
    ("log_image", (PIXELS, "x"), {"dataformats": "HWCX"}, ", did you mean 'HWC'?"),
    ("log_image", (PIXELS, "x"), {"rescale": "2x"}, "rescale: str '2x' is no number, expected how many times"),
    ("log_image", (b"\x89PNG", "x"), {"ext": 5j}, "ext: complex '5j' is no text"),
    ("log_image_with_boxes", (PIXELS, 3, "x"), {}, "tensor_boxes: int '3' is no list of boxes, expected 4 numbers"),
    ("log_video", (FRAMES, "x"), {"fps": None}, "fps: NoneType 'None' is no number, expected frames a second"),
    ("log_video", ("a.mp4", "x"), {"content_type": TABLE}, "content_type: DataFrame"),
    ("log_audio", ([0.5], "x"), {"sample_rate": "fast"}, "sample_rate: str 'fast' is no number"),
    ("log_plotly_chart", ("p", {"x": 1}), {}, "figure: what has 'x' is not a figure of plotly, expected 'data'"),
    ("log_plotly_chart", ("p", {"date": []}), {}, ", did you mean 'data'?"),
    ("log_plotly_chart", ("p", TABLE), {}, "figure: what has 'a' is not a figure of plotly"),
    ("log_altair_chart", ("p", {}), {}, "figure: what has nothing is not a chart of Vega, expected 'mark'"),
    ("log_bokeh_chart", ("p", 5), {}, "chart 'p' is left out: int is no figure of bokeh"),
    ("log_dataframe", (TABLE, "t", "parquett"), {}, "content_type: 'parquett' is no type of table, expected csv or"),
    ("log_dataframe", (TABLE, "t", "parquett"), {}, ", did you mean 'parquet'?"),
    ("log_curve", ("c", [0, 1], [0, None]), {}, "y: NoneType 'None' is no number, expected a list of numbers"),
    ("log_sklearn_pr_curve", ("c", [0.5], [1]), {"is_multi_class": ARRAY}, "is_multi_class: ndarray"),
    ("log_histogram", ("h", [1.0]), {"max_bins": "many"}, "max_bins: str 'many' is no number of bins"),
    ("log_histogram", ("h", [1.0]), {"bins": TABLE}, "bins: "),
    ("log_histogram", ("h", ["a"]), {}, "values: list"),
    ("log_artifact", (None,), {}, "path: NoneType 'None' is no path, expected text or a pathlib.Path"),
    ("log_artifact", ("a",), {"summary": [1]}, "summary: list '[1]' is no mapping, expected values by name"),
    ("log_artifact", ("a",), {"rel_path": 3}, "rel_path: int '3' is no path"),
    ("log_artifact", ("a",), {"kind": None}, "kind: NoneType 'None' is no text, expected what it is, such as"),
    ("log_model", ("a",), {"framework": ["k"]}, "framework: list"),
    ("log_model", ("a",), {"skip_hash_calculation": ARRAY}, "skip_hash_calculation: ndarray"),
    ("log_file_ref", ("a",), {"hash": b"0f"}, "hash: bytes"),
    ("log_data_ref", ("a",), {"summary": "s"}, "summary: str 's' is no mapping"),
    ("log_model_ref", ("a",), {"framework": {"k": 1}}, "framework: dict"),
    ("log_code_ref", ([1],), {}, "code_ref: list '[1]' is no mapping"),
    ("log_env", (), {"content": 3}, "content: int '3' is no mapping"),
    ("log_tags", (None,), {}, "tags: NoneType 'None' is no list of texts, expected one, or a text with commas"),
    ("log_inputs", (), {"reset": ARRAY, "a": 1}, "inputs is left out: reset: ndarray"),
    ("set_name", (None,), {}, "name: NoneType 'None' is no text"),
    ("set_readme", (TABLE,), {}, "readme: DataFrame"),
    ("update", (5,), {}, "data: int '5' is no mapping"),
    ("promote_to_model_version", ("v1",), {"artifacts": 3}, "artifacts: int '3' is no list of texts"),
    ("promote_to_model_version", (None,), {}, "version: NoneType 'None' is no text, expected a name"),
    ("log_text", ("t", None), {}, "text 't' is left out: NoneType 'None' is no text, expected text, or bytes of UTF-8"),
    ("log_text", ("t", b"\xff"), {}, "text 't' is left out: bytes"),
    ("log_html", ("t", None), {}, "html 't' is left out: NoneType 'None' is no text"),
    ("log_text", ("t", "x"), {"step": "one"}, "text 't' is kept without its step: str 'one' is no whole number"),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "values", "named", "words"), MISTAKES)
def test_a_mistake_is_told_in_a_line(
    run: Run, folder: RunFolder, verb: str, values: tuple[object, ...], named: dict[str, object], words: str
) -> None:
    getattr(run, verb)(*values, **named)
    assert words in problem_of(folder)


@pytest.mark.parametrize("given", ["läuft", "läuft".encode(), bytearray("läuft".encode()), Shown()])
def test_a_text_is_what_it_says(run: Run, folder: RunFolder, given: object) -> None:
    run.log_text("t", given)  # type: ignore[arg-type]  # what a script may give
    assert [event.value for event in events_in(folder, "text", "t")] == ["läuft"]


@pytest.mark.parametrize(
    "name", [ARRAY, TABLE, pd.Series([1, 2]), pl.Series([1])], ids=lambda name: type(name).__name__
)
@pytest.mark.parametrize(
    ("verb", "values"), [("log_image", (PIXELS,)), ("log_video", (FRAMES,)), ("log_audio", ([0.5],))]
)
def test_whatever_a_name_is_it_stops_no_training(
    run: Run, folder: RunFolder, verb: str, values: tuple[object, ...], name: object
) -> None:
    getattr(run, verb)(*values, name=name)
    assert read_run(folder).problems == []


@pytest.mark.parametrize("series", [pd.Series([1.5, 2], name="loss"), pl.Series("loss", [1.5, 2])])
def test_a_series_is_a_table_of_one_column(run: Run, folder: RunFolder, series: object) -> None:
    run.log_dataframe(series, "table")
    table = pd.read_csv(asset_of(folder, value_in(folder, "dataframe", "table")))
    assert table["loss"].tolist() == [1.5, 2]


@pytest.mark.parametrize("series", [pd.Series([1.5]), pl.Series([1.5])])
def test_a_series_without_a_name_is_called_values(run: Run, folder: RunFolder, series: object) -> None:
    run.log_dataframe(series, "table")
    assert "values" in asset_of(folder, value_in(folder, "dataframe", "table")).read_text()


def test_a_thing_is_called_by_a_short_line() -> None:
    assert called(ARRAY) == "array([[0., 0.], [0., 0.]])"
    assert len(called("x" * 1000)) == 120
    assert called(Unshowable()) == "Unshowable"


def test_a_path_may_be_an_object(tmp_path: Path) -> None:
    assert path_given(tmp_path, "path") == str(tmp_path)
    with pytest.raises(InputError, match=r"path: str .* is no path: it has half a letter"):
        path_given("a\ud800", "path")
