import json
from math import inf, isnan, nan
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.runs.events import Event, header, moment, parse, read, row, scalar_row
from polyaxon_sdk.types import Json

NOON = 1_700_000_000.25
STAMP = "2023-11-14 22:13:20.250000+00:00"
STEPS = st.none() | st.integers(-(2**63) + 1, 2**63 - 1)
PAYLOADS = st.dictionaries(
    st.text(),
    st.text() | st.floats(allow_nan=False, allow_infinity=False) | st.lists(st.integers()),
    max_size=3,
)
BARRED = ["image", "histogram", "curve", "confusion", "dataframe", "model", "file", "audio", "video"]


def test_a_metric_file_has_the_bytes_that_polyaxon_writes() -> None:
    rows = header("metric") + scalar_row(0, NOON, 1.0) + scalar_row(None, NOON, nan)
    assert rows == f"step|timestamp|metric\n0|{STAMP}|1.0\n|{STAMP}|nan".encode()


def test_an_image_row_has_the_bytes_that_polyaxon_writes() -> None:
    value: Json = {"height": 8, "width": 8, "colorspace": 3, "path": "assets/image/img_2.png"}
    shown = '{"height":8,"width":8,"colorspace":3,"path":"assets/image/img_2.png"}'
    assert (
        header("image") + row("image", 2, NOON, value) == f"step|timestamp|image\n2|{STAMP}|{shown}".encode()
    )


def test_a_text_row_has_the_bytes_that_polyaxon_writes() -> None:
    shown = f'{{"timestamp": "{STAMP}", "step": 1, "text": "hello | world\\nline2"}}'
    assert header("text") + row("text", 1, NOON, "hello | world\nline2") == f"\n{shown}".encode()


def test_a_chart_is_json_in_json_as_polyaxon_writes_it() -> None:
    written = row("chart", 1, NOON, {"kind": "vega", "figure": {}})
    assert json.loads(json.loads(written)["chart"]) == {"kind": "vega", "figure": {}}


@given(STEPS, st.floats(allow_nan=False))
def test_a_metric_reads_back(step: int | None, value: float) -> None:
    text = (header("metric") + scalar_row(step, NOON, value)).decode()
    assert parse(text, "metric") == [Event(step, STAMP, value)]


@pytest.mark.parametrize("kind", BARRED)
@given(step=STEPS, value=PAYLOADS)
def test_an_object_reads_back(kind: str, step: int | None, value: dict[str, Json]) -> None:
    text = (header(kind) + row(kind, step, NOON, value)).decode()
    assert parse(text, kind) == [Event(step, STAMP, value)]


@pytest.mark.parametrize("kind", ["text", "html"])
@given(step=STEPS, value=st.text())
def test_a_text_reads_back(kind: str, step: int | None, value: str) -> None:
    assert parse((header(kind) + row(kind, step, NOON, value)).decode(), kind) == [Event(step, STAMP, value)]


@pytest.mark.parametrize("kind", ["chart", "span"])
@given(step=STEPS, value=PAYLOADS)
def test_a_nested_object_reads_back(kind: str, step: int | None, value: dict[str, Json]) -> None:
    assert parse((header(kind) + row(kind, step, NOON, value)).decode(), kind) == [Event(step, STAMP, value)]


@pytest.mark.parametrize("value", [inf, -inf, -0.0, 1e21, 5e-324])
def test_odd_numbers_read_back(value: float) -> None:
    (event,) = parse(scalar_row(1, NOON, value).decode(), "metric")
    assert repr(event.value) == repr(value)


def test_nan_reads_back() -> None:
    (event,) = parse(scalar_row(1, NOON, nan).decode(), "metric")
    assert isinstance(event.value, float)
    assert isnan(event.value)


def test_a_row_of_a_megabyte_reads_back() -> None:
    value: Json = {"values": [0.5] * 200_000}
    assert parse(row("histogram", 1, NOON, value).decode(), "histogram") == [Event(1, STAMP, value)]


@pytest.mark.parametrize(
    "torn", ["1", "1|2023", "1|2023-11-14|", "x|2023-11-14|0.5", "inf|2023-11-14|0.5", "\0|\0|\0"]
)
def test_a_row_that_is_torn_or_damaged_is_left_out(torn: str) -> None:
    text = f"step|timestamp|metric\n{torn}\n2|{STAMP}|0.5"
    assert parse(text, "metric") == [Event(2, STAMP, 0.5)]


@pytest.mark.parametrize(
    "torn", ["{", '{"step": 1}', "[]", '{"text": "a"}', '{"text": "a", "timestamp": "t", "step": 1e999}']
)
def test_a_line_that_is_torn_or_damaged_is_left_out(torn: str) -> None:
    whole = json.dumps({"timestamp": STAMP, "step": 2, "text": "b"})
    assert parse(f"\n{torn}\n{whole}", "text") == [Event(2, STAMP, "b")]


def test_a_step_that_pandas_wrote_as_a_float_is_whole() -> None:
    assert parse(f"3.0|{STAMP}|0.5\r\n", "metric") == [Event(3, STAMP, 0.5)]


def test_only_the_drained_length_is_read(tmp_path: Path) -> None:
    whole = header("metric") + scalar_row(1, NOON, 0.5)
    (tmp_path / "loss.plx").write_bytes(whole + scalar_row(2, NOON, 0.123456)[:-3])
    assert [event.step for event in read(tmp_path / "loss.plx", "metric", len(whole))] == [1]


@pytest.mark.parametrize("time", [nan, inf, -inf, 1e300, -1e300])
def test_a_time_out_of_range_is_the_epoch(time: float) -> None:
    assert moment(time) == "1970-01-01 00:00:00.000000+00:00"


@pytest.mark.parametrize("number", [nan, inf, -inf])
@pytest.mark.parametrize(("kind", "field"), [("curve", "x"), ("histogram", "counts"), ("confusion", "z")])
def test_a_number_that_json_has_not_reads_back_where_numbers_belong(
    kind: str, field: str, number: float
) -> None:
    (event,) = parse(row(kind, 1, 0.0, {field: [[number, 0.5]]}).decode(), kind)
    assert repr(event.value) == repr({field: [[number, 0.5]]})


@pytest.mark.parametrize(("number", "said"), [(nan, "NaN"), (inf, "Infinity"), (-inf, "-Infinity")])
@pytest.mark.parametrize("kind", ["span", "chart"])
def test_it_is_spelled_out_where_anything_may_be(kind: str, number: float, said: str) -> None:
    (event,) = parse(row(kind, 1, 0.0, {"outputs": {"loss": (number,)}}).decode(), kind)
    assert event.value == {"outputs": {"loss": [said]}}


@pytest.mark.parametrize("kind", ["curve", "span"])
def test_the_file_is_json_for_every_reader(kind: str) -> None:
    assert b"NaN" not in row(kind, 1, 0.0, {"x": [nan]}).replace(b'"NaN"', b"").replace(b'\\"NaN\\"', b"")


def test_a_label_that_looks_like_one_is_a_label() -> None:
    (event,) = parse(row("confusion", 1, 0.0, {"x": ["NaN"], "z": [[nan]]}).decode(), "confusion")
    assert repr(event.value) == "{'x': ['NaN'], 'z': [[nan]]}"
