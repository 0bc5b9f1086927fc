"""Words of a command line."""

import pytest

from polyaxon_sdk.polyaxonfile.words import read_flow, read_word


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("3", 3),
        ("-1e-3", -0.001),
        ("true", True),
        ("null", None),
        ("'3'", "3"),
        ('"true"', "true"),
        ('{"a": 1}', {"a": 1}),
        ("[1, b]", [1, "b"]),
        ("", ""),
        (" ", " "),
        ("adam", "adam"),
        ("a #1", "a #1"),
        ("a: b", "a: b"),
        ("- a", "- a"),
        ("[a", "[a"),
        ("'a' b", "'a' b"),
        ("&a", "&a"),
        ("{{ x }}", "{{ x }}"),
        ("2026-01-02", "2026-01-02"),
    ],
)
def test_a_word_is_what_yaml_says_within_a_line(word: str, value: object) -> None:
    found = read_word(word)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("word", "value"),
    [("[q, r]", ["q", "r"]), ("{a: 1}", {"a": 1}), ("3", "3"), ("[q", "[q"), ("{{ x }}", "{{ x }}")],
)
def test_brackets_hold_a_list_or_a_mapping(word: str, value: object) -> None:
    assert read_flow(word) == value
