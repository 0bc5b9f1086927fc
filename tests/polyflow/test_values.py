"""What each type of input takes, and what it makes of it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow.values import TYPES, parse, plain, text

MIDNIGHT = datetime(2024, 2, 3, tzinfo=UTC)
UUID = "1d2c3b4a-5968-7786-95a4-b3c2d1e0f9a8"


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("int", "1", 1),
        ("int", 1.0, 1),
        ("int", "1.0", 1),
        ("int", True, 1),
        ("int", "9" * 30, int("9" * 30)),
        ("float", 1, 1.0),
        ("float", "1e-3", 0.001),
        ("float", "inf", float("inf")),
        ("float", float("-inf"), float("-inf")),
        ("float", True, 1.0),
        ("metric", "0.5", 0.5),
        ("bool", "YES", True),
        ("bool", "off", False),
        ("bool", 0, False),
        ("bool", "t", True),
        ("str", 1, "1"),
        ("str", True, "true"),
        ("str", {"a": [1]}, '{"a":[1]}'),
        ("dict", '{"a": 1}', {"a": 1}),
        ("metadata", {"a": 1}, {"a": 1}),
        ("list", "[1, 2]", [1, 2]),
        ("any", [1], [1]),
        ("uri", "http://host/path", "http://host/path"),
        ("uri", "user:pass@host", "user:pass@host"),
        ("uri", "user:pass@http://host:80", "user:pass@http://host:80"),
        ("auth", "jo:s3:cr@t", {"user": "jo", "password": "s3:cr@t"}),
        ("auth", {"user": "jo", "password": ""}, {"user": "jo", "password": ""}),
        ("auth", '{"user": "jo", "password": "a"}', {"user": "jo", "password": "a"}),
        ("path", "", ""),
        ("path", "/a/b", "/a/b"),
        ("uuid", UUID, UUID.replace("-", "")),
        ("email", "a@b.cd", "a@b.cd"),
        ("s3", "s3://bucket/key", "s3://bucket/key"),
        ("gcs", "gs://bucket/blob", "gs://bucket/blob"),
        ("wasb", "wasbs://c@a.blob.core.windows.net/p", "wasbs://c@a.blob.core.windows.net/p"),
        ("image", "host:5000/a/b:1.0", "host:5000/a/b:1.0"),
        ("image", "a@sha256:" + "0" * 64, "a@sha256:" + "0" * 64),
        ("date", "2024-02-03", date(2024, 2, 3)),
        ("date", datetime(2024, 2, 3), date(2024, 2, 3)),
        ("datetime", "2024-02-03T04:05:06", datetime(2024, 2, 3, 4, 5, 6)),
        ("datetime", "2024-02-03", date(2024, 2, 3)),
        ("timedelta", 90, timedelta(seconds=90)),
        ("timedelta", "90.5", timedelta(seconds=90.5)),
        ("timedelta", "PT1H30M", timedelta(minutes=90)),
        ("timedelta", "-P1D", timedelta(days=-1)),
        ("timedelta", "01:30:00", timedelta(minutes=90)),
        ("git", {"url": "https://a/b"}, {"url": "https://a/b"}),
        ("git", '{"url": "https://a/b"}', {"url": "https://a/b"}),
        ("event", {"name": "a", "kind": "b"}, {"name": "a", "kind": "b"}),
        ("file", {"content": "x", "kind": "file"}, {"content": "x", "kind": "file"}),
        ("dockerfile", {"image": "a", "lang_env": "C"}, {"image": "a", "langEnv": "C"}),
        ("tensorboard", {"port": 6006}, {"port": 6006}),
        ("artifacts", {"files": ["a", ["b", "c"]]}, {"files": ["a", ["b", "c"]]}),
        ("artifacts", [{"files": ["a"]}, {"dirs": ["b"]}], {"files": ["a"], "dirs": ["b"]}),
        ("artifacts", ["ab/outputs/tb"], {"dirs": ["ab/outputs/tb"]}),
        ("artifacts", [{"files": ["a"], "workers": 2}, "b"], {"files": ["a"], "dirs": ["b"], "workers": 2}),
        ("list[int]", "[1, 2.0]", [1, 2]),
        ("List[float]", [1], [1.0]),
        ("Dict[str, int]", '{"a": "1"}', {"a": 1}),
        ("Optional[int]", "1", 1),
        ("boolean", "true", True),
        ("PositiveInt", "1", 1),
        ("NonNegativeFloat", "0", 0.0),
        ("Dict[str, Dict[str, List[int]]]", {"a": {"b": ["1"]}}, {"a": {"b": [1]}}),
        ("int | None", "1", 1),
        ("typing.List[datetime.date]", ["2024-02-03"], [date(2024, 2, 3)]),
        ("StrictInt", 1, 1),
        ("EmailStr", "a@b.cd", "a@b.cd"),
        ("HttpUrl", "http://host/path", "http://host/path"),
        ("timedelta", "1 day", timedelta(days=1)), ("timedelta", "2d", timedelta(days=2)),
        ("timedelta", "1 day, 02:00:00", timedelta(hours=26)), ("timedelta", "P1Y", timedelta(days=365)),
        ("timedelta", "PT0.5H", timedelta(minutes=30)),
        ("date", 0, date(1970, 1, 1)), ("date", "1577836800", date(2020, 1, 1)),
        ("datetime", 1577836800000, datetime(2020, 1, 1)), ("datetime", "2024-02-03T00:00:00Z", MIDNIGHT),
        ("uri", "localhost:80", "localhost:80"), ("email", "a@localhost", "a@localhost"),
        ("event", {"name": "a"}, {"name": "a"}),
        ("tuple", "[1, 2]", [1, 2]), ("set[int]", ["1"], [1]), ("frozenset", [1], [1]),
        ("Tuple[int, str]", [1, 2], [1, "2"]), ("tuple[int, ...]", ["1", 2], [1, 2]),
        ("object", '{"a": 1}', {"a": 1}), ("object", 1, 1), ("None", None, None),
        ("int | str", "3", 3), ("int | str", "a", "a"), ("str | int", 3, 3), ("float | int", 3, 3),
        ("Union[int, List[int], None]", "[1]", [1]), ("Optional[Union[int, str]]", "a", "a"),
        ("bool | int", 1, 1),
    ],
)  # fmt: skip
def test_a_value_is_read(kind: str, given: object, value: object) -> None:
    assert parse(kind, given) == value


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("int", 1.5), ("int", "a"), ("int", None), ("int", [1]),
        ("float", "a"), ("float", "1e999"), ("float", "-1e999"), ("float", {}),
        ("bool", 2), ("bool", "foo"), ("bool", 1.0),
        ("dict", "{'a': 1}"), ("dict", "a: 1"), ("dict", [1]),
        ("list", "a, b"), ("list", {"a": 1}), ("list", "[NaN]"),
        ("uri", "abc"), ("uuid", "abc"), ("email", "abc"), ("path", 3), ("uri", "user@host"),
        ("s3", "gs://bucket/key"), ("gcs", "s3://bucket/key"), ("wasb", "wasb://container/path"),
        ("image", "a:b:c"), ("image", "a b"), ("image", ""), ("image", "a:1@sha256:" + "0" * 64),
        ("date", "2024-02-30"), ("date", "2024-02-03T04:05:06"), ("datetime", "soon"),
        ("timedelta", "1h"), ("timedelta", "P"), ("timedelta", True),
        ("git", "https://a/b"), ("git", {"uri": "a"}), ("event", {"nam": "a"}), ("file", {}),
        ("auth", "jo"), ("auth", ":a"), ("auth", {"user": "jo"}), ("auth", {"user": "jo", "password": 1}),
        ("auth", '{"user": "jo"'), ("auth", 1), ("image", "a@sha256:12"), ("email", "a@b"),
        ("artifacts", "outputs"), ("artifacts", {"file": ["a"]}), ("artifacts", [{"file": ["a"]}]),
        ("list[int]", [1, "a"]), ("PositiveInt", 0), ("NegativeFloat", "0.5"),
        ("tuple", "a"), ("Tuple[int, str]", [1]), ("object", "a"), ("None", 1), ("int | float", "a"),
        ("date", "20200102"), ("date", "1.5"), ("email", "a@b.c"), ("timedelta", "1 day,"), ("timedelta", ""),
    ],
)  # fmt: skip
def test_another_value_is_refused(kind: str, given: object) -> None:
    with pytest.raises(InputError, match=r"is not a value of type|unknown field|missing|is not allowed"):
        parse(kind, given)


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("flaot", "unknown type 'flaot', did you mean 'float'?"),
        ("decimal", "unknown type 'decimal', did you mean 'float'?"),
        ("Literal[int]", "unknown type 'Literal[int]', did you mean 'str'?"),
        ("int | flaot", "unknown type 'flaot', did you mean 'float'?"),
        ("int[str]", "type 'int' takes no type of its own, expected list[...] or dict[str, ...]"),
    ],
)
def test_an_unknown_type_is_refused(kind: str, line: str) -> None:
    with pytest.raises(InputError, match=re.escape(line)):
        parse(kind, "1")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3, "3"), (0.1, "0.1"), (True, "true"), ("raw", "raw"), ([1, 2], "[1,2]"), ({"k": 1}, '{"k":1}'),
        (None, ""), ("ä", "ä"), (["ä"], '["ä"]'), (date(2024, 2, 3), "2024-02-03"),
    ],
)  # fmt: skip
def test_a_value_is_shown(value: object, shown: str) -> None:
    assert text(value) == shown


VALUES = {
    "int": st.integers(),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "bool": st.booleans(),
    "str": st.text(),
    "date": st.dates(),
    "datetime": st.datetimes(),
    "timedelta": st.timedeltas(timedelta(days=-999), timedelta(days=999)),
    "uuid": st.uuids().map(lambda uuid: uuid.hex),
    "list": st.lists(st.integers()),
    "dict": st.dictionaries(st.text(), st.integers()),
}


@given(st.sampled_from(sorted(VALUES)).flatmap(lambda kind: st.tuples(st.just(kind), VALUES[kind])))
def test_the_plain_form_of_a_value_is_read_again(case: tuple[str, object]) -> None:
    kind, value = case
    assert parse(kind, plain(value)) == value


def test_every_type_tells_what_it_wants() -> None:
    assert [kind for kind, (_, expected) in TYPES.items() if not expected] == []


@pytest.mark.parametrize(
    ("kind", "value", "line"),
    [
        ("dict", '{"a":' * 100_000 + "1" + "}" * 100_000, "a value of type dict is nested too deep"),
        ("List[" * 500 + "int" + "]" * 500, "[]", "a type inside so many others, expected at most 16 levels"),
    ],
)
def test_what_nests_too_deep_is_refused(kind: str, value: str, line: str) -> None:
    with pytest.raises(InputError, match=line):
        parse(kind, value)
