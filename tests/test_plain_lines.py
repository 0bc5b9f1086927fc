"""The plainest of YAML, read as the library reads it."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.plain_lines import read_plain

WORDS = st.sampled_from(
    ["true", "False", "yes", "Null", "n", "0", "010", "1_000", "1e3", "file:///a/b", "a:", "a: b"]
)
VALUES = st.one_of(WORDS, st.text("aZ0:/.#-_ '\"[]~|\n", max_size=6))
LINES = st.lists(st.tuples(st.sampled_from(["home", "project", "on", ""]), VALUES), max_size=3)


def shown(value: object) -> str:
    """A scalar of YAML as the settings have it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


@given(LINES)
def test_what_is_read_is_what_yaml_says(lines: list[tuple[str, str]]) -> None:
    text = "\n".join(f"{name}: {value}" for name, value in lines)
    plain = read_plain(text)
    expected = {} if plain is None else yaml.safe_load(text) or {}
    assert plain is None or plain == {name: shown(value) for name, value in expected.items()}


@pytest.mark.parametrize(
    "text",
    [
        "home: /data",
        "project: ada/digits # mine\n\n# more",
        "artifacts_store: s3://runs/a-b",
        "no_op: true",
        "track: 5",
    ],
)
def test_what_most_people_write_needs_no_library(text: str) -> None:
    assert read_plain(text) == {name: shown(value) for name, value in yaml.safe_load(text).items()}
